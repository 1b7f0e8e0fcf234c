package isolate

import (
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// bind has the process end with its parent, whatever ends that one. The kernel
// watches the thread that started it, which Read keeps.
func bind(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// The compiled reader of PDF, which is kept on the disk, has 22 MB.
const (
	largestFile = 64 << 20
	mostFiles   = 64
)

// bound has the kernel take from this process what reading a file needs not: it
// has no network, no other program, no other process and none of root's
// capabilities, and so much memory, time and room on the disk. So has the program
// that recognizes text, where one may be run: all this is handed down. Memory is counted
// as what is really writable (RLIMIT_DATA, Linux 4.7), not as the address space
// that Go's runtime only reserves. What an old kernel does not know is left out:
// the limits of the readers themselves hold everywhere.
func bound(memory int64, seconds int, recognize Recognize) {
	for resource, limit := range map[int]uint64{
		unix.RLIMIT_DATA: uint64(memory), unix.RLIMIT_CPU: uint64(seconds), unix.RLIMIT_FSIZE: largestFile, unix.RLIMIT_NOFILE: mostFiles, unix.RLIMIT_CORE: 0,
	} {
		_ = unix.Setrlimit(resource, &unix.Rlimit{Cur: limit, Max: limit})
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != nil {
		return
	}
	dropCapabilities()
	filter(recognize)
}

// dropCapabilities takes them from every thread. A binary with cgo can't; there
// the filter has to do.
func dropCapabilities() {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	syscall.AllThreadsSyscall(unix.SYS_CAPSET, uintptr(unsafe.Pointer(&header)), uintptr(unsafe.Pointer(&none[0])), 0)
}

// forbidden to a reader: the network, in whichever way; other programs and
// processes; the kernel's more dangerous doors.
var forbidden = []uint32{
	unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_LISTEN, unix.SYS_ACCEPT, unix.SYS_ACCEPT4,
	unix.SYS_SENDTO, unix.SYS_SENDMSG, unix.SYS_SENDMMSG, unix.SYS_IO_URING_SETUP,
	unix.SYS_KILL, unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_PIDFD_OPEN, unix.SYS_PIDFD_GETFD,
	unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_UNSHARE, unix.SYS_SETNS, unix.SYS_CHROOT, unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_KEYCTL, unix.SYS_ADD_KEY,
	unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_KEXEC_LOAD, unix.SYS_USERFAULTFD,
}

// programs is what starts one.
var programs = []uint32{unix.SYS_EXECVE, unix.SYS_EXECVEAT}

// machines whose system calls are known here, by the kernel's number of each,
// with what starts a process on them alone.
var machines = map[string]struct {
	audit uint32
	forks []uint32
}{
	"amd64": {unix.AUDIT_ARCH_X86_64, []uint32{57, 58}}, // fork, vfork
	"arm64": {unix.AUDIT_ARCH_AARCH64, nil},
}

// filter refuses them to all threads. A new thread is allowed, a new process not;
// clone3, whose flags a filter can't see, is said to be unknown, and the runtime
// takes clone.
func filter(recognize Recognize) {
	machine, known := machines[runtime.GOARCH]
	if !known {
		return
	}
	const (
		load, give          = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, unix.BPF_RET | unix.BPF_K
		equal               = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		atLeast             = unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K
		anyBit              = unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K
		number, arch, flags = 0, 4, 16 // of seccomp_data
		refuse              = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
		unknown             = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
		otherABI            = 0x40000000 // x32
	)
	program := []unix.SockFilter{
		{Code: load, K: arch}, {Code: equal, Jt: 1, K: machine.audit}, {Code: give, K: refuse},
		{Code: load, K: number}, {Code: atLeast, Jf: 1, K: otherABI}, {Code: give, K: refuse},
	}
	calls := forbidden
	if !recognize {
		calls = slices.Concat(forbidden, programs, machine.forks)
	}
	for _, call := range calls {
		program = append(program, unix.SockFilter{Code: equal, Jf: 1, K: call}, unix.SockFilter{Code: give, K: refuse})
	}
	if !recognize {
		program = append(program,
			unix.SockFilter{Code: equal, Jf: 1, K: unix.SYS_CLONE3}, unix.SockFilter{Code: give, K: unknown},
			unix.SockFilter{Code: equal, Jf: 3, K: unix.SYS_CLONE},
			unix.SockFilter{Code: load, K: flags}, unix.SockFilter{Code: anyBit, Jt: 1, K: unix.CLONE_THREAD}, unix.SockFilter{Code: give, K: refuse})
	}
	program = append(program, unix.SockFilter{Code: give, K: unix.SECCOMP_RET_ALLOW})
	prog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
}

// peak is the most memory that a process took, in bytes.
func peak(p *os.ProcessState) int64 {
	if usage, ok := p.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}

package isolate

import (
	"os"
	"syscall"
)

// bound has the kernel refuse memory beyond that many bytes. It counts what is
// really writable (RLIMIT_DATA, Linux 4.7), not the address space that Go's
// runtime only reserves.
func bound(memory int64) {
	const resource = 2 // RLIMIT_DATA
	limit := uint64(memory)
	_ = syscall.Setrlimit(resource, &syscall.Rlimit{Cur: limit, Max: limit})
}

// peak is the most memory that a process took, in bytes.
func peak(p *os.ProcessState) int64 {
	if usage, ok := p.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}

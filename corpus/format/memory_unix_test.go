//go:build unix

package format_test

import (
	"runtime"
	"syscall"
)

// childMemory is the most memory that a process of ours took, in bytes.
func childMemory() int64 {
	var usage syscall.Rusage
	if runtime.GOOS != "linux" || syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage) != nil {
		return 0 // elsewhere it is counted in other units
	}
	return usage.Maxrss << 10
}

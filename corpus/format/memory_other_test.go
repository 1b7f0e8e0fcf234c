//go:build !unix

package format_test

func childMemory() int64 { return 0 }

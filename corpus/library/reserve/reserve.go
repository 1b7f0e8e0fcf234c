// Package reserve keeps some room on the disk for when it is full. What must
// not fail then (withdrawing a report, keeping what was asked, taking a question
// down) gives the room free and goes on; what only adds to the library fails, and
// says so. Eight megabytes are some ten thousand questions with their answers.
package reserve

import (
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// File is its name in the folder of data.
const File = "reserve"

// sizes of the reserve that are tried: on a small disk less will do.
var sizes = []int{8 << 20, 4 << 20, 1 << 20}

// Hold makes the reserve in a folder, unless it is there. It returns false where
// there is no room for it: the disk is full.
func Hold(dir string) bool {
	name := filepath.Join(dir, File)
	if Held(dir) {
		return true
	}
	filler := make([]byte, sizes[0])
	for i := range filler {
		filler[i] = byte(rand.Uint32()) // zeros take no room on some disks
	}
	if exists(used(dir)) { // the room that it gave free is no room: there must be as much again
		err := os.WriteFile(name+".new", append(filler, filler...), 0o600)
		os.Remove(name + ".new")
		if err != nil {
			return false
		}
	}
	for _, size := range sizes {
		if os.WriteFile(name+".new", filler[:size], 0o600) == nil && os.Rename(name+".new", name) == nil {
			os.Remove(used(dir))
			return true
		}
		os.Remove(name + ".new")
	}
	return false
}

// Held tells whether the reserve is there.
func Held(dir string) bool {
	return exists(filepath.Join(dir, File))
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func used(dir string) string { return filepath.Join(dir, File+".used") }

// Full tells whether the reserve is in use, and there is no room yet for another:
// what only adds is not to be written then.
func Full(dir string) bool {
	return exists(used(dir)) && !Hold(dir)
}

// Release gives the room free, and tells whether there was any.
func Release(dir string) bool {
	if os.Remove(filepath.Join(dir, File)) != nil {
		return false
	}
	os.WriteFile(used(dir), nil, 0o600)
	slog.Error("磁盘已满 the disk is full: the room kept for that is used now, and no new report is taken until there is more", "folder", dir)
	return true
}

package library

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// lock takes the lock of a file and waits for it. The lock ends with the
// process that holds it, however that ends.
func lock(name string) (unlock func(), err error) {
	l := flock.New(name)
	if err := l.Lock(); err != nil {
		return nil, fmt.Errorf("locking %s: %w", name, err)
	}
	return func() { l.Close() }, nil
}

// Serve says that the process that serves the folder of data now answers from
// the library as it was at that stamp.
func Serve(dir, stamp string) error { return os.WriteFile(servedFile(dir), []byte(stamp), 0o644) }

func servedFile(dir string) string { return filepath.Join(dir, "running.reports") }

// Served waits until whoever serves the folder of data answers from the library
// as it is now; false when that took too long. It is true where nobody serves.
func (l *Library) Served(dir string, within time.Duration) bool {
	for until := time.Now().Add(within); ; time.Sleep(100 * time.Millisecond) {
		stamp, _ := os.ReadFile(servedFile(dir))
		if string(stamp) == l.Stamp() || !isHeld(dir) {
			return true
		}
		if time.Now().After(until) {
			return false
		}
	}
}

// isHeld tells whether some process serves the folder.
func isHeld(dir string) bool {
	l := flock.New(lockFile(dir))
	held, err := l.TryLock()
	if held {
		l.Close()
	}
	return err == nil && !held
}

func lockFile(dir string) string { return filepath.Join(dir, "running.lock") }

// Hold makes this process the one that serves the folder; another that serves
// it already is an error that names it. The folder is let go with release, or
// when the process ends.
func Hold(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder of data: %w", err)
	}
	l := flock.New(lockFile(dir))
	held, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking %s: %w", dir, err)
	}
	who := filepath.Join(dir, "running")
	if !held {
		holder, _ := os.ReadFile(who)
		return nil, fmt.Errorf("%s is served by another reportbot (%s): stop it, or set another DATA_DIR", dir, strings.TrimSpace(string(holder)))
	}
	text := fmt.Sprintf("process %d since %s\n", os.Getpid(), time.Now().Format("2006-01-02 15:04:05"))
	if err := os.WriteFile(who, []byte(text), 0o644); err != nil {
		l.Close()
		return nil, fmt.Errorf("telling who serves %s: %w", dir, err)
	}
	return func() { os.Remove(who); l.Close() }, nil
}

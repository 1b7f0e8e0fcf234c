package upkeep

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// leftovers are what work that was killed leaves in the folder of data.
var leftovers = []string{".building-*", "building-*", ".broken-*", ".restoring-*", "reserve.new",
	"library/.aside-*", "library/originals/.aside-*", "library/readings/.aside-*", "library/read/*/.aside-*"}

// elsewhere is where work begun outside of the folder of data is written down.
const elsewhere = ".elsewhere"

// Enter says that this process works in the folder of data. Where none other
// does, what killed work left there is taken away first, and a restore that was
// killed at its end is finished: nobody else can be at it. A folder that is not
// there yet is made where the process will write to it, and else left alone, as
// is one that can't be written to.
func Enter(dir string, writes bool) (leave func()) {
	if writes {
		os.MkdirAll(dir, 0o755)
	}
	if !exists(dir) {
		return func() {}
	}
	l := flock.New(filepath.Join(dir, "working.lock"))
	if alone, err := l.TryLock(); err == nil && alone {
		tidy(dir)
		l.Unlock()
	}
	l.TryRLock()
	return func() { l.Close() }
}

func tidy(dir string) {
	if exists(filepath.Join(dir, restored)) {
		if err := settle(dir); err != nil {
			slog.Error("a restore that was broken off can't be finished", "cause", err)
		}
	}
	for _, pattern := range leftovers {
		found, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		for _, name := range found {
			takeAway(name)
		}
	}
	places, _ := os.ReadFile(filepath.Join(dir, elsewhere))
	for _, name := range strings.Split(string(places), "\n") {
		if strings.HasPrefix(filepath.Base(name), ".backup-") { // nothing else is ever written down there
			takeAway(name)
		}
	}
	os.Remove(filepath.Join(dir, elsewhere))
}

func takeAway(name string) {
	if !exists(name) {
		return
	}
	slog.Info("what killed work left behind is removed", "path", name)
	if err := os.RemoveAll(name); err != nil {
		slog.Warn("what killed work left behind can't be removed", "path", name, "cause", err)
	}
}

// begun writes down a place outside of the folder of data that is to be removed
// should the process be killed before done is called.
func begun(dir, place string) (done func()) {
	name := filepath.Join(dir, elsewhere)
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return func() {} // a folder that can't be written to
	}
	f.WriteString(place + "\n")
	f.Close()
	return func() { os.Remove(name) }
}

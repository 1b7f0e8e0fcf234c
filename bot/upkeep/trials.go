package upkeep

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
)

// trials counts, on disk, how often a file was begun to be taken and the process
// did not come back from it: by a panic, by a fault that nothing catches, or
// because the system ended it. Twice, and it is left out for good; a report that
// ends the bot at every start would otherwise do so until somebody comes.
type trials struct{ file string }

// trial is one such file.
type trial struct {
	Name  string
	Times int
}

// mostTrials of one file.
const mostTrials = 2

var errQuarantined = errors.New("两次使程序中断，不再读取；可用 reportbot add 手工加入 it broke off the bot twice, and is left out; reportbot add still takes it")

func trialsOf(dir string) trials { return trials{filepath.Join(dir, "trials.json")} }

func (t trials) read() map[string]trial {
	all := map[string]trial{}
	if content, err := os.ReadFile(t.file); err == nil {
		json.Unmarshal(content, &all) // damaged, it begins anew
	}
	return all
}

func (t trials) begin(key, name string) error {
	all := t.read()
	if all[key].Times >= mostTrials {
		return fmt.Errorf("%w (%s)", errQuarantined, name)
	}
	all[key] = trial{name, all[key].Times + 1}
	t.write(all)
	return nil
}

func (t trials) end(key string) {
	all := t.read()
	delete(all, key)
	t.write(all)
}

func (t trials) write(all map[string]trial) {
	content, err := json.Marshal(all)
	if err == nil {
		err = os.WriteFile(t.file, content, 0o600)
	}
	if err != nil {
		slog.Warn("which file is being taken can't be kept", "cause", err)
	}
}

// guarded calls do. A panic there is its error.
func guarded(what, about string, do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error(what, "about", about, "cause", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("%s: %v", what, p)
		}
	}()
	return do()
}

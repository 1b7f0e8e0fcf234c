package index_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/terms"
	"reportbot/index"
)

// Offices with lists of their own live in one process: each reads its report, and the
// questions on it, by its own units, while the others do.
func TestListsSideBySide(t *testing.T) {
	var offices sync.WaitGroup
	for units, want := range map[string]string{
		"mass: 市担=担": "3.6万市担 担 mass",
		"area: 市担":   "3.6万市担 市担 area",
		"":           "3.6万市 市 count", // the program's own lists
	} {
		offices.Go(func() {
			for range 5 {
				if got, err := harvest(t.TempDir(), units); got != want || err != nil {
					t.Errorf("%q: got %q, %v, want %q", units, got, err, want)
				}
			}
		})
	}
	offices.Wait()
}

// harvest is the figure with its unit and class that an office answers with whose folder
// of data is dir.
func harvest(dir, units string) (string, error) {
	lists := filepath.Join(dir, "terms")
	if err := os.Mkdir(lists, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(lists, "units.txt"), []byte(units), 0o644); err != nil {
		return "", err
	}
	own, err := terms.ReadOwn(lists)
	if err != nil {
		return "", err
	}
	r, err := corpus.NewReader(own).Parse("青山", []byte("青山县2023年政府工作报告\n一、2023年工作回顾\n全年收购稻谷3.6万市担，新建公园8个。\n"))
	if err != nil {
		return "", err
	}
	e, err := index.Open(dir, corpus.New(r))
	if err != nil {
		return "", err
	}
	defer e.Close()
	a := e.Ask(context.Background(), "收购稻谷多少市担", nil)
	if len(a.Figures) == 0 {
		return "", a.Err
	}
	f := a.Figures[0]
	return f.Text + " " + f.Unit + " " + f.Class(), nil
}

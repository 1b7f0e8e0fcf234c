package upkeep

import (
	"context"

	"reportbot/bot/record"
)

// office is where an office keeps its data, and its folder of reports.
type office struct {
	Data, Reports string
	Days          int
}

func (o office) keep(kept *record.Record) (*Keeper, error) {
	return Open(context.Background(), o.Data, o.Reports, kept)
}

// add is what the commands add and replace do.
func (o office) add(file, replace string, force bool) error {
	return Change(o.Data, 365, func(k *Keeper) error {
		_, err := k.AddFile(context.Background(), file, replace, force)
		return err
	})
}

// verified is the command verify.
func verified(dir string) error {
	_, err := Verify(context.Background(), dir)
	return err
}

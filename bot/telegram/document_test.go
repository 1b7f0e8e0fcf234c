package telegram

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/bot/telegram/faketest"
	"reportbot/corpus"
	"reportbot/index"
)

// ofPlaces is a bot that answers from the reports of several places.
func ofPlaces(t *testing.T) *bot.Handler {
	t.Helper()
	c, err := corpus.Builtin().Load(context.Background(), "../testdata/places/reports")
	if err != nil {
		t.Fatal(err)
	}
	e, err := index.Open("", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	kept := record.InMemory()
	t.Cleanup(func() { kept.Close() })
	a, err := bot.NewAccess("7", "1", kept)
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(e, a, slog.New(slog.DiscardHandler))
}

// A table comes as one, each row with a link to its paragraph, and as a file where its
// button is pressed; that the file can't be sent is said.
func TestTableAndItsFile(t *testing.T) {
	f := faketest.New(t)
	_, stop := start(t, f, ofPlaces(t))
	f.Say(7, "各省GDP目标排个名")
	table := f.Wait(1)[0]
	if !table.Table || strings.Count(table.Text, "?start=p_") != 5 || !strings.Contains(table.Plain, "增长5%—5.5%") {
		t.Errorf("the table is %s", table.Text)
	}
	f.Press(7, "q1", labelled(t, table, "表格 .csv"), table)
	file := f.Wait(2)[1]
	if !bytes.Contains(file.Document, []byte("甘肃省,增长5.5%左右,增长,5.5,,%")) || file.Plain != "GDP目标.csv" {
		t.Errorf("the file %q is %s", file.Plain, file.Document)
	}
	f.Fail(faketest.Refusal("sendDocument", 400, "Bad Request: not enough rights to send documents to the chat"))
	f.Press(7, "q2", labelled(t, table, "表格 .xlsx"), table)
	if said := f.Wait(3)[2]; said.Document != nil || !strings.Contains(said.Plain, "文件暂时发不出去") {
		t.Errorf("after a refusal it says %q", said.Plain)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

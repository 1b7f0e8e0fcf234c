package bot_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
	"reportbot/index"
	"reportbot/index/draft"
	"reportbot/index/indextest"
)

// spoilt is an engine that points at what does not stand there, in tables and drafts too.
type spoilt struct {
	*index.Engine
	answer func(*index.Answer)
	draft  func(*draft.Checked)
}

func (s spoilt) Ask(ctx context.Context, q string, before []string) index.Answer {
	a := s.Engine.Ask(ctx, q, before)
	if s.answer != nil {
		s.answer(&a)
	}
	return a
}

func (s spoilt) CheckDraft(ctx context.Context, name string, d *document.Document) (*draft.Checked, error) {
	c, err := s.Engine.CheckDraft(ctx, name, d)
	if s.draft != nil && err == nil {
		s.draft(c)
	}
	return c, err
}

// beyond is a figure whose sentence reaches into what follows its paragraph.
func beyond(f *corpus.Figure) *corpus.Figure {
	c := *f
	c.Sentence.End = c.Paragraph.End + 12
	return &c
}

// Of a list the entry that is not proved is left out, in what is sent and in its files,
// and the log says which; the others stay.
func TestEntryLeftOut(t *testing.T) {
	var log bytes.Buffer
	logged := slog.New(slog.NewTextHandler(&log, nil))
	hears := func(t *testing.T, says string) {
		t.Helper()
		if !strings.Contains(log.String(), says) {
			t.Errorf("the log does not say %q: %s", says, log.String())
		}
		log.Reset()
	}
	table := func(a *index.Answer) {
		if a.Table != nil && len(a.Table.Rows) == 3 {
			a.Table.Rows[1].Figure = beyond(a.Table.Rows[1].Figure)
		}
	}
	m := bot.Message{User: 7, Chat: 7, Text: "各省进出口增长"}
	h := bot.New(spoilt{Engine: places(t), answer: table}, access(t, "7", "1", ""), logged)
	r := h.Handle(context.Background(), m)
	if text := r.Text(); strings.Contains(text, "增长2.7%") || !strings.Contains(text, "增长8.4%") || !strings.Contains(text, "下降3.2%") {
		t.Errorf("the table is\n%s", text)
	}
	hears(t, "not where it is cited from")
	if file := string(pressed(t, h, m, r, ".csv").Document.Content); strings.Contains(file, "江西") || !strings.Contains(file, "甘肃省,增长8.4%") {
		t.Errorf("its file is\n%s", file)
	}
	hears(t, "not where it is cited from")

	mention := func(a *index.Answer) {
		if a.Table == nil || !a.Table.Mention || len(a.Table.Rows) < 2 {
			t.Fatalf("no mentions: %+v", a.Table)
		}
		a.Table.Rows[0].Said.End = a.Table.Rows[0].Paragraph.End + 12
	}
	m.Text = "哪些省提到进出口"
	whole := bot.New(places(t), access(t, "7", "1", ""), quiet()).Handle(context.Background(), m)
	h = bot.New(spoilt{Engine: places(t), answer: mention}, access(t, "7", "1", ""), logged)
	r = h.Handle(context.Background(), m)
	if quotes(r) != quotes(whole)-1 || quotes(r) == 0 {
		t.Errorf("of %d mentions, one of them spoilt, these are left:\n%s", quotes(whole), r.Text())
	}
	hears(t, "not where it is cited from")

	text := "核对：2023年全区新建5G通信基站174个，新建公用充电枪278支，网络零售额22.7亿元。"
	for verdict, spoil := range map[draft.Verdict]func(*draft.Finding){
		draft.Wrong:  func(f *draft.Finding) { c := *f.Report; c.Text = "999个"; f.Report = &c },
		draft.Stands: func(f *draft.Finding) { c := *f.Report; c.Start++; f.Report = &c },
	} {
		spoilt1 := false
		h = bot.New(spoilt{Engine: indextest.Embedded(t), draft: func(c *draft.Checked) {
			for i := range c.Findings {
				if f := &c.Findings[i]; f.Verdict == verdict && !spoilt1 {
					spoilt1 = true
					spoil(f)
				}
			}
		}}, access(t, "7", "1", ""), logged)
		r = h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Text: text})
		if !spoilt1 || strings.Contains(r.Text(), "999") || !strings.Contains(r.Text(), "没有通过出处核对") || !strings.Contains(r.Text(), "✓") && verdict == draft.Wrong {
			t.Errorf("%s, spoilt %v:\n%s", verdict, spoilt1, r.Text())
		}
		hears(t, "not where it is cited from")
	}
}

func quotes(r bot.Reply) (n int) {
	for _, b := range r.Blocks {
		if b.Kind == bot.Quote {
			n++
		}
	}
	return n
}

// What a later report says of the same year is a figure that was shown: whoever saw it is
// told when it changes. So is each that a draft was held against.
func TestRestatedIsRecorded(t *testing.T) {
	kept := recordIn(t, "")
	e := reportsIn(t, "testdata/years/reports")
	h := bot.New(e, accessIn(t, "7", "1", kept), quiet())
	r := h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Text: "历年网络零售额"})
	if !strings.Contains(r.Text(), "写作22.3亿元") {
		t.Fatalf("nothing restated:\n%s", r.Text())
	}
	if figures := lastShown(t, kept, e); !strings.Contains(figures, "22.3亿元") {
		t.Errorf("in the record are %s", figures)
	}
	e = indextest.Embedded(t)
	h = bot.New(e, accessIn(t, "7", "1", kept), quiet())
	r = h.Handle(context.Background(), bot.Message{User: 7, Chat: 7, Text: "核对：新建5G通信基站174个。"})
	if figures := lastShown(t, kept, e); !strings.Contains(figures, "174个") {
		t.Errorf("of the draft in the record are %q\n%s", figures, r.Text())
	}
}

// lastShown is the figures that the last answer is recorded with.
func lastShown(t *testing.T, kept *record.Record, e *index.Engine) (figures string) {
	t.Helper()
	shown, err := kept.LastShown(record.Where{User: 7, Chat: 7})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shown {
		if p := e.Corpus().Paragraph(s.Paragraph); p != nil {
			for _, f := range p.Figures() {
				if f.ID == s.Figure {
					figures += f.Text + " "
				}
			}
		}
	}
	return figures
}

package bot

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"reportbot/bot/record"
	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/indextest"
)

// Every figure of the report makes a card that passes the check, and copies
// with its own digits within the length that Telegram takes.
func TestEveryFigureMakesACard(t *testing.T) {
	h := NewLocal(indextest.Embedded(t))
	for lang, w := range wording.All {
		for _, p := range h.engine.Corpus().Report("283c24f1").Paragraphs {
			for _, f := range p.Figures() {
				hit := []index.FigureHit{{Figure: f}}
				r := Reply{Blocks: []Block{h.figureLine(f, w), cited(whole(p), hit), source(p)}}
				if why := h.flaw(r); why != "" {
					t.Errorf("%s: %s", f.ID, why)
				}
				if text := h.copied(hit, w)[0].Copy; !strings.Contains(text, p.Report.Slice(f.Bounded)) || utf8.RuneCountInString(text) > longestCopy {
					t.Errorf("%s, %s copies %q", lang, f.ID, text)
				}
			}
		}
	}
}

// A title longer than a copy button is cut; the figure is not.
func TestLongTitleIsCopied(t *testing.T) {
	r, err := corpus.Builtin().Parse("报告", []byte("报告\n一、总体情况\n2023年新建5G通信基站174个。\n"))
	if err != nil {
		t.Fatal(err)
	}
	r.Title = strings.Repeat("关于数字经济发展审议意见落实情况的", 30) + "报告"
	f := r.Paragraphs[len(r.Paragraphs)-1].Figures()[0]
	text := NewLocal(indextest.Embedded(t)).copied([]index.FigureHit{{Figure: f}}, wording.All["zh"])[0].Copy
	if n := utf8.RuneCountInString(text); n > longestCopy || !strings.HasPrefix(text, "2023年新建5G通信基站174个（《") || !strings.HasSuffix(text, "…》一、）。") {
		t.Errorf("%d characters: %s", n, text)
	}
}

// Whatever a reply says that does not stand where it is cited from does not
// leave: the person gets a calm sentence, the log says why.
func TestUnprovenIsNotSent(t *testing.T) {
	e := indextest.Embedded(t)
	p := e.Corpus().Paragraph("283c24f1-b1f83120")
	other := e.Corpus().Paragraph("283c24f1-5744a8be")
	f := p.Figures()[1]
	told := func(s string) Block { return Block{Kind: Quote, Runs: []Run{plain(s)}} }
	for name, blocks := range map[string][]Block{
		"a quote of another paragraph":     {told("5G通信基站174个"), source(other)},
		"a digit altered":                  {told("5G通信基站175个"), source(p)},
		"no source":                        {told("5G通信基站174个")},
		"a source that is not there":       {told("5G通信基站174个"), line(Run{Text: "《》", Link: "p_nothing"})},
		"words in another order":           {{Kind: Quote, Runs: []Run{plain("5G通信基站174个"), plain("…"), plain("铁塔基站13个")}}, source(p)},
		"words left out without a word":    {{Kind: Quote, Runs: []Run{plain("2023年"), plain("5G通信基站174个")}}, source(p)},
		"a figure that is not the cited":   {line(Run{Text: "175个", figure: f})},
		"a figure with a word of its own":  {line(Run{Text: "达" + f.Text, figure: f})},
		"a number in what a figure counts": {line(Run{Text: p.Report.Slice(f.Bounded), figure: &corpus.Figure{ID: f.ID, Paragraph: p, Span: f.Span, Text: f.Text, Bounded: f.Bounded, What: "6G基站"}})},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			h := New(e, &Access{record: record.InMemory()}, slog.New(slog.NewTextHandler(&log, nil)))
			r := h.proven(Reply{Blocks: blocks}, wording.All["zh"])
			if r.Text() != wording.All["zh"].Unproven || !strings.Contains(log.String(), "did not pass") {
				t.Errorf("sent %q, logged %q", r.Text(), log.String())
			}
		})
	}
}

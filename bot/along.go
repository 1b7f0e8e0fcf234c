package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"reportbot/bot/paper"
	"reportbot/bot/record"
	"reportbot/bot/saying"
	"reportbot/bot/wording"
	"reportbot/index"
	"reportbot/index/compare"
)

// Document goes with a reply as a file. Where a face can't send it, it says Failed in place
// of the reply.
type Document struct {
	Name    string
	Content []byte
	Failed  string
}

// along is the questions whose answers may be taken along as files, by the key that their
// buttons carry. The answers are not kept: they would hold whole reports in memory, and
// asking once more gives the same.
type along struct {
	mu    sync.Mutex
	asked map[string][][]string // each the question last, those that it goes on from before it
}

// mostAlong are kept; of more all are forgotten, and their buttons say so.
const mostAlong = 2000

func (t *along) keep(list [][]string) (key string) {
	h := sha256.New()
	for _, questions := range list {
		fmt.Fprintf(h, "%q\n", questions)
	}
	key = hex.EncodeToString(h.Sum(nil)[:6])
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.asked == nil || len(t.asked) >= mostAlong {
		t.asked = map[string][][]string{}
	}
	t.asked[key] = list
	return key
}

func (t *along) of(key string) [][]string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asked[key]
}

// filesOf is the buttons that give a table as a file.
func (h *Handler) filesOf(a index.Answer, w *wording.Wording) [][]Button {
	key := h.along.keep([][]string{a.Asking})
	return [][]Button{{{Label: w.TableFile + " .xlsx", Data: toFile + "xlsx:" + key}, {Label: w.TableFile + " .csv", Data: toFile + "csv:" + key}}}
}

// file answers a button for a file.
func (h *Handler) file(ctx context.Context, m Message, rest string, w *wording.Wording) Reply {
	kind, key, _ := strings.Cut(rest, ":")
	list := h.along.of(key)
	switch {
	case isGroup(m.Chat) && h.access.role(m.Chat) != record.Reader:
		return aside(w.PageElsewhere)
	case len(list) == 0:
		return say(w.Stale)
	case kind == "docx" || kind == "html" || kind == "txt":
		return h.meetingFile(ctx, m, kind, list, w)
	case len(list) == 1 && (kind == "csv" || kind == "xlsx"):
		return h.tableFile(ctx, m, kind, list[0], w)
	}
	return say(w.Stale)
}

// tableFile is a table as a spreadsheet.
func (h *Handler) tableFile(ctx context.Context, m Message, kind string, asked []string, w *wording.Wording) Reply {
	last := len(asked) - 1
	a := h.engine.Ask(ctx, asked[last], asked[:last])
	if a.Err != nil {
		return h.broke(m, asked[last], a, w)
	}
	if a.Table == nil || a.Table.Mention {
		return say(w.Stale)
	}
	t := h.standing(a.Table)
	var r Reply
	for _, row := range slices.Concat(t.Rows, t.Unsure) {
		r.shown = append(r.shown, shownOf(row.Figure))
	}
	sheet := h.sheet(t, w)
	write := map[string]func() ([]byte, error){"csv": sheet.CSV, "xlsx": sheet.XLSX}[kind]
	return h.opened(m, h.written(r, t.About+"."+kind, write, w))
}

// written is a reply with a file of that name.
func (h *Handler) written(r Reply, name string, write func() ([]byte, error), w *wording.Wording) Reply {
	content, err := write()
	if err != nil {
		h.log.Error("a file can't be written", "cause", err)
		return say(w.FileFailed)
	}
	name = fileName(name)
	r.Blocks = []Block{line(plain(name))}
	r.Document = &Document{Name: name, Content: content, Failed: w.FileFailed}
	return r
}

// fileName is a text as the name of a file.
func fileName(text string) string {
	ext := path.Ext(text)
	stem := shorten(strings.TrimSuffix(text, ext), longestFileName)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`+"\n\t", r) || r < ' ' {
			return '_'
		}
		return r
	}, stem+ext)
}

// longestFileName in characters, which are three bytes each in Chinese.
const longestFileName = 40

// sheet is a table for a spreadsheet: the figure as it stands beside its value in base
// units, its direction, its sentence and where that stands; then what is to be checked and
// whose reports do not say.
func (h *Handler) sheet(t *compare.Table, w *wording.Wording) paper.Sheet {
	s := paper.Sheet{Name: t.About}
	s.Rows = append(s.Rows, texts(w.ColumnRank, w.ColumnPlace, w.ColumnFigure, w.ColumnDirection, w.ColumnValue, w.ColumnValueTo, w.ColumnUnit,
		w.ColumnThing, w.ColumnPeriod, w.ColumnStatus, w.ColumnCheck, w.ColumnSentence, w.ColumnSource))
	for _, row := range t.Rows {
		s.Rows = append(s.Rows, h.sheetRow(row, "", w))
	}
	for _, row := range t.Unsure {
		s.Rows = append(s.Rows, h.sheetRow(row, w.ToCheck, w))
	}
	for _, row := range t.Silent {
		s.Rows = append(s.Rows, texts("", placeName(row), "", "", "", "", "", "", "", "", w.NotStated, "", "《"+row.Report.Title+"》"))
	}
	for _, name := range t.Absent {
		s.Rows = append(s.Rows, texts("", name, "", "", "", "", "", "", "", "", w.NoReport, "", ""))
	}
	return s
}

func (h *Handler) sheetRow(row compare.Row, check string, w *wording.Wording) []paper.Cell {
	f := row.Figure
	rank, high := paper.Cell{}, paper.Cell{}
	if row.Rank > 0 {
		rank = paper.Cell{Text: strconv.Itoa(row.Rank), Number: true}
	}
	if !f.High.Equal(f.Value) {
		high = paper.Cell{Text: f.High.String(), Number: true}
	}
	cells := append([]paper.Cell{rank}, texts(placeName(row), saying.Text(f), direction(row, w))...)
	cells = append(cells, paper.Cell{Text: f.Value.String(), Number: true}, high)
	return append(cells, texts(f.Unit, saying.Thing(f), period(f, w), h.status(f, w), check, f.Paragraph.Report.Slice(f.Sentence), citation(f.Paragraph).Text)...)
}

// direction is which way a change went, "" for what is none.
func direction(row compare.Row, w *wording.Wording) string {
	switch {
	case row.Falls:
		return w.FallsDown
	case row.Changes():
		return w.Rises
	}
	return ""
}

func texts(all ...string) (cells []paper.Cell) {
	for _, t := range all {
		cells = append(cells, paper.Cell{Text: t})
	}
	return cells
}

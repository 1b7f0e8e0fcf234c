package bot

import (
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
)

// A citation names the table and the page.
func TestPlace(t *testing.T) {
	text := "青山区统计公报\n一、综合\n2023年新建公园3个。\n表1 主要指标\n指标 | 数\n公园（个） | 3\n"
	row := strings.Index(text, "指标 | 数")
	second := strings.Index(text, "公园（个）")
	cell := func(at int, s string, column int) document.Cell {
		return document.Cell{Span: document.Span{Start: at, End: at + len(s)}, Column: column, Across: 1}
	}
	r, err := corpus.Builtin().ParseDocument("x", &document.Document{Kind: document.PDF, Text: text, Pages: []document.Page{{Number: 1, Start: 0}, {Number: 2, Start: row}},
		Tables: []document.Table{{Span: document.Span{Start: row, End: len(text)}, Header: 1, Width: 2,
			Lead: []document.Span{{Start: strings.Index(text, "表1"), End: strings.Index(text, "表1") + len("表1 主要指标")}},
			Rows: []document.Row{
				{Span: document.Span{Start: row, End: second - 1}, Cells: []document.Cell{cell(row, "指标", 0), cell(row+len("指标 | "), "数", 1)}},
				{Span: document.Span{Start: second, End: len(text) - 1}, Cells: []document.Cell{cell(second, "公园（个）", 0), cell(second+len("公园（个） | "), "3", 1)}},
			}}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range r.Paragraphs {
		got = append(got, place(p))
	}
	if want := " 一、，第1页| 一、，第1页| 一、，第1页| 一、表1 主要指标，第2页| 一、表1 主要指标，第2页"; strings.Join(got, "|") != want {
		t.Errorf("got %q", strings.Join(got, "|"))
	}
}

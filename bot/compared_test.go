package bot_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"reportbot/bot"
	"reportbot/bot/record"
	"reportbot/corpus"
)

// pressed is the reply to the first button of a reply whose label has a word.
func pressed(t *testing.T, h *bot.Handler, m bot.Message, r bot.Reply, label string) bot.Reply {
	t.Helper()
	for _, row := range r.Buttons {
		for _, b := range row {
			if strings.Contains(b.Label, label) {
				m.Text, m.Data = "", b.Data
				return h.Handle(context.Background(), m)
			}
		}
	}
	t.Fatalf("no button %s below\n%s", label, r.Text())
	return bot.Reply{}
}

// The file of a table has the figure as it stands beside its value in base units, the
// direction, the sentence and the citation, under headings in the reader's language; and
// whose reports do not say.
func TestTableAsFile(t *testing.T) {
	h := bot.NewLocal(places(t))
	for lang, want := range map[string][][]string{
		"zh": {
			{"名次", "地方", "数据", "方向", "折合基本单位", "上限", "基本单位", "内容", "时间", "完成情况", "核对", "原句", "出处"},
			{"1", "甘肃省", "增长8.4%", "增长", "8.4", "", "%", "进出口总额", "2025年", "已完成", "", "进出口总额增长8.4%。", "《2026年甘肃省政府工作报告》 一、"},
			{"2", "江西省", "增长2.7%", "增长", "2.7", "", "%", "进出口总额", "2025年", "已完成", "", "进出口总额增长2.7%。", "《2026年江西省政府工作报告》 一、"},
			{"3", "山西省", "下降3.2%", "下降", "3.2", "", "%", "进出口总额", "2025年", "已完成", "", "进出口总额下降3.2%。", "《2026年山西省政府工作报告》 一、"},
			{"", "内蒙古自治区", "", "", "", "", "", "", "", "", "报告中没有查到", "", "《2026年内蒙古自治区政府工作报告》"},
			{"", "湖北省", "", "", "", "", "", "", "", "", "报告中没有查到", "", "《2026年湖北省政府工作报告》"},
		},
	} {
		m := bot.Message{Text: "各省进出口增长", Lang: lang}
		r := h.Handle(context.Background(), m)
		file := pressed(t, h, m, r, ".csv")
		if file.Document == nil || file.Document.Name != "进出口增长.csv" {
			t.Fatalf("the file is %+v\n%s", file.Document, file.Text())
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file.Document.Content, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := lines(rows), lines(want); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		book := pressed(t, h, m, r, ".xlsx")
		sheet := parts(t, book.Document.Content)["xl/worksheets/sheet1.xml"]
		for _, want := range []string{"<t xml:space=\"preserve\">甘肃省</t>", "增长8.4%", "<v>8.4</v>", "报告中没有查到"} {
			if !strings.Contains(sheet, want) {
				t.Errorf("the workbook lacks %s:\n%s", want, sheet)
			}
		}
	}
}

// parts is the parts of an office document, each of which is tested to be XML.
func parts(t *testing.T, content []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
		d := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return all
}

func lines(rows [][]string) string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.Join(r, "|"))
	}
	return strings.Join(out, "\n")
}

// The file of a table with a restricted report may not be passed on, and each figure in it
// is in the record.
func TestTableFileIsRecorded(t *testing.T) {
	e := places(t)
	kept := recordIn(t, "")
	h := bot.New(e, accessIn(t, "7", "1", kept), quiet())
	m := bot.Message{User: 7, Chat: 7, Text: "各省进出口增长"}
	r := h.Handle(context.Background(), m)
	if err := kept.Restrict(corpus.ReportID("甘肃省2026"), true, 1); err != nil {
		t.Fatal(err)
	}
	file := pressed(t, h, m, r, ".csv")
	if !file.Protect {
		t.Error("a file with a restricted report may be passed on")
	}
	shown := 0
	err := kept.Trail(func(x record.Entry) error {
		if x.Kind == record.Opened {
			shown += len(strings.Fields(x.Shown))
		}
		return nil
	})
	if err != nil || shown != 3 {
		t.Errorf("of the file %d figures are in the record, %v", shown, err)
	}
}

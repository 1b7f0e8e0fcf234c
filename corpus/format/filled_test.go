package format_test

import (
	"strings"
	"testing"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
)

// A form that is filled in is read with what is filled in, where it stands; what is written
// over a page is read with it. What is no part of what the page says is not.
func TestFilledIn(t *testing.T) {
	names := []float64{80, 240, 360}
	table := func() *sheet {
		return new(sheet).frame([]float64{75, 235, 355, 465}, []float64{700, 680, 660, 640}).rows(names, 685, 20, "项目|2022年|2023年", "税收收入||", "非税收入|30|")
	}
	field := func(value string) string { return "/Subtype/Widget/FT/Tx/T(of" + value + ")/V" + written(value) }
	want := "项目 | 2022年 | 2023年\n税收收入 | 120 | 150\n非税收入 | 30 | 40"
	for _, c := range []struct {
		name string
		of   *sheet
		want string
	}{
		{"fields with their pictures", table().note(240, 661, 350, 679, field("120"), lettered(10, "120")).
			note(360, 661, 460, 679, field("150"), lettered(10, "150")).note(360, 641, 460, 659, field("40"), lettered(10, "40")), want},
		{"fields without", table().note(240, 661, 350, 679, field("120"), "").note(360, 661, 460, 679, field("150"), "").note(360, 641, 460, 659, field("40"), ""), want},
		{"a choice", table().note(240, 661, 350, 679, field("120"), "").note(360, 661, 460, 679, "/Subtype/Widget/FT/Ch/Ff 131072/T(b)/Opt[(150)(160)]/V(150)", "").
			note(360, 641, 460, 659, field("40"), ""), want},
		{"a text box and a stamp", new(sheet).text(80, 700, 12, filler).
			note(102, 640, 400, 660, "/Subtype/FreeText/DA(/F1 12 Tf 0 g)/Contents"+written("新增就业2600人。"), lettered(12, "新增就业2600人。")).
			note(102, 600, 400, 620, "/Subtype/Stamp/Contents"+written("内部"), lettered(12, "以审定数为准")), filler + "\n新增就业2600人。\n以审定数为准"},
		{"a text box of several lines without a picture", new(sheet).text(80, 700, 12, filler).
			note(104, 620, 400, 660, "/Subtype/FreeText/DA(/F1 12 Tf 0 g)/Contents"+written("新增就业2600人。\r建成公路35公里。"), ""), filler + "\n新增就业2600人。\n建成公路35公里。"},
		{"hidden, notes to open, signatures, ticks", new(sheet).text(80, 700, 12, filler).
			note(80, 640, 400, 660, strings.Replace(field("350000"), "/Widget", "/Widget/F 2", 1), lettered(12, "350000")).
			note(80, 600, 100, 620, "/Subtype/Text/Contents"+written("请核对350000元"), lettered(12, "350001")).
			note(80, 560, 400, 580, "/Subtype/Popup/Contents"+written("请核对350000元"), lettered(12, "350004")).
			note(80, 500, 400, 520, "/Subtype/Widget/FT/Sig/T(s)/V<</Type/Sig/Filter/Adobe.PPKLite>>", lettered(12, "350002 2024.01.16")).
			note(80, 460, 100, 480, "/Subtype/Widget/FT/Btn/T(t)/V/Yes/AS/Yes", lettered(12, "4")).
			note(102, 420, 400, 440, "/Subtype/Stamp", lettered(12, "以审定数为准")), filler + "\n以审定数为准"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.TrimPrefix(outline(read(t, "a.pdf", pdfOf(c.of))), "page 1\n"); got != c.want {
				t.Errorf("reads\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A value that stands with the field, not with the box that shows it, as where it shows on
// two pages; and a page that is turned, on which it is read at its place.
func TestFilledInTurned(t *testing.T) {
	s := new(sheet).turned(100, 100, 12, 1, "全县坚持稳中求进，各项工作取得新的成效。").
		note(130, 100, 146, 400, "/Subtype/FreeText/Rotate 90/DA(/F1 12 Tf 0 g)/Contents"+written("新增就业2600人。"), turnedLetters("新增就业2600人。")).
		note(160, 100, 176, 400, "/Subtype/FreeText/Contents"+written("建成公路35公里。"), "")
	s.more = "/Rotate 90"
	parent := new(sheet).text(80, 700, 12, "新增就业").note(128, 695, 300, 712, "/Subtype/Widget/Parent 11 0 R", "").text(300, 700, 12, "人。")
	if got, want := read(t, "a.pdf", pdfOf(s, parent)).Text, "全县坚持稳中求进，各项工作取得新的成效。\n新增就业2600人。\n建成公路35公里。\n新增就业3500 人。\n"; got != want {
		t.Errorf("reads %q, want %q", got, want)
	}
}

// turnedLetters is lettered up the page.
func turnedLetters(text string) string {
	return strings.Replace(lettered(12, text), "2 3 Td", "0 1 -1 0 13 2 Tm", 1)
}

// A form that makes its pages as it is filled in is refused by name: what stands on those of
// the file is a request to wait.
func TestLiveForm(t *testing.T) {
	s := new(sheet).text(80, 700, 12, "Please wait... 请稍候，若此信息未被替换，您的阅读器不能显示 350000 份此类文档。").note(80, 600, 200, 620, "/Subtype/Widget/FT/Tx/T(a)", "")
	content := strings.Replace(string(pdfOf(s)), "/AcroForm<<", "/NeedsRendering true/AcroForm<</XFA(x)", 1)
	if _, err := format.Read(t.Context(), "a.pdf", []byte(content), document.Default); code(err) != document.LiveForm {
		t.Errorf("read: %v", err)
	}
}

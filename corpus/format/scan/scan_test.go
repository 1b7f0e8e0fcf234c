package scan

import (
	"strings"
	"testing"

	"reportbot/corpus/format/layout"
)

func row(fields ...string) string { return strings.Join(fields, "\t") + "\n" }

// Words of one line are set one after the other, numbers apart are two, and
// digits that are doubtful or that the other reading has not are unknown.
func TestPlace(t *testing.T) {
	table := row("4", "1", "1", "1", "1", "0", "100", "100", "900", "40", "-1", "") +
		row("5", "1", "1", "1", "1", "1", "100", "100", "160", "40", "96", "生产") + // boxes overlap, as tesseract's do
		row("5", "1", "1", "1", "1", "2", "200", "90", "50", "60", "93", "总") +
		row("5", "1", "1", "1", "1", "3", "260", "100", "60", "40", "91", "53.") +
		row("5", "1", "1", "1", "1", "4", "336", "100", "40", "40", "92", "42") +
		row("5", "1", "1", "1", "1", "5", "400", "100", "40", "40", "92", "17") +
		row("5", "1", "1", "1", "1", "6", "460", "100", "80", "40", "30", "25%") +
		row("5", "1", "1", "1", "1", "7", "800", "100", "60", "40", "95", "0.19%")
	glyphs := place(table, 1)
	agree(glyphs, "生产总 53.42 17 25% 0.19%")
	var b strings.Builder
	last := 1
	for _, g := range glyphs {
		if g.Object != last {
			b.WriteByte('/')
			last = g.Object
		}
		b.WriteRune(g.Rune)
	}
	want := "生产总53.42/17/" + strings.Repeat(string(layout.Unknown), 2) + "%/" + strings.Repeat(string(layout.Unknown), 1) + "." + strings.Repeat(string(layout.Unknown), 2) + "%"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	for i := 1; i < len(glyphs); i++ {
		if a, b := glyphs[i-1], glyphs[i]; b.Object == a.Object && b.Left < a.Right-0.01 || b.Bottom != a.Bottom {
			t.Errorf("%c stands at %.1f, after %.1f", b.Rune, b.Left, a.Right)
		}
	}
}

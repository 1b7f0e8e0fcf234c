package corpus

import "reportbot/corpus/fold"

// Falls tells a change downwards: 下降41.2%, fell by 3.1 percent, -5.2% in a table. It goes by
// the last word of change before the figure in its clause; what is no change does not fall.
func (f *Figure) Falls() bool {
	if f.Role != Growth && f.Role != Increase {
		return false
	}
	if f.Value.IsNegative() {
		return true
	}
	before := []rune(fold.String(f.Paragraph.Report.Text[min(f.Clause.Start, f.Start):f.Start]))
	falls, words := false, f.Paragraph.Report.reader.context
	for i := range before {
		if n := words["growth"].At(before, i); n > 0 {
			falls = words["falls"].Has(string(before[i : i+n]))
		}
	}
	return falls
}

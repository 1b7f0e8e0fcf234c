package layout

import "sort"

// withoutStruck drops characters that a line is drawn through: what is struck out is no
// text, and "1158" struck out before "1208" is not 11581208. Such a line ends where the
// characters do; one that goes on beyond them is a table's.
func withoutStruck(glyphs []Glyph, rules []Rule) []Glyph {
	if len(rules) == 0 || len(rules) > mostRules {
		return glyphs
	}
	byMiddle := make([]int, len(glyphs))
	for i := range byMiddle {
		byMiddle[i] = i
	}
	sort.Slice(byMiddle, func(i, k int) bool { return glyphs[byMiddle[i]].middle() < glyphs[byMiddle[k]].middle() })
	struck := map[int]bool{}
	for _, r := range rules {
		for _, i := range struckBy(r, glyphs, byMiddle) {
			struck[i] = true
		}
	}
	if len(struck) == 0 {
		return glyphs
	}
	kept := make([]Glyph, 0, len(glyphs))
	for i, g := range glyphs {
		if !struck[i] {
			kept = append(kept, g)
		}
	}
	return kept
}

func (g Glyph) middle() float64 { return (g.Top + g.Bottom) / 2 }

// thickest is how high a line that strikes text out is, as a part of the text's size.
const thickest = 0.15

// struckBy is the characters that a line is drawn through, none where it goes on beyond
// them by more than a third of one.
func struckBy(r Rule, glyphs []Glyph, byMiddle []int) (struck []int) {
	if !r.across() {
		return nil
	}
	y, left, right, size := (r.Top+r.Bottom)/2, r.Right, r.Left, 0.0
	const farthest = 20.0 // that a line may lie from the middle of a character, however large
	from := sort.Search(len(byMiddle), func(k int) bool { return glyphs[byMiddle[k]].middle() >= y-farthest })
	for k := from; k < len(byMiddle) && glyphs[byMiddle[k]].middle() <= y+farthest; k++ {
		g := glyphs[byMiddle[k]]
		high := g.Bottom - g.Top
		if abs(g.middle()-y) > 0.15*high || r.Bottom-r.Top > thickest*high {
			continue
		}
		if inside := min(g.Right, r.Right) - max(g.Left, r.Left); inside > 0.5*(g.Right-g.Left) {
			struck = append(struck, byMiddle[k])
			left, right, size = min(left, g.Left), max(right, g.Right), max(size, high)
		}
	}
	if r.Left < left-size/3 || r.Right > right+size/3 {
		return nil
	}
	return struck
}

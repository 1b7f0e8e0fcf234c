package layout

// turnedPage is a page turned so that its text runs from left to right.
type turnedPage struct {
	Page
	turn int
}

// turned parts a page by the directions that its text runs in, upright first.
// Text that is written down the page, character below character, is read as if
// it were turned: down the right column, then the next on its left.
func turned(p Page) (out []turnedPage) {
	var parts [4][]Glyph
	down := writtenDown(p.Glyphs)
	for _, g := range p.Glyphs {
		if g.Bottom <= g.Top || g.Right < g.Left {
			continue
		}
		turn := g.Turn & 3
		if down && turn == 0 {
			turn = 1
		}
		parts[turn] = append(parts[turn], g)
	}
	for turn, glyphs := range parts {
		if len(glyphs) == 0 {
			continue
		}
		t := turnedPage{turn: turn}
		t.Number = p.Number
		t.Width, t.Height = p.Width, p.Height
		if turn%2 == 1 {
			t.Width, t.Height = p.Height, p.Width
		}
		t.Glyphs = make([]Glyph, 0, len(glyphs))
		for _, g := range glyphs {
			g.Left, g.Top, g.Right, g.Bottom = turnBox(p, turn, g.Left, g.Top, g.Right, g.Bottom)
			t.Glyphs = append(t.Glyphs, g)
		}
		for _, r := range p.Rules {
			r.Left, r.Top, r.Right, r.Bottom = turnBox(p, turn, r.Left, r.Top, r.Right, r.Bottom)
			t.Rules = append(t.Rules, r)
		}
		out = append(out, t)
	}
	return out
}

// turnBox turns a box of the page back by so many quarter turns.
func turnBox(p Page, turn int, left, top, right, bottom float64) (l, t, r, b float64) {
	switch turn {
	case 1: // it runs down the page: the right edge is its top
		return top, p.Width - right, bottom, p.Width - left
	case 2:
		return p.Width - right, p.Height - bottom, p.Width - left, p.Height - top
	case 3:
		return p.Height - bottom, left, p.Height - top, right
	}
	return left, top, right, bottom
}

// writtenDown tells a page most of whose characters stand one below another in
// the order of the file.
func writtenDown(glyphs []Glyph) bool {
	down, along := 0, 0
	for i := 1; i < len(glyphs); i++ {
		a, b := glyphs[i-1], glyphs[i]
		size := b.Bottom - b.Top
		dx, dy := b.Left-a.Left, b.Top-a.Top
		switch {
		case a.Turn != 0 || b.Turn != 0 || a.Object != b.Object:
		case abs(dx) < 0.3*size && dy > 0.7*size && dy < 1.8*size:
			down++
		case abs(dy) < 0.3*size && dx > 0.2*size && dx < 1.8*size:
			along++
		}
	}
	return down > 10 && down > 2*along
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}

package index

import (
	"fmt"
	"io"
	"math"
	"strings"

	"reportbot/index/rank"
)

// bin is the answers whose confidence lies in one tenth.
type bin struct {
	confidence, right, weight float64 // summed
	answers                   int
}

// Reliability is how often answers of each confidence are right: a perfectly
// calibrated one is right in 70% of the cases where it says 0.7 (Murphy &
// Winkler 1977).
type Reliability [10]bin

// Add counts one answer, for as much as its kind of question comes up.
func (r *Reliability) Add(confidence float64, right bool, weight float64) {
	b := &r[min(9, int(confidence*10))]
	b.answers++
	b.weight += weight
	b.confidence += weight * confidence
	b.right += weight * rank.Truth(right)
}

// Error is the expected calibration error: how far confidence and share of
// right answers lie apart, over all answers (Naeini et al. 2015).
func (r Reliability) Error() float64 {
	sum, all := 0.0, 0.0
	for _, b := range r {
		sum += math.Abs(b.confidence - b.right)
		all += b.weight
	}
	return sum / math.Max(1e-9, all)
}

// The diagram's square, in pixels.
const (
	side   = 360
	margin = 52
)

// SVG draws the diagram: a dot for each tenth, as large as it has answers, the
// diagonal where confidence is right, and the threshold from which on answers
// are shown.
func (r Reliability) SVG(w io.Writer, threshold float64) error {
	all := 0
	for _, bin := range r {
		all += bin.answers
	}
	title := fmt.Sprintf("%d questions held back; calibration error %.3f", all, r.Error())
	var b strings.Builder
	x := func(v float64) float64 { return margin + v*side }
	y := func(v float64) float64 { return margin + (1-v)*side }
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#333">`+"\n", side+2*margin, side+2*margin)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="#fff"/><text x="%d" y="24" font-size="14">%s</text>`+"\n", margin, title)
	for i := 0; i <= 10; i += 2 {
		v := float64(i) / 10
		fmt.Fprintf(&b, `<path d="M%.0f %.0fH%.0fM%.0f %.0fV%.0f" stroke="#e4e4e4"/><text x="%.0f" y="%.0f" text-anchor="end">%.1f</text><text x="%.0f" y="%.0f" text-anchor="middle">%.1f</text>`+"\n",
			x(0), y(v), x(1), x(v), y(0), y(1), x(0)-6, y(v)+4, v, x(v), y(0)+16, v)
	}
	fmt.Fprintf(&b, `<path d="M%.0f %.0fL%.0f %.0f" stroke="#999" stroke-dasharray="4 4"/>`+"\n", x(0), y(0), x(1), y(1))
	fmt.Fprintf(&b, `<path d="M%.1f %.0fV%.0f" stroke="#c33"/><text x="%.0f" y="%.0f" fill="#c33">shown from here on</text>`+"\n", x(threshold), y(0), y(1), x(threshold)+4, y(1)+12)
	for _, bin := range r {
		if bin.answers == 0 {
			continue
		}
		n, share, said := float64(bin.answers), bin.right/bin.weight, bin.confidence/bin.weight
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="%.1f" fill="#2563eb" fill-opacity=".75"/><text x="%.1f" y="%.1f" font-size="10">%d</text>`+"\n",
			x(said), y(share), 3+math.Sqrt(n)/4, x(said)+6+math.Sqrt(n)/4, y(share)+4, bin.answers)
	}
	fmt.Fprintf(&b, `<text x="%.0f" y="%d" text-anchor="middle">confidence</text><text transform="translate(14 %.0f) rotate(-90)" text-anchor="middle">share of right answers</text></svg>`+"\n",
		x(.5), side+2*margin-14, y(.5))
	_, err := io.WriteString(w, b.String())
	return err
}

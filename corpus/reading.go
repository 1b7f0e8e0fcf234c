package corpus

import (
	"sync"
	"weak"

	"reportbot/corpus/quantity"
)

// reading is the figures of one paragraph. They take six times the room of its
// text and a hundredth of a millisecond to read, so they are read when they
// are first asked for, and those of the last keptReadings paragraphs are kept:
// a library's memory grows with its text alone.
type reading struct {
	figures  []*Figure
	mentions []*Figure
}

// keptReadings take about 1.2 KB each, 20 MB in all.
const keptReadings = 16_384

func (r *reading) add(f *Figure) {
	r.mentions = append(r.mentions, f)
	if f.Kind == quantity.Amount {
		r.figures = append(r.figures, f)
	}
}

// Figures are the paragraph's quantities, in reading order.
func (p *Paragraph) Figures() []*Figure { return p.reading().figures }

// Mentions are all of Figures, and dates and ordinals as well.
func (p *Paragraph) Mentions() []*Figure { return p.reading().mentions }

func (p *Paragraph) reading() *reading {
	if r := p.read.Load(); r != nil {
		return r
	}
	r := p.readFigures()
	if !p.read.CompareAndSwap(nil, r) {
		if first := p.read.Load(); first != nil {
			return first
		}
	}
	recent.keep(p)
	return r
}

// recent holds the paragraphs whose figures are kept, the oldest next to go.
// It keeps no report alive that nothing else does.
var recent ring

type ring struct {
	mu         sync.Mutex
	paragraphs [keptReadings]weak.Pointer[Paragraph]
	next       int
}

func (r *ring) keep(p *Paragraph) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.paragraphs[r.next].Value(); old != nil && old != p {
		old.read.Store(nil)
	}
	r.paragraphs[r.next] = weak.Make(p)
	r.next = (r.next + 1) % keptReadings
}

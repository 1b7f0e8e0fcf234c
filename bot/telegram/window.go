package telegram

import "time"

// window lets a number of requests through in any stretch of time of a given
// length. A request counts from its start until that long after its end, for
// it is somewhere in between that Telegram counts it: so the limit holds on
// their side however long requests travel.
type window struct {
	most  int
	per   time.Duration
	open  int
	ended []time.Time
}

// ready is the earliest time for the next request; far off while it is those
// under way that fill the window.
func (w *window) ready(now time.Time) time.Time {
	for len(w.ended) > 0 && !w.ended[0].Add(w.per).After(now) {
		w.ended = w.ended[1:]
	}
	switch {
	case w.open+len(w.ended) < w.most:
		return now
	case len(w.ended) == 0:
		return now.Add(time.Hour)
	}
	return w.ended[0].Add(w.per)
}

func (w *window) begin() { w.open++ }

func (w *window) end(now time.Time) { w.open--; w.ended = append(w.ended, now) }

func (w *window) quiet(now time.Time) bool {
	return w.open == 0 && (len(w.ended) == 0 || !w.ended[len(w.ended)-1].Add(w.per).After(now))
}

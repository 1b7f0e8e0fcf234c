package layout

import (
	"regexp"
	"strings"
)

var (
	digits     = regexp.MustCompile(`[0-9０-９]+`)
	pageNumber = regexp.MustCompile(`^(?:[-—–－·~\s]*[0-9０-９]{1,4}[-—–－·~\s]*|第?\s*[0-9]{1,4}\s*页?\s*[/，,]?\s*(?:共\s*)?[0-9]{1,4}\s*页?|第\s*[0-9]{1,4}\s*页|(?i:page)\s*[0-9]{1,4}(?:\s*of\s*[0-9]{1,4})?)$`)
)

// margin is the part of a page's height at either end where running heads and
// page numbers stand.
const margin = 0.12

// dropRunning drops page numbers, and lines in the margins that half of the
// pages have at the same place, their digits aside.
func dropRunning(all [][]line) {
	type place struct {
		text string
		top  int
	}
	key := func(l line) place {
		return place{digits.ReplaceAllString(strings.Join(strings.Fields(l.text()), ""), "#"), int(l.top / 6)}
	}
	count := map[place]int{}
	for _, lines := range all {
		for _, l := range lines {
			if l.inMargin() {
				count[key(l)]++
			}
		}
	}
	for i, lines := range all {
		kept := lines[:0]
		for _, l := range lines {
			running := count[key(l)] >= 3 && count[key(l)]*2 >= len(all)
			if l.inMargin() && (running || pageNumber.MatchString(strings.TrimSpace(l.text()))) {
				continue
			}
			kept = append(kept, l)
		}
		all[i] = kept
	}
}

func (l line) inMargin() bool {
	height := l.frame.height
	return l.table == nil && height > 0 && (l.bottom < margin*height || l.top > (1-margin)*height)
}

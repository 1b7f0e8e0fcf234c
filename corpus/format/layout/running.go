package layout

import (
	"regexp"
	"slices"
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
// pages have at the same place, their digits aside. The first of them stays
// where it heads a table: the title that is repeated above each part of a table
// is its title all the same. So does the unit of each table that has a title of
// its own.
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
	seen := map[place]bool{}
	for i, lines := range all {
		anew := slices.ContainsFunc(headsOf(lines), func(l line) bool { return l.inMargin() && !seen[key(l)] })
		kept := make([]line, 0, len(lines)) // what was laid stays whole, to be found again
		for n, l := range lines {
			if !l.inMargin() {
				kept = append(kept, l)
				continue
			}
			k := key(l)
			running := count[k] >= 3 && count[k]*2 >= len(all)
			again := seen[k] && !(anew && unitLine.MatchString(l.text()))
			if pageNumber.MatchString(strings.TrimSpace(l.text())) || running && (again || !headsTable(lines[n+1:])) {
				seen[k] = true
				continue
			}
			seen[k] = true
			kept = append(kept, l)
		}
		all[i] = kept
	}
}

// unitLine is what stands right above a table: 单位：亿元.
var unitLine = regexp.MustCompile(`单\s*位\s*[:：]`)

// headsOf is the lines above the first table of a page, none where they are more than
// head one.
func headsOf(lines []line) []line {
	i := slices.IndexFunc(lines, func(l line) bool { return l.table != nil })
	if i > mostHeads {
		return nil
	}
	return lines[:max(i, 0)]
}

const mostHeads = 3 // a title of two lines, and the unit

// headsTable tells lines of which one of the first is a table.
func headsTable(lines []line) bool {
	for _, l := range lines[:min(mostHeads, len(lines))] {
		if l.table != nil {
			return true
		}
	}
	return false
}

func (l line) inMargin() bool {
	height := l.frame.height
	return l.table == nil && height > 0 && (l.bottom < margin*height || l.top > (1-margin)*height)
}

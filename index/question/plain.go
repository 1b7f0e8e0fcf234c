package question

import (
	"strings"

	"reportbot/corpus/fold"
)

// Plain is a question without the words around it that greet, thank, ask politely or say who wants to know and
// what for: of 麻烦问下，领导问GDP多少来着，谢谢 GDP多少 is left, and of hi, quick one: how many jobs again? thx how many
// jobs. They say nothing of what is asked for, and beside it they would be searched for like its own words. So is
// the 那 of the first question of a conversation, which goes on from nothing. A text of such words alone stays as it is.
func (l *Language) Plain(text string, first bool) string {
	t := fold.New(text)
	from := l.opening(t.Runes, first)
	to := len(t.Runes) - l.closing(t.Runes[from:])
	if l.Asks["mayask"].InWord(t.Runes[:from]) && to > from && strings.ContainsRune("吗么嘛", t.Runes[to-1]) {
		to--
	}
	if from >= to || len(strings.TrimFunc(string(t.Runes[from:to]), isMark)) == 0 {
		return text
	}
	ends := append(t.Off[:len(t.Runes):len(t.Runes)], len(text))
	var plain strings.Builder
	for i := from; i < to; {
		if n := l.Asks["insisting"].Set.At(t.Runes[:to], i); n > 0 && l.Asks["asked"].Set.At(t.Runes[:to], i+n) > 0 {
			i += n // 到底是多少
			continue
		}
		if l.idleSpace(t.Runes[:to], i) {
			i++
			continue
		}
		if n := l.Asks["howmuch"].Set.At(t.Runes[:to], i); n > 0 {
			plain.WriteString("多少") // as Hong Kong asks
			i += n
			continue
		}
		plain.WriteString(text[ends[i]:ends[i+1]])
		i++
	}
	return strings.TrimSpace(plain.String())
}

// idleSpace tells a space between Chinese characters that parts no two things: 粮食产量 多少, 去年 GDP.
func (l *Language) idleSpace(r []rune, i int) bool {
	if r[i] != ' ' || i == 0 || i+1 >= len(r) || !fold.Han(r[i-1]) || !fold.Han(r[i+1]) {
		return false
	}
	return l.Asks["asked"].Set.At(r, i+1) > 0 || strings.ContainsRune("年月底末的了", r[i-1])
}

// opening is how many characters at the beginning of a question come before what it asks.
func (l *Language) opening(r []rune, first bool) int {
	end := 0
	for i := 0; i < len(r); {
		if isMark(r[i]) {
			i++
			if end > 0 {
				end = i
			}
			continue
		}
		n := l.openingAt(r, i)
		if k := l.Asks["resumes"].Set.At(r, i); n == 0 && first && k > 0 && l.Places.At(r, i) == 0 && l.apartAt(r, i, i+k) { // 那曲
			n = k
		}
		if n == 0 {
			break
		}
		i += n
		end = i
	}
	return end
}

// openingAt is the length of the longest opening at r[i]: a greeting, a request, who wants to know, or what for.
func (l *Language) openingAt(r []rune, i int) (longest int) {
	for _, pair := range [][2]string{{"greets"}, {"asker", "wants"}, {"occasion", "usedfor"}} {
		n := l.Asks[pair[0]].Set.At(r, i)
		if n > 0 && pair[1] != "" {
			k := i + n
			for k < len(r) && r[k] == ' ' {
				k++
			}
			second := l.Asks[pair[1]].Set.At(r, k)
			if n = k + second - i; second == 0 || l.Asks["nowants"].Set.At(r, k) > second {
				continue
			}
		}
		ours := n > 0 && strings.ContainsRune("我咱", r[i]) && i+n < len(r) && strings.ContainsRune("省市县区州", r[i+n]) // 我们市
		if n > longest && !ours && l.apartAt(r, i, i+n) {
			longest = n
		}
	}
	return longest
}

// apartAt tells that words end where a word ends: hi is no part of hi-tech, nor 问 of 问责.
func (l *Language) apartAt(r []rune, from, to int) bool {
	switch {
	case to == len(r) || isMark(r[to]):
		return true
	case !fold.Han(r[to-1]) || !fold.Han(r[to]):
		return fold.Han(r[to-1]) || fold.Han(r[to])
	}
	for _, w := range l.Cut(r[to-1 : min(len(r), to+longestGlued)]) {
		if w.From == 0 {
			return w.To == 1
		}
	}
	return true
}

// longestGlued is how many characters behind a word may make another of its last: 问责.
const longestGlued = 3

// closing is how many characters at the end of a question come behind what it asks.
func (l *Language) closing(r []rune) int {
	end := len(r)
	for to := end; to > 0; {
		if isMark(r[to-1]) {
			if to--; r[to] == '…' || r[to] == '.' && (to > 0 && r[to-1] == '.' || to+1 < len(r) && r[to+1] == '.') {
				end = to // 20-21...
			}
			continue
		}
		n := l.Asks["closes"].Set.Before(r, to)
		if k := l.Asks["closesapart"].Set.Before(r, to); k > n && to > k && isMark(r[to-k-1]) {
			n = k
		}
		if n == 0 || to == n || !l.beginsAt(r, to-n, to) {
			break
		}
		to -= n
		end = to
	}
	for end < len(r) && end > 0 && strings.ContainsRune(" ,，、", r[end-1]) {
		end--
	}
	return len(r) - end
}

// beginsAt tells that the words r[from:to] begin where a word begins: 数据 is none of 大数据.
func (l *Language) beginsAt(r []rune, from, to int) bool {
	if !fold.Han(r[from]) || !fold.Han(r[from-1]) {
		return isMark(r[from-1]) || fold.Han(r[from]) || fold.Han(r[from-1])
	}
	start := max(0, from-longestGlued)
	for _, w := range l.Cut(r[start:to]) {
		if w.From == from-start {
			return true
		}
	}
	return false
}

func isMark(r rune) bool { return strings.ContainsRune(" ,.:;!?~，。：；！？、…～", r) }

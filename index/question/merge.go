package question

import (
	"slices"
	"strings"

	"reportbot/corpus"
	"reportbot/corpus/fold"
)

// TakeVariants takes which of alike indicators the thing of another clause is;
// how much there is in all is no part of a thing: 现有多少, 再建几个.
func (q *Query) TakeVariants(giver *Query, l *Language) {
	q.Variants = slices.Clone(q.Variants)
	for _, p := range giver.Content() {
		for i, c := range l.Variants.Classes {
			if members := c.Of([]rune(p.Text)); len(members) > 0 && len(q.Variants[i]) == 0 {
				q.Variants[i] = members
			}
		}
	}
}

// NamesThing tells a question whose thing is one character: 桥有多少座.
func (q *Query) NamesThing() bool {
	for _, p := range q.Parts {
		if r := []rune(p.Text); !p.Weak && len(r) == 1 && fold.Han(r[0]) && !strings.ContainsRune("建修投花补办发做装招引占比涨增降多少高低大小新有达", r[0]) {
			return true
		}
	}
	return false
}

// Content is the parts that name a thing: not 比, 多, 增长.
func (q *Query) Content() (parts []Part) {
	for _, p := range q.Parts {
		if !p.Weak && (len([]rune(p.Text)) > 1 || len(p.Alts) > 1) {
			parts = append(parts, p)
		}
	}
	return parts
}

// WordsBefore is the words of a follow-up with those of the question before, which
// are what it is a part of or goes on from: none of them is asked for now.
func (q *Query) WordsBefore(last *Query) []AskedWord {
	words := slices.Clone(q.Words)
	for _, w := range last.Words {
		if !slices.ContainsFunc(words, func(o AskedWord) bool { return o.Text == w.Text }) {
			w.Head, w.Whole = false, true
			words = append(words, w)
		}
	}
	return words
}

// TakeFrom sets what a later question says of time, unit, role and the like.
func (q *Query) TakeFrom(later *Query) {
	if len(later.Periods) > 0 {
		q.Periods, q.Unyeared = later.Periods, later.Unyeared
		if later.Status == "" {
			q.Status = "" // 2024年呢: what was achieved may be planned now
		}
	}
	if later.Status != "" {
		q.Status = later.Status
	}
	if later.Want != WantAny {
		q.Want, q.Why = later.Want, later.Why
	}
	named := later.Want == WantAny && later.Role == "" && q.Role == corpus.Growth // 财政收入呢 asks for its growth, where that was asked for
	if later.Unit != "" || (len(later.Classes) > 0 || len(later.Likely) > 0) && !named {
		q.Unit, q.Classes, q.Likely = later.Unit, later.Classes, later.Likely
	}
	if later.Role != "" {
		q.Role = later.Role
	}
	if later.Scope != "" {
		q.Scope = later.Scope
	}
	if later.Extent != "" {
		q.Extent = later.Extent
	}
}

// Unsaid is the parts that a text does not have.
func Unsaid(parts []Part, text string) []Part {
	return slices.DeleteFunc(slices.Clone(parts), func(p Part) bool { return strings.Contains(text, p.Text) })
}

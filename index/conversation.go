package index

import (
	"slices"
	"strings"

	"reportbot/corpus/fold"
	"reportbot/corpus/terms"
)

// ellipses mark a question that leans on the one before.
var ellipses = terms.NewSet("那", "呢", "其中", "and ", "what about", "how about", "为什么", "原因")

// understand reads a question in the light of the earlier ones: what is new in a
// follow-up replaces its counterpart in the question before, and the words of
// that question stay as faded parts.
func (e *Engine) understand(question string, before []string) *Query {
	if r := []rune(question); len(r) > LongestQuestion {
		question = string(r[:LongestQuestion])
	}
	question = e.mainland(question)
	q := e.language.understand(question, e.clock(fold.String(question)))
	e.soundOut(q)
	if len(before) == 0 || !leans(q) {
		return q
	}
	last := e.understand(before[len(before)-1], before[:len(before)-1])
	if named, _ := e.named(q.Text); len(named) == 0 { // 今年 is that of the report spoken of
		q = e.language.understand(question, e.clock(last.Names()))
		e.soundOut(q)
	}
	merged := q.following(last)
	merged.Follows = before[len(before)-1]
	if last.Follows != "" {
		merged.Follows = last.Follows
	}
	return merged
}

// mainland is a question with the words of Taiwan that no report has put as the
// mainland says them: 網路零售額 is 网络零售额. One without such words stays as it is.
func (e *Engine) mainland(question string) string {
	text := fold.New(question)
	r := text.Runes
	var out strings.Builder
	from, changed := 0, false
	for i := 0; i < len(r); {
		n := e.language.other.At(r, i)
		if n == 0 || e.store.mayHave(r[i:i+n]) {
			i += max(n, 1)
			continue
		}
		out.WriteString(question[text.Off[from]:text.Off[i]] + e.language.taiwan[string(r[i:i+n])])
		i += n
		from, changed = i, true
	}
	if !changed {
		return question
	}
	return out.String() + question[text.Off[from]:]
}

// leans tells a follow-up: short, and with a word of ellipsis or nothing but a period.
func leans(q *Query) bool {
	text := fold.String(strings.TrimSpace(q.Text))
	r := []rune(text)
	content := 0
	for _, p := range q.content() {
		content += len([]rune(p.Text))
	}
	if content == 0 && !q.namesThing() {
		return true
	}
	limit := 8
	if q.Lang == "en" {
		limit = 24
	}
	at, _ := ellipses.Find(r)
	return content <= limit && (at == 0 || strings.HasSuffix(strings.TrimRight(text, "?？ "), "呢"))
}

// namesThing tells a question whose thing is one character: 桥有多少座.
func (q *Query) namesThing() bool {
	for _, p := range q.Parts {
		if r := []rune(p.Text); !p.Weak && len(r) == 1 && fold.Han(r[0]) && !strings.ContainsRune("建修投花补办发做装招引占比涨增降多少高低大小新有达", r[0]) {
			return true
		}
	}
	return false
}

// content is the parts that name a thing: not 比, 多, 增长.
func (q *Query) content() (parts []Part) {
	for _, p := range q.Parts {
		if !p.Weak && len([]rune(p.Text)) > 1 {
			parts = append(parts, p)
		}
	}
	return parts
}

// following is q as a follow-up to last.
func (q *Query) following(last *Query) *Query {
	merged := *last
	merged.Text, merged.Lang = q.Text, q.Lang
	merged.named = last.Names()
	if len(q.Periods) > 0 {
		merged.Periods = q.Periods
		if q.Status == "" {
			merged.Status = "" // 2024年呢: what was achieved may be planned now
		}
	}
	if q.Status != "" {
		merged.Status = q.Status
	}
	if q.Want != WantAny {
		merged.Want, merged.Why = q.Want, q.Why
	}
	if q.Unit != "" || len(q.Classes) > 0 {
		merged.Unit, merged.Classes = q.Unit, q.Classes
	}
	if q.Role != "" {
		merged.Role = q.Role
	}
	if q.Scope != "" {
		merged.Scope = q.Scope
	}
	if q.Extent != "" {
		merged.Extent = q.Extent
	}
	merged.variants = slices.Clone(last.variants)
	for i, members := range q.variants {
		if len(members) > 0 {
			merged.variants[i] = members
		}
	}
	fresh := q.content()
	merged.Parts = slices.Clone(fresh)
	for _, p := range last.Parts {
		p.Faded = p.Faded || len(fresh) > 0
		p.start += len([]rune(q.Text)) + 2
		merged.Parts = append(merged.Parts, p)
	}
	if len(fresh) > 0 {
		merged.Focus = q.Focus
	}
	return &merged
}

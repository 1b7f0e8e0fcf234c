package decide

import (
	"reportbot/index/rank"
)

// Finding is what the reports hold for a question, best first.
type Finding struct {
	*rank.Weighed
	Pages   []*rank.Passage
	Ranked  []*rank.Candidate
	Fit     []*rank.Candidate // of these, those that may be the answer
	instead []*rank.Candidate // and those of another period, status or area than asked
	plans   []*rank.Candidate // and the plans that it leaves open, beside what there is: they may be chosen
	isOn    map[string]bool   // by report and place: whether the report is on it
}

package corpus

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"reportbot/corpus/fold"
)

// Who reports to whom: "我代表区人民政府,向区人大常委会报告…", "…的报告 —— 2024年1月在…会议上".
var (
	issuerRe    = regexp.MustCompile(`(?:代表|我受)([^,，。、;；:：\s]{2,30}?)(?:的?委托)?[,，]?(?:现在?)?[,，]?(?:向|就|作|做|将|把)`)
	issuerEnRe  = regexp.MustCompile(`[Oo]n behalf of the ([A-Z][\w'’ ]{2,60}?),`)
	addresseeRe = regexp.MustCompile(`向([^,，。;；]{2,30}?)(?:报告|汇报|作|做|提交)`)
)

// openingLength is how many bytes of the body may name the parties and the date.
const openingLength = 1200

func (r *Report) opening() string {
	body := r.Slice(r.Body)
	return body[:min(len(body), openingLength)]
}

func (r *Report) findParties() {
	text := r.opening()
	if m := issuerRe.FindStringSubmatch(text); m != nil {
		r.Issuer = m[1]
		if rest := text[strings.Index(text, m[0]):]; true {
			if to := addresseeRe.FindStringSubmatch(rest[:min(len(rest), 300)]); to != nil {
				r.Addressee = to[1]
			}
		}
	} else if m := issuerEnRe.FindStringSubmatch(text); m != nil {
		r.Issuer = m[1]
	}
}

// The years that tell when a report speaks.
var (
	yearRe      = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d)(?:年|\)|）|$|[^0-9年])`)
	givenRe     = regexp.MustCompile(`((?:19|20)\d\d) ?年 ?\d{1,2} ?月 ?\d{1,2} ?日`)
	givenEnRe   = regexp.MustCompile(`(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, ((?:19|20)\d\d)`)
	billRe      = regexp.MustCompile(`(?:Appropriation|Finance|Supply) Bill,? (?:for )?((?:19|20)\d\d)|《((?:19|20)\d\d) ?年(?:拨款|撥款)(?:条例|條例)?草案》`)
	monthLine   = regexp.MustCompile(`(?m)^[\s(（]*((?:19|20)\d\d)年\d{1,2}月[)）\s]*$`)
	planYearRe  = regexp.MustCompile(`(?:力争|目标|计划|确保|争取)((?:19|20)\d\d)年|((?:19|20)\d\d)年[,，]?(?:我区|我市|我县|全区|全市|全县)?(?:力争|计划|拟|争取|确保)`)
	reviewTitle = regexp.MustCompile(`公报|统计|工作报告|年[^上前季月]*(?:情况|工作)的?(?:报告|汇报|通报)|完成情况|执行情况|总结|回顾|年报|review`)
	taskTitle   = regexp.MustCompile(`(?:政府|法院|检察院|委员会|常委会|政协)工作报告|政府工作的报告|任务|计划|安排|打算|思路|要点|草案|work of the government`)
)

// findYear finds the year in which the report speaks, its "今年": the date on
// which it was given; else the year of its title; else the year that its
// sections of plans name, or the one after the year that they look back on.
// It stays 0 for texts that are no reports, whose years lie far apart.
func (r *Report) findYear() {
	opening := r.opening()
	title := strings.ToLower(r.Title)
	years := yearsIn(title)
	if _, times := r.reader.timesIn(r.Title, 0); len(years) == 0 && len(times) > 0 { // FY19, 113年
		years = []int{times[0].From / 12}
	}
	years = slices.DeleteFunc(years, r.isFarAim)
	part := r.partOfYear()
	plans := sync.OnceValue(func() []int { return yearsOfMatches(planYearRe, r.Slice(r.Body)) })
	heads := map[bool][]int{} // of plans, of reviews
	for _, s := range r.Sections {
		if s.Level <= 3 {
			heads[taskTitle.MatchString(s.Heading)] = append(heads[taskTitle.MatchString(s.Heading)], yearsIn(s.Heading)...)
		}
	}
	given, _ := strconv.Atoi(r.Date[:min(len(r.Date), 4)])
	switch {
	case part.Known():
		r.Year = part.From / 12
	case given > 0 && len(years) > 0 && (given == most(years) || given == most(years)+1):
		r.Year = given
	case len(years) > 0 && (taskTitle.MatchString(title) || !reviewTitle.MatchString(title)) && years[0] >= most(years):
		r.Year = most(years)
		if strings.Contains(title, "情况") && len(years) == 1 && len(plans()) > 0 {
			r.Year = most(plans())
		}
	case len(years) > 0 && taskTitle.MatchString(title):
		r.Year = most(years)
	case len(years) > 0:
		r.Year = most(years) + 1
	case monthLine.MatchString(r.front()):
		r.Year, _ = strconv.Atoi(monthLine.FindStringSubmatch(r.front())[1])
	case givenRe.MatchString(opening):
		r.Year, _ = strconv.Atoi(givenRe.FindStringSubmatch(opening)[1])
	case given > 0 && dayGiven.MatchString(r.front()): // 二零二三年二月二十二日
		r.Year = given
	case givenEnRe.MatchString(opening):
		r.Year, _ = strconv.Atoi(givenEnRe.FindStringSubmatch(opening)[1])
	case billRe.MatchString(opening): // I move that the Appropriation Bill 2016 be read a second time
		r.Year = most(yearsOfMatches(billRe, opening))
	case len(heads[true]) > 0:
		r.Year = most(heads[true])
	case len(plans()) > 0:
		r.Year = most(plans())
	case len(heads[false]) > 0:
		r.Year = most(heads[false]) + 1
	default:
		r.Year = r.yearOfBody()
	}
}

// isFarAim tells a year of a title that is aimed at, and in which nobody speaks: 2050净零排放路径
// tells of the years long before it, and hardly of those right before.
func (r *Report) isFarAim(year int) bool {
	near, far := 0, 0
	for _, y := range yearsIn(strings.ReplaceAll(r.Slice(r.Body), " 年", "年")) {
		switch {
		case y < year && y >= year-nearAim:
			near++
		case y < year-nearAim && y >= year-farAim:
			far++
		}
	}
	return far > 2*near && far > 5
}

const (
	nearAim = 7 // years: a five-year plan speaks of those right before its end
	farAim  = 40
)

// partOfYear is the part of a year that the title says the report is on: 2022年8月,
// 2023年上半年; of 8月和1—8月 it is 1—8月. The report speaks in that year.
func (r *Report) partOfYear() (part Period) {
	runes, times := r.reader.timesIn(r.Title, 0)
	for _, t := range times {
		day := t.Day || t.End < len(runes) && runes[t.End] == '日' || t.To-t.From == 1 && workTitle.MatchString(string(runes)) && inBrackets(runes, t)
		switch {
		case t.To-t.From >= 12 || day:
		case !part.Known():
			part = t.Period
		case t.From/12 == part.From/12 && !t.Within(part):
			from, to := min(part.From, t.From), max(part.To, t.To)
			part = months(from/12, from%12, to-from)
		}
	}
	return part
}

// inBrackets tells the month within brackets in which a work report was given: （第3会期，2025年2月）.
func inBrackets(r []rune, t TimeWord) bool {
	text := string(r[:t.Start])
	return strings.LastIndexAny(text, "（(") > strings.LastIndexAny(text, "）)")
}

// Clock is when the report speaks. Months without a year are those of its own
// year where it is on a part of that.
func (r *Head) Clock() Clock {
	c := Clock{Year: r.Year}
	if r.Year > 0 && r.Covers.From/12 == r.Year && r.Covers.To-r.Covers.From < 12 {
		c.Months = r.Year
	}
	c.Accounts, c.This = r.accounts, r.this
	return c
}

// clock is Clock for the report's own text, whose months without a year are those around its day.
func (r *Report) clock() Clock {
	c := r.Clock()
	c.Given = r.given
	if years := r.Covers.To - r.Covers.From; years == 12 && r.Covers.From%12 == 0 && strings.Contains(r.Title, "公报") {
		c.Months = r.Covers.From / 12 // 12月末, in a bulletin on a year
	}
	return c
}

// findGiven finds the month in which a report was given, for one that speaks in that year.
func (r *Report) findGiven() {
	year, month := 0, 0
	if len(r.Date) >= len("2024-01") {
		year, _ = strconv.Atoi(r.Date[:4])
		month, _ = strconv.Atoi(r.Date[5:7])
	} else if r.Lang == "en" {
		opening := fold.New(r.Title + "\n" + r.front())
		for i := range opening.Runes {
			if t, ok := monthNamed(opening.Runes, i, Clock{}); ok && t.Day {
				year, month = t.From/12, t.From%12+1
				break
			}
		}
	}
	if year == r.Year && month > 0 {
		r.given = year*12 + month - 1
	}
}

// yearOfBody is the year after the one that most years of the body name; 0
// when they lie far apart, as in a text that is no report.
func (r *Report) yearOfBody() int {
	count := map[int]int{}
	all := yearsIn(r.Slice(r.Body))
	common := 0
	for _, y := range all {
		if count[y]++; count[y] > count[common] || count[y] == count[common] && y > common {
			common = y
		}
	}
	near := count[common-1] + count[common] + count[common+1]
	if len(all) < 3 || near*10 < len(all)*7 {
		return 0
	}
	return common + 1
}

func yearsIn(text string) []int { return yearsOfMatches(yearRe, text) }

func yearsOfMatches(re *regexp.Regexp, text string) (years []int) {
	for _, m := range re.FindAllStringSubmatch(text, -1) {
		for _, group := range m[1:] {
			if y, err := strconv.Atoi(group); err == nil {
				years = append(years, y)
			}
		}
	}
	return years
}

// most is the latest of years.
func most(years []int) (latest int) {
	for _, y := range years {
		latest = max(latest, y)
	}
	return latest
}

package index_test

import (
	"context"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/index"
)

const harbourSpeech = `Budget Speech 2023 of Port Alder
1. Introduction
1. The economy of Port Alder contracted by 2.4 per cent in 2022, while exports of goods fell by 7.1 per cent. The unemployment rate stood at 4.3 per cent at the end of the year.
2. Last year we built 14 community centres and planted 36,200 trees along the waterfront. We also recruited 520 nurses.
3. The operating expenditure increased by $62.5 million to $1.94 billion. Revenue from stamp duty was $310 million.
2. The year ahead
4. In 2023 we plan to open nine clinics. Ticket prices of the ferry will be capped at $3 a ride.
5. Dr Mary Holt chairs the council on ageing.
6. A third of the jobs we added are at the port. We begin the year with more than 20,000 new jobs.
`

const valleyReport = `临溪市政府工作报告
——2025年1月9日在临溪市第十八届人民代表大会第四次会议上
一、2024年工作回顾
全市地区生产总值812.4亿元，增长5.6%。进口23.5亿元，增长3.1%；出口118.6亿元，下降2.2%。城镇新增就业2.7万人。
全年研发投入强度达到2.31%。新建公园12个，改造老旧小区48个。接待国内游客840万人次。
二、2025年工作安排
今年主要预期目标是：地区生产总值增长5.5%左右，城镇新增就业2.5万人以上。
`

// What is said of one thing is not said of its counterpart, nor of what is only near to it.
const siblingsReport = `Annual Report of Port Alder 2023

The profit of state enterprises rose to $45 million in 2023.
Winter temperatures averaged 3 degrees in 2023.
Women held 34 per cent of seats in 2023.
Wheat output was 1.2 million tonnes in 2023.
The urban unemployment rate was 5.2 per cent in 2023.
In 2023, 300 classrooms were built in rural areas.
Loans granted to small businesses reached $3.5 billion in 2023.
`

// English questions on English and on Chinese reports: the figure that must come
// first, "" for what the report does not say.
func TestEnglishQuestions(t *testing.T) {
	for _, report := range []struct {
		name, text string
		asked      [][2]string
	}{
		{"speech.txt", harbourSpeech, [][2]string{
			{"By how much did the economy shrink in 2022?", "2.4 per cent"},
			{"How fast did exports fall?", "7.1 per cent"},
			{"what's the jobless rate?", "4.3 per cent"},
			{"How many trees were planted?", "36,200"},
			{"No. of nurses recruited last year", "520"},
			{"By how many dollars did operating expenditure go up?", "$62.5 million"},
			{"How many clinics are planned?", "nine"},
			{"How many libraries were built?", ""},
			{"How many jobs did we add?", "20,000"},
			{"How many nurses were recruited in Tokyo?", ""},
			{"What does a ferry ride cost?", "$3"},
		}},
		{"siblings.txt", siblingsReport, [][2]string{
			{"What was the profit of state enterprises?", "$45 million"},
			{"What was the loss of state enterprises?", ""},
			{"What was the revenue of state enterprises?", ""},
			{"What was the average winter temperature?", "3"},
			{"What was the average summer temperature?", ""},
			{"What share of seats do women hold?", "34 per cent"},
			{"What share of seats do men hold?", ""},
			{"What was wheat output?", "1.2 million tonnes"},
			{"What was rice output?", ""},
			{"What was the urban unemployment rate?", "5.2 per cent"},
			{"What was the rural unemployment rate?", ""},
			{"How many classrooms were built?", "300"},
			{"How many schools were built?", ""},
			{"How much is the borrowing?", ""},
		}},
		{"报告.txt", valleyReport, [][2]string{
			{"How fast did Linxi's GDP grow last year?", "5.6%"},
			{"What were exports?", "118.6亿元"},
			{"What were imports?", "23.5亿元"},
			{"How many new urban jobs were created in 2024?", "2.7万人"},
			{"What is this year's target for new urban jobs?", "2.5万人"},
			{"What was R&D intensity in 2024?", "2.31%"},
			{"How many old residential communities were renovated?", "48个"},
			{"How many patents were granted?", ""},
			{"What was Hubei's GDP?", ""},
		}},
	} {
		reports, err := corpus.Builtin().ReadFile(context.Background(), report.name, []byte(report.text))
		if err != nil {
			t.Fatal(err)
		}
		e := open(t, "", corpus.New(reports...))
		for _, row := range report.asked {
			got := ""
			if a := e.Ask(context.Background(), row[0], nil); a.Answered && len(a.Figures) > 0 {
				got = a.Figures[0].Text
			}
			if got != row[1] {
				t.Errorf("%s: %s: got %q, want %q", report.name, row[0], got, row[1])
			}
		}
	}
}

// The first word that asks decides what is asked for.
func TestEnglishQuestionString(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "speech.txt", []byte(harbourSpeech))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	for _, row := range [][2]string{
		{"Why has revenue from growth of exports not kept up?", "passage why=why"},
		{"Who chairs the council on ageing?", "passage why=who"},
		{"How many jobs when the park is built?", "figure class=count"},
		{"When will the clinics open?", "date"},
		{"In what year did the bridge open?", "date"},
		{"What does insulin cost a month?", "figure class=money head=cost"},
		{"What does the bridge cost the driver a year?", "figure class=money"},
		{"Job gains in 2018: what did the economists expect?", "any"},
		{"upkeep of parks: earmarked now vs what the bill would give", "any list head="},
		{"where is the fare cap now and where do we want it?", "any list likely=money head=cap"},
		{"km of village roads built", "class=length status=actual head=roads"},
		{"ferry numbers up by how much", "figure list role=increase head="},
		{"drownings this year and next", "period=2023年 period=2024年"},
		{"how many years will the coal last", "figure class=time status=target head=coal"},
		{"how often did the ferry stop", "figure class=count,ratio,"},
		{"harbour levy for 2014?", "any likely=money period=2014年"},
		{"flat rate of the pension", "figure head="},
		{"spending on bridges, 2012-13 against 2017-18", "any list class=money period=2012-13 period=2017-18"},
		{"what will the monthly grant be after the increase?", "figure likely=money"},
		{"what have they committed to the jobs support scheme?", "any likely=money head=scheme"},
		{"How much has the schools budget gone up?", "likely=money role=growth"},
		{"What did we put into ferries?", "any"},
		{"By how much must emissions fall below the 2005 level by 2030?", "role=growth period=2030"},
		{"What did the council say about ferries?", "passage"},
		{"What will the monthly cap on fares be after the review?", "figure"},
		{"People who came on the talent schemes so far?", "any"},
		{"Where did reserves stand in January?", "figure"},
		{"How much did the city put into ferries?", "figure class=money"},
		{"311 calls: what % is answered within 30 secs?", "figure class=percent"},
		{"What is the exchange rate of the dollar?", "figure head=exchange rate"},
		{"What was the banks' bad-loan ratio?", "class=percent"},
		{"By how much did GDP grow?", "role=growth"},
		{"How many km of road were built?", "class=length"},
	} {
		if got := e.Ask(context.Background(), row[0], nil).Query.String(); !strings.Contains(got, row[1]) {
			t.Errorf("%s: read as %q, want %q", row[0], got, row[1])
		}
	}
}

// Neither end of a range is said alone, nor twice; how many trips is not refused where a report
// says visits, but is never sure.
func TestRangesAndOtherWords(t *testing.T) {
	r, err := corpus.Builtin().Parse("x", []byte("Harbour City Budget 2025\nSupport will go to 20% to 30% of seniors, and 12 centres will open.\nThis year I made nearly 100 visits to rural parts of Harbour County.\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	a := e.Ask(context.Background(), "What share of seniors gets support?", nil)
	if len(a.Figures) == 0 || r.Slice(a.Figures[0].Bounded) != "20% to 30%" || len(a.Related) != 1 || a.Related[0].Text != "12" {
		t.Errorf("got %v, beside it %v", first(a, 3), a.Related)
	}
	a = e.Ask(context.Background(), "how many trips to rural parts of Harbour County this year?", nil)
	if !a.Answered || a.Sure || len(a.Figures) == 0 || a.Figures[0].Text != "100" {
		t.Errorf("trips: answered %v, sure %v, %v", a.Answered, a.Sure, first(a, 3))
	}
}

// What an English question names must be said where the figure of a Chinese report stands, else the
// figure is not sure; how much the economy grew is done as well as planned.
func TestUnsaidIsNotSure(t *testing.T) {
	r, err := corpus.Builtin().Parse("x", []byte("东川市2025年政府工作报告\n一、2024年工作回顾\n地区生产总值超过1200亿元，增长5.2%。教育质量稳步提升。\n二、2025年工作安排\n经济增长预期目标为5%左右。一般公共预算支出规模285亿元。医疗卫生支出31亿元。\n"))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(r))
	for _, row := range []struct {
		asked string
		sure  bool
		want  string
	}{
		{"how much will be spent on education?", false, ""},
		{"how much will be spent on health care?", true, "31亿元"},
		{"经济增长多少", true, "5.2%"},
	} {
		a := e.Ask(context.Background(), row.asked, nil)
		got := ""
		for _, h := range a.Figures {
			got += h.Text + " "
		}
		if a.Answered && a.Sure != row.sure || !strings.HasPrefix(got, row.want) {
			t.Errorf("%s: answered %v, sure %v, %s", row.asked, a.Answered, a.Sure, got)
		}
	}
}

// A name with a number: what stands in its number is no answer, and the paragraph that has both is
// shown, though its one word is little to go by.
func TestNumberedNames(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "wards.txt", []byte(`Annual Report of Port Alder 2023

We built 64 flats on town land at Fire Station 39 in Mill Bay.
The medics, known as Squad 80, help patients to find a bed and keep 5 vans on the road.
Lamps are to be mended within 7 days; 80% of them were.
`))
	if err != nil {
		t.Fatal(err)
	}
	e := open(t, "", corpus.New(reports...))
	if a := e.Ask(context.Background(), "How many flats were built at Fire Station 39?", nil); !a.Answered || a.Figures[0].Text != "64" {
		t.Errorf("flats at Fire Station 39: %v %v", a.Answered, a.Figures)
	}
	a := e.Ask(context.Background(), "What is Squad 80?", nil)
	if !a.Answered || len(a.Passages) == 0 || !strings.Contains(a.Passages[0].Text(), "known as Squad 80") {
		t.Errorf("Squad 80: %v %v", a.Answered, a.Passages)
	}
	for _, f := range a.Figures {
		if f.Text == "80" {
			t.Error("Squad 80 is answered with its own number")
		}
	}
}

const cityAddress = `State of the City 2024

We raised the pay of 320 librarians by four percent in 2023. The electricity of 14 fire stations is renewable.

The ferry terminal serves 9,000 passengers a day. The marina and the marine school share 12 boats.

Last year 41 people drowned in our lakes. That is a rise of 8 percent.

The culture grants went to 640 painters and paid out $2.4 million.

Growth of 7 percent for the city economy is a forecast that few still believe. The economy of the city is projected to grow between 2% and 3% in 2024.

This week we ended 3,268 faked heating grants, valued at $1.8 million.

The economy grew by 2.4 percent in 2023. The arts grew to 0.3 percent of GDP, the growth of ten years.

Spending on parks was $18 million in 2023 and will be $21 million in 2024. In 2023 the city spent $95 million on buses.

Sales of homes rose 4 percent last year, and rents rose 6 percent.

The port is the No. 2 cotton port of the state. It handled a record 310,000 bales of cotton in 2023.

The five festivals cost $3.1 million, which is 12 percent of the budget for culture. The zoo takes 30 percent.

In 2023 the harbour gave 55 permits to anglers, worth $9,000 in all, and 12 to divers.

The museum drew 41,000 visitors, 9,600 of them children, in 2023.

Exports of goods grew by 5.9 percent in 2023, and those of services by 3.5 percent.

The seed fund made a cash transfer of $2.2 million to over 11,400 farmers. Farm accounts number 47,800, and loans were paid out of them.

People made 7,400 card payments by phone in 2023, for $126 million. The budget is worth $900 million in total.

Sales of boats rose 4 percent last year, and repairs of boats fell. Renters paid 9 percent more.

Repairs of roofs rose 6 percent last year.

For FY2024 the city expects a surplus of $6.4 million, or 0.9 percent of its spending. For FY2025 we expect a surplus of $6.8 million, or 1.1 percent of spending.

The worth of all payments in shops was $70 million in total.
`

// A word that no report has, a letter off one that it has, is read as that one; a word of the language
// that the reports lack is not, nor what may be two of theirs.
func TestMisspeltEnglishWord(t *testing.T) {
	e := openText(t, "city.txt", cityAddress)
	for _, row := range [][2]string{
		{"how many libarians got a raise", "how many librarians got a raise"},
		{"how many fire stations run on green electricty", "how many fire stations run on green electricity"},
		{"how many passengers a day at the ferry terimnal", "how many passengers a day at the ferry terminal"},
		{"how many hospices are there", ""},
		{"how many boats does the marinz have", ""},
	} {
		if got := strings.Join(e.Ask(context.Background(), row[0], nil).DidYouMean, ""); got != row[1] {
			t.Errorf("%s: read as %q, want %q", row[0], got, row[1])
		}
	}
}

// What is asked for side by side is told side by side, each as surely as it is known.
func TestEnglishLists(t *testing.T) {
	e := openText(t, "city.txt", cityAddress)
	for _, row := range []struct {
		question string
		want     []string
	}{
		{"how many painters got grants, and how much was paid out?", []string{"640", "$2.4 million"}},
		{"parks spending, 2023 vs 2024", []string{"$18 million", "$21 million"}},
		{"parks spending this year and last", []string{"$21 million", "$18 million"}},
		{"growth forecast for the city economy, low end and high end", []string{"2%", "3%"}},
		{"growth forecast for 2024, low and high", []string{"2%", "3%"}},
		{"how many bogus grants were stopped this week and what were they worth?", []string{"3,268", "$1.8 million"}},
		{"how much did home sales and rents rise?", []string{"4 percent", "6 percent"}},
		{"budget surplus, FY24 vs FY25?", []string{"$6.4 million", "$6.8 million"}},
		{"2023 exports growth, goods vs services", []string{"5.9 percent", "3.5 percent"}},
		{"how many farmers got seed cash, and how much was paid out?", []string{"11,400", "$2.2 million"}},
		{"how much did sales of boats and repairs of roofs rise?", []string{"4 percent", "6 percent"}},
		{"museum visitors and children 2023", []string{"41,000", "9,600"}},
		{"how many permits did anglers get and what were they worth", []string{"55", "$9,000"}},
	} {
		a := e.Ask(context.Background(), row.question, nil)
		if !a.Answered || !a.Sure || len(a.Figures) < len(row.want) {
			t.Errorf("%s: answered %v, sure %v, %s (%s)", row.question, a.Answered, a.Sure, texts(a, 4), a.Query)
			continue
		}
		for i, want := range row.want {
			if a.Figures[i].Text != want {
				t.Errorf("%s: got %s, want %v (%s)", row.question, texts(a, 4), row.want, a.Query)
				break
			}
		}
	}
}

// What is said of the question's own words, of a rank or of today's state is not what is asked for.
func TestEnglishAsTyped(t *testing.T) {
	e := openText(t, "city.txt", cityAddress)
	for _, row := range []struct {
		question, want string
		before         []string
	}{
		{"record cotton bales", "310,000", nil},
		{"howmany permits did the harbour give to anglers", "55", nil},
		{"total for the five festivals", "$3.1 million", nil},
		{"and in percent?", "12 percent", []string{"what did the festivals cost"}},
		{"worth how much in total?", "$9,000", []string{"how many permits did the harbour give to anglers"}},
		{"worth how much in total?", "$126 million", []string{"how many card payments by phone in 2023"}},
		{"gdp growth 2023", "2.4 percent", nil},
	} {
		a := e.Ask(context.Background(), row.question, row.before)
		if !a.Answered || len(a.Figures) == 0 || a.Figures[0].Text != row.want {
			t.Errorf("%s: got %s, want %s (%s)", row.question, texts(a, 3), row.want, a.Query)
		}
	}
}

func openText(t *testing.T, name, text string) *index.Engine {
	t.Helper()
	reports, err := corpus.Builtin().ReadFile(context.Background(), name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return open(t, "", corpus.New(reports...))
}

// A condition that the report says nothing of is never passed over: what is said without it is not sure.
func TestUnsaidConditions(t *testing.T) {
	for name, report := range map[string]struct {
		text  string
		asked map[string]bool // whether the answer is sure
	}{
		"speech.txt": {harbourSpeech, map[string]bool{
			"How many trees were planted along the waterfront last year?":      true,
			"How many submarines were planted along the waterfront last year?": false,
			"How many nurses did we recruit last year?":                        true,
			"How many nurses did we recruit last year in Osaka?":               false,
		}},
		"blocks.txt": {"Budget Speech 2023 of Port Alder\n\nThe harbour levy paid for 20 blocks of new pavement.\n", map[string]bool{"How much is the harbour levy?": false}},
		"double.txt": {"Budget Speech 2023 of Port Alder\n\nThe council doubled the harbour levy.\n", map[string]bool{"harbour levy": false}},
		"left.txt": {"Budget Speech 2023 of Port Alder\n\nLast year 150,000 people left the harbour for good.\n", map[string]bool{
			"How many people left the harbour for good last year?": true, "How many submarines left the harbour for good last year?": false,
		}},
		"undated.txt": {"Thank you all.\n\nThe ferry pass now has 41,200 holders. We will plant 900 oaks.\n", map[string]bool{
			"How many holders does the ferry pass have?": true, "How many holders did the ferry pass have in 2013?": false,
		}},
		"报告.txt": {valleyReport, map[string]bool{
			"去年城镇新增就业多少人": true, "女性去年城镇新增就业多少人": false, "残疾人去年城镇新增就业多少人": false, "大阪去年城镇新增就业多少人": false,
		}},
	} {
		reports, err := corpus.Builtin().ReadFile(context.Background(), name, []byte(report.text))
		if err != nil {
			t.Fatal(err)
		}
		e := open(t, "", corpus.New(reports...))
		for question, sure := range report.asked {
			if a := e.Ask(context.Background(), question, nil); (a.Answered && a.Sure && len(a.Figures) > 0) != sure {
				t.Errorf("%s: answered %v, sure %v, want sure %v", question, a.Answered, a.Sure, sure)
			}
		}
	}
}

package corpus_test

import (
	"slices"
	"strings"
	"testing"

	"reportbot/corpus"
	"reportbot/corpus/quantity"
)

// amounts are the figures of a paragraph of an English report, and the periods that it names itself.
func amounts(t *testing.T, sentence string) (texts, periods string) {
	t.Helper()
	r := parse(t, "x", "Harbour City Budget 2025\nThis budget keeps the town in good repair and its people in work.\n"+sentence+"\n")
	checkReport(t, r)
	var figures, times []string
	for _, f := range r.Paragraphs[len(r.Paragraphs)-1].Figures() {
		if f.Kind != quantity.Amount {
			continue
		}
		figures = append(figures, f.Text)
		if f.Period.Stated <= corpus.InSentence {
			times = append(times, f.Period.Label)
		}
	}
	return strings.Join(figures, "; "), strings.Join(times, "; ")
}

// A number that belongs to a name counts nothing; beside it what does.
func TestNumbersOfNames(t *testing.T) {
	for _, row := range []struct{ sentence, want string }{
		{"We will fund 60 new homes on town land at Fire Station 39 in Mill Bay.", "60"},
		{"The new crew, known as Squad 80, answered 312 calls.", "312"},
		{"The ferry now lands at Pier 62 and the bus along Route 9 runs every 10 minutes.", "10 minutes"},
		{"Article 107 of the charter asks us to keep within our means.", ""},
		{"As Article 107 asks, we keep 45 days of spending in reserve.", "45 days"},
		{"Details of the 14 grants are in Annex B-2 and in Table 7.", "14"},
		{"The council of District 4 voted for 22 benches.", "22"},
		{"Proposition 2 ½ limits the levy to 2.5%.", "2.5%"},
		{"The town gave Section 8 vouchers to 410 families.", "410"},
		{"Under Phase 1 we rebuilt 12 bridges, and phase two will cost $3 million.", "12; $3 million"},
		{"State aid under chapter 70 grew by $1.3 million.", "$1.3 million"},
		{"K-12 schools lost 90 days to COVID-19 and to Covid 19 closures.", "90 days"},
		{"New fire houses for Engines 42 and 17 were opened at a cost of $9 million.", "$9 million"},
		{"All Grade 3, 6 and 9 students write 2 tests.", "2"},
		{"Crews reach the scene of Priority 1 calls within 6 minutes.", "6 minutes"},
		{"The debate on Standing Order No. 89 took 3 hours.", "3 hours"},
		{"The 7 agreements under Ch. 121 and Cap. 63 end soon.", "7"},
		{"Under the BEPS 2.0 rules 40 firms pay more.", "40"},
		{"From 1 April 2025 to May 5 the pool was closed, until 31 March it was heated.", ""},
		{"From 14 May 2021 people with a pass paid nothing, and in June 2022 students got 3 rides.", "3"},
		{"The town has 2014 people.", "2014 people"},
	} {
		if got, _ := amounts(t, row.sentence); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.sentence, got, row.want)
		}
	}
}

// What stands behind a capital and counts is an amount all the same.
func TestNumbersBesideNames(t *testing.T) {
	for _, row := range []struct{ sentence, want string }{
		{"Last year Boston 15 schools were rebuilt.", "15"},
		{"In the town of Vermont 1,200 were hired.", "1,200"},
		{"Last year in New Mexico 400 public school teachers were hired.", "400"},
		{"In May 5 schools were opened.", "5"},
		{"Some 120 took part, and the City's 80 wardens helped.", "120; 80"},
		{"Over 14 were hurt.", "14"},
		{"Of the libraries in Mill Bay 3 of the five were closed.", "3; five"},
		{"We built schools in three towns: Mill Bay 15, Oak Hill 12 and Fort Lowell 9.", "three; 15; 12; 9"},
		{"In this category 40 firms won, and in each district 3 clinics.", "40; 3"},
		{"Along the route 12 shelters were built.", "12"},
		{"We rented flats in Harbour 3-room blocks.", "3"},
		{"The fund paid Oak Hill $40 and Mill Bay 12% of its costs.", "$40; 12%"},
		{"Lights were put up in Mill Bay Over 50 Streets", "50"},
		{"   5", "5"},
		{"- 5 of", "5"},
		{"no 5 boats", "5"},
		{"Adding 20 To The Force", "20"},
	} {
		if got, _ := amounts(t, row.sentence); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.sentence, got, row.want)
		}
	}
}

// The year of a name says nothing of when; that of a budget does.
func TestYearsOfNames(t *testing.T) {
	for _, row := range []struct{ sentence, want string }{
		{"Under Go Boston 2030 we marked 41 miles of lanes.", ""},
		{"Vision 2030 foresees 900 homes.", ""},
		{"Our part of Agenda 2030 and of the Horizon 2020 fund cost $2 million.", ""},
		{"The town released Housing a Changing City - Boston 2030, with 900 homes.", ""},
		{"In 2030 the town will have 900 homes.", "2030年"},
		{"By 2030, Boston will have 900 homes.", "2030年"},
		{"We set aside $2 million at Budget 2018 for parks.", "2018年"},
		{"In Fiscal Year 2018 we spent $2 million.", "FY2018"},
		{"We spent $2 million in FY 2018.", "FY 2018"},
		{"In April 2030 the town will have 900 homes.", "April 2030"},
		{"In Vermont's 2019 season 40 lifts ran.", "2019年"},
	} {
		if _, got := amounts(t, row.sentence); got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.sentence, got, row.want)
		}
	}
	got := standings(t, "Harbour City Budget 2025", "Imagine Harbour 2040 Progress\nThe town asked its people. They sent 1 300 letters.\nEconomic Performance 2024 in Brief\nCrime fell by 7%.\n")
	checkStandings(t, got, map[string]string{"1 300": "2025年 actual", "7%": "2024年 actual"})
}

// The day of an amount is its time, and no amount; the comma within a day ends no clause.
func TestDaysOfAmounts(t *testing.T) {
	for _, row := range []struct{ sentence, want string }{
		{"Reserves were $12 billion as at 31 March 2018.", "31 March 2018"},
		{"Reserves were $12 billion at the end of March 2018.", "March 2018"},
		{"Reserves will be $12 billion by 31 March 2028.", "31 March 2028"},
		{"As at 31 March 2018, reserves were $12 billion.", "31 March 2018"},
		{"Banks had taken 590 cases that were brought to them by shops and other small firms as at end-January 2025.", "January 2025"},
		{"Debt was $12 billion at the end of March 2017, and reserves $13 billion as at 30 September 2018.", "March 2017; 30 September 2018"},
		{"The increase from January 1, 2017 to January 1, 2018 was 212.9.", "January 1, 2018"},
	} {
		_, got := amounts(t, row.sentence)
		if got != row.want {
			t.Errorf("%s\n got %s\nwant %s", row.sentence, got, row.want)
		}
	}
	whole, day := corpus.Times([]rune("march 2018"), nil, corpus.Clock{}), corpus.Times([]rune("31 march 2018"), nil, corpus.Clock{})
	if len(whole) != 1 || len(day) != 1 || whole[0].From != day[0].From || whole[0].To != day[0].To {
		t.Errorf("months of March 2018 and of its last day: %+v, %+v", whole, day)
	}
}

// Roles of English percentages: the rate at which something changes, however it is put, and what was before.
func TestEnglishRoles(t *testing.T) {
	for _, row := range []struct {
		sentence string
		want     []corpus.Role
	}{
		{"Catches have grown at an average rate of 6.4 per cent a year.", []corpus.Role{corpus.Growth}},
		{"Ferries grew at 12 per cent.", []corpus.Role{corpus.Growth}},
		{"Growth in catches was 9 percent, and the growth rate of cargo averaged 3.1 percent.", []corpus.Role{corpus.Growth, corpus.Growth}},
		{"Cargo expanded by a modest 2 per cent.", []corpus.Role{corpus.Growth}},
		{"Cargo is to grow between 2 and 3 per cent.", []corpus.Role{corpus.Growth, corpus.Growth}},
		{"Fares will be 8 percent higher.", []corpus.Role{corpus.Growth}},
		{"The levy is 41% (previously 36%).", []corpus.Role{corpus.Level, corpus.From}},
		{"Occupancy after the increase was 70 percent.", []corpus.Role{corpus.Level}},
		{"Berth fees accounted for 54 percent of revenue; levies for 11 percent.", []corpus.Role{corpus.Share, corpus.Share}},
		{"Exports grew by 17 per cent, and imports by 9 per cent.", []corpus.Role{corpus.Growth, corpus.Growth}},
		{"We set aside berths for 30 percent of boats.", []corpus.Role{corpus.Level}},
		{"We used to make 40 percent of the nets.", []corpus.Role{corpus.From}},
		{"Between 10 and 12 per cent of berths are empty.", []corpus.Role{corpus.Level, corpus.Level}},
	} {
		r, err := corpus.Builtin().Parse("harbour.txt", []byte("Budget Statement 2021\n\n"+row.sentence+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		var got []corpus.Role
		for _, p := range r.Paragraphs {
			for _, f := range p.Figures() {
				got = append(got, f.Role)
			}
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.sentence, got, row.want)
		}
	}
}

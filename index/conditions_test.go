package index_test

import (
	"strings"
	"testing"

	"reportbot/index"
)

// firstly asks questions, and wants the figure that is told first, sure or not; "" for none.
func firstly(t *testing.T, e *index.Engine, asked map[string]string) {
	t.Helper()
	told(t, e, asked, func(a index.Answer) bool { return a.Answered })
}

const harbour = "Harbour City: Budget Speech 2019\n\n" +
	"The Fund lowered its forecast for global growth in 2019 from 3.9 per cent down to 3.5 per cent.\n\n" +
	"We brought the economy back to a growth of 4.3 per cent. That growth has accelerated further to 5.3 per cent in 2018.\n\n" +
	"Three years ago, applicants for a public flat waited an average of 6.1 years. The waiting time for a public flat is now 5.1 years.\n\n" +
	"Our officers made 120,000 arrests of people who were charged with 45,000 violent assaults and 2,000 murders.\n\n" +
	"Operators took close to 20 years to buy the last fleet. We will add 800 buses over the next five years, and 17 charter schools opened.\n\n" +
	"Nearly a quarter of our residents would be covered by this plan; 40,000 residents are still uninsured.\n\n" +
	"By 2046, people aged 65 and above will number many.\n\n" +
	"To take our economy forward, this Budget emphasises three key areas: technology, enterprise, and infrastructure investment.\n\n" +
	"We already spend up to $170 million on training. Wages rose by 3.2 per cent.\n\n" +
	"Families will pay no more than 7 percent of their income for daycare. When the leases expire, they will be extended for 30 years.\n\n" +
	"In 2018 alone, the number of earmarks grew to over 13,000 and totaled nearly $18 billion.\n\n" +
	"We have raised the budget of the Harbour Student Financial Aid Scheme to $9 million. The Port Benefit Levy (PBL) brought in $6 million. The number of people on lifesaving drugs has grown from 50,000 to 800,000 in three years.\n"

// Of figures beside one another the one is told that meets what the question says: where a change ended, the time, how
// things stand, what is counted, and money where money is asked for.
func TestConditionsInEnglish(t *testing.T) {
	firstly(t, several(t, harbour), map[string]string{
		"imf latest call on global growth in 2019": "3.5 per cent", "economic growth in 2018": "5.3 per cent",
		"how long is the wait for a public flat now": "5.1 years", "how many murders were they charged with": "2,000",
		"total extra buses": "800", "charter schools, how many": "17", "uninsured residents, how many": "40,000",
		"population": "", "how much did wages go up": "3.2 per cent",
		"cap on what families pay for daycare, % of income": "7 percent", "When the leases expire, for how many years are they extended?": "30 years",
		"people on lifesaving drugs: how many 3 years on?": "800,000",
	})
	surely(t, several(t, harbour), map[string]string{"infrastructure spending": ""})
	a := several(t, harbour).Ask(t.Context(), "earmarks in 2018: how many and what did they cost", nil)
	var got []string
	for _, f := range a.Figures {
		got = append(got, f.Text)
	}
	if all := strings.Join(got, " "); !strings.Contains(all, "13,000") || !strings.Contains(all, "$18 billion") {
		t.Errorf("how many and what cost: %s", all)
	}
}

// Letters stand for the name that the report has in full, by its capitals or in brackets behind it.
func TestAcronymsInEnglish(t *testing.T) {
	firstly(t, several(t, harbour), map[string]string{"hsfas budget": "$9 million", "HSFAS budget": "$9 million", "how much did the port benefit levy bring in": "$6 million", "xyz budget": ""})
}

// A kind of county is no place of that name, the title says who acts, and what is paid each month rises by money.
func TestKindsAndTitles(t *testing.T) {
	surely(t, several(t, "国务院政府工作报告2024\n\n一、2023年工作回顾\n\n全国人大常委会审议法律议案10件，国务院制定修订行政法规25部。脱贫县农村居民收入增长8.4%。5G用户普及率超过50%。\n\n"+
		"二、2024年任务\n\n城乡居民基础养老金月最低标准提高20元，农村居民收入稳步增长。\n"), map[string]string{
		"脱贫县农民收入涨了几个点": "8.4%", "用5G的人占比过了多少": "50%", "How many administrative regulations did the State Council make or amend in 2023?": "25部",
		"石河县农民收入涨了几个点": "", "基础养老金每月涨多少": "20元",
	})
}

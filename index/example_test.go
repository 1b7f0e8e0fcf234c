package index_test

import (
	"context"
	"fmt"

	"reportbot/corpus"
	"reportbot/index"
)

// An engine is opened on a corpus, in memory where no folder is named, and answers
// with figures, best first; or says that the reports do not.
func ExampleOpen() {
	c, err := corpus.Builtin().Embedded()
	if err != nil {
		fmt.Println(err)
		return
	}
	e, err := index.Open("", c)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer e.Close()
	for _, q := range []string{"5G基站建了多少", "2021年网络零售额是多少"} {
		a := e.Ask(context.Background(), q, nil)
		fmt.Print(a.Answered)
		for _, f := range a.Figures[:min(1, len(a.Figures))] {
			fmt.Print(" ", f.Text, " ", f.Period.Label)
		}
		fmt.Println()
	}
	// Output:
	// true 174个 2023年
	// false
}

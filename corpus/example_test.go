package corpus_test

import (
	"fmt"

	"reportbot/corpus"
)

// A report is parsed into paragraphs, and each figure says what it counts, of when,
// and whether it was achieved.
func ExampleReader_Parse() {
	r, err := corpus.Builtin().Parse("青山", []byte("青山区充电设施建设情况的报告\n一、进展\n2023年新建充电站62座。\n二、打算\n2024年计划新建充电站15座。\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range r.Paragraphs {
		for _, f := range p.Figures() {
			fmt.Println(f.Text, f.Verb, f.What, f.Period.Label, f.Status)
		}
	}
	// Output:
	// 62座 新建 充电站 2023年 actual
	// 15座 新建 充电站 2024年 target
}

// Command reportbot answers questions on government reports with the exact
// figure and the passage it stands in.
package main

import (
	"context"
	"fmt"
	"os"

	"reportbot/corpus"
	"reportbot/index"
	"reportbot/index/eval"
)

func main() {
	ctx := context.Background()
	args := os.Args[1:]
	load := func(name string) *index.Engine {
		c, err := corpus.Load(name)
		if err != nil {
			panic(err)
		}
		e, err := index.Open("", c)
		if err != nil {
			panic(err)
		}
		return e
	}
	switch args[0] {
	case "eval":
		qs, err := eval.Load(args[1])
		if err != nil {
			panic(err)
		}
		eval.Run(ctx, load(args[2]), qs).Print(os.Stdout, len(args) > 3)
	case "explain":
		e := load(args[1])
		fmt.Println(e.Explain(ctx, args[2], args[3:]))
	case "train":
		t, err := index.NewTrainer()
		if err != nil {
			panic(err)
		}
		gather := func() {
			w := t.Weights
			t2, _ := index.NewTrainer()
			t2.Weights = w
			t = t2
			for i := 1; i+1 < len(args); i += 2 {
				qs, err := eval.Load(args[i])
				if err != nil {
					panic(err)
				}
				var xs []index.Example
				for _, q := range qs {
					xs = append(xs, q.Example())
				}
				e := load(args[i+1])
				if err := t.Gather(ctx, e, xs, map[bool]float64{true: 5, false: 1}[len(xs) < 100]); err != nil {
					panic(err)
				}
			}
		}
		gather()
		fmt.Fprintf(os.Stderr, "%+v\n", t.FitPassages())
		gather()
		fmt.Fprintf(os.Stderr, "%+v\n", t.FitFigures())
		gather()
		fmt.Fprintf(os.Stderr, "%+v\n", t.FitAnswers())
		fmt.Print(t.Weights)
	}
}

package index

import (
	"context"
	"testing"

	"reportbot/corpus"
)

// A question lies better along a text that says its words in its order.
func TestWordsLieInOrder(t *testing.T) {
	reports, err := corpus.Builtin().ReadFile(context.Background(), "speech.txt", []byte(`Report of the Harbour Board
1. The board repaired the eastern sea wall and dredged the western channel.
2. The western board dredged a wall, and the channel repaired the eastern sea.
`))
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open("", corpus.New(reports...))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	f, err := e.find(context.Background(), e.understand(context.Background(), "Who repaired the eastern sea wall and dredged the western channel?", nil), nil)
	if err != nil || len(f.Pages) < 2 {
		t.Fatalf("%d pages, %v", len(f.Pages), err)
	}
	lies := map[string]float64{}
	for _, p := range f.Pages {
		lies[p.Text()[:2]] = f.Lies(p.Page)
	}
	if lies["1."] < 0.9 || lies["1."] < lies["2."]+0.2 {
		t.Errorf("in order %.2f, out of order %.2f", lies["1."], lies["2."])
	}
}

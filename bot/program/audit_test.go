package program

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"reportbot/bot/record"
)

// The spreadsheet of the audit: readable by Excel, no cell of it a formula,
// nobody in it who asked to be forgotten.
func TestAuditCSV(t *testing.T) {
	kept := record.InMemory()
	defer kept.Close()
	for user, question := range map[int64]string{7: `=HYPERLINK("http://x","y")`, 8: "忘了我", 9: "5G基站, \"建了\"\n多少"} {
		if _, err := kept.Met(user, "@name", "zh"); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Keep(record.Exchange{Where: record.Where{User: user, Chat: -100}, Question: question, Kind: record.NoAnswer,
			Shown: []record.Shown{{Report: "r", Paragraph: "r-p", Figure: "r-p.1"}, {Report: "r", Paragraph: "r-p"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := kept.Forget(8); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := AuditCSV(&out, kept); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	want := map[string]string{"7": `'=HYPERLINK("http://x","y")`, "": "", "9": "5G基站, \"建了\"\n多少"}
	for _, row := range rows[1:] {
		if row[5] != want[row[2]] || row[4] != "-100" || row[8] != "r-p.1 r-p" || row[2] != "" && row[3] != "'@name" {
			t.Errorf("row %q", row)
		}
	}
	out.Reset()
	gaps, err := kept.Gaps()
	if err != nil || GapsCSV(&out, gaps) != nil || !strings.Contains(out.String(), `'=HYPERLINK`) || strings.Contains(out.String(), "忘了我") {
		t.Errorf("gaps %s, %v", out.String(), err)
	}
}

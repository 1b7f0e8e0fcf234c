#!/bin/sh
# Expected: excelize's GetCellValue gives what a Chinese Excel shows. It does for yyyy/m/d, but built-in format 57 with no
# culture set gives the serial number 44927 for 2023年1月, and 0!.0,"万" (a literal point and a scaling comma, the usual way to
# show ten thousands) gives another number than 120.5万; a bracketed negative is shown right. So corpus/format/sheet reads
# workbooks and writes numbers by their formats itself.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > go.mod <<'MOD'
module finding

go 1.24
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/xuri/excelize/v2"
)

func main() {
	f := excelize.NewFile()
	wan, brackets := `0!.0,"万"`, `#,##0.00_);(#,##0.00)`
	for _, row := range []struct {
		cell  string
		value any
		style excelize.Style
	}{
		{"A1", 44927, excelize.Style{NumFmt: 57}},
		{"A2", 1205000, excelize.Style{CustomNumFmt: &wan}},
		{"A3", -86.4, excelize.Style{CustomNumFmt: &brackets}},
	} {
		id, err := f.NewStyle(&row.style)
		if err != nil {
			panic(err)
		}
		f.SetCellValue("Sheet1", row.cell, row.value)
		f.SetCellStyle("Sheet1", row.cell, row.cell, id)
	}
	a1, _ := f.GetCellValue("Sheet1", "A1")
	a2, _ := f.GetCellValue("Sheet1", "A2")
	a3, _ := f.GetCellValue("Sheet1", "A3")
	fmt.Printf("44927 in format 57: %q (Excel: 2023年1月)\n1205000 in %s: %q (Excel: 120.5万)\n-86.4 in %s: %q\n", a1, wan, a2, brackets, a3)
	if a1 == "2023年1月" || a2 == "120.5万" {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
go get github.com/xuri/excelize/v2@v2.11.1 >/dev/null 2>&1
echo "excelize v2.11.1"
go run .

package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// builtin number formats (MS-XLS 2.5.165 and, from 27 on, the Chinese ones of
// ECMA-376 part 1, 18.8.30).
var builtin = map[int]string{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%", 10: "0.00%",
	14: "yyyy/m/d", 15: "yyyy-m-d", 16: "m-d", 17: "yyyy-m", 22: "yyyy/m/d", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 31: `yyyy"年"m"月"d"日"`, 36: `yyyy"年"m"月"`, 50: `yyyy"年"m"月"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`}

// numberFormat is a format code, read: how many decimals, what stands around.
type numberFormat struct {
	prefix, suffix string
	decimals       int
	grouped        bool
	percent        bool
	digits         bool
	date           string
	thousands      int // commas at the end: each divides by 1,000
}

// show writes a value by its format code. What stands in the cell is what
// people quote, so 0.085 in a cell of 0.0% is "8.5%".
func show(v float64, code string) string {
	if code == "General" || code == "@" || code == "" {
		return general(v)
	}
	f := parseFormat(code)
	switch {
	case f.date != "" && !f.digits:
		return date(v, f.date)
	case !f.digits:
		return f.prefix + general(v) + f.suffix
	}
	if f.percent {
		v *= 100
	}
	v /= math.Pow(1000, float64(f.thousands))
	// Excel rounds the decimal number that it shows, not the binary one below it.
	exact, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	text := strconv.FormatFloat(math.Round(math.Abs(exact)*math.Pow10(f.decimals))/math.Pow10(f.decimals), 'f', f.decimals, 64)
	if f.grouped {
		text = group(text)
	}
	if exact < 0 && strings.Trim(text, "0.,") != "" {
		text = "-" + text
	}
	if f.percent {
		text += "%"
	}
	return f.prefix + text + f.suffix
}

func parseFormat(code string) (f numberFormat) {
	code, _, _ = strings.Cut(code, ";")
	add := func(s string) {
		switch {
		case f.digits:
			f.suffix += s
		default:
			f.prefix += s
		}
	}
	point := false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return f
			}
			add(code[i+1 : i+1+end])
			f.date += code[i+1 : i+1+end]
			i += end + 1
		case c == '[':
			if end := strings.IndexByte(code[i:], ']'); end > 0 {
				i += end
			}
		case c == '\\' || c == '_' || c == '*':
			if c == '\\' && i+1 < len(code) {
				add(code[i+1 : i+2])
				f.date += code[i+1 : i+2]
			}
			i++
		case c == '0' || c == '#' || c == '?':
			f.digits, f.thousands = true, 0
			if point {
				f.decimals++
			}
		case c == '.':
			point = f.digits || point
		case c == ',':
			f.grouped = f.grouped || i+1 < len(code) && (code[i+1] == '#' || code[i+1] == '0')
			f.thousands++
		case c == '%':
			f.percent = true
		case strings.IndexByte("yYmMdDhHsS/-:", c) >= 0:
			f.date += string(c)
		case c >= 0x80:
			add(code[i : i+1])
			f.date += code[i : i+1]
		}
	}
	f.decimals = min(f.decimals, 15)
	if f.date != "" && !strings.ContainsAny(f.date, "yYmMdDhHsS") {
		f.date = ""
	}
	return f
}

func group(text string) string {
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}

var dateLayout = strings.NewReplacer("yyyy", "2006", "yy", "06", "mm", "01", "m", "1", "dd", "02", "d", "2", "hh", "15", "h", "15", "ss", "05")

// date writes a serial day: day 1 is the first of 1900, and day 60 never was.
func date(serial float64, layout string) string {
	if serial < 1 || serial > 2958465 {
		return general(serial)
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(serial))
	return day.Format(dateLayout.Replace(strings.ToLower(layout)))
}

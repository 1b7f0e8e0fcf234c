package docx

import (
	"strconv"
	"strings"
)

// symbolFont is what the font Symbol shows in the places of the characters that
// reports use of it (Adobe's Symbol encoding); its digits and most signs stand
// where ASCII has them, and 0x2d is a minus.
var symbolFont = map[rune]string{0x2d: "-", 0xb1: "±", 0xb4: "×", 0xb8: "÷", 0xb0: "°", 0xa3: "≤", 0xb3: "≥", 0xb9: "≠", 0xbb: "≈", 0xb7: "·",
	0xa5: "∞", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6d: "μ", 0x53: "Σ", 0xd7: "·", 0xad: "↑", 0xaf: "↓", 0xae: "→", 0xac: "←"}

// unknownSymbol stands for a symbol whose meaning is not known, so that nobody
// takes the number beside it for one without a sign.
const unknownSymbol = "□"

// Symbol is what a character of a symbol font shows (17.3.3.30 w:sym). Its place
// in the font is given as such, or in the private area from U+F000 on.
func Symbol(font string, char rune) string {
	place := char
	if char >= 0xf000 && char <= 0xf0ff {
		place = char - 0xf000
	}
	switch font = strings.ToLower(font); {
	case strings.HasPrefix(font, "symbol"):
		if s, ok := symbolFont[place]; ok {
			return s
		}
		if place >= 0x20 && place < 0x40 && place != 0x22 && place != 0x24 && place != 0x27 && place != 0x2a {
			return string(place)
		}
	case strings.HasPrefix(font, "wingdings") && font == "wingdings":
		if place >= 0x81 && place <= 0x8a {
			return string('①' + place - 0x81)
		}
		if place >= 0x8c && place <= 0x95 {
			return string('①' + place - 0x8c)
		}
		return "" // bullets, boxes, telephones
	case strings.HasPrefix(font, "wingdings") || strings.HasPrefix(font, "webdings"):
		return ""
	case char < 0xe000 || char > 0xf8ff:
		return string(char)
	case char >= 0xf020 && char < 0xf07f:
		return string(place)
	}
	return unknownSymbol
}

func symbol(font, char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil || n < 0x20 || n > 0x10ffff {
		return ""
	}
	return Symbol(font, rune(n))
}

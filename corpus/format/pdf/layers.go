package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"io"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
)

// hiddenLayers are the names of the layers (optional content groups, ISO
// 32000-1, 8.11) that a file does not show by itself; nil where it shows all.
// PDFium's interface does not tell them, so the objects are looked at in the
// file, and in its compressed streams of objects. A name that a layer which is
// shown has as well is none.
func hiddenLayers(content []byte) map[string]bool {
	if !bytes.Contains(content, []byte("/OC")) && !bytes.Contains(content, []byte("/ObjStm")) {
		return nil
	}
	parts := append([][]byte{content}, objectStreams(content)...)
	if !slices.ContainsFunc(parts, func(part []byte) bool { return bytes.Contains(part, []byte("/OCGs")) }) {
		return nil
	}
	var off, on, base []byte
	for _, part := range parts {
		if at := bytes.Index(part, []byte("/OCGs")); at >= 0 {
			around := part[max(0, at-4096):min(len(part), at+16384)]
			off, on, base = listOf(offList, around, parts), listOf(onList, around, parts), baseOff.Find(around)
			break
		}
	}
	hidden := map[string]bool{}
	for _, part := range parts {
		for number, name := range layerNames(part) {
			shown := base == nil && !refersTo(off, number) || base != nil && refersTo(on, number)
			if was, there := hidden[name]; !there || was {
				hidden[name] = !shown
			}
		}
	}
	for name, is := range hidden {
		if !is {
			delete(hidden, name)
		}
	}
	if len(hidden) == 0 {
		return nil
	}
	return hidden
}

var (
	offList = regexp.MustCompile(`/OFF\s*(\[[^\]]*\]|\d+\s+\d+\s+R)`)
	onList  = regexp.MustCompile(`/ON\s*(\[[^\]]*\]|\d+\s+\d+\s+R)`)
	baseOff = regexp.MustCompile(`/BaseState\s*/OFF`)
	header  = regexp.MustCompile(`(\d+)\s+\d+\s+obj\b`)
	aName   = regexp.MustCompile(`/Name\s*(\((?:[^)\\]|\\.)*\)|<[0-9a-fA-F\s]*>)`)
)

// listOf is the list that a key has, which may be an object of its own.
func listOf(key *regexp.Regexp, around []byte, parts [][]byte) []byte {
	m := key.FindSubmatch(around)
	if m == nil || m[1][0] == '[' {
		return m1(m)
	}
	number := bytes.Fields(m[1])[0]
	for _, part := range parts {
		own := regexp.MustCompile(`(?:^|\s)` + string(number) + `\s+\d+\s+obj\s*(\[[^\]]*\])`)
		if m := own.FindSubmatch(part); m != nil {
			return m[1]
		}
	}
	return nil
}

func m1(m [][]byte) []byte {
	if m == nil {
		return nil
	}
	return m[1]
}

func refersTo(list []byte, number int) bool {
	fields := bytes.Fields(bytes.Trim(list, "[]"))
	for i := 0; i+2 < len(fields); i += 3 {
		if n, err := strconv.Atoi(string(fields[i])); err == nil && n == number {
			return true
		}
	}
	return false
}

// layerNames are the names of the layers among objects, by their numbers.
func layerNames(part []byte) map[int]string {
	const most = 2000 // bytes of an object on either side of its type
	names := map[int]string{}
	for at := 0; len(names) < 10000; at++ {
		next := bytes.Index(part[at:], []byte("/OCG"))
		if next < 0 {
			return names
		}
		if at += next; at+4 < len(part) && part[at+4] == 's' {
			continue // the list of them
		}
		before := part[max(0, at-most):at]
		headers := header.FindAllSubmatchIndex(before, -1)
		if len(headers) == 0 {
			continue
		}
		last := headers[len(headers)-1]
		object := part[max(0, at-most)+last[1] : min(len(part), at+most)]
		object, _, _ = bytes.Cut(object, []byte("endobj"))
		number, _ := strconv.Atoi(string(before[last[2]:last[3]]))
		if name := aName.FindSubmatch(object); name != nil {
			names[number] = textString(name[1])
		}
	}
	return names
}

// textString is a string of the file, in brackets of either kind (7.9.2.2).
func textString(written []byte) string {
	var raw []byte
	if written[0] == '<' {
		digits := bytes.Join(bytes.Fields(bytes.Trim(written, "<>")), nil)
		raw, _ = hex.DecodeString(string(digits))
	} else {
		raw = unescaped(written[1 : len(written)-1])
	}
	if len(raw) < 2 || raw[0] != 0xfe || raw[1] != 0xff {
		return string(raw)
	}
	var units []uint16
	for i := 2; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}

var escape = regexp.MustCompile(`(?s)\\(?:[0-7]{1,3}|.)`)

func unescaped(s []byte) []byte {
	return escape.ReplaceAllFunc(s, func(e []byte) []byte {
		if n, err := strconv.ParseUint(string(e[1:]), 8, 8); err == nil {
			return []byte{byte(n)}
		}
		if at := bytes.IndexByte([]byte("nrtbf"), e[1]); at >= 0 {
			return []byte{"\n\r\t\b\f"[at]}
		}
		return e[1:]
	})
}

// objectStreams unpacks the streams that hold objects (7.5.7), each object with
// the number that it has, as it would stand in the file.
func objectStreams(content []byte) (out [][]byte) {
	const most, longest = 1000, 1 << 18
	for rest := content; len(out) < most; {
		at := bytes.Index(rest, []byte("/ObjStm"))
		if at < 0 {
			return out
		}
		dictionary := rest[max(0, at-300):min(len(rest), at+300)]
		rest = rest[at:]
		begin := bytes.Index(rest, []byte("stream"))
		if begin < 0 {
			return out
		}
		rest = bytes.TrimLeft(rest[begin+len("stream"):], "\r\n")
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			continue
		}
		data, _ := io.ReadAll(io.LimitReader(z, longest))
		if bytes.Contains(data, []byte("/OC")) {
			out = append(out, numbered(data, dictionary))
		}
	}
	return out
}

var firstObject = regexp.MustCompile(`/First\s+(\d+)`)

// numbered writes the objects of a stream as they stand outside of one.
func numbered(data, dictionary []byte) []byte {
	m := firstObject.FindSubmatch(dictionary)
	if m == nil {
		return data
	}
	first, _ := strconv.Atoi(string(m[1]))
	if first > len(data) {
		return data
	}
	head := bytes.Fields(data[:first])
	var out bytes.Buffer
	for i := 0; i+1 < len(head); i += 2 {
		from, _ := strconv.Atoi(string(head[i+1]))
		to := len(data) - first
		if i+3 < len(head) {
			to, _ = strconv.Atoi(string(head[i+3]))
		}
		if from < 0 || from > to || first+to > len(data) {
			continue
		}
		out.Write(head[i])
		out.WriteString(" 0 obj ")
		out.Write(data[first+from : first+to])
		out.WriteString(" endobj\n")
	}
	return out.Bytes()
}

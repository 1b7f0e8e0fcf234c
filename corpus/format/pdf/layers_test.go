package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// Layers are told wherever their objects lie, and whichever way a file says
// that they are not shown.
func TestHiddenLayers(t *testing.T) {
	packed := func(objects ...string) string { // number and object, in turn
		head, body := "", ""
		for i := 0; i < len(objects); i += 2 {
			head += fmt.Sprintf("%s %d ", objects[i], len(body))
			body += objects[i+1] + " "
		}
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		w.Write([]byte(head + body))
		w.Close()
		return fmt.Sprintf("9 0 obj <</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream endobj\n", len(objects)/2, len(head), z.Len(), z.String())
	}
	const draft, text = "6 0 obj <</Type/OCG/Name(draft)>> endobj\n", "7 0 obj <</Type /OCG /Name <FEFF6B636587>>> endobj\n"
	for _, c := range []struct{ name, file, want string }{
		{"off", "1 0 obj <</Type/Catalog/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>>> endobj\n" + draft + text, "draft"},
		{"base off, one on", "1 0 obj <</OCProperties<</OCGs[6 0 R 7 0 R]/D<</BaseState/OFF/ON[6 0 R]>>>>>> endobj\n" + draft + text, "正文"},
		{"a list of its own", "1 0 obj <</OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF 8 0 R>>>>>> endobj\n8 0 obj [7 0 R 6 0 R] endobj\n" + draft + text, "draft 正文"},
		{"packed", packed("1", "<</OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[7 0 R]>>>>>>", "6", "<</Type/OCG/Name(draft)>>", "7", "<</Type/OCG/Name(text)>>"), "text"},
		{"one of two of a name", "1 0 obj <</OCProperties<</OCGs[6 0 R 8 0 R]/D<</OFF[6 0 R]>>>>>> endobj\n" + draft + "8 0 obj <</Name(draft)/Type/OCG>> endobj", ""},
		{"all shown", "1 0 obj <</OCProperties<</OCGs[6 0 R]/D<<>>>>>> endobj\n" + draft, ""},
		{"none", "1 0 obj <</Type/Catalog>> endobj\n", ""},
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(hiddenLayers([]byte(c.file)))), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What is no PDF at all is read to its end all the same.
func FuzzHiddenLayers(f *testing.F) {
	f.Add([]byte("1 0 obj <</OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>> 6 0 obj <</Type/OCG/Name(a\\\\)>> endobj /ObjStm /First 9 stream\nx"))
	f.Fuzz(func(t *testing.T, content []byte) {
		for name := range hiddenLayers(content) {
			_ = len(name)
		}
	})
}

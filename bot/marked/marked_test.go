package marked

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"reportbot/corpus/format"
	"reportbot/corpus/format/document"
	"reportbot/corpus/format/isolate"
)

// TestMain lets the test binary be the process that reads one file, as the program
// itself is.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == isolate.Command {
		if err := format.ServeIsolated(document.Kind(os.Args[2]), os.Stdin, os.Stdout, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// wordFile is a Word file with a text part, and other parts.
func wordFile(t *testing.T, paragraphs string, more ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	parts := append([]string{typesPart, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		textPart, `<w:document ` + space + `><w:body>` + paragraphs + `<w:sectPr/></w:body></w:document>`, "word/media/seal.bin", "\x00\x01\x02"}, more...)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func partOf(t *testing.T, file []byte, name string) string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := read(in, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(part)
}

func textOf(t *testing.T, file []byte) string {
	t.Helper()
	d, err := format.Read(context.Background(), "稿.docx", file, document.Default)
	if err != nil {
		t.Fatal(err)
	}
	return d.Text
}

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// noteOn is a note on the n-th place of some words.
func noteOn(t *testing.T, text, words string, n int, said string) Note {
	t.Helper()
	at := -1
	for range n + 1 {
		next := strings.Index(text[at+1:], words)
		if next < 0 {
			t.Fatalf("%q does not stand in %q", words, text)
		}
		at += 1 + next
	}
	return Note{Start: at, End: at + len(words), Said: said}
}

// A comment lies around its figure alone: within a run, over two runs, in one that holds
// more than text; of two places that read alike around the right one. What is read of the
// copy is what was read of the original, and the parts that are no text are the same.
func TestWord(t *testing.T) {
	const one, two = `<w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t>新建充电站62座，桥</w:t></w:r><w:r><w:t>2</w:t></w:r><w:r><w:t>5座。</w:t></w:r>`, `<w:r><w:t>新建公园</w:t><w:tab/><w:t>7座&amp;湖</w:t></w:r><w:r><w:delText>8</w:delText></w:r><w:r><w:t xml:space="preserve"> 新建公园7座。</w:t></w:r>`
	file := wordFile(t, `<w:p>`+one+`</w:p><w:p>`+two+`</w:p>`)
	text := textOf(t, file)
	notes := []Note{noteOn(t, text, "62座", 0, "对 <一>\n第二行"), noteOn(t, text, "25座", 0, "二"), noteOn(t, text, "7座", 0, "三"), noteOn(t, text, "7座", 1, "四")}
	copied, err := Word(file, text, notes, "核对", noon)
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, copied); got != text {
		t.Errorf("the copy reads\n%s\nwas\n%s", got, text)
	}
	part := partOf(t, copied, textPart)
	for _, want := range []string{
		`<w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">新建充电站</w:t></w:r><w:commentRangeStart w:id="0"/><w:r w:rsidR="1"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">62座</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
		`<w:commentRangeStart w:id="1"/><w:r><w:t xml:space="preserve">2</w:t></w:r><w:r><w:t xml:space="preserve">5座</w:t></w:r><w:commentRangeEnd w:id="1"/>`,
		`<w:commentRangeStart w:id="2"/><w:r><w:t>新建公园</w:t><w:tab/><w:t>7座&amp;湖</w:t></w:r><w:commentRangeEnd w:id="2"/>`,
		`<w:t xml:space="preserve"> 新建公园</w:t></w:r><w:commentRangeStart w:id="3"/><w:r><w:t xml:space="preserve">7座</w:t></w:r><w:commentRangeEnd w:id="3"/>`,
	} {
		if !strings.Contains(part, want) {
			t.Errorf("no %s\nin %s", want, part)
		}
	}
	comments := partOf(t, copied, commentsPart)
	if strings.Count(comments, "<w:comment ") != 4 || !strings.Contains(comments, `对 &lt;一&gt;</w:t></w:r></w:p><w:p>`) || !strings.Contains(comments, `w:author="核对" w:date="2026-01-02T12:00:00Z"`) {
		t.Error(comments)
	}
	if rels, types := partOf(t, copied, relsPart), partOf(t, copied, typesPart); !strings.Contains(rels, commentsRel) || !strings.Contains(types, commentsType) || !strings.HasSuffix(types, "</Types>") {
		t.Error(rels, types)
	}
	if partOf(t, copied, "word/media/seal.bin") != "\x00\x01\x02" {
		t.Error("a part that holds no text has changed")
	}
}

// Comments that are there stay, and the new ones have numbers of their own.
func TestWordWithComments(t *testing.T) {
	file := wordFile(t, `<w:p><w:r><w:t>桥5座</w:t></w:r></w:p>`, commentsPart, `<w:comments `+space+`><w:comment w:author="甲" w:id="6"><w:p/></w:comment></w:comments>`,
		relsPart, `<Relationships><Relationship Id="rId9" Type="`+commentsRel+`" Target="comments.xml"/></Relationships>`)
	text := textOf(t, file)
	copied, err := Word(file, text, []Note{noteOn(t, text, "5座", 0, "乙")}, "核对", noon)
	if err != nil {
		t.Fatal(err)
	}
	comments := partOf(t, copied, commentsPart)
	if !strings.Contains(comments, `w:author="甲" w:id="6"`) || !strings.Contains(comments, `<w:comment w:id="7"`) || strings.Count(partOf(t, copied, relsPart), commentsRel) != 1 {
		t.Error(comments)
	}
}

// A note whose place the file does not have gets no comment, and others keep theirs.
func TestWordWithoutPlace(t *testing.T) {
	file := wordFile(t, `<w:p><w:r><w:t>桥5座</w:t></w:r></w:p>`)
	copied, err := Word(file, "路9条，桥5座", []Note{{Start: 3, End: 7, Said: "无"}, {Start: 13, End: 17, Said: "有"}}, "核对", noon)
	if err != nil {
		t.Fatal(err)
	}
	if comments := partOf(t, copied, commentsPart); strings.Contains(comments, "无") || !strings.Contains(comments, "有") {
		t.Error(comments)
	}
	if _, err := Word([]byte("no archive"), "", nil, "", noon); err == nil {
		t.Error("what is no archive was taken for a Word file")
	}
}

// A page marks each figure at its place and lists what is said below; what the text holds
// of HTML is text.
func TestHTML(t *testing.T) {
	text := "标题\n\n桥5座，<b>路9条。\n湖3个\n"
	got, err := Page{Lang: "zh", Title: "核对", Text: text, Notes: []Note{{Start: 11, End: 15, Kind: "wrong", Said: "✗ 6座"}, {Start: strings.Index(text, "3个"), End: strings.Index(text, "3个") + 4, Kind: "stands", Said: "✓"}}}.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<p class="text">桥<mark class="wrong" title="✗ 6座">5座<sup>1</sup></mark>，&lt;b&gt;路9条。</p>`,
		`<p class="text">湖<mark class="stands" title="✓">3个<sup>2</sup></mark></p>`,
		`<li class="wrong">✗ 6座</li>`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("no %s\nin %s", want, got)
		}
	}
}

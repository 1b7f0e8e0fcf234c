package telegram

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"reportbot/bot/telegram/faketest"
)

// speech is a Word file of one paragraph.
func speech(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, part := range map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml":   `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + text + `</w:t></w:r></w:p></w:body></w:document>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func partOf(t *testing.T, file []byte, name string) string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := in.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	part, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(part)
}

// A Word file sent with 核对 comes back with comments, and the findings as a message; a
// text comes back as a page. Where the copy can't be sent the message says so. A stranger
// gets neither.
func TestDraftSent(t *testing.T) {
	h := handler(t, "7")
	f := faketest.New(t)
	_, stop := start(t, f, h)
	send := func(user int64, id, name, caption, content string) {
		f.File(id, content)
		f.Post(map[string]any{"caption": caption, "chat": faketest.Private(user), "from": faketest.Person(user),
			"document": map[string]any{"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(content)}})
	}
	const text = "2023年新建5G通信基站147个，新建公用充电枪277支。"
	send(7, "a", "讲话.docx", "核对", speech(t, text))
	got := f.Wait(2)
	copied, list := got[0], got[1]
	if copied.Name != "讲话（核对）.docx" || copied.Protect {
		t.Errorf("the copy is %q, protected %v", copied.Name, copied.Protect)
	}
	if comments := partOf(t, copied.Document, "word/comments.xml"); !strings.Contains(comments, "✗ 147个") || !strings.Contains(comments, "报告为174个") || !strings.Contains(comments, "✓ 277支") {
		t.Error(comments)
	}
	if !strings.HasPrefix(list.Plain, "核对了 2 个数：✗ 与报告不符 1 · ✓ 相符 1\n✗ 147个") {
		t.Error(list.Plain)
	}
	send(7, "b", "speech.txt", "Check this, please", text)
	if got := f.Wait(3)[2]; got.Document != nil {
		t.Errorf("a caption that asks for more was taken for 核对: %q", got.Name)
	}
	send(7, "c", "稿.txt", "核对一下！", text)
	page := f.Wait(5)[3]
	if !strings.Contains(string(page.Document), `<mark class="wrong"`) || page.Name != "稿（核对）.html" {
		t.Errorf("%s: %s", page.Name, page.Document)
	}
	f.Fail(faketest.Refusal("sendDocument", 400, "Bad Request: not enough rights to send documents to the chat"))
	send(7, "d", "稿.txt", "核对", text)
	if got := f.Wait(6)[5]; got.Document != nil || !strings.HasSuffix(got.Plain, "批注稿暂时无法发送，核对结果如上。") {
		t.Error(got.Plain)
	}
	send(99, "e", "稿.txt", "核对", text)
	if got := f.Wait(7)[6]; got.Document != nil || strings.Contains(got.Plain, "147") {
		t.Errorf("a stranger gets %q", got.Plain)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

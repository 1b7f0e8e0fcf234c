package bot_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"reportbot/bot"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
)

// Each warning is said once, with what it is about; what was not found is said too.
func TestUnderstood(t *testing.T) {
	s := corpus.Summary{Title: "青山区2024年统计公报", Issuer: "青山区统计局", Period: "2024年", Year: 2025, Sections: 3, Paragraphs: 40, Figures: 90, Tables: 2, Pages: 12}
	for page := range 7 {
		s.Warnings = append(s.Warnings, document.Warning{Code: document.PageWithoutText, Page: page + 3})
	}
	s.Warnings = append(s.Warnings, document.Warning{Code: corpus.TableWithoutFigures, Page: 9, Detail: "表2 投资"}, document.Warning{Code: document.Undecodable, Detail: "4"})
	for lang, want := range map[string]string{
		"zh": "《青山区2024年统计公报》\n发文单位：青山区统计局\n日期：未读到\n报告所述时期：2024年\n文中“今年”指：2025年\n3 个章节，40 段，90 个数据，2 张表，共 12 页\n" +
			"注意：有的页没有文字，可能是扫描页，这些页的内容查不到：第 3、4、5、6、7 页等 7 处。\n注意：有表格没有读到数据，可能不完整：表2 投资（第 9 页）。\n注意：有 4 处文字无法辨认，请核对文件的编码。",
		"en": "《青山区2024年统计公报》\nIssued by: 青山区统计局\nDate: not found\nPeriod covered: 2024年\n“This year” in the report is 2025.\n3 sections, 40 paragraphs, 90 figures, 2 tables, 12 pages\n" +
			"Mind: pages without text, which can't be found: 3, 4, 5, 6, 7 and so on, 7 in all.\nMind: tables without figures: 表2 投资 (page 9).\nMind: 4 characters can't be decoded.",
	} {
		if got := bot.Understood(s, lang).Text(); got != want {
			t.Errorf("%s: got\n%s", lang, got)
		}
	}
}

func TestWhyRefused(t *testing.T) {
	scanned := document.Refuse(document.Scanned, "the PDF's 3 pages are pictures")
	for _, row := range []struct {
		err        error
		lang, want string
	}{
		{scanned, "zh", "扫描件"},
		{scanned, "zh-TW", "掃描件"},
		{scanned, "en", "the PDF's 3 pages are pictures"},
		{fmt.Errorf("adding: %w", document.Within("二.pdf", scanned)), "zh", "其中的“二.pdf”：是扫描件"},
		{fmt.Errorf("keeping the original: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}), "zh", "磁盘已满"},
		{errors.New("something else"), "zh", "something else"},
	} {
		if got := bot.WhyRefused(row.err, row.lang); !strings.Contains(got, row.want) {
			t.Errorf("%v in %s: %s", row.err, row.lang, got)
		}
	}
}

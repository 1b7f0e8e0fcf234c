package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"reportbot/corpus"
	"reportbot/corpus/format/document"
)

// fileWording is what is said of a file that is read, or is not.
type fileWording struct {
	issuer, number, date, period, unread string
	speaksIn, holds, tables, pages       string
	page, pagesOf, pagesSep, mind, more  string
	noFigures, noYear                    string
	warnings, refusals                   map[document.Code]string
	within, diskFull                     string
}

// namedWarnings is how many warnings of a kind are named one by one.
const namedWarnings = 5

// Understood is what a report was read as: what its keeper compares with the
// file before officials are answered from it. What was not found is said too.
func Understood(s corpus.Summary, lang string) Reply {
	return Reply{Blocks: understoodReport(s, fileWordingOf(lang))}
}

func understoodReport(s corpus.Summary, w *fileWording) (blocks []Block) {
	say := func(text string) { blocks = append(blocks, line(plain(text))) }
	named := func(name, value string) {
		if value == "" {
			value = w.unread
		}
		say(name + value)
	}
	blocks = append(blocks, line(bold("《"+s.Title+"》")))
	named(w.issuer, s.Issuer)
	if s.DocNumber != "" {
		named(w.number, s.DocNumber)
	}
	named(w.date, s.Date)
	named(w.period, s.Period)
	if s.Year > 0 {
		say(fmt.Sprintf(w.speaksIn, s.Year))
	}
	held := fmt.Sprintf(w.holds, s.Sections, s.Paragraphs, s.Figures)
	if s.Tables > 0 {
		held += fmt.Sprintf(w.tables, s.Tables)
	}
	if s.Pages > 0 {
		held += fmt.Sprintf(w.pages, s.Pages)
	}
	say(held)
	for _, warning := range warningsOf(s, w) {
		say(w.mind + warning)
	}
	return blocks
}

// warningsOf says each kind of warning in one sentence.
func warningsOf(s corpus.Summary, w *fileWording) (said []string) {
	var order []document.Code
	details, pages := map[document.Code][]string{}, map[document.Code][]string{}
	for _, warning := range s.Warnings {
		c := warning.Code
		if !slices.Contains(order, c) {
			order = append(order, c)
		}
		switch {
		case warning.Detail != "" && warning.Page > 0:
			details[c] = append(details[c], warning.Detail+fmt.Sprintf(w.page, strconv.Itoa(warning.Page)))
		case warning.Detail != "":
			details[c] = append(details[c], warning.Detail)
		default:
			pages[c] = append(pages[c], strconv.Itoa(warning.Page))
		}
	}
	for _, c := range order {
		all := append(details[c], pages[c]...)
		text := strings.Join(all[:min(len(all), namedWarnings)], w.pagesSep)
		if len(details[c]) == 0 {
			text = fmt.Sprintf(w.pagesOf, text)
		}
		if len(all) > namedWarnings {
			text += fmt.Sprintf(w.more, len(all))
		}
		said = append(said, fmt.Sprintf(w.warnings[c], text))
	}
	switch {
	case s.Figures == 0:
		said = append(said, w.noFigures)
	case s.Year == 0:
		said = append(said, w.noYear)
	}
	return said
}

// WhyRefused says in the person's language why a file is not taken; what is no
// fault of the file is told as it is.
func WhyRefused(err error, lang string) string { return whyRefused(err, fileWordingOf(lang)) }

func whyRefused(err error, w *fileWording) string {
	var r *document.Refusal
	switch {
	case errors.As(err, &r):
		said := w.refusals[r.Code]
		if said == "" {
			said = r.Detail
		}
		if r.File != "" {
			return fmt.Sprintf(w.within, r.File, said)
		}
		return said
	case errors.Is(err, syscall.ENOSPC):
		return w.diskFull
	}
	return err.Error()
}

func fileWordingOf(lang string) *fileWording { return fileWordings[wordingOf(lang).lang] }

var fileWordings = map[string]*fileWording{
	"zh": {
		issuer: "发文单位：", number: "文号：", date: "日期：", period: "报告期：", unread: "未读到",
		speaksIn: "报告年份：%d年", holds: "%d 个章节，%d 段，%d 个数据", tables: "，%d 张表", pages: "，共 %d 页",
		page: "（第 %s 页）", pagesOf: "第 %s 页", pagesSep: "、", mind: "注意：", more: "等 %d 处",
		noFigures: "没有读到数据，请核对文件是否完整。", noYear: "没有读到年份，“今年”“去年”所指的年份将无法判断。",
		within: "其中的“%s”：%s", diskFull: "磁盘已满，请腾出空间后再试。",
		warnings: map[document.Code]string{
			document.PageWithoutText:   "有的页没有文字，可能是扫描页，这些页的内容查不到：%s。",
			document.Undecodable:       "有 %s 处文字无法辨认，请核对文件的编码。",
			document.SkippedFile:       "压缩包内有不读取的文件：%s。",
			document.OwnCharacters:     "有 %s 个自造字，没有通用编码，显示为方框，也查不到。",
			document.HiddenCells:       "有隐藏的行、列或工作表，没有读取：%s。",
			document.FormulaNoValue:    "有公式没有保存结果或结果有误，这些格没有读取，请用表格软件打开后另存：%s。",
			document.FarCells:          "有单元格在第 512 列以外，没有读取：%s。",
			corpus.CellsLeftOut:        "有数字看不出属于哪一行、哪一列，没有读取：%s。",
			document.UncertainCell:     "有的单元格里数字分不清归属，没有读取，请对照原文：%s。",
			document.Recognized:        "有的页识别自扫描件，数字可能有误，请对照原文：%s。",
			document.UnknownCharacters: "有的页字体没有说明文字编码，这些页没有读取：%s。",
			corpus.Repeated:            "有段落重复出现，请核对：%s。",
			corpus.TableWithoutFigures: "有表格没有读到数据，可能不完整：%s。",
		},
		refusals: map[document.Code]string{
			document.TooLarge:       "内容太多。文件不超过 64 MB，解压后不超过 256 MB，文字不超过 16 MB，表格不超过 50 万格。",
			document.TooManyEntries: "内含的文件太多，不超过 5000 个。",
			document.TooManyPages:   "页数太多，不超过 3000 页；请分成几个文件。",
			document.TooDeep:        "压缩包里还有压缩包，或内部层次太深。请先解开，再发送其中的报告。",
			document.UnsafePath:     "压缩包内的路径指向包外，为安全起见不予读取。",
			document.NotADocument:   "不是能读取的文档（按内容判断，与文件名无关）。可用 docx、doc、wps、pdf、xlsx、xls、csv、ofd、html、mht、md、txt，或这些文件的 zip。",
			document.Hostile:        "内部声明了自定义实体，正常的文档不会这样，为安全起见不予读取。",
			document.Encrypted:      "设有密码，请取消密码后再发送。",
			document.Scanned:        "是扫描件，页面只有图片，没有文字，本机也没有安装文字识别程序。请管理员安装（Debian：tesseract-ocr、tesseract-ocr-chi-sim），或改用原来的电子文件。",
			document.NoText:         "没有文字内容。",
			document.Damaged:        "已损坏或不完整，请用原来的软件打开后另存一份。",
			document.TooSlow:        "60 秒内没有读完，已停止读取。",
			document.TooMuchMemory:  "读取所需的内存超过 1 GB，已停止读取。",
			document.SeveralFiles:   "压缩包内有几份报告，这里只要一份。",
			document.SameName:       "压缩包内有两份报告同名，请改名后再发送。",
			document.NoFont:         "原页用的中文字体不在文件里，本机也没有安装中文字体，显示不了。请管理员安装一种（Debian：fonts-noto-cjk 或 fonts-wqy-microhei）。",
			document.NoPage:         "没有可以显示的原页：只有 PDF 和 OFD 文件有页面。",
		},
	},
	"zh-Hant": {
		issuer: "發文單位：", number: "文號：", date: "日期：", period: "報告期：", unread: "未讀到",
		speaksIn: "報告年份：%d年", holds: "%d 個章節，%d 段，%d 個數據", tables: "，%d 張表", pages: "，共 %d 頁",
		page: "（第 %s 頁）", pagesOf: "第 %s 頁", pagesSep: "、", mind: "注意：", more: "等 %d 處",
		noFigures: "沒有讀到數據，請核對檔案是否完整。", noYear: "沒有讀到年份，“今年”“去年”所指的年份將無法判斷。",
		within: "其中的“%s”：%s", diskFull: "磁碟已滿，請騰出空間後再試。",
		warnings: map[document.Code]string{
			document.PageWithoutText:   "有的頁沒有文字，可能是掃描頁，這些頁的內容查不到：%s。",
			document.Undecodable:       "有 %s 處文字無法辨認，請核對檔案的編碼。",
			document.SkippedFile:       "壓縮包內有不讀取的檔案：%s。",
			document.OwnCharacters:     "有 %s 個自造字，沒有通用編碼，顯示為方框，也查不到。",
			document.HiddenCells:       "有隱藏的列、欄或工作表，沒有讀取：%s。",
			document.FormulaNoValue:    "有公式沒有保存結果或結果有誤，這些格沒有讀取，請用試算表軟體打開後另存：%s。",
			document.FarCells:          "有儲存格在第 512 欄以外，沒有讀取：%s。",
			corpus.CellsLeftOut:        "有數字看不出屬於哪一列、哪一欄，沒有讀取：%s。",
			document.UncertainCell:     "有的儲存格裡數字分不清歸屬，沒有讀取，請對照原文：%s。",
			document.Recognized:        "有的頁識別自掃描件，數字可能有誤，請對照原文：%s。",
			document.UnknownCharacters: "有的頁字型沒有說明文字編碼，這些頁沒有讀取：%s。",
			corpus.Repeated:            "有段落重複出現，請核對：%s。",
			corpus.TableWithoutFigures: "有表格沒有讀到數據，可能不完整：%s。",
		},
		refusals: map[document.Code]string{
			document.TooLarge:       "內容太多。檔案不超過 64 MB，解壓後不超過 256 MB，文字不超過 16 MB，表格不超過 50 萬格。",
			document.TooManyEntries: "內含的檔案太多，不超過 5000 個。",
			document.TooManyPages:   "頁數太多，不超過 3000 頁；請分成幾個檔案。",
			document.TooDeep:        "壓縮包裡還有壓縮包，或內部層次太深。請先解開，再發送其中的報告。",
			document.UnsafePath:     "壓縮包內的路徑指向包外，為安全起見不予讀取。",
			document.NotADocument:   "不是能讀取的文檔（按內容判斷，與檔名無關）。可用 docx、doc、wps、pdf、xlsx、xls、csv、ofd、html、mht、md、txt，或這些檔案的 zip。",
			document.Hostile:        "內部聲明了自訂實體，正常的文檔不會這樣，為安全起見不予讀取。",
			document.Encrypted:      "設有密碼，請取消密碼後再發送。",
			document.Scanned:        "是掃描件，頁面只有圖片，沒有文字，本機也沒有安裝文字識別程式。請管理員安裝（Debian：tesseract-ocr、tesseract-ocr-chi-sim），或改用原來的電子檔案。",
			document.NoText:         "沒有文字內容。",
			document.Damaged:        "已損壞或不完整，請用原來的軟體打開後另存一份。",
			document.TooSlow:        "60 秒內沒有讀完，已停止讀取。",
			document.TooMuchMemory:  "讀取所需的記憶體超過 1 GB，已停止讀取。",
			document.SeveralFiles:   "壓縮包內有幾份報告，這裡只要一份。",
			document.SameName:       "壓縮包內有兩份報告同名，請改名後再發送。",
			document.NoFont:         "原頁用的中文字型不在檔案裡，本機也沒有安裝中文字型，顯示不了。請管理員安裝一種（Debian：fonts-noto-cjk 或 fonts-wqy-microhei）。",
			document.NoPage:         "沒有可以顯示的原頁：只有 PDF 和 OFD 檔案有頁面。",
		},
	},
	"en": {
		issuer: "Issued by: ", number: "Number: ", date: "Date: ", period: "Period covered: ", unread: "not found",
		speaksIn: "The report speaks in %d.", holds: "%d sections, %d paragraphs, %d figures", tables: ", %d tables", pages: ", %d pages",
		page: " (page %s)", pagesOf: "%s", pagesSep: ", ", mind: "Mind: ", more: " and so on, %d in all",
		noFigures: "no figures were found in it; please check the file.", noYear: "no year was found in it; “this year” and “last year” cannot be told.",
		within: "“%s” in it: %s", diskFull: "the disk is full; please make room and try again.",
		warnings: map[document.Code]string{
			document.PageWithoutText:   "pages without text, which can't be found: %s.",
			document.Undecodable:       "%s characters can't be decoded.",
			document.SkippedFile:       "left out of the archive: %s.",
			document.OwnCharacters:     "%s characters that an office defined for itself; they show as boxes and can't be searched.",
			document.HiddenCells:       "hidden rows, columns or sheets, which were not read: %s.",
			document.FormulaNoValue:    "formulas without a value, which were not read; open the file in its program and save it again: %s.",
			document.FarCells:          "cells beyond column 512, which were not read: %s.",
			corpus.CellsLeftOut:        "numbers that can't be told to belong to a row and a column, which were not read: %s.",
			document.UncertainCell:     "pages with cells that were left out, since it can't be told which numbers belong together: %s.",
			document.Recognized:        "pages recognized from a scan, whose figures may be wrong: %s.",
			document.UnknownCharacters: "pages whose fonts do not tell their characters, which were not read: %s.",
			corpus.Repeated:            "passages that stand there twice: %s.",
			corpus.TableWithoutFigures: "tables without figures: %s.",
		},
	},
}

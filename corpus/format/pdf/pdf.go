// Package pdf reads PDF files through PDFium, compiled to WebAssembly: a
// hostile file that breaks it gets no further than the memory of that machine.
// Read is meant for a process of its own (package isolate), which bounds its
// time and memory.
//
// The pure Go readers were tried first: they lose characters of the fonts that
// Chinese offices use. PDFium takes 5.5 MB of the binary; compiled code is kept
// in the user's cache folder, so that a file takes 0.1 s to open and not 3 s.
package pdf

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"reportbot/corpus/format/document"
	"reportbot/corpus/format/layout"
)

// Read reads a PDF file.
func Read(content []byte, limits document.Limits) (*document.Document, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(limits.Seconds)*time.Second)
	defer cancel()
	pool, err := start(ctx, cached(runtimeConfig(limits)))
	if err != nil { // of a cache that is damaged or can't be written; without it, it takes 3 s
		pool, err = start(ctx, runtimeConfig(limits))
	}
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	instance, err := pool.GetInstance(time.Duration(limits.Seconds) * time.Second)
	if err != nil {
		return nil, err
	}
	defer instance.Close()
	return read(instance, content, limits)
}

func start(ctx context.Context, config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // no files at all
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: config,
	})
}

// runtimeConfig bounds the machine's memory: a quarter is left to this side.
func runtimeConfig(limits document.Limits) wazero.RuntimeConfig {
	const pageSize = 64 << 10
	return wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(limits.Memory / 4 * 3 / pageSize)).
		WithCloseOnContextDone(true)
}

// cached keeps the compiled machine. Two processes may write it at once: each
// does so aside and renames, and a checksum is read with it.
func cached(config wazero.RuntimeConfig) wazero.RuntimeConfig {
	if folder, err := cacheFolder(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(folder); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return config
}

// cacheFolder is where the compiled machine is kept, readable by this user
// alone, since it is code that will run.
func cacheFolder() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(base, "reportbot", "pdfium")
	return folder, os.MkdirAll(folder, 0o700)
}

func read(p pdfium.Pdfium, content []byte, limits document.Limits) (*document.Document, error) {
	doc, err := p.OpenDocument(&requests.OpenDocument{File: &content})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, document.Refuse(document.Encrypted, "the PDF asks for a password")
	case err != nil:
		return nil, document.Refuse(document.Damaged, "the PDF is damaged: %v", err)
	}
	count, err := p.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, document.Refuse(document.Damaged, "the PDF is damaged: %v", err)
	}
	if count.PageCount > limits.Pages {
		return nil, document.Refuse(document.TooManyPages, "the PDF has %d pages; %d are allowed", count.PageCount, limits.Pages)
	}
	var pages []layout.Page
	glyphs := 0
	for i := range count.PageCount {
		page, err := readPage(p, doc.Document, i)
		if err != nil {
			page = layout.Page{Number: i + 1} // warned of as a page without text
		}
		if glyphs += len(page.Glyphs); glyphs*3 > limits.Text {
			return nil, document.Refuse(document.TooLarge, "the PDF holds more than %d MB of text", limits.Text>>20)
		}
		pages = append(pages, page)
	}
	if glyphs < 5*len(pages) { // a stamp or a number on each page is no text
		return nil, document.Refuse(document.Scanned, "the PDF's %d pages are pictures without text: it was scanned, and needs text recognition first", len(pages))
	}
	b := &document.Builder{Max: limits.Text}
	layout.Write(b, pages)
	return b.Document(document.PDF)
}

// readPage reads the characters of a page and the straight lines drawn on it.
func readPage(p pdfium.Pdfium, doc references.FPDF_DOCUMENT, index int) (layout.Page, error) {
	loaded, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: index})
	if err != nil {
		return layout.Page{}, err
	}
	defer p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	page := requests.Page{ByReference: &loaded.Page}
	width, err := p.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: page})
	if err != nil {
		return layout.Page{}, err
	}
	height, err := p.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: page})
	if err != nil {
		return layout.Page{}, err
	}
	out := layout.Page{Number: index + 1, Width: width.Width, Height: height.Height}
	if out.Glyphs, err = readGlyphs(p, page, out.Height); err != nil {
		return layout.Page{}, err
	}
	out.Rules = readRules(p, page, out.Height)
	return out, nil
}

// readGlyphs reads the characters with their loose boxes, which are as high as
// the font and not as the stroke 一. Blanks that PDFium made up are left out:
// layout knows better where Chinese has any.
func readGlyphs(p pdfium.Pdfium, page requests.Page, height float64) ([]layout.Glyph, error) {
	text, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, err
	}
	defer p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	if err != nil {
		return nil, err
	}
	var out []layout.Glyph
	for i := range count.Count {
		char, err := p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text.TextPage, Index: i})
		if err != nil {
			return nil, err
		}
		r := rune(char.Unicode)
		if r < ' ' || r == 0xfffe || r == 0xfffd {
			continue
		}
		if r == ' ' {
			if made, err := p.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text.TextPage, Index: i}); err != nil || made.IsGenerated {
				continue
			}
		}
		box, err := p.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text.TextPage, Index: i})
		if err != nil {
			continue
		}
		out = append(out, layout.Glyph{Rune: r, Left: float64(box.Rect.Left), Right: float64(box.Rect.Right), Top: height - float64(box.Rect.Top), Bottom: height - float64(box.Rect.Bottom)})
	}
	return out, nil
}

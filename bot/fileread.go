package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"reportbot/bot/wording"
	"reportbot/corpus"
	"reportbot/corpus/format/document"
)

// namedWarnings is how many warnings of a kind are named one by one.
const namedWarnings = 5

// Understood is what a report was read as: what its keeper compares with the
// file before officials are answered from it. What was not found is said too.
func Understood(s corpus.Summary, lang string) Reply {
	return Reply{Blocks: understoodReport(s, wording.Of(lang))}
}

func understoodReport(s corpus.Summary, w *wording.Wording) (blocks []Block) {
	say := func(text string) { blocks = append(blocks, line(plain(text))) }
	named := func(name, value string) {
		if value == "" {
			value = w.FileUnread
		}
		say(name + value)
	}
	blocks = append(blocks, line(bold("《"+s.Title+"》")))
	named(w.FileIssuer, s.Issuer)
	if s.DocNumber != "" {
		named(w.FileNumber, s.DocNumber)
	}
	named(w.FileDate, s.Date)
	named(w.FilePeriod, s.Period)
	if s.Year > 0 {
		say(fmt.Sprintf(w.FileSpeaksIn, s.Year))
	}
	held := fmt.Sprintf(w.FileHolds, s.Sections, s.Paragraphs, s.Figures)
	if s.Tables > 0 {
		held += fmt.Sprintf(w.FileTables, s.Tables)
	}
	if s.Pages > 0 {
		held += fmt.Sprintf(w.FilePages, s.Pages)
	}
	say(held)
	for _, warning := range warningsOf(s, w) {
		say(w.FileMind + warning)
	}
	return blocks
}

// warningsOf says each kind of warning in one sentence.
func warningsOf(s corpus.Summary, w *wording.Wording) (said []string) {
	var order []document.Code
	details, pages := map[document.Code][]string{}, map[document.Code][]string{}
	for _, warning := range s.Warnings {
		c := warning.Code
		if !slices.Contains(order, c) {
			order = append(order, c)
		}
		switch {
		case warning.Detail != "" && warning.Page > 0:
			details[c] = append(details[c], warning.Detail+fmt.Sprintf(w.FilePage, strconv.Itoa(warning.Page)))
		case warning.Detail != "":
			details[c] = append(details[c], warning.Detail)
		default:
			pages[c] = append(pages[c], strconv.Itoa(warning.Page))
		}
	}
	for _, c := range order {
		all := append(details[c], pages[c]...)
		text := strings.Join(all[:min(len(all), namedWarnings)], w.FilePagesSep)
		if len(details[c]) == 0 {
			text = fmt.Sprintf(w.FilePagesOf, text)
		}
		if len(all) > namedWarnings {
			text += fmt.Sprintf(w.FileMore, len(all))
		}
		said = append(said, fmt.Sprintf(w.Warnings[string(c)], text))
	}
	switch {
	case s.Figures == 0:
		said = append(said, w.FileNoFigures)
	case s.Year == 0:
		said = append(said, w.FileNoYear)
	}
	return said
}

// WhyRefused says in the person's language why a file is not taken; what is no
// fault of the file is told as it is.
func WhyRefused(err error, lang string) string { return whyRefused(err, wording.Of(lang)) }

func whyRefused(err error, w *wording.Wording) string {
	var r *document.Refusal
	switch {
	case errors.As(err, &r):
		said := w.Refusals[string(r.Code)]
		if said == "" {
			said = r.Detail
		}
		if r.File != "" {
			return fmt.Sprintf(w.FileWithin, r.File, said)
		}
		return said
	case errors.Is(err, syscall.ENOSPC):
		return w.FileDiskFull
	}
	return err.Error()
}

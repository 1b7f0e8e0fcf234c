// Package wording is what the bot itself says, in simplified Chinese,
// traditional Chinese and English: a file a language, a sentence a line, so
// that one person can read and mend it without reading any program.
package wording

import (
	"embed"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

//go:embed *.txt
var files embed.FS

// Command is an entry of the menu of commands.
type Command struct{ Name, Description string }

// Wording is all that the bot itself says, in one language. %s and %d stand
// for what the reports say, for names and numbers. A field is the line of its
// name: NotInReports is notInReports = ….
type Wording struct {
	Lang string

	// answers
	Actual, Target, Inferred, Area, AlsoHere, OrMaybe               string
	NotInReports, Instead, Nearest, Unproven, Copy, Copied          string
	TakenAs, Follows, LeftOpen, Or, PartMissing, Rate               string
	Computed, ComputedRoughly, CopiedAnd, CopiedSep, CopiedInferred string

	Gloss, ColumnFigure, ColumnThing, ColumnPeriod, ColumnStatus, ColumnPlace         string
	MoreFigures, Colon, Unsure, UnsureOne, UnsureList, CopiedPeriod, CopiedTarget     string
	LacksPeriod, LacksTarget, LacksActual, LacksArea, NoReportOf, AskPlace, AndOthers string

	// tables over several places
	ColumnRank, ColumnSource, ColumnValue, ColumnValueTo, ColumnUnit, ColumnDirection, ColumnCheck, ColumnSentence string
	Rises, FallsDown, ToCheck, NotStated, NoReport                                                                 string
	TableHigh, TableLow, TableNone, TableCut, TableTied, TableConverted, TableUnsure, TableSilent, TableAbsent     string
	SeriesOf, ColumnYear, ColumnChange, ChangeUp, ChangeDown, ChangeNone, PointsUp, PointsDown, ChangeRate         string
	SeriesComputed, SeriesRoughly, SeriesRestated, SeriesMissing, Chart, ChartOf                                   string
	PromiseOf, PromiseTarget, PromiseDone, PromiseMet, PromiseMissed, PromiseUnsaid, PromiseUncertain              string
	PlaceSet, PlaceAny, PlaceClear, PlaceOnly, PlaceUnknown, NotComparable, NotConvertible, Converted              string
	Keep, KeptNow, KeptFull, KeptClear, KeptCleared                                                                string
	HowToMeeting, MeetingTitle, MeetingDated, MeetingMissing, MeetingFile                                          string
	MentionOf, MentionReports, MentionNot, TableFile, Saved, FileFailed                                            string

	// pages of the reports
	Previous, Next, More, Outline, AllTitles, Reports        string
	YearOf, DateOf, NoFigures, FiguresOf, Sources, NoSources string
	GoneParagraph, GoneReport                                string
	Page, PageFailed, PageElsewhere, PageCommand             string
	PictureRead, PictureAsked, PictureUnread                 string
	Scanned, ScannedCheck                                    string

	// the person
	Hello, HowTo, Ask, Noted, AskLang, LangSet                            string
	Forgotten, Thanks, WrongWhat, WrongFigure, WrongPassage, WrongMissing string

	// what can't be answered
	Empty, TooLong, Garbled, NoFiles, UnknownCommand, Stale string
	Failed, Slower                                          string

	Doubt, DoubtAgain, Anonymous, HoldsPhoto, HoldsVoice, HoldsVideo, HoldsOther, StaleFile string

	// being let in
	Stranger, MayRequest, Request, Requested, RequestWaits, RequestRefused string
	Welcome, Banned, GroupClosed, Claimed, NotClaim, NowAdministrator      string

	// administrators
	NewRequest, Person, Nameless, Agree, Refuse, Ban                        string
	Agreed, Refused, BannedNow, DecidedAlready, Made, GroupOpened           string
	GroupEnded, HowToAllow, HowToBan, Fixed, OwnRole, NotKept               string
	NotAdministrator, Privately, UsersOf, Reader, Administrator, BannedRole string
	Waiting, StatsOf, StatsPeople, StatsAnswers, StatsRest, GapsOf          string
	NoGaps, Gap, Unsaid, RestrictAsk                                        string

	// drafts that are checked
	DraftCounted, DraftWrong, DraftUnknown, DraftClose, DraftStands, DraftNone string
	HowToCheck, MeetingMore                                                    string

	// of places whose rows are ranked by themselves
	LevelNation, LevelProvince, LevelCity, LevelCounty, LevelOther                    string
	DraftReport, DraftPeriod, DraftIsTarget, DraftIsActual, DraftArea, DraftDirection string
	DraftBound, DraftUnit, DraftRounding, DraftNoPlace, DraftNoPeriod, DraftNear      string
	DraftNothing, DraftMore, DraftMarked, DraftFailed, DraftTooLong, DraftFile        string
	DraftAuthor, DraftLegend, DraftTitle                                              string

	// two reports beside each other
	ChangesOf, ChangesOld, ChangesNew, ChangesCounted, ChangesChanged  string
	ChangesAdded, ChangesGone, ChangesMore, ChangesButton, ChangesNone string

	// reports that a newer program reads otherwise
	RereadOf, RereadCounted, RereadSame, RereadUnread, RereadMore      string
	RereadTake, RereadKeep, RereadGolden, RereadTaken, RereadStays     string
	RereadHow, RereadTakenAll, RereadUnkept, RereadGoldenHow, Verified string

	// reports sent, replaced and withdrawn
	FileTooLarge, FileRefused, WillReplace, Take, FolderAdded, FolderTook                                     string
	TakeRestricted, Leave, Left, AlreadyThere, NotAdded, Added                                                string
	RecalledTo, RecalledToNone, RecalledNothing, Recall, NoLonger, NotKeeping, WithdrawWhich, WithdrawSure    string
	WithdrawYes, Withdrawn, NotWithdrawn, WithdrawnTo, WithdrawnToNone, NotInLibrary, HowToGolden, GoldenKept string
	GoldenDropped, GoldensOf, GoldenChanged, Adopt, KeepOld, GoldenOpen                                       string
	FolderRefused, AskGolden, KeepWhich, SeveralIn, SameContent, Similar                                      string
	ReplaceIt, RecallWithdrawn, AndMore                                                                       string

	// offered while typing elsewhere
	TypeOn, TypeSuch, NoneHere, NotElsewhere, NeedsLeave string

	// when the ground gives way
	Unrecorded, SearchFailed, RecordLost, Vanished, WithdrawAll, KeepAll, Stays, WithdrawnAll, StandsAgain string

	// files received
	FileIssuer, FileNumber, FileDate, FilePeriod, FileUnread, FileSpeaksIn  string
	FileHolds, FileTables, FilePages, FilePage, FilePagesOf, FilePagesSep   string
	FileMind, FileMore, FileNoFigures, FileNoYear, FileWithin, FileDiskFull string
	Warnings, Refusals                                                      map[string]string // by the code of what was read

	Help map[string]string // of the command line, by command and argument; English stands beside each in bot/program

	Talk map[string]string // what is said to small talk, by its class in talk.txt

	Readers, Administrators []Command // the menus: officials see the first alone
}

// Languages that can be chosen, and what each calls itself.
var Languages = []struct{ Lang, Name string }{{"zh", "简体中文"}, {"zh-Hant", "繁體中文"}, {"en", "English"}}

// All is the wordings by language.
var All = load()

func load() map[string]*Wording {
	all := map[string]*Wording{}
	for _, l := range Languages {
		text, err := files.ReadFile(l.Lang + ".txt")
		if err != nil {
			panic(err) // the file is part of the binary
		}
		w, err := parse(l.Lang, string(text))
		if err != nil {
			panic(fmt.Errorf("%s.txt: %w", l.Lang, err)) // likewise
		}
		all[l.Lang] = w
	}
	return all
}

// parse reads a file of wording. A name that the program does not know, and one
// that it would look for in vain, is an error.
func parse(lang, text string) (*Wording, error) {
	w := &Wording{Lang: lang, Warnings: map[string]string{}, Refusals: map[string]string{}, Talk: map[string]string{}, Help: map[string]string{}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, said, ok := strings.Cut(line, "=")
		if !ok || !w.set(strings.TrimSpace(name), unquoted(strings.TrimSpace(said))) {
			return nil, fmt.Errorf("line %d has no name that is known: %q", n+1, line)
		}
	}
	for v, i := reflect.ValueOf(w).Elem(), 0; i < v.NumField(); i++ {
		if v.Field(i).Kind() == reflect.String && v.Field(i).Len() == 0 {
			return nil, fmt.Errorf("%s is missing", v.Type().Field(i).Name)
		}
	}
	return w, nil
}

// set takes one line.
func (w *Wording) set(name, said string) bool {
	kind, rest, _ := strings.Cut(name, ".")
	administrators, ours := strings.CutPrefix(name, "//")
	readers, theirs := strings.CutPrefix(name, "/")
	switch {
	case kind == "warning":
		w.Warnings[rest] = said
	case kind == "refusal":
		w.Refusals[rest] = said
	case kind == "help":
		w.Help[rest] = said
	case kind == "talk":
		w.Talk[rest] = said
	case ours:
		w.Administrators = append(w.Administrators, Command{administrators, said})
	case theirs:
		w.Readers = append(w.Readers, Command{readers, said})
	default:
		field := reflect.ValueOf(w).Elem().FieldByName(exported(name))
		if !field.IsValid() || field.Kind() != reflect.String {
			return false
		}
		field.SetString(said)
	}
	return true
}

func exported(name string) string {
	for i, r := range name {
		return string(unicode.ToUpper(r)) + name[i+len(string(r)):]
	}
	return name
}

// unquoted is a text without the quotes that keep its outer spaces, its line
// breaks as such.
func unquoted(s string) string {
	if len(s) > 1 && strings.HasPrefix(s, `"`) && strings.HasSuffix(s, `"`) {
		s = s[1 : len(s)-1]
	}
	return strings.ReplaceAll(s, `\n`, "\n")
}

// Of is the wording of a language tag: zh-TW and zh-HK are traditional, what is
// not known is simplified.
func Of(lang string) *Wording {
	lang = strings.ToLower(lang)
	switch {
	case strings.HasPrefix(lang, "zh-hant"), lang == "zh-tw", lang == "zh-hk", lang == "zh-mo":
		return All["zh-Hant"]
	case strings.HasPrefix(lang, "en"):
		return All["en"]
	}
	return All["zh"]
}

// Package faketest is a Bot API server for tests, as strict as the real one on
// all that a bot which sends text does: parameters by schema, lengths in UTF-16
// units after parsing the entities, allowed and balanced tags, buttons,
// callbacks answered once and in time, edits that change something, offsets,
// one poller at a time, webhooks delivered until granted. It takes JSON and
// multipart, fails as told, and measures the limits on sending.
//
// What a bot must never send is an error of the test as well as a refusal.
package faketest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Token of the only bot that the server knows, its name and ID.
const (
	Token    = "123456789:AAFakeTokenOfTheTests"
	Username = "TheBot"
	BotID    = 123456789
)

// Server is the fake.
type Server struct {
	*httptest.Server
	t testing.TB

	mu      sync.Mutex
	second  time.Duration
	slow    time.Duration
	chance  func(method string, chat int64) *Fault
	changed chan struct{} // closed at every change

	updates []update
	lastID  int64
	offset  int64
	poll    int // number of the newest poll
	hook    *hook

	faults  []Fault
	people  map[int64]map[string]any
	chats   map[int64]bool // in which the bot was written to
	blocked map[int64]bool
	moved   map[int64]int64
	files   map[string]string
	queries map[string]*query
	menus   map[string][]string // commands by scope and language
	closed  map[topic]bool
	direct  map[int64]bool // chats of a channel's direct messages
	old     bool           // knows neither rich nor ephemeral messages

	last     int // message number
	held     atomic.Int64
	messages map[place]Message
	sent     []Message
	edited   []Message
	deleted  []Message
	calls    []Call
	times    map[int64][]time.Time
}

type place struct {
	chat   int64
	number int
}

type update struct {
	id   int64
	body map[string]any
}

// query is a callback or inline query.
type query struct {
	at       time.Time
	answered bool
}

// answerable is how many seconds a query waits for its answer.
const answerable = 60

// Message as it stands in a chat.
type Message struct {
	Chat                        int64
	Number, Thread, ReplyTo     int
	Text, Mode, Plain, Keyboard string
	Protect                     bool
	Direct                      int    // topic of a channel's direct messages
	Receiver                    int64  // who alone sees it, 0 for all
	Table                       bool   // a rich message with one
	Photo                       []byte // a picture sent with the text as its caption
	Document                    []byte // a file sent so
	Name                        string // what that is called
}

// Call is a request of another kind.
type Call struct {
	Method string
	Params map[string]any
}

// Fault is an answer given in place of the right one. With Done the request is
// carried out before that; without Status the connection breaks.
type Fault struct {
	Method string
	Status int
	Body   string
	Done   bool
	Wait   time.Duration
}

// TooMany is Telegram's 429.
func TooMany(method string, seconds int) Fault {
	return Fault{Method: method, Status: 429, Body: fmt.Sprintf(`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after %d","parameters":{"retry_after":%d}}`, seconds, seconds)}
}

// BadGateway is the page of a gateway before Telegram.
func BadGateway(method string) Fault {
	return Fault{Method: method, Status: 502, Body: "<html><head><title>502 Bad Gateway</title></head></html>"}
}

// Refusal is one in Telegram's form.
func Refusal(method string, code int, description string) Fault {
	return Fault{Method: method, Status: code, Body: fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q}`, code, description)}
}

// New starts a server, which ends with the test.
func New(t testing.TB) *Server {
	s := &Server{second: time.Second, t: t, changed: make(chan struct{}), queries: map[string]*query{}, menus: map[string][]string{}, people: map[int64]map[string]any{}, chats: map[int64]bool{}, blocked: map[int64]bool{}, moved: map[int64]int64{}, closed: map[topic]bool{}, direct: map[int64]bool{},
		files: map[string]string{}, messages: map[place]Message{}, times: map[int64][]time.Time{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.hookOff()
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

// Fail spoils the next requests of the faults' methods, one by one.
func (s *Server) Fail(faults ...Fault) {
	s.change(func() { s.faults = append(s.faults, faults...) })
}

// Pace sets how long a second of the server lasts, and how long it takes for
// any answer but that of getUpdates.
func (s *Server) Pace(second, slow time.Duration) {
	s.change(func() { s.second, s.slow = second, slow })
}

func (s *Server) paces() (second, slow time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.second, s.slow
}

// Spoil sets a function that may spoil any request.
func (s *Server) Spoil(chance func(method string, chat int64) *Fault) {
	s.change(func() { s.chance = chance })
}

// Old makes the server one of before Bot API 10: it knows no rich messages, and
// passes over the parameters of ephemeral ones.
func (s *Server) Old() { s.change(func() { s.old = true }) }

func (s *Server) isOld() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.old
}

// Block makes a person block the bot.
func (s *Server) Block(chat int64) { s.change(func() { s.blocked[chat] = true }) }

// Move gives a group a new ID.
func (s *Server) Move(from, to int64) { s.change(func() { s.moved[from], s.chats[to] = to, true }) }

// File is one that a person can send.
func (s *Server) File(id, content string) { s.change(func() { s.files[id] = content }) }

// change does something to the state and wakes who waits for it.
func (s *Server) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
	close(s.changed)
	s.changed = make(chan struct{})
}

// refusal ends a request.
type refusal struct {
	code        int
	description string
	parameters  map[string]any
}

func (r *refusal) Error() string { return r.description }

func bad(format string, args ...any) error {
	return &refusal{code: 400, description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"+Token+"/"); ok {
		s.download(w, path)
		return
	}
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+Token+"/")
	if !ok {
		refuse(w, &refusal{code: 401, description: "Unauthorized"})
		return
	}
	params, err := s.params(method, r)
	if err != nil {
		s.t.Errorf("%s: %v", method, err)
		refuse(w, bad("%v", err))
		return
	}
	if method != "getUpdates" {
		_, slow := s.paces()
		time.Sleep(slow)
	}
	fault := s.take(method, number(params["chat_id"]))
	if fault != nil && !fault.Done {
		fault.give(w)
		return
	}
	result, err := s.do(r, method, params)
	switch {
	case fault != nil:
		fault.give(w)
	case err != nil:
		refuse(w, err)
	default:
		json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
	}
}

func refuse(w http.ResponseWriter, err error) {
	r := err.(*refusal)
	w.WriteHeader(r.code)
	json.NewEncoder(w).Encode(map[string]any{"ok": false, "error_code": r.code, "description": r.description, "parameters": r.parameters})
}

// take is the fault that a request meets, if any.
func (s *Server) take(method string, chat int64) (met *Fault) {
	s.change(func() { met = s.next(method, chat) })
	return met
}

func (s *Server) next(method string, chat int64) *Fault {
	for i, f := range s.faults {
		if f.Method == method {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return &f
		}
	}
	if s.chance != nil {
		return s.chance(method, chat)
	}
	return nil
}

func (f *Fault) give(w http.ResponseWriter) {
	time.Sleep(f.Wait)
	if f.Status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(f.Status)
	io.WriteString(w, f.Body)
}

func (s *Server) download(w http.ResponseWriter, path string) {
	s.mu.Lock()
	content, ok := s.files[strings.TrimPrefix(path, "documents/")]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, nil)
		return
	}
	io.WriteString(w, content)
}

func (s *Server) do(r *http.Request, method string, params map[string]any) (any, error) {
	switch method {
	case "getUpdates":
		return s.getUpdates(r, params)
	case "sendRichMessage":
		if s.isOld() {
			return nil, &refusal{code: 404, description: "Not Found: method not found"}
		}
		return s.message(method, params)
	case "sendPhoto":
		return s.attached(r, params, "photo", picture)
	case "sendDocument":
		return s.attached(r, params, "document", nil)
	case "sendMessage", "editMessageText", "editMessageReplyMarkup", "deleteMessage":
		return s.message(method, params)
	}
	var result any
	var err error
	s.change(func() {
		s.calls = append(s.calls, Call{method, params})
		result, err = s.small(method, params)
	})
	return result, err
}

// small is the methods that are not messages.
func (s *Server) small(method string, params map[string]any) (any, error) {
	switch method {
	case "getMe":
		return map[string]any{"id": BotID, "is_bot": true, "first_name": "Report", "username": Username}, nil
	case "answerCallbackQuery":
		return true, s.answerQuery(text(params["callback_query_id"]), text(params["text"]))
	case "answerInlineQuery":
		return true, s.answerInline(params)
	case "setMyCommands":
		return true, s.setCommands(params)
	case "deleteMyCommands":
		delete(s.menus, menuOf(params))
		return true, nil
	case "sendChatAction":
		return true, nil
	case "getFile":
		id := text(params["file_id"])
		if _, ok := s.files[id]; !ok {
			return nil, bad("wrong file_id or the file is temporarily unavailable")
		}
		return map[string]any{"file_id": id, "file_unique_id": id, "file_path": "documents/" + id}, nil
	case "setWebhook":
		return true, s.hookOn(params)
	case "deleteWebhook":
		s.hook.end()
		s.hook = nil
		return true, nil
	}
	return nil, &refusal{code: 404, description: "Not Found: method not found"}
}

// getUpdates gives what waits from an offset on. A newer poll ends an older one.
func (s *Server) getUpdates(r *http.Request, params map[string]any) (any, error) {
	second, _ := s.paces()
	timeout := time.After(time.Duration(number(params["timeout"])) * second)
	var mine int
	var hooked bool
	s.change(func() {
		s.poll++
		mine, hooked = s.poll, s.hook != nil
		s.offset = max(s.offset, number(params["offset"]))
	})
	if hooked {
		return nil, &refusal{code: 409, description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	}
	for {
		s.mu.Lock()
		list, changed, newest := s.waiting(100), s.changed, s.poll
		s.mu.Unlock()
		if newest != mine {
			return nil, &refusal{code: 409, description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
		}
		if len(list) > 0 {
			return list, nil
		}
		select {
		case <-changed:
		case <-timeout:
			return list, nil
		case <-r.Context().Done():
			return list, nil
		}
	}
}

// waiting is the updates that the offset does not confirm; those it does are forgotten.
func (s *Server) waiting(most int) []map[string]any {
	for len(s.updates) > 0 && s.updates[0].id < s.offset {
		s.updates = s.updates[1:]
	}
	list := []map[string]any{}
	for _, u := range s.updates[:min(most, len(s.updates))] {
		list = append(list, u.body)
	}
	return list
}

func number(v any) int64 {
	switch v := v.(type) {
	case float64:
		return int64(v)
	case json.Number:
		n, _ := v.Int64()
		return n
	case string:
		n, _ := strconv.ParseInt(v, 10, 64)
		return n
	}
	return 0
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

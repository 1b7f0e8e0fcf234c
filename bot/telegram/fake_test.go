package telegram

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const token = "123456789:AAFakeTokenOfTheTests"

// fake is a Bot API server as strict as the real one on what the bot uses:
// lengths in UTF-16 units after parsing the entities, allowed and balanced
// tags, data of buttons, offsets, one poller at a time.
type fake struct {
	t *testing.T
	*httptest.Server

	mu      sync.Mutex
	updates []map[string]any
	offset  int64
	polling bool
	sent    []sent
	edited  []sent
	pressed map[string]int // callback queries answered
	actions int
	faults  []fault // taken one by one by matching requests
	arrived chan struct{}
}

type sent struct {
	chat              int64
	text, mode, plain string
	keyboard          string
}

// fault is an answer given instead of the right one.
type fault struct {
	method, body string
	status       int
}

func newFake(t *testing.T) *fake {
	f := &fake{t: t, pressed: map[string]int{}, arrived: make(chan struct{}, 1000)}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+token+"/")
	if !ok {
		f.refuse(w, 401, "Unauthorized", 0)
		return
	}
	values := f.values(r)
	f.mu.Lock()
	for i, x := range f.faults {
		if x.method == method {
			f.faults = append(f.faults[:i:i], f.faults[i+1:]...)
			f.mu.Unlock()
			w.WriteHeader(x.status)
			io.WriteString(w, x.body)
			return
		}
	}
	f.mu.Unlock()
	switch method {
	case "getMe":
		f.grant(w, map[string]any{"id": 1, "is_bot": true, "first_name": "Report", "username": "TheBot"})
	case "setMyCommands", "sendChatAction", "answerCallbackQuery":
		f.small(w, method, values)
	case "getUpdates":
		f.getUpdates(w, r, values)
	case "sendMessage":
		f.message(w, values, &f.sent)
	case "editMessageText":
		f.message(w, values, &f.edited)
	default:
		f.refuse(w, 404, "Not Found: method not found", 0)
	}
}

// values reads the parameters of a request, JSON or multipart.
func (f *fake) values(r *http.Request) map[string]string {
	out := map[string]string{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		var body map[string]json.RawMessage
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			f.t.Errorf("a request is not JSON: %v", err)
		}
		for k, v := range body {
			out[k] = strings.Trim(string(v), `"`)
		}
		return out
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		if r.ParseMultipartForm(1<<20) == nil {
			for k, v := range r.MultipartForm.Value {
				out[k] = v[0]
			}
		}
	}
	return out
}

func (f *fake) grant(w io.Writer, result any) {
	json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func (f *fake) refuse(w http.ResponseWriter, code int, description string, retryAfter int) {
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(map[string]any{"ok": false, "error_code": code, "description": description, "parameters": map[string]any{"retry_after": retryAfter}})
}

func (f *fake) small(w http.ResponseWriter, method string, values map[string]string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch method {
	case "sendChatAction":
		f.actions++
	case "answerCallbackQuery":
		id := values["callback_query_id"]
		if f.pressed[id]++; f.pressed[id] > 1 {
			f.t.Errorf("the button %s was answered %d times", id, f.pressed[id])
		}
	case "setMyCommands":
		var commands []struct{ Command, Description string }
		if err := json.Unmarshal([]byte(values["commands"]), &commands); err != nil || len(commands) == 0 {
			f.t.Errorf("commands %q: %v", values["commands"], err)
		}
		for _, c := range commands {
			if !regexp.MustCompile(`^[a-z0-9_]{1,32}$`).MatchString(c.Command) || c.Description == "" {
				f.refuse(w, 400, "Bad Request: BOT_COMMAND_INVALID", 0)
				return
			}
		}
	}
	f.grant(w, true)
}

func (f *fake) getUpdates(w http.ResponseWriter, r *http.Request, values map[string]string) {
	f.mu.Lock()
	if f.polling {
		f.mu.Unlock()
		f.refuse(w, 409, "Conflict: terminated by other getUpdates request", 0)
		return
	}
	f.polling = true
	offset, _ := strconv.ParseInt(values["offset"], 10, 64)
	f.offset = max(f.offset, offset)
	f.mu.Unlock()
	defer func() { f.mu.Lock(); f.polling = false; f.mu.Unlock() }()
	for range 40 {
		f.mu.Lock()
		var waiting []map[string]any
		for _, u := range f.updates {
			if int64(u["update_id"].(int)) >= f.offset {
				waiting = append(waiting, u)
			}
		}
		f.mu.Unlock()
		if len(waiting) > 0 || r.Context().Err() != nil {
			f.grant(w, waiting)
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	f.grant(w, []any{})
}

// message checks a text to send or edit as Telegram does, and keeps it.
func (f *fake) message(w http.ResponseWriter, values map[string]string, list *[]sent) {
	s := sent{text: values["text"], mode: values["parse_mode"], keyboard: values["reply_markup"]}
	s.chat, _ = strconv.ParseInt(values["chat_id"], 10, 64)
	plain, err := parseHTML(s.text)
	if s.mode == "" {
		plain, err = s.text, nil
	}
	s.plain = plain
	switch {
	case err != nil:
		f.refuse(w, 400, "Bad Request: can't parse entities: "+err.Error(), 0)
		return
	case strings.TrimSpace(plain) == "":
		f.refuse(w, 400, "Bad Request: message text is empty", 0)
		return
	case units(plain) > longest:
		f.refuse(w, 400, "Bad Request: message is too long", 0)
		return
	}
	if err := checkKeyboard(s.keyboard); err != nil {
		f.t.Errorf("keyboard %s: %v", s.keyboard, err)
		f.refuse(w, 400, "Bad Request: "+err.Error(), 0)
		return
	}
	f.mu.Lock()
	*list = append(*list, s)
	n := len(*list)
	f.mu.Unlock()
	f.grant(w, map[string]any{"message_id": n, "date": 1, "chat": map[string]any{"id": s.chat, "type": "private"}, "text": plain})
	f.arrived <- struct{}{}
}

var tagRe = regexp.MustCompile(`<(/?)([a-z]+)((?: [a-z]+)?)>`)

// parseHTML is Telegram's HTML: a few tags, balanced; < > & escaped.
func parseHTML(s string) (string, error) {
	var open []string
	var plain strings.Builder
	at := 0
	for _, m := range tagRe.FindAllStringSubmatchIndex(s, -1) {
		text := s[at:m[0]]
		if strings.ContainsAny(text, "<>") {
			return "", fmt.Errorf("unescaped character in %.30q", text)
		}
		plain.WriteString(html.UnescapeString(text))
		at = m[1]
		name := s[m[4]:m[5]]
		if !strings.Contains(" b i u s code pre blockquote ", " "+name+" ") {
			return "", fmt.Errorf("unsupported start tag %q", name)
		}
		if s[m[2]:m[3]] == "" {
			open = append(open, name)
			continue
		}
		if len(open) == 0 || open[len(open)-1] != name {
			return "", fmt.Errorf("unmatched end tag %q", name)
		}
		open = open[:len(open)-1]
	}
	if strings.ContainsAny(s[at:], "<>") || len(open) > 0 {
		return "", fmt.Errorf("unclosed tags %v or unescaped character in %.30q", open, s[at:])
	}
	plain.WriteString(html.UnescapeString(s[at:]))
	return plain.String(), nil
}

func checkKeyboard(markup string) error {
	if markup == "" {
		return nil
	}
	var k struct {
		Rows [][]struct {
			Text string `json:"text"`
			Data string `json:"callback_data"`
		} `json:"inline_keyboard"`
	}
	if err := json.Unmarshal([]byte(markup), &k); err != nil {
		return err
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.Text == "" || len(b.Data) < 1 || len(b.Data) > 64 {
				return fmt.Errorf("BUTTON_DATA_INVALID: %+v", b)
			}
		}
	}
	return nil
}

// say queues a private message of a user.
func (f *fake) say(user int64, text string) {
	f.queue("message", map[string]any{"message_id": 1, "date": 1, "text": text,
		"chat": map[string]any{"id": user, "type": "private"}, "from": map[string]any{"id": user, "first_name": "甲", "language_code": "zh"}})
}

// press queues a button pressed below the bot's message.
func (f *fake) press(user int64, id, data string) {
	f.queue("callback_query", map[string]any{"id": id, "data": data, "from": map[string]any{"id": user, "first_name": "甲"},
		"message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": user, "type": "private"}}})
}

func (f *fake) queue(kind string, content map[string]any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.updates = append(f.updates, map[string]any{"update_id": len(f.updates) + 1, kind: content})
}

// wait for n messages in all.
func (f *fake) wait(n int) []sent {
	f.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		f.mu.Lock()
		have := append([]sent{}, f.sent...)
		f.mu.Unlock()
		if len(have) >= n {
			return have
		}
		select {
		case <-f.arrived:
		case <-deadline:
			f.t.Fatalf("%d messages after 10 s, want %d: %+v", len(have), n, have)
		}
	}
}

package faketest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// noting is a test whose errors are looked at in place of failing.
type noting struct {
	testing.TB
	mu    sync.Mutex
	noted []string
}

func (n *noting) Errorf(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.noted = append(n.noted, fmt.Sprintf(format, args...))
}

func (n *noting) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.noted)
}

// answer of the server.
type answer struct {
	status      int
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		Migrate    int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// call makes a request with parameters as JSON; the error is the connection's.
func call(s *Server, method, params string) (a answer, err error) {
	response, err := http.Post(s.URL+"/bot"+Token+"/"+method, "application/json", strings.NewReader(params))
	if err != nil {
		return a, err
	}
	defer response.Body.Close()
	a.status = response.StatusCode
	content, err := io.ReadAll(response.Body)
	json.Unmarshal(content, &a)
	return a, err
}

func started(t *testing.T) (*Server, *noting) {
	n := &noting{TB: t}
	s := New(n)
	s.Pace(10*time.Millisecond, 0)
	return s, n
}

const long = `{"chat_id":7,"text":"%s"}`

// What the real server refuses is refused, with its words; and what a bot must
// never send is an error of the test as well.
func TestRefuses(t *testing.T) {
	for name, row := range map[string]struct {
		method, params string
		want           string // "" where it is granted
		error          bool   // of the test
	}{
		"a text":                        {"sendMessage", `{"chat_id":7,"text":"5G"}`, "", false},
		"HTML":                          {"sendMessage", `{"chat_id":7,"text":"<b>1</b> &lt; <a href=\"https://t.me/TheBot?start=p_1-2\">2</a><blockquote expandable>3</blockquote>","parse_mode":"HTML"}`, "", false},
		"4096 units once parsed":        {"sendMessage", `{"chat_id":7,"text":"<b>` + strings.Repeat("长", 4096) + `</b>","parse_mode":"HTML"}`, "", false},
		"4097 units":                    {"sendMessage", fmt.Sprintf(long, strings.Repeat("长", 4097)), "message is too long", false},
		"2049 emoji are 4098 units":     {"sendMessage", fmt.Sprintf(long, strings.Repeat("😀", 2049)), "message is too long", false},
		"nothing":                       {"sendMessage", `{"chat_id":7,"text":" "}`, "message text is empty", false},
		"tags left open":                {"sendMessage", `{"chat_id":7,"text":"<b>1","parse_mode":"HTML"}`, "can't parse entities", false},
		"tags that cross":               {"sendMessage", `{"chat_id":7,"text":"<b><i>1</b></i>","parse_mode":"HTML"}`, "can't parse entities", false},
		"a tag that is not allowed":     {"sendMessage", `{"chat_id":7,"text":"<table>1</table>","parse_mode":"HTML"}`, "can't parse entities", false},
		"an attribute that is not":      {"sendMessage", `{"chat_id":7,"text":"<b onclick=\"\">1</b>","parse_mode":"HTML"}`, "can't parse entities", false},
		"a bare <":                      {"sendMessage", `{"chat_id":7,"text":"1 < 2","parse_mode":"HTML"}`, "can't parse entities", false},
		"quotes within quotes":          {"sendMessage", `{"chat_id":7,"text":"<blockquote><blockquote>1</blockquote></blockquote>","parse_mode":"HTML"}`, "can't parse entities", false},
		"a deep link with a dot":        {"sendMessage", `{"chat_id":7,"text":"<a href=\"https://t.me/TheBot?start=p.1\">1</a>","parse_mode":"HTML"}`, "can't parse entities", false},
		"a deep link of 65":             {"sendMessage", `{"chat_id":7,"text":"<a href=\"https://t.me/TheBot?start=` + strings.Repeat("a", 65) + `\">1</a>","parse_mode":"HTML"}`, "can't parse entities", false},
		"a chat that never wrote":       {"sendMessage", `{"chat_id":8,"text":"5G"}`, "chat not found", false},
		"who blocked the bot":           {"sendMessage", `{"chat_id":9,"text":"5G"}`, "bot was blocked by the user", false},
		"a group that moved":            {"sendMessage", `{"chat_id":-1,"text":"5G"}`, "upgraded to a supergroup", false},
		"a reply to nothing":            {"sendMessage", `{"chat_id":7,"text":"5G","reply_parameters":{"message_id":99}}`, "message to be replied not found", false},
		"a reply to nothing, allowed":   {"sendMessage", `{"chat_id":7,"text":"5G","reply_parameters":{"message_id":99,"allow_sending_without_reply":true}}`, "", false},
		"an edit of nothing":            {"editMessageText", `{"chat_id":7,"message_id":99,"text":"5G"}`, "message to edit not found", false},
		"an edit that changes nothing":  {"editMessageText", `{"chat_id":7,"message_id":5,"text":"there"}`, "message is not modified", false},
		"an edit":                       {"editMessageText", `{"chat_id":7,"message_id":5,"text":"here"}`, "", false},
		"nothing to take away":          {"deleteMessage", `{"chat_id":7,"message_id":99}`, "message to delete not found", false},
		"64 bytes of data":              {"sendMessage", button(`"callback_data":"` + strings.Repeat("a", 64) + `"`), "", false},
		"65 bytes of data":              {"sendMessage", button(`"callback_data":"` + strings.Repeat("a", 65) + `"`), "BUTTON_DATA_INVALID", true},
		"66 bytes in 22 characters":     {"sendMessage", button(`"callback_data":"` + strings.Repeat("长", 22) + `"`), "BUTTON_DATA_INVALID", true},
		"a button that does nothing":    {"sendMessage", button(`"callback_data":""`), "text buttons are unallowed", true},
		"a button that does two things": {"sendMessage", button(`"callback_data":"a","copy_text":{"text":"b"}`), "BUTTON_TYPE_INVALID", true},
		"257 characters to copy":        {"sendMessage", button(`"copy_text":{"text":"` + strings.Repeat("长", 257) + `"}`), "BUTTON_COPY_TEXT_INVALID", true},
		"101 buttons":                   {"sendMessage", `{"chat_id":7,"text":"5G","reply_markup":{"inline_keyboard":[` + strings.TrimSuffix(strings.Repeat(`[{"text":"b","callback_data":"b"}],`, 101), ",") + `]}}`, "BUTTONS_TOO_MUCH", true},
		"a parameter of the wrong type": {"sendMessage", `{"chat_id":7,"text":5}`, "against the Bot API", true},
		"no text":                       {"sendMessage", `{"chat_id":7}`, "against the Bot API", true},
		"no JSON":                       {"sendMessage", `{`, "is not JSON", true},
		"a photo that is not there":     {"sendPhoto", `{"chat_id":7,"photo":"attach://page"}`, "wrong remote file identifier", false},
		"a method that there is not":    {"sendMassage", `{}`, "no such method", true},
		"a query nobody made":           {"answerCallbackQuery", `{"callback_query_id":"q0"}`, "query is too old", false},
		"a query answered before":       {"answerCallbackQuery", `{"callback_query_id":"q1"}`, "query is too old", false},
		"a query of long ago":           {"answerCallbackQuery", `{"callback_query_id":"q2"}`, "query is too old", false},
		"a query":                       {"answerCallbackQuery", `{"callback_query_id":"q3"}`, "", false},
		"a toast of 201":                {"answerCallbackQuery", `{"callback_query_id":"q3","text":"` + strings.Repeat("长", 201) + `"}`, "MESSAGE_TOO_LONG", false},
		"51 cards":                      {"answerInlineQuery", `{"inline_query_id":"q3","results":[` + strings.TrimSuffix(strings.Repeat(card("1", "x")+",", 51), ",") + `]}`, "RESULTS_TOO_MUCH", false},
		"two cards of one ID":           {"answerInlineQuery", `{"inline_query_id":"q3","results":[` + card("1", "x") + "," + card("1", "x") + `]}`, "RESULT_ID_INVALID", false},
		"a card with broken tags":       {"answerInlineQuery", `{"inline_query_id":"q3","results":[` + card("1", "<b>") + `]}`, "can't parse entities", false},
		"cards":                         {"answerInlineQuery", `{"inline_query_id":"q3","results":[` + card("1", "x") + "," + card("2", "x") + `]}`, "", false},
		"a start with a dot":            {"answerInlineQuery", `{"inline_query_id":"q3","results":[],"button":{"text":"b","start_parameter":"a.b"}}`, "START_PARAM_INVALID", false},
		"a command in capitals":         {"setMyCommands", `{"commands":[{"command":"Help","description":"x"}]}`, "BOT_COMMAND_INVALID", false},
		"a command in Chinese":          {"setMyCommands", `{"commands":[{"command":"帮助","description":"x"}]}`, "BOT_COMMAND_INVALID", false},
		"a menu for who never wrote":    {"setMyCommands", `{"commands":[{"command":"help","description":"x"}],"scope":{"type":"chat","chat_id":8}}`, "chat not found", false},
		"a secret with a dot":           {"setWebhook", `{"url":"http://127.0.0.1:1/","secret_token":"a.b"}`, "unallowed characters", false},
		"no such file":                  {"getFile", `{"file_id":"f"}`, "wrong file_id", false},
	} {
		t.Run(name, func(t *testing.T) {
			s, n := started(t)
			s.Say(7, "hello")
			s.Say(9, "hello")
			s.Block(9)
			s.Move(-1, -2)
			s.messages[place{7, 5}] = Message{Chat: 7, Number: 5, Text: "there", Plain: "there"}
			s.queries["q1"], s.queries["q2"], s.queries["q3"] = &query{time.Now(), true}, &query{time.Now().Add(-time.Minute), false}, newQuery()
			a, err := call(s, row.method, row.params)
			if err != nil {
				t.Fatal(err)
			}
			if a.OK != (row.want == "") || !strings.Contains(a.Description, row.want) || a.OK != (a.status == 200) {
				t.Errorf("got %d %q, want %q", a.status, a.Description, row.want)
			}
			if row.error != (n.count() > 0) {
				t.Errorf("the test has the errors %q", n.noted)
			}
			if name == "a group that moved" && a.Parameters.Migrate != -2 {
				t.Errorf("got %+v", a.Parameters)
			}
		})
	}
}

func button(does string) string {
	return `{"chat_id":7,"text":"5G","reply_markup":{"inline_keyboard":[[{"text":"b",` + does + `}]]}}`
}

func card(id, text string) string {
	return `{"type":"article","id":"` + id + `","title":"t","input_message_content":{"message_text":"` + text + `","parse_mode":"HTML"}}`
}

// A request may come as a form, with JSON in its fields.
func TestForm(t *testing.T) {
	s, n := started(t)
	s.Say(7, "hello")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"chat_id": "7", "text": "123", "reply_markup": `{"inline_keyboard":[[{"text":"b","callback_data":"b"}]]}`} {
		form.WriteField(name, value)
	}
	form.Close()
	response, err := http.Post(s.URL+"/bot"+Token+"/sendMessage", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if got := s.Sent(); response.StatusCode != 200 || len(got) != 1 || got[0].Plain != "123" || got[0].Keyboard == "" || n.count() > 0 {
		t.Errorf("%d, sent %+v, errors %q", response.StatusCode, got, n.noted)
	}
}

// Each fault is given once, and in place of the right answer or after it.
func TestFaults(t *testing.T) {
	s, _ := started(t)
	s.Say(7, "hello")
	s.Fail(TooMany("sendMessage", 3), BadGateway("sendMessage"), Fault{Method: "sendMessage", Done: true}, Fault{Method: "sendMessage"}, Fault{Method: "sendMessage", Status: 500, Wait: 30 * time.Millisecond})
	send := func() (answer, error) { return call(s, "sendMessage", `{"chat_id":7,"text":"5G"}`) }
	if a, _ := send(); a.status != 429 || a.Parameters.RetryAfter != 3 {
		t.Errorf("429: %+v", a)
	}
	if a, _ := send(); a.status != 502 || a.Description != "" {
		t.Errorf("502: %+v", a)
	}
	if _, err := send(); err == nil || len(s.Sent()) != 1 {
		t.Errorf("broken after it was done: %v, %d sent", err, len(s.Sent()))
	}
	if _, err := send(); err == nil || len(s.Sent()) != 1 {
		t.Errorf("broken before: %v, %d sent", err, len(s.Sent()))
	}
	began := time.Now()
	if a, _ := send(); a.status != 500 || time.Since(began) < 30*time.Millisecond {
		t.Errorf("slow: %+v after %v", a, time.Since(began))
	}
	if a, _ := send(); !a.OK {
		t.Errorf("then: %+v", a)
	}
	if response, err := http.Post(s.URL+"/bot1:wrong/getMe", "application/json", strings.NewReader("{}")); err != nil || response.StatusCode != 401 {
		t.Errorf("a wrong token: %v, %v", response, err)
	}
	s.Spoil(func(method string, chat int64) *Fault { f := BadGateway(method); return &f })
	if a, _ := call(s, "getMe", "{}"); a.status != 502 {
		t.Errorf("spoiled: %+v", a)
	}
}

// Updates are given again until an offset confirms them; a newer poll ends an
// older one; neither goes with a webhook.
func TestPolling(t *testing.T) {
	s, _ := started(t)
	poll := func(params string) string {
		a, err := call(s, "getUpdates", params)
		if err != nil {
			t.Error(err)
		}
		var list []struct {
			ID int `json:"update_id"`
		}
		json.Unmarshal(a.Result, &list)
		return strings.TrimSpace(fmt.Sprintln(a.Description, list))
	}
	s.Say(7, "one")
	s.Say(7, "two")
	for _, row := range []struct{ params, want string }{
		{`{}`, "[{1} {2}]"}, {`{"offset":1}`, "[{1} {2}]"}, {`{"offset":2}`, "[{2}]"}, {`{"offset":0}`, "[{2}]"}, {`{"offset":3,"timeout":1}`, "[]"}, {`{"offset":1}`, "[]"},
	} {
		if got := poll(row.params); got != row.want {
			t.Errorf("%s: %s, want %s", row.params, got, row.want)
		}
	}
	first := make(chan string)
	go func() { first <- poll(`{"offset":3,"timeout":1000}`) }()
	s.Until("the first poll waits", 5*time.Second, func() bool { return s.poll == 7 })
	go func() { time.Sleep(20 * time.Millisecond); s.Say(7, "three") }()
	if got := poll(`{"offset":3,"timeout":1000}`); got != "[{3}]" {
		t.Errorf("the second poll: %s", got)
	}
	if got := <-first; !strings.Contains(got, "terminated by other getUpdates request") {
		t.Errorf("the first poll: %s", got)
	}
	call(s, "setWebhook", `{"url":"http://127.0.0.1:1/"}`)
	if got := poll(`{}`); !strings.Contains(got, "webhook is active") {
		t.Errorf("with a webhook: %s", got)
	}
	call(s, "deleteWebhook", `{}`)
	if got := poll(`{"offset":3}`); got != "[{3}]" {
		t.Errorf("without it again: %s", got)
	}
}

// A webhook gets each update until it grants it, in their order, with the secret.
func TestDelivery(t *testing.T) {
	s, _ := started(t)
	got := make(chan string, 10)
	status := []int{503, 500, 200, 200}
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var u struct {
			ID int `json:"update_id"`
		}
		json.NewDecoder(r.Body).Decode(&u)
		w.WriteHeader(status[0])
		got <- fmt.Sprint(u.ID, " ", r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), " ", status[0])
		status = status[1:]
	}))
	defer hook.Close()
	s.Say(7, "one")
	s.Say(7, "two")
	call(s, "setWebhook", `{"url":"`+hook.URL+`","secret_token":"s-1"}`)
	for _, want := range []string{"1 s-1 503", "1 s-1 500", "1 s-1 200", "2 s-1 200"} {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		select {
		case g := <-got:
			if g != want {
				t.Errorf("delivered %s, want %s", g, want)
			}
		case <-ctx.Done():
			t.Fatal("nothing is delivered")
		}
		cancel()
	}
}

// The limits are measured in any stretch of time, not from second to second.
func TestMost(t *testing.T) {
	at := time.Now()
	var times []time.Time
	for _, ms := range []int{0, 900, 1000, 1100, 1899, 1900} {
		times = append(times, at.Add(time.Duration(ms)*time.Millisecond))
	}
	if n := most(times, time.Second); n != 4 {
		t.Errorf("%d in a second, want 4", n)
	}
}

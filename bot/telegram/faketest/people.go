package faketest

import (
	"maps"
	"strconv"
	"time"
)

// Person is one who writes to the bot.
func Person(id int64) map[string]any {
	return map[string]any{"id": id, "is_bot": false, "first_name": "甲", "language_code": "zh"}
}

// Know gives a person another name and language than those of Person.
func (s *Server) Know(id int64, name, lang string) {
	s.change(func() {
		s.people[id] = map[string]any{"id": id, "is_bot": false, "first_name": name, "language_code": lang}
	})
}

// Person is one who writes to the bot, as known to the server.
func (s *Server) Person(id int64) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.person(id)
}

func (s *Server) person(id int64) map[string]any {
	if p, ok := s.people[id]; ok {
		return p
	}
	return Person(id)
}

// Private is a person's chat with the bot.
func Private(id int64) map[string]any {
	return map[string]any{"id": id, "type": "private", "first_name": "甲"}
}

// Group is one with a title.
func Group(id int64) map[string]any {
	return map[string]any{"id": id, "type": "supergroup", "title": "统计组"}
}

// Say lets a person write in private; the number is that of the message.
func (s *Server) Say(user int64, text string) (number int) {
	return s.Post(map[string]any{"text": text, "chat": Private(user), "from": s.Person(user)})
}

// Post delivers a message with these fields.
func (s *Server) Post(fields map[string]any) (number int) {
	s.change(func() {
		s.last++
		number = s.last
		m := map[string]any{"message_id": number, "date": time.Now().Unix()}
		maps.Copy(m, fields)
		chat, _ := m["chat"].(map[string]any)
		if id, ok := chat["id"].(int64); ok {
			s.messages[place{id, number}] = Message{Chat: id, Number: number, Plain: text(m["text"])}
		}
		s.queue("message", m)
	})
	return number
}

// Edit delivers an edited message with these fields.
func (s *Server) Edit(number int, fields map[string]any) {
	m := map[string]any{"message_id": number, "date": time.Now().Unix(), "edit_date": time.Now().Unix()}
	maps.Copy(m, fields)
	s.Deliver("edited_message", m)
}

// Press presses a button below a message.
func (s *Server) Press(user int64, query, data string, at Message) {
	s.change(func() {
		s.queries[query] = newQuery()
		s.queue("callback_query", map[string]any{"id": query, "data": data, "from": s.person(user), "chat_instance": "1", "message": at.json()})
	})
}

// Type types after the bot's name in any chat.
func (s *Server) Type(user int64, query, words string) {
	s.change(func() {
		s.queries[query] = newQuery()
		s.queue("inline_query", map[string]any{"id": query, "from": s.person(user), "query": words, "offset": ""})
	})
}

func newQuery() *query { return &query{at: time.Now()} }

// Send is a person choosing one of the cards offered.
func (s *Server) Send(user int64, choice, words string) {
	s.Deliver("chosen_inline_result", map[string]any{"result_id": choice, "from": s.Person(user), "query": words})
}

// Menu is the commands that a scope and language have, nil for none; chat 0 is
// everybody's. For use in Until.
func (s *Server) Menu(chat int64, lang string) []string { return s.menus[menuKey(chat, lang)] }

// Deliver queues an update of any kind.
func (s *Server) Deliver(kind string, content map[string]any) {
	s.change(func() { s.queue(kind, content) })
}

// Again delivers an update a second time.
func (s *Server) Again(id int64, kind string, content map[string]any) {
	s.change(func() {
		s.offset = min(s.offset, id)
		s.updates = append([]update{{id, map[string]any{"update_id": id, kind: content}}}, s.updates...)
	})
}

func (s *Server) queue(kind string, content map[string]any) {
	message := content
	if m, ok := content["message"].(map[string]any); ok {
		message = m
	}
	if chat, ok := message["chat"].(map[string]any); ok {
		id, _ := chat["id"].(int64)
		s.chats[id] = true
		if chat["is_direct_messages"] == true {
			s.direct[id] = true
		}
	}
	s.lastID++
	s.updates = append(s.updates, update{s.lastID, map[string]any{"update_id": s.lastID, kind: content}})
}

// Until waits for a state, and fails the test where it does not come.
func (s *Server) Until(what string, within time.Duration, reached func() bool) {
	s.t.Helper()
	deadline := time.After(within)
	for {
		s.mu.Lock()
		ok, changed := reached(), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			s.t.Fatalf("not within %v: %s", within, what)
		}
	}
}

// patience is how long a thing is waited for that a machine at rest does at once:
// what is busy is not broken.
const patience = time.Minute

// Wait waits for n messages in all and returns them.
func (s *Server) Wait(n int) []Message {
	s.t.Helper()
	s.Until(strconv.Itoa(n)+" messages", patience, func() bool { return len(s.sent) >= n })
	return s.Sent()
}

// WaitEdited waits for n edits in all and returns them.
func (s *Server) WaitEdited(n int) []Message {
	s.t.Helper()
	s.Until(strconv.Itoa(n)+" edits", patience, func() bool { return len(s.edited) >= n })
	return s.Edited()
}

// WaitDeleted waits for n messages taken away in all and returns them.
func (s *Server) WaitDeleted(n int) []Message {
	s.t.Helper()
	s.Until(strconv.Itoa(n)+" deletions", patience, func() bool { return len(s.deleted) >= n })
	return s.Deleted()
}

// WaitAnswered waits until a query is answered.
func (s *Server) WaitAnswered(query string) {
	s.t.Helper()
	s.Until("an answer to the query "+query, patience, func() bool { return s.queries[query].answered })
}

// WaitSpoiled waits until all faults were given.
func (s *Server) WaitSpoiled() {
	s.t.Helper()
	s.Until("all faults given", patience, func() bool { return len(s.faults) == 0 })
}

// WaitTaken waits until the bot confirms all updates.
func (s *Server) WaitTaken() {
	s.t.Helper()
	s.Until("all updates taken", patience, func() bool { return s.offset > s.lastID })
}

// Deleted is the messages taken away so far, in their order.
func (s *Server) Deleted() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message{}, s.deleted...)
}

// Message is what stands in a chat under a number now.
func (s *Server) Message(chat int64, number int) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.messages[place{chat, number}]
}

// Sent is the messages sent so far, in their order.
func (s *Server) Sent() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message{}, s.sent...)
}

// Edited is what messages were edited to, in their order.
func (s *Server) Edited() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Message{}, s.edited...)
}

// Calls is the other requests of a method.
func (s *Server) Calls(method string) (list []Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.calls {
		if c.Method == method {
			list = append(list, c)
		}
	}
	return list
}

// Most is the most messages that came in any stretch of time, to one chat and
// to all.
func (s *Server) Most(per time.Duration) (chat, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var together []time.Time
	for _, times := range s.times {
		chat = max(chat, most(times, per))
		together = append(together, times...)
	}
	return chat, most(together, per)
}

// Held is how many bytes of messages the server itself keeps.
func (s *Server) Held() int64 { return s.held.Load() }

// Answered is how many messages were sent, for use in Until.
func (s *Server) Answered() int { return len(s.sent) }

// AnsweredBelow is how many messages were sent to chats of a lower ID, for use in Until.
func (s *Server) AnsweredBelow(chat int64) (n int) {
	for _, m := range s.sent {
		if m.Chat < chat {
			n++
		}
	}
	return n
}

// MostInGroup is the most messages that came to one group in a stretch of time.
func (s *Server) MostInGroup(per time.Duration) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for chat, times := range s.times {
		if chat < 0 {
			n = max(n, most(times, per))
		}
	}
	return n
}

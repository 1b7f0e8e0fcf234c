package telegram

import (
	"encoding/json"
	"slices"
	"strings"
)

// What is needed of an update, and no more: the rest stays as it came. The types
// of the library read all of it, and one member of a union that a newer Bot API
// adds (a paid_media, a forward_origin, a background) fails the whole update, with
// the question in it.

type incoming struct {
	ID      int64        `json:"update_id"`
	Message *message     `json:"message"`
	Edited  *message     `json:"edited_message"`
	Pressed *callback    `json:"callback_query"`
	Typed   *inlineQuery `json:"inline_query"`
	Sent    *sentResult  `json:"chosen_inline_result"`
}

type person struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Username  string `json:"username"`
	Language  string `json:"language_code"`
}

type chat struct {
	ID     int64  `json:"id"`
	Type   string `json:"type"` // private, group, supergroup, channel
	Title  string `json:"title"`
	Direct bool   `json:"is_direct_messages"` // what people write to a channel
}

type callback struct {
	ID      string   `json:"id"`
	From    person   `json:"from"`
	Message *message `json:"message"` // of one that is too old no more than where it stood; nil where it was sent inline
	Inline  string   `json:"inline_message_id"`
	Data    string   `json:"data"`
}

type inlineQuery struct {
	ID    string  `json:"id"`
	From  *person `json:"from"`
	Query string  `json:"query"`
}

type sentResult struct {
	ID   string `json:"result_id"`
	From person `json:"from"`
}

type entity struct {
	Type   string  `json:"type"`
	Offset int     `json:"offset"`
	Length int     `json:"length"`
	User   *person `json:"user"`
}

type document struct {
	ID   string `json:"file_id"`
	Name string `json:"file_name"`
	Size int64  `json:"file_size"`
}

type message struct {
	ID, Thread, Date, EditDate int
	Topic                      bool // the thread is a topic
	DirectTopic                int  // of a channel's direct messages
	From                       *person
	Sender                     *chat // a channel or an anonymous administrator in whose name it is said
	Chat                       chat
	Forwarded, ViaBot          bool
	RepliesTo                  *person
	BeginsTopic                bool // what it replies to is the first message of a topic
	Album                      string
	Text, Caption              string
	Entities, CaptionEntities  []entity
	Document                   *document
	Photo                      []document // one picture in several sizes, the largest last
	MovedTo, MovedFrom         int64
	Ephemeral                  int // its number where only the receiver sees it

	// Holds is what it holds beside words: "photo", "voice"; "other" for what this
	// program has no name for; "" for words alone, and where it is no more than what
	// Telegram tells of a chat, such as who joined it.
	Holds string
}

// UnmarshalJSON reads field by field: one that is not as it should be is as if it
// were not there.
func (m *message) UnmarshalJSON(b []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	take := func(name string, into any) bool {
		raw, ok := fields[name]
		return ok && json.Unmarshal(raw, into) == nil
	}
	var direct struct {
		ID int `json:"topic_id"`
	}
	var replied struct {
		From    *person         `json:"from"`
		Created json.RawMessage `json:"forum_topic_created"`
	}
	for name, into := range map[string]any{"message_id": &m.ID, "message_thread_id": &m.Thread, "date": &m.Date, "edit_date": &m.EditDate, "is_topic_message": &m.Topic,
		"direct_messages_topic": &direct, "from": &m.From, "sender_chat": &m.Sender, "chat": &m.Chat, "reply_to_message": &replied, "media_group_id": &m.Album,
		"text": &m.Text, "caption": &m.Caption, "entities": &m.Entities, "caption_entities": &m.CaptionEntities, "document": &m.Document, "photo": &m.Photo,
		"migrate_to_chat_id": &m.MovedTo, "migrate_from_chat_id": &m.MovedFrom, "ephemeral_message_id": &m.Ephemeral} {
		take(name, into)
	}
	m.DirectTopic, m.RepliesTo, m.BeginsTopic = direct.ID, replied.From, replied.Created != nil
	m.Forwarded, m.ViaBot = fields["forward_origin"] != nil, fields["via_bot"] != nil
	for _, name := range []string{"rich_message", "checklist"} {
		var content any
		if m.Text == "" && take(name, &content) {
			m.Text = clip(strings.TrimSpace(wordsOf(content)), longest)
		}
	}
	m.Holds = holds(fields)
	return nil
}

// wordsOf is what a rich message or a checklist says, a block a line. A text of
// theirs is a string, a list of texts, or one that is styled.
func wordsOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		var s strings.Builder
		for _, part := range v {
			s.WriteString(wordsOf(part))
		}
		return s.String()
	case map[string]any:
		var s strings.Builder
		for _, name := range []string{"title", "summary", "text", "cells", "items", "tasks", "blocks", "caption"} {
			if part, ok := v[name]; ok {
				s.WriteString(wordsOf(part))
			}
		}
		if typ, _ := v["type"].(string); blocks[typ] || v["id"] != nil || v["title"] != nil {
			s.WriteString("\n")
		}
		return s.String()
	}
	return ""
}

// blocks of a rich message that end a line.
var blocks = set("paragraph heading pre footer list blockquote expandable_blockquote pullquote table details")

// named is what a message may hold and what there is a word for, the first that
// is found before the others: a live photo comes with a photo.
var named = []string{"document", "voice", "audio", "video_note", "animation", "video", "live_photo", "photo", "sticker", "story", "venue", "location", "contact", "poll", "dice", "game", "checklist", "rich_message", "invoice", "paid_media"}

// beside is what stands beside the words of a message, and around it; events is
// what Telegram tells of a chat.
var (
	beside = set(`message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot sender_tag receiver_user ephemeral_message_id date
		business_connection_id chat forward_origin is_topic_message is_automatic_forward reply_to_message external_reply quote reply_to_story reply_to_checklist_task_id reply_to_poll_option_id
		via_bot edit_date has_protected_content is_from_offline is_paid_post media_group_id author_signature paid_star_count text entities link_preview_options suggested_post_info effect_id
		caption caption_entities show_caption_above_media has_media_spoiler reply_markup guest_bot_caller_user guest_bot_caller_chat guest_query_id`)
	events = set(`new_chat_members new_chat_member new_chat_participant left_chat_member left_chat_participant new_chat_title new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created
		channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message successful_payment refunded_payment users_shared chat_shared user_shared
		gift unique_gift gift_upgrade_sent connected_website write_access_allowed passport_data proximity_alert_triggered boost_added chat_background_set checklist_tasks_done checklist_tasks_added
		direct_message_price_changed forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden giveaway_created
		giveaway giveaway_winners giveaway_completed paid_message_price_changed chat_owner_left chat_owner_changed community_chat_added community_chat_joined community_chat_removed
		suggested_post_approved suggested_post_approval_failed suggested_post_declined suggested_post_paid suggested_post_refunded video_chat_scheduled video_chat_started video_chat_ended
		video_chat_participants_invited web_app_data managed_bot_created poll_option_added poll_option_deleted`)
)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// holds is what a message holds beside words. A field that this program does not
// know is something that a person sent, unless it says itself that it tells of the
// chat: silence would be the worse mistake.
func holds(fields map[string]json.RawMessage) string {
	found := ""
	for name := range fields {
		switch {
		case events[name]:
			return ""
		case beside[name]:
		case found == "" || slices.Contains(named, name) && (found == "other" || slices.Index(named, name) < slices.Index(named, found)):
			if found = name; !slices.Contains(named, name) {
				found = "other"
			}
		}
	}
	return found
}

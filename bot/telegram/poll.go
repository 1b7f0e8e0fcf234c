package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/go-telegram/bot/models"

	"reportbot/bot/telegram/journal"
)

// allowed is the updates that Telegram is asked for. All others, of channels
// and of who is a member where, never come.
var allowed = []string{models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage, models.AllowedUpdateCallbackQuery,
	models.AllowedUpdateInlineQuery, models.AllowedUpdateChosenInlineResult}

// mostWaiting updates and messages may wait before no more are taken: they wait
// at Telegram, then, which keeps them for a day. Here each of them is an ID in
// memory; the rest of it is on disk.
const mostWaiting = 100_000

// conflictFor is how many of Telegram's seconds another instance is waited for: at
// a change of versions the old one lives on for ten.
const conflictFor = 20

// fullPause is how many of Telegram's seconds a full disk is given to be emptied.
const fullPause = 10

func (f *face) full() bool { return f.inbox.len()+f.lanes.len() >= mostWaiting }

// raw is an update read, and as it came.
type raw struct {
	*incoming
	body []byte
	err  error
}

// UnmarshalJSON fails only where there is no ID: an update that this version of
// the library can't read must not stand in the way of those after it.
func (r *raw) UnmarshalJSON(b []byte) error {
	r.incoming, r.body = &incoming{}, append([]byte(nil), b...)
	if r.err = json.Unmarshal(b, r.incoming); r.err == nil {
		return nil
	}
	var bare struct {
		ID int64 `json:"update_id"`
	}
	err := json.Unmarshal(b, &bare)
	r.incoming = &incoming{ID: bare.ID}
	return err
}

// poll fetches updates until ctx ends or going on is pointless. To ask for the
// next ones tells Telegram that those before were taken, so they are in the
// journal first. The offset is told once: after a week without updates Telegram
// numbers them anew, maybe below it.
func (f *face) poll(ctx context.Context) error {
	err := f.persist(ctx, func() error { return f.api.call(ctx, "deleteWebhook", struct{}{}, nil) })
	if err != nil {
		return fmt.Errorf("taking off the webhook: %w", err)
	}
	var offset int64
	var since, last time.Time // another instance is seen: two take turns in polling, so one success is no end of it
	pause := f.pause
	for ctx.Err() == nil {
		if f.full() {
			sleep(ctx, f.pause)
			continue
		}
		updates, err := f.getUpdates(ctx, offset)
		switch {
		case ctx.Err() != nil:
			return nil
		case code(err) == http.StatusConflict && (time.Since(last) > conflictFor*f.second || time.Since(since) < conflictFor*f.second):
			fresh := time.Since(last) > conflictFor*f.second
			if last = time.Now(); fresh {
				since = last
				f.log.Warn("another instance polls with the same token: it is waited for, as one that is just ending", "seconds", conflictFor)
			}
			sleep(ctx, f.second)
			continue
		case hopeless(err):
			return err
		case err != nil:
			wait := max(jittered(pause), retryAfter(err))
			f.log.Warn("polling failed and is tried again", "cause", err, "in", wait)
			f.metrics.retries.WithLabelValues(reason(err)).Inc()
			sleep(ctx, wait)
			pause = min(2*pause, longestPause)
			continue
		}
		if err := f.take(updates); journal.Full(err) {
			f.log.Error("磁盘已满 the disk is full: what is asked waits at Telegram until there is room", "cause", err)
			sleep(ctx, fullPause*f.second)
			continue
		} else if err != nil {
			return err
		}
		offset, pause = next(updates), f.pause
		f.heardAt.Store(time.Now().Unix())
	}
	return nil
}

const longestPause = 30 * time.Second

func (f *face) getUpdates(ctx context.Context, offset int64) (updates []raw, err error) {
	ctx, cancel := context.WithTimeout(ctx, f.pollFor+15*time.Second)
	defer cancel()
	err = f.api.call(ctx, "getUpdates", map[string]any{"offset": offset, "timeout": int(f.pollFor.Seconds()), "allowed_updates": allowed}, &updates)
	return updates, err
}

func next(updates []raw) int64 {
	if len(updates) == 0 {
		return 0
	}
	return updates[len(updates)-1].ID + 1
}

// take writes down the updates that are ours to answer and lets them be
// answered. An error is the journal's, and ends the bot.
func (f *face) take(updates []raw) error {
	var list []journal.Update
	first := map[int64]bool{}
	for _, u := range updates {
		f.metrics.updates.WithLabelValues(kind(u.incoming)).Inc()
		if u.err != nil {
			f.log.Error("an update can't be read and is left out", "update", u.ID, "cause", u.err)
		}
		if q := u.Typed; q != nil && q.From != nil {
			f.inbox.addInline(q, f.handler.MayAsk(q.From.ID, q.From.ID))
		}
		if chat, ok := f.chat(u.incoming); ok {
			first[u.ID] = f.handler.MayAsk(sender(u.incoming), chat)
			list = append(list, journal.Update{ID: u.ID, Chat: chat, Body: u.body, Taken: time.Now()})
		}
	}
	fresh, err := f.journal.Take(list)
	if err != nil {
		return err
	}
	read := map[int64]*incoming{}
	for _, u := range updates {
		read[u.ID] = u.incoming
	}
	for _, u := range fresh {
		f.fresh.updates.put(u.ID, taken{read[u.ID], u.Taken})
		f.inbox.add(u.Chat, u.ID, first[u.ID])
	}
	return nil
}

// sender is who caused an update, 0 where nobody did.
func sender(u *incoming) int64 {
	switch {
	case u.Pressed != nil:
		return u.Pressed.From.ID
	case u.Sent != nil:
		return u.Sent.From.ID
	case u.Message != nil && u.Message.From != nil:
		return u.Message.From.ID
	case u.Edited != nil && u.Edited.From != nil:
		return u.Edited.From.ID
	}
	return 0
}

func kind(u *incoming) string {
	switch {
	case u.Message != nil:
		return "message"
	case u.Edited != nil:
		return "edited_message"
	case u.Pressed != nil:
		return "callback_query"
	case u.Typed != nil:
		return "inline_query"
	case u.Sent != nil:
		return "chosen_inline_result"
	}
	return "other"
}

// chat is where the answer to an update goes, or whose turn it is to be taken
// note of in; false where there is nothing to do. Of messages that a person forwards
// in one go only the first is a question; the rest is a flood. Of the pictures of an
// album those without words say nothing of their own.
func (f *face) chat(u *incoming) (int64, bool) {
	if q := u.Pressed; q != nil {
		if q.Message != nil {
			return q.Message.Chat.ID, true
		}
		return q.From.ID, true
	}
	if c := u.Sent; c != nil {
		return c.From.ID, true
	}
	if from, _ := moves(u.Message); from != 0 {
		return u.Message.Chat.ID, true
	}
	m := f.heard(u)
	if m == nil || m.Forwarded && m.Document == nil && f.flood.again(m.Chat.ID, m.Date) {
		return 0, false
	}
	return m.Chat.ID, true
}

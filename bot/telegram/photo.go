package telegram

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

const (
	pictureFor     = 20 * time.Second // for all tries
	longestCaption = 1024             // UTF-16 units after the entities are parsed
)

// shown sends a reply with a picture or a document and returns an empty one, or what is said where
// it can't be sent. A file does not go through the journal: of a process that ends
// in between the button is answered by the next, at worst with the file twice.
func (f *face) shown(ctx context.Context, p place, r bot.Reply) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, pictureFor)
	defer cancel()
	err := errors.New("what was pressed is seen by one person, and a file would be by all")
	if !p.ephemeral {
		err = f.retry(ctx, func() error { return f.attach(ctx, p, r) })
	}
	if err == nil {
		return bot.Reply{}
	}
	f.log.Warn("a file could not be sent", "chat", p.chat, "cause", err)
	failed := ""
	if r.Picture != nil {
		failed = r.Picture.Failed
	} else {
		failed = r.Document.Failed
	}
	return bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: failed}}}}}
}

// upload is a file with the method that sends it and the name of its field.
type upload struct {
	method, field, name string
	content             []byte
}

// attached sends the file of a reply and returns the reply without it; where it can't be
// sent the reply says so. Like a picture it does not go through the journal.
func (f *face) attached(ctx context.Context, p place, r bot.Reply) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, pictureFor)
	defer cancel()
	alone := bot.Reply{Document: r.Attached, Protect: r.Protect}
	if err := f.retry(ctx, func() error { return f.attach(ctx, p, alone) }); err != nil {
		f.log.Warn("a file could not be sent", "chat", p.chat, "cause", err)
		r.Blocks = append(r.Blocks, bot.Block{Runs: []bot.Run{{Text: r.Attached.Failed}}})
	}
	r.Attached = nil
	return r
}

func uploadOf(r bot.Reply) upload {
	if r.Picture != nil {
		return upload{"sendPhoto", "photo", "page.png", r.Picture.PNG}
	}
	return upload{"sendDocument", "document", r.Document.Name, r.Document.Content}
}

// attach makes one try to send a reply with a file. Its fields are those of any message.
func (f *face) attach(ctx context.Context, p place, r bot.Reply) error {
	file := uploadOf(r)
	fields := map[string]string{"chat_id": strconv.FormatInt(p.chat, 10), file.field: "attach://file"}
	if pages := render(r, f.me.Username); len(pages) == 0 {
		// a file alone
	} else if caption := pages[0]; units(caption.plain) <= longestCaption {
		fields["caption"], fields["parse_mode"] = caption.html, string(models.ParseModeHTML)
	}
	if r.Protect {
		fields["protect_content"] = "true"
	}
	thread, direct := p.topic()
	for name, n := range map[string]int{"message_thread_id": thread, "direct_messages_topic_id": direct} {
		if n != 0 {
			fields[name] = strconv.Itoa(n)
		}
	}
	if to := cmp.Or(p.question, p.pressed); p.group && to != 0 {
		b, err := json.Marshal(models.ReplyParameters{MessageID: to, AllowSendingWithoutReply: true})
		if err != nil {
			return err
		}
		fields["reply_parameters"] = string(b)
	}
	return f.api.upload(ctx, file, fields)
}

// upload makes a request with a file in it, which the fields name attach://file.
func (a *api) upload(ctx context.Context, file upload, fields map[string]string) error {
	method := file.method
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if err := form.WriteField(field, value); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
	}
	part, err := form.CreateFormFile("file", file.name)
	if err == nil {
		_, err = part.Write(file.content)
	}
	if err := errors.Join(err, form.Close()); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.server+"/bot"+a.token+"/"+method, &body)
	if err != nil {
		return fmt.Errorf("%s: %w", method, bare(err))
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	content, status, err := a.do(request)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	return a.read(method, content, status, nil)
}

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

// shown sends a reply with a picture and returns an empty one, or what is said where
// it can't be sent. A picture does not go through the journal: of a process that ends
// in between the button is answered by the next, at worst with the picture twice.
func (f *face) shown(ctx context.Context, p place, r bot.Reply) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, pictureFor)
	defer cancel()
	err := errors.New("what was pressed is seen by one person, and a picture would be by all")
	if !p.ephemeral {
		err = f.retry(ctx, func() error { return f.photo(ctx, p, r) })
	}
	if err == nil {
		return bot.Reply{}
	}
	f.log.Warn("a page could not be sent", "chat", p.chat, "cause", err)
	return bot.Reply{Blocks: []bot.Block{{Runs: []bot.Run{{Text: r.Picture.Failed}}}}}
}

// photo makes one try to send a picture with the reply as its caption.
func (f *face) photo(ctx context.Context, p place, r bot.Reply) error {
	fields, err := fileFields(p, r)
	if err != nil {
		return err
	}
	fields["photo"] = "attach://page"
	if caption := render(r, f.me.Username)[0]; units(caption.plain) <= longestCaption {
		fields["caption"], fields["parse_mode"] = caption.html, string(models.ParseModeHTML)
	}
	return f.api.upload(ctx, "sendPhoto", fields, upload{"page", "page.png", r.Picture.PNG})
}

// attached sends the file of a reply and returns the reply without it; where it can't be
// sent the reply says so. Like a picture it does not go through the journal.
func (f *face) attached(ctx context.Context, p place, r bot.Reply) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, pictureFor)
	defer cancel()
	err := f.retry(ctx, func() error {
		fields, err := fileFields(p, r)
		if err != nil {
			return err
		}
		fields["document"] = "attach://file"
		return f.api.upload(ctx, "sendDocument", fields, upload{"file", r.Attached.Name, r.Attached.Content})
	})
	if err != nil {
		f.log.Warn("a file could not be sent", "chat", p.chat, "cause", err)
		r.Blocks = append(r.Blocks, bot.Block{Runs: []bot.Run{{Text: r.Attached.Failed}}})
	}
	r.Attached = nil
	return r
}

// fileFields are those of any message with a file.
func fileFields(p place, r bot.Reply) (map[string]string, error) {
	fields := map[string]string{"chat_id": strconv.FormatInt(p.chat, 10)}
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
			return nil, err
		}
		fields["reply_parameters"] = string(b)
	}
	return fields, nil
}

// upload is a file of a request: the part that a field names attach://, and what it is called.
type upload struct {
	part, name string
	content    []byte
}

// upload makes a request with a file in it.
func (a *api) upload(ctx context.Context, method string, fields map[string]string, file upload) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		if err := form.WriteField(field, value); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
	}
	part, err := form.CreateFormFile(file.part, file.name)
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

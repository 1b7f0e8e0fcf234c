package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"

	"reportbot/bot/telegram/journal"
)

// longestUpdate that the webhook reads.
const longestUpdate = 1 << 20

var secretRe = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// checkWebhook tells what is wrong with the settings of a webhook.
func (c Config) checkWebhook() error {
	if c.WebhookURL == "" {
		return nil
	}
	u, err := url.Parse(c.WebhookURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && c.Server == defaultServer {
		return errors.New("TELEGRAM_WEBHOOK_URL must be an https address that Telegram can reach")
	}
	if !secretRe.MatchString(c.WebhookSecret) {
		return errors.New("TELEGRAM_WEBHOOK_SECRET must be set beside TELEGRAM_WEBHOOK_URL: 1 to 256 of A-Z a-z 0-9 _ -")
	}
	return nil
}

// await lets Telegram deliver updates until ctx ends. The webhook stays set
// then: what comes meanwhile is delivered to the next run.
func (f *face) await(ctx context.Context) error {
	stop, err := f.listen(f.WebhookListen, f.webhook())
	if err != nil {
		return fmt.Errorf("TELEGRAM_WEBHOOK_LISTEN: %w", err)
	}
	defer stop()
	err = f.persist(ctx, func() error {
		return f.api.call(ctx, "setWebhook", &tg.SetWebhookParams{URL: f.WebhookURL, SecretToken: f.WebhookSecret, AllowedUpdates: allowed}, nil)
	})
	if err != nil {
		return fmt.Errorf("setting the webhook: %w", err)
	}
	f.heardAt.Store(time.Now().Unix())
	<-ctx.Done()
	return nil
}

// closeFor is how long requests under way may take when listening ends. One
// that never ends must not hold up the end of the process, which is to leave
// within ten seconds.
const closeFor = 500 * time.Millisecond

// listen serves a handler; stop lets requests under way end.
func (f *face) listen(address string, h http.Handler) (stop func(), err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	door := newDoor()
	s := &http.Server{Handler: h, ConnState: door.seen, ConnContext: door.within, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, ErrorLog: slog.NewLogLogger(f.log.Handler(), slog.LevelDebug)}
	go s.Serve(l)
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), closeFor)
		defer cancel()
		s.Shutdown(ctx)
		s.Close()
	}, nil
}

// webhook takes updates that Telegram delivers. It grants one when it is on
// disk; until then Telegram delivers it again.
func (f *face) webhook() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status := f.delivered(w, r); status != http.StatusOK {
			f.metrics.refusals.WithLabelValues("webhook", strconv.Itoa(status)).Inc()
			http.Error(w, http.StatusText(status), status)
		}
	})
}

// delivered takes one update and returns the status of its answer.
func (f *face) delivered(w http.ResponseWriter, r *http.Request) int {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		return http.StatusMethodNotAllowed
	case !f.secret(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")):
		return http.StatusUnauthorized
	}
	trust(r)
	switch {
	case !strings.EqualFold(kind, "application/json"):
		return http.StatusUnsupportedMediaType
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longestUpdate))
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	var u raw
	if err != nil || json.Unmarshal(body, &u) != nil || u.ID == 0 {
		return http.StatusBadRequest
	}
	if f.full() {
		w.Header().Set("Retry-After", "5")
		return http.StatusServiceUnavailable
	}
	if err := f.take([]raw{u}); err != nil {
		if !journal.Full(err) {
			f.fail(err)
		}
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// secret compares in a time that tells nothing, not even the length.
func (f *face) secret(given string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(f.WebhookSecret))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

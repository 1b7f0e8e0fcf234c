package faketest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"
)

// hook delivers updates to the bot, each until it is granted.
type hook struct {
	url, secret string
	stop        context.CancelFunc
	busy        sync.WaitGroup
}

var secretRe = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// hookOn begins to deliver; the lock is held.
func (s *Server) hookOn(params map[string]any) error {
	ctx, stop := context.WithCancel(context.Background())
	h := &hook{url: text(params["url"]), secret: text(params["secret_token"]), stop: stop}
	if h.secret != "" && !secretRe.MatchString(h.secret) {
		stop()
		return bad("secret token contains unallowed characters")
	}
	s.hook.end()
	s.hook = h
	h.busy.Go(func() { s.deliver(ctx, h) })
	return nil
}

func (h *hook) end() {
	if h != nil {
		h.stop()
	}
}

func (s *Server) hookOff() {
	s.mu.Lock()
	h := s.hook
	s.mu.Unlock()
	if h != nil {
		h.end()
		h.busy.Wait()
	}
}

func (s *Server) deliver(ctx context.Context, h *hook) {
	for ctx.Err() == nil {
		s.mu.Lock()
		list, changed := s.waiting(1), s.changed
		s.mu.Unlock()
		if len(list) == 0 {
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		if h.give(ctx, list[0]) {
			s.change(func() { s.offset = max(s.offset, list[0]["update_id"].(int64)+1) })
			continue
		}
		second, _ := s.paces()
		time.Sleep(second / 100)
	}
}

func (h *hook) give(ctx context.Context, update map[string]any) bool {
	body, _ := json.Marshal(update)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(body))
	if err != nil {
		return false
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// most is the most times in any stretch of that length.
func most(times []time.Time, per time.Duration) (n int) {
	slices.SortFunc(times, time.Time.Compare)
	from := 0
	for to := range times {
		for times[to].Sub(times[from]) >= per {
			from++
		}
		n = max(n, to-from+1)
	}
	return n
}

// Package telegram is the conversation in Telegram. It alone imports
// go-telegram/bot.
//
// An update goes from Telegram (poll.go, webhook.go) through the journal into
// the inbox; a worker answers it (answer.go) and writes the answer down; the
// lanes send it (lanes.go, deliver.go). At each step the journal knows how far
// it is, so that a process killed anywhere goes on from there.
//
// Of the library the types serve, not the client: it retries a wrong token and
// a second instance for ever, knows no retry_after, drops updates at shutdown,
// and can't tell a request that was not made from one whose answer got lost.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram/journal"
)

// Config is where Telegram is and who we are there.
type Config struct {
	Token         string
	Server        string // "" is https://api.telegram.org
	Dir           string // of the journal; "" keeps it for the life of the process
	WebhookURL    string // "" polls
	WebhookSecret string
	WebhookListen string // "" is :8080
	MetricsListen string // "" is off

	pollFor  time.Duration // how long one getUpdates waits; 0 is 50 s
	pause    time.Duration // the shortest pause before another try; 0 is 500 ms
	second   time.Duration // of Telegram's limits; 0 is a second
	drainFor time.Duration // for what is under way at shutdown; 0 is 8 s
}

const (
	defaultServer = "https://api.telegram.org"
	workers       = 8 // chats answered at the same time
	tries         = 5 // of a request at the start
	pruneEvery    = time.Hour
)

// Handler answers messages; *bot.Handler is one. MayAsk is the rule of access, which
// is asked for before anything else is done with an update: who may not ask gets no
// more than Refuse says.
type Handler interface {
	MayAsk(user, chat int64) bool
	Refuse(context.Context, bot.Message) bot.Reply
	Handle(context.Context, bot.Message) bot.Reply
}

// face is one running bot.
type face struct {
	Config
	me      person
	api     *api
	handler Handler
	log     *slog.Logger
	journal *journal.Journal
	inbox   *inbox
	lanes   *lanes
	metrics *metrics
	flood   flood
	said    said
	takes   takes
	fresh   fresh
	forget  chan int64     // private chats of which nothing is to be kept
	aside   sync.WaitGroup // requests beside the answers
	heardAt atomic.Int64   // when Telegram last answered, in seconds since 1970

	taking context.Context // ends when no more updates are to be taken
	stop   context.CancelCauseFunc
}

// Run answers until ctx ends, then finishes what is under way. It returns an
// error where it can't go on: a wrong token, another instance at work, a
// journal that can't be written.
func Run(ctx context.Context, c Config, h Handler, log *slog.Logger) error {
	c = c.filled()
	id, err := c.check()
	if err != nil {
		return err
	}
	f := &face{Config: c, handler: h, log: log, inbox: newInbox(), forget: make(chan int64, 100),
		api: &api{server: c.Server, token: c.Token, second: c.second, http: &http.Client{Transport: transport()}}}
	f.lanes, f.metrics = newLanes(c.second, f.deliver), newMetrics(f)
	f.lanes.may = func(chat int64) bool { return f.handler.MayAsk(chat, chat) }
	defer f.api.http.CloseIdleConnections()
	if f.journal, err = journal.Open(c.Dir, id); err != nil {
		return err
	}
	defer f.journal.Close()
	if err := f.introduce(ctx); ctx.Err() != nil {
		return nil // told to stop before it began
	} else if err != nil {
		return fatal(err)
	}
	return f.serve(ctx)
}

func (c Config) filled() Config {
	if c.Server == "" {
		c.Server = defaultServer
	}
	if c.WebhookListen == "" {
		c.WebhookListen = ":8080"
	}
	c.Server = strings.TrimRight(c.Server, "/")
	for value, or := range map[*time.Duration]time.Duration{&c.pollFor: 50 * time.Second, &c.pause: 500 * time.Millisecond, &c.second: time.Second, &c.drainFor: 8 * time.Second} {
		if *value <= 0 {
			*value = or
		}
	}
	return c
}

// check returns the bot's ID, with which a token begins.
func (c Config) check() (int64, error) {
	number, key, _ := strings.Cut(c.Token, ":")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || key == "" || strings.ContainsAny(key, "/?# \t\r\n") {
		return 0, errors.New("TELEGRAM_BOT_TOKEN is not a bot token")
	}
	return id, c.checkWebhook()
}

// transport keeps a connection for each request that may be under way.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = allMost + workers
	return t
}

// introduce learns who we are.
func (f *face) introduce(ctx context.Context) error {
	err := f.persist(ctx, func() error { return f.api.call(ctx, "getMe", struct{}{}, &f.me) })
	if err != nil {
		return fmt.Errorf("asking Telegram who we are: %w", err)
	}
	f.log.Info("the bot is there", "username", f.me.Username)
	return nil
}

// serve goes on with what the journal has, takes updates until ctx ends, and
// then finishes what is under way.
func (f *face) serve(ctx context.Context) error {
	f.taking, f.stop = context.WithCancelCause(ctx)
	defer f.stop(nil)
	requests, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	if err := f.resume(); err != nil {
		return err
	}
	if f.MetricsListen != "" {
		quit, err := f.listen(f.MetricsListen, f.watched())
		if err != nil {
			return fmt.Errorf("METRICS_LISTEN: %w", err)
		}
		defer quit()
	}
	sending, quit := context.WithCancel(requests)
	defer quit()
	var work, send sync.WaitGroup
	for range workers {
		work.Go(func() { f.work(requests) })
	}
	send.Go(func() { f.lanes.run(sending, requests) })
	send.Go(func() { f.prune(sending) })
	send.Go(func() { f.announce(sending) })
	send.Go(func() { f.menus(sending) })
	if err := f.receive(f.taking); err != nil {
		f.fail(err)
	}
	f.drain(&work, &send, quit, giveUp)
	return fatal(f.cause())
}

// receive takes updates until ctx ends.
func (f *face) receive(ctx context.Context) error {
	if f.WebhookURL != "" {
		return f.await(ctx)
	}
	return f.poll(ctx)
}

// fail ends the bot because of an error; of several the first counts.
func (f *face) fail(err error) {
	if f.taking.Err() != nil {
		f.log.Error("another error at the end", "cause", err)
	}
	f.stop(err)
}

// cause is the error that ended the bot, nil where it was told to stop.
func (f *face) cause() error {
	if err := context.Cause(f.taking); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// resume takes up what an earlier process left: messages that it was sending
// are in doubt, others are sent, updates are answered.
func (f *face) resume() error {
	messages, err := f.journal.Unsent()
	if err != nil {
		return err
	}
	for _, m := range messages {
		if m.State == journal.Sending && !repeatable(m) {
			f.doubt(m, errors.New("the process ended while it was sent"))
			continue
		}
		if m.State == journal.Sending {
			if err := f.journal.Wait(m.ID); err != nil {
				return err
			}
		}
		f.lanes.add(m.Chat, m.ID)
	}
	updates, err := f.journal.Waiting()
	if err != nil {
		return err
	}
	for _, u := range updates {
		f.inbox.add(u.Chat, u.ID, f.handler.MayAsk(u.Chat, u.Chat))
	}
	if len(messages)+len(updates) > 0 {
		f.log.Info("going on where the last run ended", "updates", len(updates), "messages", len(messages))
	}
	return nil
}

// drain finishes what is under way: the updates being answered, and what can be
// sent before the time is up. The rest is in the journal for the next run.
func (f *face) drain(work, send *sync.WaitGroup, quit, giveUp context.CancelFunc) {
	until := time.Now().Add(f.drainFor)
	limit := time.AfterFunc(f.drainFor, giveUp)
	defer limit.Stop()
	f.inbox.close()
	finished := make(chan struct{})
	go func() {
		work.Wait()
		f.aside.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-time.After(time.Until(until)):
	}
	for f.cause() == nil && time.Now().Before(until) && f.lanes.soon(until) {
		time.Sleep(f.second / 100)
	}
	quit()
	send.Wait()
	if u, m := f.inbox.len(), f.lanes.len(); u+m > 0 {
		f.log.Info("kept for the next run", "updates", u, "messages", m)
	}
}

// prune forgets, now and then, what has served, and at once what a person asked
// to be forgotten: a moment later, when the answer to that has served as well.
func (f *face) prune(ctx context.Context) {
	for ctx.Err() == nil {
		if err := f.journal.Prune(time.Now()); err != nil && !journal.Full(err) {
			f.fail(fmt.Errorf("pruning the journal: %w", err))
			return
		}
		next := time.NewTimer(pruneEvery)
		select {
		case <-ctx.Done():
		case <-next.C:
		case chat := <-f.forget:
			for range 2 {
				sleep(ctx, f.second)
				if err := f.journal.Forget(chat); err != nil {
					f.log.Error("a person is not forgotten by the journal yet", "cause", err)
				}
			}
		}
		next.Stop()
	}
}

// announcer has notices for those who did not ask; *bot.Handler is one.
type announcer interface {
	Due(terminal bool) []bot.Due
	Told(bot.Due)
}

// announce hands the handler's notices on. The journal takes each of them once:
// killed before the handler knows, it is offered again and not sent again.
func (f *face) announce(ctx context.Context) {
	h, ok := f.handler.(announcer)
	for ; ok && ctx.Err() == nil; sleep(ctx, f.second) {
		for _, due := range h.Due(false) {
			messages := f.messages(place{chat: due.Chat, group: due.Chat < 0, thread: due.Reply.Thread, asked: time.Now()}, due.Reply)
			fresh, err := f.journal.Tell(due.Number, messages)
			if err != nil {
				f.fail(err)
				return
			}
			h.Told(due)
			for _, m := range messages {
				if fresh {
					f.lanes.add(m.Chat, m.ID)
				}
			}
		}
	}
}

// fatal says what ended the bot, to the operator.
func fatal(err error) error {
	switch code(err) {
	case http.StatusUnauthorized, http.StatusNotFound:
		return errors.New("the server does not know this TELEGRAM_BOT_TOKEN: copy it anew from @BotFather")
	case http.StatusConflict:
		return errors.New("another instance polls with the same TELEGRAM_BOT_TOKEN: stop that one first")
	}
	return err
}

// retry makes a request again, a few times, after failures that pass.
func (f *face) retry(ctx context.Context, call func() error) error {
	pause := f.pause
	for n := 1; ; n++ {
		err := call()
		if err == nil || n == tries || ctx.Err() != nil || !passing(err) {
			return err
		}
		wait := max(jittered(pause), retryAfter(err))
		f.log.Warn("a request failed and is tried again", "cause", err, "in", wait)
		sleep(ctx, wait)
		pause *= 2
	}
}

// persistFor is how many of Telegram's seconds it is tried to reach it at the start.
const persistFor = 120

// persist makes a request that there is no going on without until it is granted,
// refused for good, or two minutes are over: a gateway that is being restarted
// ends nothing.
func (f *face) persist(ctx context.Context, call func() error) error {
	until := time.Now().Add(persistFor * f.second)
	for pause := f.pause; ; pause = min(2*pause, 10*f.second) {
		err := call()
		if err == nil || ctx.Err() != nil || !passing(err) || time.Now().After(until) {
			return err
		}
		wait := max(jittered(pause), retryAfter(err))
		f.log.Warn("Telegram can't be reached and is tried again", "cause", err, "in", wait)
		sleep(ctx, wait)
	}
}

func jittered(d time.Duration) time.Duration { return d/2 + rand.N(d) }

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

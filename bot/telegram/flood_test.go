package telegram

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/telegram/faketest"
)

// A thousand strangers write five messages each: an official who asks then is
// answered as if they were not there, and each of them is told once.
func TestOfficialsFirst(t *testing.T) {
	t.Parallel()
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.second = time.Second // Telegram's own
	f.Pace(time.Second, 0)
	h := wholeBot(t, 7)
	for n := range 5 {
		for i := range 1000 {
			f.Say(int64(1000+i), fmt.Sprint("您好", n))
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, c, h, slog.New(slog.DiscardHandler)) }()
	f.Until("the strangers are being told", 20*time.Second, func() bool { return f.Answered() >= 20 })
	var took []time.Duration
	var overtaken []int // strangers told while the official waited, which no slow machine changes
	for range 3 {
		before, told := len(to(f, 7)), len(f.Sent())
		f.Say(7, "铁塔基站建了几个")
		began := time.Now()
		for len(to(f, 7)) == before {
			if time.Since(began) > 30*time.Second {
				t.Fatal("an official is not answered within 30 s")
			}
			time.Sleep(10 * time.Millisecond)
		}
		took, overtaken = append(took, time.Since(began).Round(10*time.Millisecond)), append(overtaken, len(f.Sent())-told-1)
		time.Sleep(1200 * time.Millisecond) // one message a second to a chat
	}
	strangers := len(f.Sent()) - 3
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	t.Logf("an official was answered after %v, while %d were told in between; %d of 1000 strangers had been told", took, overtaken, strangers)
	for _, n := range overtaken[1:] { // the first waits until what was queued at Telegram before is fetched
		if n > 60 { // two seconds' worth; in their order all the others would come before
			t.Errorf("before an official %v strangers were told", overtaken)
		}
	}
	for i := range 1000 {
		if n := len(to(f, int64(1000+i))); n > 1 {
			t.Fatalf("a stranger was told %d times", n)
		}
	}
}

func to(f *faketest.Server, chat int64) (texts []string) {
	for _, m := range f.Sent() {
		if m.Chat == chat {
			texts = append(texts, m.Plain)
		}
	}
	return texts
}

// Connections that say nothing, or little by little, do not hold up a delivery,
// though it comes from the same address; what has shown the secret stays.
func TestSlowConnections(t *testing.T) {
	f := faketest.New(t)
	c := config(f, t.TempDir())
	c.WebhookListen = freeAddress(t)
	c.WebhookURL, c.WebhookSecret = "http://"+c.WebhookListen, "letmein"
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, c, wholeBot(t, 7), slog.New(slog.DiscardHandler)) }()
	defer func() { cancel(); <-done }()
	f.Say(7, "铁塔基站建了几个")
	f.Wait(1)
	closed := make(chan bool, 1000)
	for range 600 {
		conn, err := net.Dial("tcp", c.WebhookListen)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.Write([]byte("POST / HTTP/1.1\r\nHost: x\r\nX-A: "))
		go func() {
			_, err := bufio.NewReader(conn).ReadByte()
			closed <- err != nil
		}()
	}
	began := time.Now()
	f.Say(7, "5G基站建了多少")
	f.Wait(2)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("a delivery took %v beside 600 slow connections", took)
	}
	for n := 0; n < 600-mostStrangeConns; n++ {
		select {
		case <-closed:
		case <-time.After(3 * time.Second):
			t.Fatalf("%d of 600 slow connections were closed", n)
		}
	}
}

// What passes at the start ends nothing: a gateway that is being restarted, an
// instance that is just ending.
func TestPassingTroubleAtTheStart(t *testing.T) {
	f := faketest.New(t)
	for range 7 {
		f.Fail(faketest.BadGateway("getMe"))
	}
	for range 3 {
		f.Fail(faketest.Refusal("getUpdates", http.StatusConflict, "Conflict: terminated by other getUpdates request"))
	}
	f.Say(7, "铁塔基站建了几个")
	log, stop := startWith(t, f, config(f, t.TempDir()), wholeBot(t, 7))
	f.Wait(1)
	if err := stop(); err != nil {
		t.Error(err)
	}
	for _, want := range []string{"tried again", "another instance"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%q is not said:\n%s", want, log.String())
		}
	}
}

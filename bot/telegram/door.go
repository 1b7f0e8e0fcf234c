package telegram

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"sync"
)

// door bounds the connections of one address that have not shown the secret: of
// more the oldest is closed. So a thousand that send their headers letter by
// letter take no more room than mostStrangeConns, and a true delivery, which may
// come from the same address where a proxy stands before us, is let in at once.
type door struct {
	mu      sync.Mutex
	strange map[string]*list.List // of net.Conn by address, the oldest in front
	place   map[net.Conn]*list.Element
}

// mostStrangeConns of an address; Telegram itself opens at most 100.
const mostStrangeConns = 128

func newDoor() *door {
	return &door{strange: map[string]*list.List{}, place: map[net.Conn]*list.Element{}}
}

func addressOf(c net.Conn) string {
	host, _, _ := net.SplitHostPort(c.RemoteAddr().String())
	return host
}

// seen follows a connection from its beginning to its end.
func (d *door) seen(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		d.enter(c)
	case http.StateClosed, http.StateHijacked:
		d.leave(c)
	}
}

func (d *door) enter(c net.Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	from := addressOf(c)
	all := d.strange[from]
	if all == nil {
		all = list.New()
		d.strange[from] = all
	}
	d.place[c] = all.PushBack(c)
	if all.Len() > mostStrangeConns {
		oldest := all.Remove(all.Front()).(net.Conn)
		delete(d.place, oldest)
		oldest.Close()
	}
}

// leave forgets a connection that is closed, or has shown the secret.
func (d *door) leave(c net.Conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := d.place[c]
	if at == nil {
		return
	}
	from := addressOf(c)
	d.strange[from].Remove(at)
	delete(d.place, c)
	if d.strange[from].Len() == 0 {
		delete(d.strange, from)
	}
}

type trustKey struct{}

func (d *door) within(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, trustKey{}, func() { d.leave(c) })
}

// trust says that a request has shown the secret: its connection is not counted
// any more.
func trust(r *http.Request) {
	if trusted, ok := r.Context().Value(trustKey{}).(func()); ok {
		trusted()
	}
}

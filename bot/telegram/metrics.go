package telegram

import (
	"cmp"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"reportbot/bot"
	"reportbot/bot/telegram/journal"
)

// metrics is what an operator watches. Labels are of small fixed sets: no chat,
// no person, no word of a question.
type metrics struct {
	registry                                   *prometheus.Registry
	updates, answers, refusals, sends, retries *prometheus.CounterVec
	doubts                                     prometheus.Counter
	latency                                    prometheus.Histogram
}

func newMetrics(f *face) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		updates:  counter("updates_total", "Updates taken from Telegram.", "kind"),
		answers:  counter("answers_total", "Answers given to a message, command, edit, button or inline query, by what they show.", "to", "kind"),
		refusals: counter("refusals_total", "What was refused: people by the rule of access, requests by Telegram, deliveries by the webhook.", "by", "why"),
		sends:    counter("sends_total", "Requests that Telegram granted.", "method"),
		retries:  counter("retries_total", "Requests to be tried again.", "reason"),
		doubts: prometheus.NewCounter(prometheus.CounterOpts{Name: "reportbot_messages_in_doubt_total",
			Help: "Messages of which nobody can tell whether they arrived."}),
		latency: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "reportbot_answer_seconds",
			Help: "Time from an update taken to its answer sent.", Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300}}),
	}
	m.registry.MustRegister(m.updates, m.answers, m.refusals, m.sends, m.retries, m.doubts, m.latency,
		gauge("queue_updates", "Updates that wait to be answered.", func() float64 { return float64(f.inbox.len()) }),
		gauge("queue_messages", "Messages that wait to be sent.", func() float64 { return float64(f.lanes.len()) }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "reportbot_" + name, Help: help}, labels)
}

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "reportbot_" + name, Help: help}, value)
}

// answered counts a reply by what it shows: figure, passage, none (the reports
// do not say), withheld, opened (a page of a report), refused, other.
func (m *metrics) answered(to string, r bot.Reply) {
	kind := cmp.Or(string(r.Kind), "other")
	if r.Refused != "" {
		kind = "refused"
		m.refusals.WithLabelValues("access", r.Refused).Inc()
	}
	m.answers.WithLabelValues(to, kind).Inc()
}

// offered counts the answer to an inline query.
func (m *metrics) offered(cards int) {
	kind := "none"
	if cards > 0 {
		kind = "cards"
	}
	m.answers.WithLabelValues("inline", kind).Inc()
}

// sent counts one try of a message.
func (m *metrics) sent(message journal.Message, err error) {
	switch {
	case err == nil:
		m.sends.WithLabelValues(message.Method).Inc()
		if !message.Note {
			m.latency.Observe(time.Since(message.Asked).Seconds())
		}
	case code(err) != 0:
		m.refusals.WithLabelValues("telegram", reason(err)).Inc()
	}
}

// watched is what the operator's side address serves.
func (f *face) watched() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if why := f.unready(time.Now()); why != "" {
			http.Error(w, why, http.StatusServiceUnavailable)
			return
		}
		w.Write([]byte("ok\n"))
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(f.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

// unready says why the bot would not answer now, "" where it would.
func (f *face) unready(now time.Time) string {
	switch heard := f.heardAt.Load(); {
	case heard == 0:
		return "not yet in touch with Telegram"
	case f.WebhookURL == "" && now.Sub(time.Unix(heard, 0)) > 2*f.pollFor+time.Minute:
		return "Telegram has not answered for long"
	case f.full():
		return "too much waits to be answered"
	}
	if h, ok := f.handler.(interface{ Unready() string }); ok {
		return h.Unready()
	}
	return ""
}

package program

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"reportbot/bot/telegram/faketest"
	"reportbot/corpus/format/isolate"
)

// A process of this test binary with this set is the program itself.
const processChild = "REPORTBOT_TEST_PROCESS"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == isolate.Command || os.Getenv(processChild) != "" {
		os.Exit(Main(os.Args[1:]))
	}
	testscript.Main(patient{m}, map[string]func(){"reportbot": func() { os.Exit(Main(os.Args[1:])) }})
}

// process is the program, and what it says.
type process struct {
	*exec.Cmd
	t      *testing.T
	ended  chan error
	mu     sync.Mutex
	stderr bytes.Buffer
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stderr.Write(b)
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stderr.String()
}

// started is the program, with Telegram at the fake, for reader 7.
func started(t *testing.T, f *faketest.Server, env ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0]), t: t, ended: make(chan error, 1)}
	dir := t.TempDir()
	p.Dir, p.Stdout, p.Stderr = dir, p, p
	p.Env = append([]string{processChild + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + dir, "GOCOVERDIR=" + dir, "DATA_DIR=" + dir,
		"TELEGRAM_BOT_TOKEN=" + faketest.Token, "TELEGRAM_API_URL=" + f.URL, "TELEGRAM_ALLOWED_USERS=7"}, env...)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.Wait() }()
	t.Cleanup(func() {
		p.Process.Kill()
		_, secret, _ := strings.Cut(faketest.Token, ":")
		if strings.Contains(p.said(), secret) {
			t.Errorf("the token stands in what the program says:\n%s", p.said())
		}
	})
	return p
}

// end waits for the end of the process and tells how long that took.
func (p *process) end(within time.Duration) (took time.Duration, err error) {
	p.t.Helper()
	began := time.Now()
	select {
	case err = <-p.ended:
	case <-time.After(within):
		p.t.Fatalf("not ended within %v; it said\n%s", within, p.said())
	}
	return time.Since(began), err
}

// Told to stop, the program finishes what is under way and leaves with success.
// Its log has IDs and no word of the question.
func TestToldToStop(t *testing.T) {
	t.Parallel()
	f := faketest.New(t)
	f.Fail(faketest.Fault{Method: "sendMessage", Status: 502, Wait: time.Second})
	p := started(t, f)
	f.Say(7, "铁塔基站建了几个")
	f.WaitTaken()
	f.WaitSpoiled()
	p.Process.Signal(syscall.SIGTERM)
	if took, err := p.end(time.Minute); err != nil {
		t.Errorf("after %v: %v\n%s", took, err, p.said())
	}
	if got := f.Sent(); len(got) != 1 || !strings.Contains(got[0].Plain, "13个") {
		t.Errorf("sent %+v", got)
	}
	if said := p.said(); strings.Contains(said, "铁塔") || !strings.Contains(said, "user=7") {
		t.Errorf("it said\n%s", said)
	}
}

// A second signal ends it at once, whatever is under way; the next run goes on.
func TestToldTwice(t *testing.T) {
	t.Parallel()
	f := faketest.New(t)
	f.Fail(faketest.Fault{Method: "sendMessage", Status: 502, Wait: 20 * time.Second})
	p := started(t, f, "DEBUG=1")
	f.Say(7, "铁塔基站建了几个")
	f.WaitTaken()
	f.WaitSpoiled()
	p.Process.Signal(syscall.SIGTERM)
	time.Sleep(time.Second)
	select {
	case err := <-p.ended:
		t.Fatalf("it left with an answer under way: %v", err)
	default:
	}
	p.Process.Signal(syscall.SIGTERM)
	var exit *exec.ExitError
	if took, err := p.end(10 * time.Second); !errors.As(err, &exit) {
		t.Errorf("after %v: %v", took, err)
	}
	if !strings.Contains(p.said(), "铁塔基站建了几个") {
		t.Errorf("at debug level the question is not in the log:\n%s", p.said())
	}
}

// What can't be mended by trying again ends the program with one clear line.
func TestHopeless(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		fault faketest.Fault
		want  string
	}{
		"wrong token": {faketest.Refusal("getMe", 401, "Unauthorized"), "copy it anew from @BotFather"},
	} {
		t.Run(name, func(t *testing.T) {
			f := faketest.New(t)
			f.Fail(row.fault)
			p := started(t, f)
			_, err := p.end(time.Minute)
			lines := strings.Split(strings.TrimSpace(p.said()), "\n")
			if last := lines[len(lines)-1]; err == nil || !strings.HasPrefix(last, "reportbot: ") || !strings.Contains(last, row.want) {
				t.Errorf("%v, it said\n%s", err, p.said())
			}
		})
	}
}

// The traces of all goroutines, which a fatal error prints as well, are without
// the token; started looks for it.
func TestTraces(t *testing.T) {
	t.Parallel()
	f := faketest.New(t)
	p := started(t, f, "GOTRACEBACK=all")
	f.Say(7, "铁塔基站建了几个")
	f.Wait(1)
	p.Process.Signal(syscall.SIGQUIT)
	p.end(time.Minute)
	if said := p.said(); !strings.Contains(said, "bot/telegram.(") || strings.Count(said, "goroutine ") < 5 {
		t.Errorf("no traces:\n%s", said)
	}
}

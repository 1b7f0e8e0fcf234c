package isolate

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"reportbot/corpus/format/document"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == Command {
		if err := Serve(os.Stdin, os.Stdout, tries, nil); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

var hoard [][]byte

// tries what a file that has taken its reader over would.
func tries(content []byte, limits document.Limits) (*document.Document, error) {
	switch string(content) {
	case "spin":
		for n := 0; ; n++ {
			if n < 0 {
				return nil, nil
			}
		}
	case "hang":
		time.Sleep(time.Hour)
	case "grow":
		for {
			b := make([]byte, 8<<20)
			for i := range b {
				b[i] = 1
			}
			hoard = append(hoard, b)
		}
	}
	said := strings.Join(os.Environ(), " ")
	if _, err := net.DialTimeout("tcp", string(content), time.Second); err == nil {
		said += " NETWORK"
	}
	if _, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		said += " LISTENS"
	}
	if err := exec.Command("/bin/true").Run(); err == nil {
		said += " PROGRAM"
	}
	file := filepath.Join(os.TempDir(), fmt.Sprint("reportbot-isolate-", os.Getpid()))
	defer os.Remove(file)
	if err := os.WriteFile(file, make([]byte, 65<<20), 0o600); err == nil {
		said += " LARGE FILE"
	}
	if p, err := os.FindProcess(os.Getppid()); err == nil && p.Signal(os.Interrupt) == nil {
		said += " SIGNAL"
	}
	return &document.Document{Text: said}, nil
}

// The process that reads has no network, no other program, no say over another
// process, and of the environment what it needs to read. One that recognizes text
// runs programs, and has nothing more.
func TestConfined(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("skipped: the kernel's part is Linux's")
	}
	t.Setenv("TELEGRAM_BOT_TOKEN", "1:secret")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, recognize := range []Recognize{false, true} {
		d, err := Read(context.Background(), document.Text, []byte(l.Addr().String()), recognize, document.Default)
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range []string{"NETWORK", "LISTENS", "LARGE FILE", "SIGNAL", "secret", " HOME="} {
			if strings.Contains(d.Text, sign) {
				t.Errorf("%s: %s", sign, d.Text)
			}
		}
		for _, sign := range []string{"PROGRAM", "PATH="} {
			if strings.Contains(d.Text, sign) != bool(recognize) {
				t.Errorf("to recognize is %v, %s: %s", recognize, sign, d.Text)
			}
		}
	}
}

// What computes, hangs or grows without end is ended, and told as that.
func TestLimits(t *testing.T) {
	for what, want := range map[string]document.Code{"spin": document.TooSlow, "hang": document.TooSlow, "grow": document.TooMuchMemory} {
		limits := document.Default
		if want == document.TooSlow {
			limits.Seconds = 2
		} else {
			limits.Memory = 256 << 20 // the race detector alone takes as much at times
		}
		began := time.Now()
		_, err := Read(context.Background(), document.Text, []byte(what), false, limits)
		var refused *document.Refusal
		if !errors.As(err, &refused) || refused.Code != want || time.Since(began) > time.Minute {
			t.Errorf("%s: %v after %v", what, err, time.Since(began))
		}
	}
}

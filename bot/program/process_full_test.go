//go:build storm

package program

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/telegram/faketest"
)

// Told to stop while Telegram keeps an answer hanging, the program leaves within
// ten seconds; the person, who may have it or not, is told by the next run.
func TestStormLeavesWithinTenSeconds(t *testing.T) {
	f := faketest.New(t)
	f.Fail(faketest.Fault{Method: "sendMessage", Wait: 15 * time.Second})
	dir := "DATA_DIR=" + t.TempDir()
	p := started(t, f, dir)
	f.Say(7, "铁塔基站建了几个")
	f.WaitTaken()
	f.WaitSpoiled()
	p.Process.Signal(syscall.SIGTERM)
	took, err := p.end(10 * time.Second)
	t.Logf("left after %v, %v", took.Round(time.Millisecond), err)
	if err != nil {
		t.Errorf("it said\n%s", p.said())
	}
	started(t, f, dir)
	if got := f.Wait(1)[0]; !strings.Contains(got.Plain, "可能没有送达") {
		t.Errorf("the next run says %q", got.Plain)
	}
}

// Package isolate reads a file in a process of its own: this binary again,
// with a hidden command. What breaks, hangs or grows there is killed, and the
// bot answers on. The process gets the file on its standard input, its length
// before it, and writes the document as JSON. It inherits nothing: no token, no
// folder, no network, and it ends with its parent. It runs no other program but,
// for a file with pages that are pictures, the one that recognizes text, which is
// bounded as itself.
package isolate

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"reportbot/corpus/format/document"
)

// Command is the hidden command of the binary that calls Serve.
const Command = "read-file"

// inside marks the process that reads, and tells it the limits. It never starts
// another: a test binary that does not know the command would start itself
// without end.
const inside = "REPORTBOT_READS"

// Recognize tells whether the process may run the program that recognizes text in
// pictures. One that may not runs none.
type Recognize bool

// told is what the process is told by its environment.
type told struct {
	document.Limits
	Recognize Recognize
	Drawing   *document.Drawing // what is to be drawn of the file, nil where it is to be read
}

// reply is what the process writes: a document or a picture, or why there is none.
type reply struct {
	Document *document.Document `json:"document,omitempty"`
	Picture  []byte             `json:"picture,omitempty"`
	Refusal  *document.Refusal  `json:"refusal,omitempty"`
}

// Read has content read as kind by another process.
func Read(ctx context.Context, kind document.Kind, content []byte, recognize Recognize, limits document.Limits) (*document.Document, error) {
	r, err := ask(ctx, kind, content, told{Limits: limits, Recognize: recognize})
	return r.Document, err
}

// Draw has a page of content drawn by another process, as a PNG.
func Draw(ctx context.Context, kind document.Kind, content []byte, drawing document.Drawing, limits document.Limits) ([]byte, error) {
	r, err := ask(ctx, kind, content, told{limits, Recognize(drawing.Recognized), &drawing})
	return r.Picture, err
}

func ask(ctx context.Context, kind document.Kind, content []byte, what told) (r reply, err error) {
	limits := what.Limits
	if os.Getenv(inside) != "" {
		return r, errors.New("a process that reads a file asked for another one")
	}
	program, err := os.Executable()
	if err != nil {
		return r, fmt.Errorf("finding the program: %w", err)
	}
	message, err := json.Marshal(what)
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Duration(limits.Seconds)*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, Command, string(kind))
	cmd.Dir = filepath.VolumeName(program) + string(filepath.Separator) // no .env is read there
	cmd.Env = append(env(bool(what.Recognize)), inside+"="+string(message), "GOMEMLIMIT="+strconv.FormatInt(limits.Memory/4*3, 10))
	out := &capped{left: 6*limits.Text + 1<<20} // JSON writes a character in 6 bytes at most; a picture takes less
	said := &capped{left: 64 << 10}
	cmd.Stdout, cmd.Stderr = out, said
	cmd.WaitDelay = time.Second
	bind(cmd)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err = run(cmd, content)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return r, document.Refuse(document.TooSlow, "the file was not read within %d s", limits.Seconds)
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err != nil && outOfTime(cmd.ProcessState, limits.Seconds):
		return r, document.Refuse(document.TooSlow, "the file was not read within %d s of computing", limits.Seconds)
	case err != nil && cmd.ProcessState == nil:
		return r, fmt.Errorf("starting the process that reads a file: %w", err)
	case err != nil && (outOfMemory(said.String()) || peak(cmd.ProcessState) > limits.Memory/2):
		return r, document.Refuse(document.TooMuchMemory, "the file takes more than %d MB of memory to read", limits.Memory>>20)
	case err != nil:
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return r, document.Refuse(document.Damaged, "the file breaks its reader (%v: %s)", err, first)
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return r, document.Refuse(document.Damaged, "the file breaks its reader (%v)", err)
	}
	if r.Refusal != nil {
		return r, r.Refusal
	}
	return r, nil
}

// run hands the file over. The pipe stays open until the process has ended: that
// it closes earlier tells that this side is gone.
func run(cmd *exec.Cmd, content []byte) error {
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() {
		in.Write(binary.BigEndian.AppendUint64(nil, uint64(len(content))))
		in.Write(content)
	}()
	return cmd.Wait()
}

// env is where the process finds the compiled reader of PDF and, if it may run one,
// the program that recognizes text: all that it is told of the environment, and
// what Windows can't start one without.
func env(recognize bool) (env []string) {
	name := map[string]string{"darwin": "HOME", "ios": "HOME", "windows": "LocalAppData"}[runtime.GOOS]
	if folder, err := os.UserCacheDir(); name == "" && err == nil {
		env = append(env, "XDG_CACHE_HOME="+folder)
	}
	names := []string{name, "SystemRoot"}
	if recognize {
		names = append(names, "PATH", "TESSDATA_PREFIX")
	}
	for _, name := range names {
		if value := os.Getenv(name); name != "" && value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// outOfTime tells whether the kernel ended the process for its computing. What it
// counts to the limit and what it reports afterwards differ by some hundredths.
func outOfTime(p *os.ProcessState, seconds int) bool {
	return p != nil && p.UserTime()+p.SystemTime() >= time.Duration(seconds)*time.Second*9/10
}

// outOfMemory tells by what the runtime says; one that is refused memory at the
// wrong moment only breaks, which its peak tells.
func outOfMemory(said string) bool {
	for _, sign := range []string{"out of memory", "cannot allocate memory", "failed to create new OS thread"} {
		if strings.Contains(said, sign) {
			return true
		}
	}
	return false
}

// capped keeps so many bytes and fails at the next.
type capped struct {
	bytes.Buffer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	if c.left -= len(p); c.left < 0 {
		return 0, errors.New("more than allowed was written")
	}
	return c.Buffer.Write(p)
}

// Serve is the other side: it reads the file from in by read, or draws a page
// of it by draw, and writes the reply to out.
func Serve(in io.Reader, out io.Writer, read func([]byte, document.Limits) (*document.Document, error), draw func([]byte, document.Drawing, document.Limits) ([]byte, error)) error {
	what := told{Limits: document.Default}
	if message := os.Getenv(inside); message != "" {
		if err := json.Unmarshal([]byte(message), &what); err != nil {
			return fmt.Errorf("reading the limits: %w", err)
		}
	}
	limits := what.Limits
	debug.SetGCPercent(50)
	bound(limits.Memory, limits.Seconds, what.Recognize)
	var size uint64
	if err := binary.Read(in, binary.BigEndian, &size); err != nil || size > uint64(limits.File) {
		return fmt.Errorf("reading the file: %d bytes, %w", size, err)
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(in, content); err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	go func() {
		io.Copy(io.Discard, in)
		os.Exit(1) // the other side is gone
	}()
	r := reply{}
	var err error
	if what.Drawing != nil {
		r.Picture, err = draw(content, *what.Drawing, limits)
	} else {
		r.Document, err = read(content, limits)
	}
	if err != nil {
		if !errors.As(err, &r.Refusal) {
			return err
		}
	}
	return json.NewEncoder(out).Encode(r)
}

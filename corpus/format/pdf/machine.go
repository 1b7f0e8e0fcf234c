package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"time"
	"unicode/utf16"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"reportbot/corpus/format/document"
)

// machine is PDFium in its WebAssembly machine, called by its C interface.
//
// go-pdfium's own methods look up each handle by a random name, take memory for
// each coordinate and ask the machine for it again: a page of text takes some
// thousand such calls, and of a PDF of a hundred pages they were 2.4 s of 3.2.
// Called directly, a coordinate is read where PDFium has put it.
type machine struct {
	instance pdfium.Pdfium
	fn       func(string) api.Function
	known    map[string]api.Function
	memory   api.Memory
	out      uint32 // room for what a call writes
	stack    [16]uint64
	failed   error // the first call that did not return
}

// pool starts machines that share their compiled code.
type pool struct {
	pdfium.Pool
	limits document.Limits
}

// newPool compiles PDFium, or finds it compiled. most machines share the memory
// that they may take, and see files. Their time is bounded by the process around them: code
// that watches a clock does so at each turn of a loop, and was twice as slow.
func newPool(most int, files fs.FS, limits document.Limits) (*pool, error) {
	p, err := start(most, files, cached(runtimeConfig(most, limits)))
	if err != nil { // of a cache that is damaged or can't be written; without it, it takes 3 s
		p, err = start(most, files, runtimeConfig(most, limits))
	}
	if err != nil {
		return nil, err
	}
	return &pool{p, limits}, nil
}

func (p *pool) machine() (*machine, error) {
	instance, err := p.GetInstance(time.Duration(p.limits.Seconds) * time.Second)
	if err != nil {
		return nil, err
	}
	m := &machine{instance: instance, known: map[string]api.Function{}}
	if err := m.reach(instance.GetImplementation()); err != nil {
		m.close()
		return nil, err
	}
	m.out = m.malloc(512)
	return m, m.failed
}

// reach takes the WebAssembly module out of go-pdfium's implementation, which
// hands it over as any: its type is internal, its methods and fields are not.
func (m *machine) reach(implementation any) error {
	functions, ok := implementation.(interface{ Fn(string) api.Function })
	if !ok {
		return errors.New("go-pdfium no longer tells its functions by name")
	}
	m.fn = functions.Fn
	field := reflect.Indirect(reflect.ValueOf(implementation)).FieldByName("Module")
	if !field.IsValid() {
		return errors.New("go-pdfium no longer tells its module")
	}
	module, ok := field.Interface().(api.Module)
	if !ok {
		return errors.New("go-pdfium's module is no longer one of wazero's")
	}
	m.memory = module.Memory()
	return nil
}

func (m *machine) close() {
	m.instance.Close()
}

func start(most int, files fs.FS, config wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: most, MaxTotal: most,
		FSConfig: wazero.NewFSConfig().WithFSMount(files, "/"), // no others
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: config,
	})
}

// runtimeConfig bounds the machines' memory: a quarter is left to this side.
func runtimeConfig(most int, limits document.Limits) wazero.RuntimeConfig {
	const pageSize = 64 << 10
	return wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(limits.Memory / 4 * 3 / int64(most) / pageSize))
}

// cached keeps the compiled machine. Two processes may write it at once: each
// does so aside and renames, and a checksum is read with it.
func cached(config wazero.RuntimeConfig) wazero.RuntimeConfig {
	if folder, err := cacheFolder(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(folder); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	return config
}

// cacheFolder is where the compiled machine is kept, readable by this user
// alone, since it is code that will run.
func cacheFolder() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(base, "reportbot", "pdfium")
	return folder, os.MkdirAll(folder, 0o700)
}

// call calls a function of PDFium's C interface. 0 where it did not return,
// which failed tells from then on.
func (m *machine) call(name string, parameters ...uint64) uint64 {
	if m.failed != nil {
		return 0
	}
	f := m.known[name]
	if f == nil {
		if f = m.fn(name); f == nil {
			m.failed = fmt.Errorf("PDFium has no %s", name)
			return 0
		}
		m.known[name] = f
	}
	copy(m.stack[:], parameters)
	if err := f.CallWithStack(context.Background(), m.stack[:]); err != nil {
		m.failed = fmt.Errorf("%s: %w", name, err)
		return 0
	}
	return m.stack[0]
}

// count is call where the result is a number of things; 0 where PDFium says -1.
func (m *machine) count(name string, parameters ...uint64) int {
	return max(0, int(int32(m.call(name, parameters...))))
}

// is is call where the result is true or false.
func (m *machine) is(name string, parameters ...uint64) bool {
	return int32(m.call(name, parameters...)) != 0
}

func (m *machine) malloc(size int) uint32 {
	at := uint32(m.call("malloc", uint64(size)))
	if at == 0 && m.failed == nil {
		m.failed = errors.New("out of memory in PDFium")
	}
	return at
}

// put copies bytes into the machine. They stay there until it is closed.
func (m *machine) put(data []byte) uint32 {
	at := m.malloc(len(data) + 1)
	if m.failed == nil && !m.memory.Write(at, data) {
		m.failed = errors.New("out of memory in PDFium")
	}
	return at
}

// at is the place n bytes into the room for results.
func (m *machine) at(n uint32) uint64 { return uint64(m.out + n) }

// float reads the nth float of the room for results, double the nth double.
func (m *machine) float(n uint32) float64 {
	bits, _ := m.memory.ReadUint32Le(m.out + 4*n)
	return float64(math.Float32frombits(bits))
}

func (m *machine) double(n uint32) float64 {
	bits, _ := m.memory.ReadUint64Le(m.out + 8*n)
	return math.Float64frombits(bits)
}

// whole reads the nth int of the room for results.
func (m *machine) whole(n uint32) int {
	bits, _ := m.memory.ReadUint32Le(m.out + 4*n)
	return int(int32(bits))
}

// utf16 reads a string of so many bytes, its end included, from the room for
// results.
func (m *machine) utf16(at uint32, size int) string {
	data, ok := m.memory.Read(m.out+at, uint32(max(size, 0)))
	if !ok {
		return ""
	}
	var units []uint16
	for i := 0; i+1 < len(data) && (data[i] != 0 || data[i+1] != 0); i += 2 {
		units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
	}
	return string(utf16.Decode(units))
}

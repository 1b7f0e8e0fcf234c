package corpus

import (
	"reflect"
	"testing"
	"unsafe"
)

// Each field of a head is kept, those added later too.
func TestKeptHead(t *testing.T) {
	var h Head
	n := 0
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		n++
		v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem() // what is not exported too
		switch v.Kind() {
		case reflect.String:
			v.SetString("报告" + string(rune('a'+n)))
		case reflect.Int:
			v.SetInt(int64(-n))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		default:
			t.Fatalf("a head with a %s: how is it kept?", v.Type())
		}
	}
	fill(reflect.ValueOf(&h).Elem())
	kept := h.AppendTo(nil)
	got, err := KeptHead(kept)
	if err != nil || *got != h {
		t.Fatalf("kept %+v\nread %+v, %v", h, got, err)
	}
	for end := range kept {
		if cut, err := KeptHead(kept[:end]); err == nil {
			t.Fatalf("cut short at %d of %d it is %+v", end, len(kept), cut)
		}
	}
	if _, err := KeptHead(append(kept, 0)); err == nil {
		t.Error("something behind a head")
	}
}

func FuzzKeptHead(f *testing.F) {
	c, err := Builtin().Embedded()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(c.Reports[0].AppendTo(nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := KeptHead(b)
		if err != nil {
			return
		}
		if again, err := KeptHead(h.AppendTo(nil)); err != nil || *again != *h {
			t.Errorf("%+v is read again as %+v, %v", h, again, err)
		}
	})
}

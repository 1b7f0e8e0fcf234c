package faketest

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// botapi is the parameters of every method of the Bot API as a JSON schema,
// gzipped: an object with a property for each method. See NOTICE.
//
//go:embed testdata/botapi.json.gz
var botapi []byte

// api is the schema, compiled for a method when it is first called.
var api struct {
	mu       sync.Mutex
	document map[string]any
	compiler *jsonschema.Compiler
	methods  map[string]*jsonschema.Schema
}

func schema(method string) (*jsonschema.Schema, map[string]any, error) {
	api.mu.Lock()
	defer api.mu.Unlock()
	if api.document == nil {
		if err := readSchema(); err != nil {
			return nil, nil, err
		}
	}
	properties, ok := api.document["properties"].(map[string]any)[method].(map[string]any)
	if !ok {
		return nil, nil, errors.New("the Bot API has no such method")
	}
	if api.methods[method] == nil {
		compiled, err := api.compiler.Compile("botapi.json#/properties/" + method)
		if err != nil {
			return nil, nil, err
		}
		api.methods[method] = compiled
	}
	return api.methods[method], properties, nil
}

func readSchema() error {
	z, err := gzip.NewReader(bytes.NewReader(botapi))
	if err != nil {
		return err
	}
	document, err := jsonschema.UnmarshalJSON(z)
	if err != nil {
		return err
	}
	api.compiler, api.methods = jsonschema.NewCompiler(), map[string]*jsonschema.Schema{}
	api.document = document.(map[string]any)
	return api.compiler.AddResource("botapi.json", document)
}

// params reads the parameters of a request and checks them by the schema.
func (s *Server) params(method string, r *http.Request) (map[string]any, error) {
	check, properties, err := schema(method)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	switch kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind {
	case "application/json":
		if err := json.NewDecoder(r.Body).Decode(&values); err != nil {
			return nil, fmt.Errorf("a request is not JSON: %w", err)
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("a request is not a form: %w", err)
		}
		if r.MultipartForm != nil {
			values = formValues(r.MultipartForm.Value, properties)
		}
	}
	if err := check.Validate(values); err != nil {
		return nil, fmt.Errorf("parameters against the Bot API: %w", err)
	}
	return values, nil
}

// formValues reads JSON out of the fields of a form that are no strings.
func formValues(form map[string][]string, properties map[string]any) map[string]any {
	if ref, ok := properties["$ref"].(string); ok {
		properties = api.document["definitions"].(map[string]any)[ref[len("#/definitions/"):]].(map[string]any)
	}
	fields, _ := properties["properties"].(map[string]any)
	values := map[string]any{}
	for name, v := range form {
		field, _ := fields[name].(map[string]any)
		var value any
		if field["type"] == "string" || json.Unmarshal([]byte(v[0]), &value) != nil {
			value = v[0]
		}
		values[name] = value
	}
	return values
}

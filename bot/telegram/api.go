package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"
)

// api makes requests of one bot. No error of it holds the token: net/http puts
// the URL, in which the token stands, into every error of its own.
type api struct {
	server, token string
	http          *http.Client
	second        time.Duration // of Telegram's own counting; shorter in tests
}

// apiError is Telegram's refusal.
type apiError struct {
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter      int   `json:"retry_after"`
		MigrateToChatID int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
	after time.Duration
}

func (e *apiError) Error() string { return fmt.Sprintf("Telegram says %d: %s", e.Code, e.Description) }

// lostError is a connection that ended after the whole request was written and
// before it was answered: it may have been done or not.
type lostError struct{ cause error }

func (e *lostError) Error() string {
	return "the connection ended without an answer: " + e.cause.Error()
}
func (e *lostError) Unwrap() error { return e.cause }

// longestAnswer of Telegram that is read: a hundred updates are far smaller.
const longestAnswer = 32 << 20

// call makes one request and reads its result.
func (a *api) call(ctx context.Context, method string, params, result any) error {
	body, err := json.Marshal(params)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	var written atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(i httptrace.WroteRequestInfo) { written.Store(i.Err == nil) }})
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, a.server+"/bot"+a.token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: %w", method, bare(err))
	}
	request.Header.Set("Content-Type", "application/json")
	content, status, err := a.do(request)
	if err != nil && written.Load() {
		return fmt.Errorf("%s: %w", method, &lostError{err})
	}
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	return a.read(method, content, status, result)
}

func (a *api) do(request *http.Request) (content []byte, status int, err error) {
	response, err := a.http.Do(request)
	if err != nil {
		return nil, 0, bare(err)
	}
	defer response.Body.Close()
	content, err = io.ReadAll(io.LimitReader(response.Body, longestAnswer))
	return content, response.StatusCode, bare(err)
}

// read takes an answer apart. What is no JSON is not Telegram's, whatever its
// status says: a 403 of a firewall tells nothing of the person who asked. It
// comes from a gateway; its page is not quoted, its status is.
func (a *api) read(method string, content []byte, status int, result any) error {
	var answer struct {
		OK     bool            `json:"ok"`
		Result json.RawMessage `json:"result"`
		apiError
	}
	if err := json.Unmarshal(content, &answer); err != nil {
		answer.apiError = apiError{Code: http.StatusBadGateway, Description: fmt.Sprintf("no JSON, but %d %s", status, http.StatusText(status))}
	}
	if !answer.OK {
		answer.after = time.Duration(answer.Parameters.RetryAfter) * a.second
		return fmt.Errorf("%s: %w", method, &answer.apiError)
	}
	if result == nil {
		return nil
	}
	if err := json.Unmarshal(answer.Result, result); err != nil {
		return fmt.Errorf("%s: reading the result: %w", method, err)
	}
	return nil
}

// bare is an error of net/http without the URL.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// refusalOf is Telegram's refusal, nil where the error is none.
func refusalOf(err error) *apiError {
	var refused *apiError
	errors.As(err, &refused)
	return refused
}

// code of Telegram's refusal, 0 where the error is none.
func code(err error) int {
	var refused *apiError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return 0
}

func retryAfter(err error) time.Duration {
	var refused *apiError
	if errors.As(err, &refused) {
		return refused.after
	}
	return 0
}

// hopeless tells errors that no other try can mend.
func hopeless(err error) bool {
	switch code(err) {
	case http.StatusUnauthorized, http.StatusNotFound, http.StatusConflict:
		return true
	}
	return false
}

// passing tells errors after which another try is worth while.
func passing(err error) bool {
	c := code(err)
	return c == 0 || c == http.StatusTooManyRequests || c >= 500
}

// says tells whether Telegram gave this as its reason.
func says(err error, reason string) bool {
	var refused *apiError
	return errors.As(err, &refused) && strings.Contains(refused.Description, reason)
}

// largestFile that Telegram hands to a bot.
const largestFile = 20 << 20

// download opens a file that a person sent.
func (a *api) download(ctx context.Context, id string, size int64) (io.ReadCloser, error) {
	if size > largestFile {
		return nil, fmt.Errorf("the file has %d MB, and Telegram hands at most %d MB to a bot", size>>20, largestFile>>20)
	}
	var f models.File
	if err := a.call(ctx, "getFile", map[string]string{"file_id": id}, &f); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.server+"/file/bot"+a.token+"/"+f.FilePath, nil)
	if err != nil {
		return nil, fmt.Errorf("downloading a file: %w", bare(err))
	}
	response, err := a.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("downloading a file: %w", bare(err))
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close()
		return nil, fmt.Errorf("downloading a file: Telegram says %s", response.Status)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, largestFile), response.Body}, nil
}

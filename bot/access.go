package bot

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Terminal is the user at the terminal of the machine itself.
const Terminal int64 = 0

// Access decides who is answered.
//
// The rule: the user at the terminal; the administrators and users that the
// environment names; and who claimed the bot with the one-time code, which
// exists only while nobody is named and nobody has claimed. Nobody else.
type Access struct {
	mu     sync.Mutex
	users  []int64
	admins []int64
	code   string // "" when there is none to claim
	tries  map[int64]int
	file   string // where a claim is kept
}

// triesPerUser wrong codes and a user's further ones are not looked at.
const triesPerUser = 5

// NewAccess reads the lists of numeric user IDs, parted by commas or spaces,
// and the claim kept in dir. A malformed ID is an error that names it.
func NewAccess(users, admins, dir string) (*Access, error) {
	a := &Access{tries: map[int64]int{}, file: filepath.Join(dir, "admins")}
	var err error
	if a.users, err = userIDs("TELEGRAM_ALLOWED_USERS", users); err != nil {
		return nil, err
	}
	if a.admins, err = userIDs("TELEGRAM_ADMINS", admins); err != nil {
		return nil, err
	}
	kept, err := os.ReadFile(a.file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the administrators kept: %w", err)
	}
	claimed, err := userIDs(a.file, string(kept))
	if err != nil {
		return nil, err
	}
	a.admins = append(a.admins, claimed...)
	if len(a.users)+len(a.admins) == 0 {
		a.code = newCode()
	}
	return a, nil
}

func userIDs(name, list string) (ids []int64, err error) {
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(",;， \t\r\n", r) }) {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil || id <= 0 {
			return nil, fmt.Errorf("%s: %q is no numeric Telegram user ID", name, word)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// newCode is eight characters that can't be mistaken for one another.
func newCode() string {
	const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
	var b [8]byte
	rand.Read(b[:])
	for i := range b {
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b[:])
}

// Code is the one-time code by which the first administrator makes himself
// known, "" when there is none.
func (a *Access) Code() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.code
}

// Allowed tells whether a user is answered.
func (a *Access) Allowed(user int64) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return user == Terminal || slices.Contains(a.users, user) || slices.Contains(a.admins, user)
}

// Claim makes a user the administrator if the code is right. The claim is on
// disk before it counts.
func (a *Access) Claim(user int64, code string) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.code == "" || a.tries[user] >= triesPerUser || len(a.tries) > 10_000 {
		return false, nil
	}
	a.tries[user]++
	if subtle.ConstantTimeCompare([]byte(strings.ToUpper(strings.TrimSpace(code))), []byte(a.code)) != 1 {
		return false, nil
	}
	if err := writeWhole(a.file, []byte(strconv.FormatInt(user, 10)+"\n")); err != nil {
		return false, fmt.Errorf("keeping the administrator: %w", err)
	}
	a.admins, a.code = append(a.admins, user), ""
	return true, nil
}

// writeWhole writes a file aside, syncs it and renames it into place.
func writeWhole(name string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".aside-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

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

	"reportbot/bot/record"
)

// Terminal is the user at the terminal of the machine itself.
const Terminal int64 = 0

// Access decides who is answered. Its rule is the one predicate MayAsk.
//
// The lists of the environment are the floor: who stands there can't be banned
// in chat. What administrators grant in chat is kept in the record, on disk
// before it counts. While nobody at all is named there is a one-time code; who
// sends it becomes the first administrator.
type Access struct {
	mu      sync.Mutex
	users   []int64 // of the environment
	admins  []int64 // of the environment
	granted map[int64]record.Role
	code    string // "" when there is none to claim
	tries   map[int64]int
	record  *record.Record
}

// triesPerUser wrong codes and a user's further ones are not looked at.
const triesPerUser = 5

// NewAccess reads the lists of numeric user IDs, parted by commas or spaces,
// and what the record says was granted. A malformed ID is an error that names it.
func NewAccess(users, admins string, kept *record.Record) (*Access, error) {
	a := &Access{tries: map[int64]int{}, record: kept}
	var err error
	if a.users, err = userIDs("TELEGRAM_ALLOWED_USERS", users); err != nil {
		return nil, err
	}
	if a.admins, err = userIDs("TELEGRAM_ADMINS", admins); err != nil {
		return nil, err
	}
	if err := a.read(); err != nil {
		return nil, err
	}
	if len(a.users)+len(a.Administrators()) == 0 && kept.Lost() == nil {
		a.code = newCode()
	}
	return a, nil
}

// read takes from the record what was granted.
func (a *Access) read() error {
	grants, err := a.record.Grants()
	if err != nil {
		return fmt.Errorf("reading who may ask: %w", err)
	}
	a.granted = map[int64]record.Role{}
	for _, g := range grants {
		a.granted[g.Subject] = g.Role
	}
	return nil
}

// Move gives what a group was granted to its new ID.
func (a *Access) Move(from, to int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.record.Move(from, to); err != nil {
		return fmt.Errorf("keeping the new ID of a group: %w", err)
	}
	return a.read()
}

// MoveClaim takes the administrator from the file admins in dir, where earlier
// versions kept the claim, into the record, and removes the file.
func MoveClaim(dir string, kept *record.Record) error {
	file := filepath.Join(dir, "admins")
	list, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the administrators kept: %w", err)
	}
	ids, err := userIDs(file, string(list))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := kept.Grant(id, record.Administrator, id); err != nil {
			return fmt.Errorf("moving the administrator into the record: %w", err)
		}
	}
	return os.Remove(file)
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

// MayAsk is the rule. A person is answered in a chat when the person is
// allowed, wherever that is; or when the chat is a group that an administrator
// allowed, and the person is not banned. Nobody else gets a word of a report.
func (a *Access) MayAsk(user, chat int64) bool {
	return a.Allowed(user) || isGroup(chat) && a.role(chat) == record.Reader && a.role(user) != record.Banned
}

// isGroup tells a group from a private chat: Telegram numbers people above
// zero and groups below.
func isGroup(chat int64) bool { return chat < 0 }

// Allowed tells whether a person may ask in any chat.
func (a *Access) Allowed(user int64) bool {
	role := a.role(user)
	return role == record.Reader || role == record.Administrator
}

// Administrator tells whether a person may let others in.
func (a *Access) Administrator(user int64) bool { return a.role(user) == record.Administrator }

// role of a person or a group: the higher one of the floor and what was granted.
func (a *Access) role(subject int64) record.Role {
	a.mu.Lock()
	defer a.mu.Unlock()
	granted := a.granted[subject]
	switch {
	case subject == Terminal, slices.Contains(a.admins, subject), granted == record.Administrator:
		return record.Administrator
	case slices.Contains(a.users, subject):
		return record.Reader
	}
	return granted
}

// fixed tells whether the environment names a person, and so shows up without
// any grant.
func (a *Access) fixed(user int64) bool {
	return slices.Contains(a.admins, user) || slices.Contains(a.users, user)
}

// belowFloor tells whether a role is less than what the environment gives.
func (a *Access) belowFloor(user int64, role record.Role) bool {
	if user == Terminal || slices.Contains(a.admins, user) {
		return role != record.Administrator
	}
	return slices.Contains(a.users, user) && role != record.Administrator && role != record.Reader
}

// Administrators is who may let others in, in order.
func (a *Access) Administrators() []int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := slices.Clone(a.admins)
	for subject, role := range a.granted {
		if role == record.Administrator {
			all = append(all, subject)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Grant gives a person or a group a role. It is in the record before it counts.
func (a *Access) Grant(subject int64, role record.Role, by int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.record.Grant(subject, role, by); err != nil {
		return fmt.Errorf("keeping what was granted: %w", err)
	}
	a.granted[subject] = role
	return nil
}

// Decide answers a request that waits. It returns false where none does.
func (a *Access) Decide(user int64, role record.Role, by int64) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	decided, err := a.record.Decide(user, role, by)
	if err != nil {
		return false, fmt.Errorf("keeping what was decided: %w", err)
	}
	if decided && role != record.None {
		a.granted[user] = role
	}
	return decided, nil
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
	if err := a.record.Grant(user, record.Administrator, user); err != nil {
		return false, fmt.Errorf("keeping the administrator: %w", err)
	}
	a.granted[user], a.code = record.Administrator, ""
	return true, nil
}

// named is whom the environment names, in order.
func (a *Access) named() []int64 {
	all := slices.Concat(a.admins, a.users)
	slices.Sort(all)
	return slices.Compact(all)
}

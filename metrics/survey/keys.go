package survey

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// maxKeys is the number of different touchpoints, segments or periods that a reader or a cube takes; codes are 16 bits.
const maxKeys = 1 << 16

// A keyring turns the texts of one kind of column into keys, each text once. Code 0 is the empty key.
type keyring struct {
	what    string // "touchpoint"
	aliases map[string]cxmodel.Key
	byText  map[string]uint16
	byKey   map[cxmodel.Key]uint16
	keys    []cxmodel.Key
	lately  *recent[cxmodel.Key] // made when needed; keys in a ring of a Cube, texts in one of a Reader
}

func newKeyring(what string, aliases map[string]cxmodel.Key) *keyring {
	return &keyring{
		what: what, aliases: aliases, keys: []cxmodel.Key{""},
		byText: map[string]uint16{"": 0}, byKey: map[cxmodel.Key]uint16{"": 0},
	}
}

// code returns the code of a text. A *cxmodel.LimitError ends the reading, another error rejects the row.
func (k *keyring) code(text []byte) (uint16, error) {
	if k.lately == nil {
		k.lately = new(recent[cxmodel.Key])
	}
	e := &k.lately[recentSlot(text)]
	if string(e.text) == string(text) {
		return e.code, nil
	}
	if c, ok := k.byText[string(text)]; ok {
		e.text, e.code = cxmodel.Key(text), c
		return c, nil
	}
	key, err := k.key(text)
	if err != nil {
		return 0, err
	}
	c, err := k.add(key)
	if err == nil && len(k.byText) < 4*maxKeys { // many spellings of few keys do not fill the memory
		k.byText[string(text)] = c
	}
	return c, err
}

// add returns the code of a key, which is given one if it has none; a malformed key is an ErrAnswer.
func (k *keyring) add(key cxmodel.Key) (uint16, error) {
	if c, ok := k.byKey[key]; ok {
		return c, nil
	}
	if !key.Valid() {
		return 0, fmt.Errorf("%w: the %s: %w", ErrAnswer, k.what, key.Check())
	}
	if len(k.keys) == maxKeys {
		return 0, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "different " + k.what + " keys", Limit: maxKeys})
	}
	c := uint16(len(k.keys))
	k.keys = append(k.keys, key)
	k.byKey[key] = c
	return c, nil
}

// cut forgets all keys but the first n.
func (k *keyring) cut(n int) {
	for _, key := range k.keys[n:] {
		delete(k.byKey, key)
		if k.lately != nil {
			if e := &k.lately[recentSlot(key)]; e.text == key {
				e.text, e.code = "", 0
			}
		}
	}
	k.keys = k.keys[:n]
}

// find returns the code of a key that a cube to subtract has counted.
func (k *keyring) find(key cxmodel.Key) (uint16, error) {
	if c, ok := k.byKey[key]; ok {
		return c, nil
	}
	return 0, fmt.Errorf("%w: there is none with the %s %q", ErrNegative, k.what, key)
}

// addLately is add for keys that come again and again.
func (k *keyring) addLately(key cxmodel.Key) (uint16, error) {
	if k.lately == nil {
		k.lately = new(recent[cxmodel.Key])
	}
	e := &k.lately[recentSlot(key)]
	if e.text == key {
		return e.code, nil
	}
	c, err := k.add(key)
	if err == nil {
		e.text, e.code = key, c
	}
	return c, err
}

// key returns the key that a text stands for: its alias, or itself in lower case with hyphens for blanks and
// underscores. Nothing is left out to make a key, because two different texts could then become one.
func (k *keyring) key(text []byte) (cxmodel.Key, error) {
	if key, ok := k.aliases[string(text)]; ok {
		return key, nil
	}
	if len(text) <= cxmodel.MaxKeyLength {
		key := cxmodel.Key(bytes.Map(func(c rune) rune {
			switch {
			case c == ' ' || c == '_':
				return '-'
			case c >= 'A' && c <= 'Z':
				return c + 'a' - 'A'
			}
			return c
		}, text))
		if key.Valid() {
			return key, nil
		}
	}
	if !utf8.Valid(text) {
		return "", fmt.Errorf("the %s %q is not UTF-8; save the file as UTF-8", k.what, clip.Text(text))
	}
	such := ""
	if key := cxmodel.KeyFrom(string(text[:min(len(text), clip.Most)])); key != "" && len(text) <= clip.Most {
		such = fmt.Sprintf(", such as %s%ss: {%q: %q}", strings.ToUpper(k.what[:1]), k.what[1:], text, key)
	}
	return "", fmt.Errorf("the %s %q is not a key of lower-case letters, digits and hyphens; name one for it in Aliases%s", k.what, clip.Text(text), such)
}

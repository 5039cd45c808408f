package cxmodel

import (
	"errors"
	"fmt"
	"strings"
)

// MaxKeyLength is the longest Key, in bytes.
const MaxKeyLength = 64

// ErrKey is wrapped by every error about a malformed Key or Ref.
var ErrKey = errors.New("malformed key")

// A Key is the name that people write for an element: lower-case ASCII letters, digits and hyphens,
// 1 to 64 bytes, with no hyphen at either end ("order-dine"). It is unique within its kind; see [Ref].
type Key string

// ParseKey returns s as a Key, or an error that wraps [ErrKey], says what is wrong and offers a key that would do.
func ParseKey(s string) (Key, error) {
	k := Key(s)
	if err := k.Check(); err != nil {
		return "", err
	}
	return k, nil
}

// Valid reports whether k is well formed.
func (k Key) Valid() bool {
	if k == "" || len(k) > MaxKeyLength || k[0] == '-' || k[len(k)-1] == '-' {
		return false
	}
	for i := range len(k) {
		c := k[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// Check returns nil if k is well formed, else an error that says what is wrong and how to mend it.
func (k Key) Check() error {
	switch {
	case k.Valid():
		return nil
	case k == "":
		return fmt.Errorf("%w: the key is empty; write 1 to %d lower-case letters, digits or hyphens", ErrKey, MaxKeyLength)
	case len(k) > MaxKeyLength:
		return fmt.Errorf("%w: %q… has %d bytes; at most %d are allowed", ErrKey, shorten(string(k), 24), len(k), MaxKeyLength)
	}
	if mended := KeyFrom(string(k)); mended != "" {
		return fmt.Errorf("%w: %q; use lower-case letters, digits and hyphens, such as %q", ErrKey, string(k), string(mended))
	}
	return fmt.Errorf("%w: %q; use lower-case letters, digits and hyphens", ErrKey, string(k))
}

// plainLetters are the letters of Western Europe without their marks.
var plainLetters = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "æ", "ae", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "œ", "oe",
	"ß", "ss", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y",
)

// KeyFrom makes a Key of a human name: "Order + dine" becomes "order-dine", "Café" becomes "cafe". Letters
// beyond those of Western Europe are left out, so the result may be empty; it is then up to the caller to
// choose a key.
func KeyFrom(name string) Key {
	var b strings.Builder
	gap := false
	for _, r := range plainLetters.Replace(strings.ToLower(name)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
		if b.Len() >= MaxKeyLength {
			break
		}
	}
	s := b.String()
	return Key(strings.Trim(s[:min(len(s), MaxKeyLength)], "-"))
}

// A Kind says what a Ref refers to.
type Kind string

// The kinds of element that have keys.
const (
	KindJourney     Kind = "journey"
	KindPersona     Kind = "persona"
	KindStage       Kind = "stage"
	KindTouchpoint  Kind = "touchpoint"
	KindMeasure     Kind = "measure"
	KindSegment     Kind = "segment"
	KindProposition Kind = "proposition"
	KindChannel     Kind = "channel"
	KindRelation    Kind = "relationship"
	KindRevenue     Kind = "revenue-stream"
	KindResource    Kind = "resource"
	KindActivity    Kind = "activity"
	KindPartnership Kind = "partnership"
	KindCost        Kind = "cost"
	KindTeam        Kind = "team"
	KindInitiative  Kind = "initiative"
	KindObjective   Kind = "objective"
)

// A Ref names an element by kind and key: "touchpoint/search". Where only one kind has the key, the
// short form "search" (an empty Kind) serves too. The zero Ref refers to nothing.
type Ref struct {
	Kind Kind
	Key  Key
}

// ParseRef reads "kind/key" or "key". The kind is not looked up: whether it exists is for Validate to say.
func ParseRef(s string) (Ref, error) {
	kind, key, found := strings.Cut(s, "/")
	if !found {
		kind, key = "", s
	}
	if found && !Key(kind).Valid() {
		return Ref{}, fmt.Errorf("%w: %q has no kind before the slash; write kind/key, such as %q", ErrKey, s, "touchpoint/search")
	}
	if err := Key(key).Check(); err != nil {
		return Ref{}, err
	}
	return Ref{Kind: Kind(kind), Key: Key(key)}, nil
}

// IsZero reports whether r refers to nothing.
func (r Ref) IsZero() bool { return r == Ref{} }

// Matches reports whether r, taken as a reference, can mean the element target: the keys agree, and
// the kinds agree unless r is in the short form.
func (r Ref) Matches(target Ref) bool {
	return r.Key == target.Key && (r.Kind == "" || r.Kind == target.Kind)
}

// String returns "kind/key", or "key" for the short form.
func (r Ref) String() string {
	if r.Kind == "" {
		return string(r.Key)
	}
	return string(r.Kind) + "/" + string(r.Key)
}

// MarshalText implements [encoding.TextMarshaler].
func (r Ref) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]; see [ParseRef]. The empty text is the zero Ref, which MarshalText writes.
func (r *Ref) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Ref{}
		return nil
	}
	ref, err := ParseRef(string(text))
	if err != nil {
		return err
	}
	*r = ref
	return nil
}

// shorten returns the first n bytes of s at most, cut between runes.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

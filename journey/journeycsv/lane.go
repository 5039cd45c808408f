package journeycsv

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/journey"
)

// A lane is a row of the table: how a touchpoint fills it, and what a cell means.
type lane struct {
	name  string
	words []string // other headings that people use, in the form of normal
	get   func(t *journey.Touchpoint) string
	// set puts text in and returns what it had to drop for it; comma says that decimal commas may occur.
	set func(t *journey.Touchpoint, text string, comma bool) (dropped []string, err error)
}

// Lanes returns the names of the lanes, in the order in which Encode writes them. Lanes of the journey's own follow.
func Lanes() []string {
	out := make([]string, len(lanes))
	for i, l := range lanes {
		out[i] = l.name
	}
	return out
}

var lanes = []lane{
	line("name", func(t *journey.Touchpoint) *string { return &t.Name }, "title"),
	line("description", func(t *journey.Touchpoint) *string { return &t.Description }),
	line("kind", func(t *journey.Touchpoint) *string { return (*string)(&t.Kind) }),
	line("action", func(t *journey.Touchpoint) *string { return &t.Action }, "actions", "does", "doing", "customer-action", "customer-actions", "user-actions"),
	line("thought", func(t *journey.Touchpoint) *string { return &t.Thought }, "thoughts", "thinks", "thinking"),
	line("expectation", func(t *journey.Touchpoint) *string { return &t.Expectation }, "expectations", "expects"),
	line("says", func(t *journey.Touchpoint) *string { return &t.Says }, "quote", "saying"),
	list("messages", "", func(t *journey.Touchpoint) *[]journey.Message { return &t.Messages },
		func(m *journey.Message) *string { return &m.Text }, "message"),
	line("strategy", func(t *journey.Touchpoint) *string { return &t.Strategy }),
	{name: "standard", get: standardOf, set: setStandard},
	line("channel", func(t *journey.Touchpoint) *string { return (*string)(&t.Channel) }, "channels"),
	word("layer", func(t *journey.Touchpoint) *journey.Layer { return &t.Layer }),
	list("actors", "", func(t *journey.Touchpoint) *[]journey.Actor { return &t.Actors },
		func(a *journey.Actor) *string { return &a.Name }, "actor", "people"),
	list("systems", "", func(t *journey.Touchpoint) *[]string { return &t.Systems }, func(s *string) *string { return s }, "system", "tools"),
	line("owner", func(t *journey.Touchpoint) *string { return &t.Owner }, "owners", "responsible"),
	number("weight", func(t *journey.Touchpoint) **float64 { return &t.Weight }),
	word("moment", func(t *journey.Touchpoint) *journey.Moment { return &t.Moment }, "moment-of-truth", "moments-of-truth"),
	number("sentiment", func(t *journey.Touchpoint) **float64 { return &t.Sentiment }, "mood", "score"),
	list("emotions", "", func(t *journey.Touchpoint) *[]journey.Emotion { return &t.Emotions },
		func(e *journey.Emotion) *string { return (*string)(&e.Tag) }, "emotion", "feels", "feeling", "feelings"),
	list("pains", "pain", func(t *journey.Touchpoint) *[]journey.Pain { return &t.Pains },
		func(p *journey.Pain) *string { return &p.Text }, "pain", "pain-points", "pain-point", "frustrations"),
	list("delights", "delight", func(t *journey.Touchpoint) *[]journey.Delight { return &t.Delights },
		func(d *journey.Delight) *string { return &d.Text }, "delight", "gains"),
	list("opportunities", "opportunity", func(t *journey.Touchpoint) *[]journey.Opportunity { return &t.Opportunities },
		func(o *journey.Opportunity) *string { return &o.Text }, "opportunity", "ideas"),
	{name: "proactive", get: func(t *journey.Touchpoint) string {
		if t.Proactive == nil {
			return ""
		}
		return yesNo(*t.Proactive)
	}, set: func(t *journey.Touchpoint, text string, _ bool) ([]string, error) {
		t.Proactive = nil
		if text == "" {
			return nil, nil
		}
		yes, err := parseYes(text)
		if err == nil {
			t.Proactive = &yes
		}
		return nil, err
	}},
	flag("listens", func(t *journey.Touchpoint) *bool { return &t.Listens }),
	flag("optional", func(t *journey.Touchpoint) *bool { return &t.Optional }),
	flag("repeats", func(t *journey.Touchpoint) *bool { return &t.Repeats }),
	line("sub-journey", func(t *journey.Touchpoint) *string { return (*string)(&t.SubJourney) }),
	list("aliases", "", func(t *journey.Touchpoint) *[]string { return &t.Aliases }, func(s *string) *string { return s }, "alias", "codes"),
	list("formerly", "", func(t *journey.Touchpoint) *[]cxmodel.Key { return &t.Formerly },
		func(k *cxmodel.Key) *string { return (*string)(k) }),
}

// line is a lane of plain text.
func line(name string, field func(*journey.Touchpoint) *string, words ...string) lane {
	return lane{name, words,
		func(t *journey.Touchpoint) string { return *field(t) },
		func(t *journey.Touchpoint, text string, _ bool) ([]string, error) { *field(t) = text; return nil, nil }}
}

// ownPrefix marks a lane of the journey's own whose key is a word for one of the library's.
const ownPrefix = "lane/"

// builtin reports whether a heading means something without the journey.
func builtin(h string) bool {
	switch h {
	case headTouchpoint, headStage, headStageName:
		return true
	}
	return slices.Contains(touchpointWords, h) ||
		slices.ContainsFunc(lanes, func(l lane) bool { return l.name == h || slices.Contains(l.words, h) })
}

// own is a lane that the journey has itself.
func own(key cxmodel.Key) lane {
	name := string(key)
	if builtin(name) {
		name = ownPrefix + name
	}
	return lane{name, []string{string(key), ownPrefix + string(key)},
		func(t *journey.Touchpoint) string { return t.Lanes[key] },
		func(t *journey.Touchpoint, text string, _ bool) ([]string, error) {
			if text == "" {
				delete(t.Lanes, key)
				return nil, nil
			}
			if t.Lanes == nil {
				t.Lanes = map[cxmodel.Key]string{}
			}
			t.Lanes[key] = text
			return nil, nil
		}}
}

type textValue[T any] interface {
	*T
	fmt.Stringer
	UnmarshalText([]byte) error
}

// word is a lane of an enumeration.
func word[T any, P textValue[T]](name string, field func(*journey.Touchpoint) *T, words ...string) lane {
	return lane{name, words,
		func(t *journey.Touchpoint) string { return P(field(t)).String() },
		func(t *journey.Touchpoint, text string, _ bool) ([]string, error) {
			var v T
			if err := P(&v).UnmarshalText([]byte(strings.ToLower(text))); err != nil {
				if yes, bad := parseYes(text); bad != nil || !yes || P(&v).UnmarshalText([]byte("yes")) != nil {
					return nil, err
				}
			}
			*field(t) = v
			return nil, nil
		}}
}

// number is a lane of an optional number.
func number(name string, field func(*journey.Touchpoint) **float64, words ...string) lane {
	return lane{name, words,
		func(t *journey.Touchpoint) string {
			if p := *field(t); p != nil {
				return strconv.FormatFloat(*p, 'g', -1, 64)
			}
			return ""
		},
		func(t *journey.Touchpoint, text string, comma bool) ([]string, error) {
			if text == "" {
				*field(t) = nil
				return nil, nil
			}
			plain := strings.Replace(text, "\u2212", "-", 1) // the minus sign of word processors
			if comma {
				plain = strings.Replace(plain, ",", ".", 1)
			}
			x, err := strconv.ParseFloat(plain, 64)
			if err != nil || strings.ContainsAny(plain, "xXpP_nNiI") {
				return nil, fmt.Errorf("%q is not a number", clip.Text(text))
			}
			*field(t) = &x
			return nil, nil
		}}
}

// flag is a lane of yes or nothing.
func flag(name string, field func(*journey.Touchpoint) *bool) lane {
	return lane{name, nil,
		func(t *journey.Touchpoint) string {
			if *field(t) {
				return "yes"
			}
			return ""
		},
		func(t *journey.Touchpoint, text string, _ bool) ([]string, error) {
			yes, err := false, error(nil)
			if text != "" {
				yes, err = parseYes(text)
			}
			if err == nil {
				*field(t) = yes
			}
			return nil, err
		}}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func parseYes(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "yes", "true", "x", "1", "✓":
		return true, nil
	case "no", "false", "0", "-":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither yes nor no", clip.Text(text))
}

func standardOf(t *journey.Touchpoint) string {
	if t.Standard == nil {
		return ""
	}
	return t.Standard.Text
}

func setStandard(t *journey.Touchpoint, text string, _ bool) ([]string, error) {
	switch {
	case text == "" && t.Standard != nil && t.Standard.Text != "":
		old := t.Standard.Text
		t.Standard = nil
		return []string{fmt.Sprintf("the standard %q", old)}, nil
	case text == "":
	case t.Standard == nil:
		t.Standard = &journey.Standard{Text: text}
	default:
		s := *t.Standard
		s.Text = text
		t.Standard = &s
	}
	return nil, nil
}

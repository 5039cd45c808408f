package journeycsv

import (
	"cmp"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// An index finds the touchpoints of a journey by what a heading may call them: key, former key, alias or name.
type index struct {
	words map[string]cxmodel.Key
	names map[string]cxmodel.Key // "" where two have the name
	at    map[cxmodel.Key]place
	list  string // of the first keys, for messages
}

type place struct {
	stage      *journey.Stage
	touchpoint *journey.Touchpoint
}

func newIndex(j *journey.Journey) *index {
	x := &index{words: j.TouchpointNames(), names: map[string]cxmodel.Key{}, at: map[cxmodel.Key]place{}}
	var keys []string
	for s, t := range j.AllTouchpoints() {
		if _, twice := x.at[t.Key]; !twice {
			x.at[t.Key] = place{s, t}
		}
		name := strings.ToLower(normal(t.Name))
		if _, twice := x.names[name]; twice || name == "" {
			x.names[name] = ""
		} else {
			x.names[name] = t.Key
		}
		if len(keys) < 12 {
			keys = append(keys, string(t.Key))
		} else if len(keys) == 12 {
			keys = append(keys, "…")
		}
	}
	x.list = cmp.Or(strings.Join(keys, ", "), "none")
	return x
}

func (x *index) find(h string) (*journey.Stage, *journey.Touchpoint) {
	if ref, err := cxmodel.ParseRef(h); err == nil && ref.Kind == cxmodel.KindTouchpoint {
		h = string(ref.Key)
	}
	key, ok := x.words[h]
	if !ok {
		key = x.names[strings.ToLower(h)]
	}
	p := x.at[key]
	return p.stage, p.touchpoint
}

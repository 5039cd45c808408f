package journey

import (
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Trend says what became of something between two versions of a journey.
type Trend int

// Trends.
const (
	TrendUnspecified Trend = iota // in both, and nothing known to compare
	TrendNew                      // only in the newer version
	TrendResolved                 // only in the older version
	TrendImproved
	TrendWorsened
	TrendUnchanged
)

var trends = enum.Table{Type: "trend", Names: []string{"", "new", "resolved", "improved", "worsened", "unchanged"}}

// String returns the trend's name, or "" for TrendUnspecified.
func (t Trend) String() string { return trends.String(int(t)) }

// MarshalText implements [encoding.TextMarshaler].
func (t Trend) MarshalText() ([]byte, error) { return trends.Text(int(t)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *Trend) UnmarshalText(text []byte) error { return enum.Set(t, &trends, text) }

// A Delta is what became of one pain, one opportunity, or the sentiment at one touchpoint.
type Delta struct {
	Ref        cxmodel.Ref  `json:"ref,omitzero"` // of the pain or opportunity, zero if it has no key; of the touchpoint
	Kind       cxmodel.Kind `json:"kind"`
	Touchpoint cxmodel.Key  `json:"touchpoint"` // where it stands in the newer version; in the older one if it is resolved
	Text       string       `json:"text"`       // of the pain or opportunity; the touchpoint's name
	Trend      Trend        `json:"trend,omitempty"`
	// From and To are the values compared, NaN where they are not known: the sentiment of a touchpoint, the Score of
	// an opportunity, the Burden of a pain, or its severity or else its reach where one version knows only that.
	From float64 `json:"from"`
	To   float64 `json:"to"`
}

// MarshalJSON implements [json.Marshaler]; a value that is not known is null.
func (d Delta) MarshalJSON() ([]byte, error) { return nanjson.Marshal(d) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (d *Delta) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, d) }

// DeltaList is what became of a journey.
type DeltaList []Delta

// Deltas compares an older with a newer version of a journey, or the journey as it is with the one to be: its pains,
// its opportunities and the sentiment of its touchpoints, in the order of b, with what was resolved at the end in the
// order of a. A burden or an opportunity that falls is an improvement: the need is better met. What is the same in
// both is matched as in [Diff]. A nil journey is an empty one.
func Deltas(a, b *Journey) DeltaList {
	if a == nil {
		a = new(Journey)
	}
	if b == nil {
		b = new(Journey)
	}
	p := pair(a, b)
	var out DeltaList
	for i := range p.new {
		d, ok := p.delta(p.new, i)
		if !ok {
			continue
		}
		d.To = d.From
		if was := p.toOld[i]; was >= 0 {
			before, _ := p.delta(p.old, was)
			d.From = before.From
			if pain, ok := p.new[i].Value.(*Pain); ok && math.IsNaN(d.To-d.From) {
				d.From, d.To = partBurdens(p.old[was].Value.(*Pain), pain)
			}
			d.compare()
		} else {
			d.From, d.Trend = math.NaN(), TrendNew
		}
		if d.Kind != cxmodel.KindTouchpoint || !math.IsNaN(d.From) && !math.IsNaN(d.To) {
			out = append(out, d)
		}
	}
	for i := range p.old {
		if d, ok := p.delta(p.old, i); ok && p.toNew[i] < 0 && d.Kind != cxmodel.KindTouchpoint {
			d.To, d.Trend = math.NaN(), TrendResolved
			out = append(out, d)
		}
	}
	return out
}

// partBurdens returns what two versions of a pain both know, if that is not the whole burden.
func partBurdens(a, b *Pain) (from, to float64) {
	switch {
	case a.Severity != nil && b.Severity != nil:
		return float64(*a.Severity), float64(*b.Severity)
	case a.Reach != nil && b.Reach != nil:
		return *a.Reach, *b.Reach
	}
	return math.NaN(), math.NaN()
}

// delta describes an element, its value in From.
func (p *pairing) delta(nodes []node, i int) (Delta, bool) {
	n := &nodes[i]
	d := Delta{Kind: n.Ref.Kind, Text: n.text, From: math.NaN()}
	if n.Ref.Key != "" {
		d.Ref = n.Ref
	}
	if n.parent >= 0 {
		d.Touchpoint = nodes[n.parent].Ref.Key
	}
	switch x := n.Value.(type) {
	case *Pain:
		d.From = x.Burden()
	case *Opportunity:
		d.From = x.Score()
	case *Touchpoint:
		d.Touchpoint, d.Text = x.Key, x.Title()
		if x.Sentiment != nil {
			d.From = *x.Sentiment
		}
	default:
		return d, false
	}
	return d, true
}

func (d *Delta) compare() {
	better := d.To - d.From
	if d.Kind != cxmodel.KindTouchpoint {
		better = -better
	}
	const rounding = 1e-9 // .75 × .2 is more than .5 × .3 in floating point
	switch {
	case math.IsNaN(better):
	case better > rounding:
		d.Trend = TrendImproved
	case better < -rounding:
		d.Trend = TrendWorsened
	default:
		d.Trend = TrendUnchanged
	}
}

package keydriver

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/internal/table"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Moment says how much one touchpoint costs the outcome.
type Moment struct {
	Key         cxmodel.Key      `json:"key"`
	Gain        metrics.Estimate `json:"gain"`         // effect × share below target × reach
	Effect      metrics.Estimate `json:"effect"`       // points of the outcome for a tenth of the scale towards its good end
	BelowTarget metrics.Estimate `json:"below-target"` // share of answers on the bad side of the target, [0, 1]
	Reach       float64          `json:"reach"`        // share of customers, [0, 1]
	Flagged     bool             `json:"flagged"`      // by the journey
	Found       bool             `json:"found"`        // the interval of the gain lies above 0
}

// Moments are the moments of truth as the data have them, beside those that the journey flags.
type Moments struct {
	Moments     []Moment      `json:"moments"`      // the largest gain first
	Agreed      []cxmodel.Key `json:"agreed"`       // flagged and found
	OnlyFlagged []cxmodel.Key `json:"only-flagged"` // measured, and not found: unimportant, without disappointment, or not met
	OnlyFound   []cxmodel.Key `json:"only-found"`   // not flagged
	NotMeasured []cxmodel.Key `json:"not-measured"` // flagged, and not among the drivers
	// Agreement is the share of keys flagged or found that are both, [0, 1]; NaN where there are none.
	Agreement float64 `json:"agreement"`
}

// MomentsOfTruth ranks the touchpoints by
//
//	gain = effect × share below target × reach
//
// the points that the mean outcome of all customers would gain, were everyone who meets the touchpoint and is
// disappointed happier with it by a tenth of the scale (one point on 0 to 10, ten on 0 to 100), if the effect is a cause:
//
//	effect = coefficient (max - min)/10, with the other sign where low is good
//
// The interval carries the errors of effect and share, as if independent:
//
//	SE = reach sqrt((effect SE_share)² + (share SE_effect)²)
//
// with the normal quantile. A moment is found where the interval lies above 0; each is judged by itself, so among many
// one in forty without effect is found at level .95. flagged are the keys that the journey has as moments of truth, in
// any order. It fails with [ErrNoTarget] where a driver has no target, with [ErrNoScale] where it has no scale, and with
// [metrics.ErrNoData] without drivers.
func (a *Analysis) MomentsOfTruth(flagged []cxmodel.Key) (*Moments, error) {
	if len(a.Results) == 0 {
		return nil, fmt.Errorf("%w: no drivers", metrics.ErrNoData)
	}
	m := &Moments{Agreement: math.NaN()}
	measured := map[cxmodel.Key]bool{}
	for _, r := range a.Results {
		if math.IsNaN(r.BelowTarget.Value) || r.BelowTarget.N == 0 {
			return nil, fmt.Errorf("%w: driver %q; set Target, below which an answer disappoints", ErrNoTarget, string(r.Key))
		}
		if r.Scale == (cxmodel.Scale{}) {
			return nil, fmt.Errorf("%w: driver %q; set Scale, by which its effect is told like that of the others", ErrNoScale, string(r.Key))
		}
		measured[r.Key] = true
		x := Moment{Key: r.Key, Effect: effect(r), BelowTarget: r.BelowTarget, Reach: r.Reach, Flagged: slices.Contains(flagged, r.Key)}
		x.Gain = gain(x)
		x.Found = x.Gain.Low > 0
		m.Moments = append(m.Moments, x)
	}
	slices.SortStableFunc(m.Moments, func(x, y Moment) int { return cmp.Compare(y.Gain.Value, x.Gain.Value) })
	for _, x := range m.Moments {
		switch {
		case x.Flagged && x.Found:
			m.Agreed = append(m.Agreed, x.Key)
		case x.Flagged:
			m.OnlyFlagged = append(m.OnlyFlagged, x.Key)
		case x.Found:
			m.OnlyFound = append(m.OnlyFound, x.Key)
		}
	}
	for _, k := range flagged {
		if !measured[k] && !slices.Contains(m.NotMeasured, k) {
			m.NotMeasured = append(m.NotMeasured, k)
		}
	}
	if all := len(m.Agreed) + len(m.OnlyFlagged) + len(m.OnlyFound); all > 0 {
		m.Agreement = float64(len(m.Agreed)) / float64(all)
	}
	return m, nil
}

// effect is the coefficient for a tenth of the scale towards its good end.
func effect(r Result) metrics.Estimate {
	step := float64(r.Scale.Max-r.Scale.Min) / 10
	e := r.Coefficient
	e.Metric, e.Definition = "effect of "+string(r.Key), "points of the outcome for a tenth of the scale towards its good end, other drivers held"
	if r.Scale.LowIsGood {
		step = -step
		e.Low, e.High = e.High, e.Low
	}
	e.Value, e.Low, e.High, e.StdErr = step*e.Value, step*e.Low, step*e.High, math.Abs(step)*e.StdErr
	return e
}

func gain(m Moment) metrics.Estimate {
	effect, share := m.Effect, m.BelowTarget
	e := effect
	e.Metric, e.Definition, e.Method = "gain at "+string(m.Key), "points of the outcome: effect × share below target × reach", "delta method, normal"
	e.Value = effect.Value * share.Value * m.Reach
	e.StdErr = m.Reach * math.Hypot(effect.Value*share.StdErr, share.Value*effect.StdErr)
	z := -dist.NormalQuantile((1 - effect.Level) / 2)
	e.Low, e.High = e.Value-z*e.StdErr, e.Value+z*e.StdErr
	e.Warnings = share.Warnings &^ metrics.WarnZeroWidth
	if e.Low == e.High {
		e.Warnings |= metrics.WarnZeroWidth
	}
	return e
}

// MarshalJSON writes the moments; what is not available is null.
func (m Moments) MarshalJSON() ([]byte, error) { return nanjson.Marshal(m) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (m *Moments) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, m) }

// WriteCSV writes a heading and one line a touchpoint, for programs; those flagged and not measured come last, without numbers.
func (m *Moments) WriteCSV(w io.Writer) error { return m.table(full).WriteCSV(w) }

// WriteMarkdown writes the same as a pipe table for people.
func (m *Moments) WriteMarkdown(w io.Writer) error { return m.table(short).WriteMarkdown(w) }

func (m *Moments) table(number func(float64) string) *table.Table {
	out := &table.Table{Head: []string{"touchpoint", "gain", "low", "high", "effect", "below target", "reach", "found", "flagged"}}
	for _, x := range m.Moments {
		out.Add(string(x.Key), number(x.Gain.Value), number(x.Gain.Low), number(x.Gain.High), number(x.Effect.Value), number(x.BelowTarget.Value), number(x.Reach),
			strconv.FormatBool(x.Found), strconv.FormatBool(x.Flagged))
	}
	for _, key := range m.NotMeasured {
		out.Add(string(key), "", "", "", "", "", "", "", "true")
	}
	return out
}

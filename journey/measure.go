package journey

import (
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Measure says which question is asked, or which figure is read, of a journey, a stage or a touchpoint, and what
// is decided by it.
type Measure struct {
	Key      cxmodel.Key   `json:"key"` // unique over the journey; answers name it
	Name     string        `json:"name,omitempty"`
	Metric   Metric        `json:"metric"`
	Level    Level         `json:"level,omitempty"` // of the whole relationship, or of one transaction
	Question string        `json:"question,omitempty"`
	Scale    cxmodel.Scale `json:"scale,omitzero"`   // unset: the metric's own; see [Measure.AnswerScale]
	Unit     string        `json:"unit,omitempty"`   // of a metric that has no unit by itself: "minutes"
	Floor    *float64      `json:"floor,omitempty"`  // the value that is worth nothing, in the metric's unit
	Target   *float64      `json:"target,omitempty"` // the value that is worth all, in the metric's unit
	Source   string        `json:"source,omitempty"` // tool, file, report
	Decision string        `json:"decision,omitempty"`
	Owner    string        `json:"owner,omitempty"`
	Item     cxmodel.Ref   `json:"item,omitzero"` // the canvas item whose performance it measures
	Aliases  []string      `json:"aliases,omitempty"`
	Formerly []cxmodel.Key `json:"formerly,omitempty"`
	cxmodel.Extra
}

// AnswerScale returns the scale on which the question is answered: the measure's own, else the metric's. It is false
// where neither states one.
func (m *Measure) AnswerScale() (cxmodel.Scale, bool) {
	if m.Scale != (cxmodel.Scale{}) {
		return m.Scale, true
	}
	return m.Metric.Scale()
}

// Performance returns what a value of the measure is worth,
//
//	clamp((x - floor) / (target - floor), 0, 1)
//
// and NaN unless floor and target are both stated and differ. For a measure of which less is better the target
// lies below the floor.
func (m *Measure) Performance(x float64) float64 {
	if m.Floor == nil || m.Target == nil || *m.Floor == *m.Target {
		return math.NaN()
	}
	p := (x - *m.Floor) / (*m.Target - *m.Floor)
	if math.IsNaN(p) {
		return p
	}
	return min(max(p, 0), 1)
}

// A Level says whether a measure asks about the whole relationship or about one contact. The two are never pooled.
type Level int

// Levels.
const (
	LevelUnspecified Level = iota
	LevelRelationship
	LevelTransaction
)

var levels = enum.Table{Type: "level", Names: []string{"", "relationship", "transaction"}}

// String returns "relationship", "transaction", or "" for LevelUnspecified.
func (l Level) String() string { return levels.String(int(l)) }

// MarshalText implements [encoding.TextMarshaler].
func (l Level) MarshalText() ([]byte, error) { return levels.Text(int(l)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (l *Level) UnmarshalText(text []byte) error { return enum.Set(l, &levels, text) }

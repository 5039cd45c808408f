package survey

import (
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/metrics"
)

// Level says what an answer judges. The two are different quantities even where question and scale are the same.
type Level int

// The levels.
const (
	LevelUnspecified  Level = iota
	LevelRelationship       // the company as a whole, asked at any time
	LevelTransaction        // one encounter, asked after it
)

var levels = &enum.Table{Type: "level", Names: []string{"", "relationship", "transaction"}}

// String returns "relationship" or "transaction"; "" if unspecified.
func (l Level) String() string { return levels.String(int(l)) }

// MarshalText implements [encoding.TextMarshaler].
func (l Level) MarshalText() ([]byte, error) {
	if l < 0 || int(l) >= len(levels.Names) {
		return nil, fmt.Errorf("%w: there is no level %d", ErrOption, int(l))
	}
	return []byte(l.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (l *Level) UnmarshalText(text []byte) error {
	i, err := levels.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*l = Level(i)
	return nil
}

// A MeasureDef says which question an answer answers, and what is read from the answers. Two answers are put in one
// number only if they answer the same measure.
type MeasureDef struct {
	Key         cxmodel.Key   `json:"key"`                   // by which answers name it
	Metric      Metric        `json:"metric"`                // what is read from the answers
	Level       Level         `json:"level,omitzero"`        // of what is judged
	Question    string        `json:"question,omitempty"`    // as it was asked
	Scale       cxmodel.Scale `json:"scale,omitzero"`        // of the answers; unset takes the metric's own; csat, top-box, bottom-box and the means have none
	Boxes       int           `json:"boxes,omitempty"`       // for the metrics by boxes: how many points at the good end count; 0 means the metric's own rule
	Bands       metrics.Bands `json:"bands,omitzero"`        // for NPS and eNPS on a scale other than 0 to 10
	Invitations bool          `json:"invitations,omitempty"` // an answer stands for each invitation, replied to or not, so that response rates are known
}

// Check returns nil if answers can be counted by d, else an error that wraps [ErrMeasure].
func (d MeasureDef) Check() error {
	var err error
	d = d.withScale()
	switch {
	case d.Key.Check() != nil:
		return fmt.Errorf("%w: %w", ErrMeasure, d.Key.Check())
	case d.Metric.check() != nil:
		err = d.Metric.check()
	case d.Scale == (cxmodel.Scale{}):
		err = fmt.Errorf("%w: %s has no scale of its own; set Scale to that of the question, such as 1 to 5", cxmodel.ErrScale, d.Metric)
	case d.Scale.Check() != nil:
		err = d.Scale.Check()
	case d.Level < 0 || int(d.Level) >= len(levels.Names):
		err = fmt.Errorf("there is no level %d", int(d.Level))
	case d.Boxes < 0 || d.Boxes >= d.Scale.Points():
		err = fmt.Errorf("%d boxes on the scale %v", d.Boxes, d.Scale)
	case d.Bands != (metrics.Bands{}) && d.Bands.Scale != d.Scale:
		err = fmt.Errorf("the bands are those of the scale %v, the answers those of %v", d.Bands.Scale, d.Scale)
	default:
		_, err = d.read(metrics.NewTally(d.Scale), EstimateOptions{})
		if errors.Is(err, metrics.ErrNoData) { // the options serve
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrMeasure, d.Key, err)
	}
	return nil
}

func (d MeasureDef) withScale() MeasureDef {
	if d.Scale == (cxmodel.Scale{}) {
		d.Scale = d.Metric.Scale()
	}
	return d
}

// kind says in words what must agree between answers that are pooled.
func (d MeasureDef) kind() string {
	level := d.Level.String()
	if level == "" {
		level = "no level"
	}
	return fmt.Sprintf("%s (%s, %s, %v)", d.Key, d.Metric, level, d.Scale)
}

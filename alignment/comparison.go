package alignment

import (
	"io"
	"math"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/internal/table"
)

// CompareOptions are the options of Compare: those of each assessment. Nil means the defaults. A scale or a persona that
// differs between the two is a change of the frame.
type CompareOptions struct {
	Before, After *Options
}

// Causes divide the change of a score among what changed in the model. The three sum to the change.
type Causes struct {
	// Frame is what is asked: journeys, stages, touchpoints and facets with their weights, the persona, the strength
	// scale, floors and targets of measures.
	Frame float64 `json:"frame"`
	// Knowledge is what is known: links, their strengths and raters, needs, items that came or went, stages reviewed, and
	// performances that only one of the versions states or that one has judged and the other measured.
	Knowledge float64 `json:"knowledge"`
	// Reality is what the business does: performances that both versions state, and that differ.
	Reality float64 `json:"reality"`
}

// A StageChange says how the score of one stage moved. Numbers are NaN, JSON null, where a version has no score of it.
type StageChange struct {
	Ref    cxmodel.Ref `json:"ref"` // in the newer version, or in the older one where the newer has it no more
	Name   string      `json:"name"`
	Before float64     `json:"before"` // delivered, in [0, 1]
	After  float64     `json:"after"`
	Change float64     `json:"change"`
	Causes
}

// MarshalJSON writes null for a number that is not available.
func (c StageChange) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *StageChange) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }

// A Comparison says what changed between two versions of a model, and how the score moved and why. Scores are in [0, 1].
type Comparison struct {
	Before Support `json:"before"` // of the total
	After  Support `json:"after"`
	Change float64 `json:"change"` // After.Delivered - Before.Delivered; NaN where one of them has no score
	Causes
	Stages  []StageChange    `json:"stages"`  // in the order of the newer version, then those that it has no more
	Changes []cxmodel.Change `json:"changes"` // see [Diff]
	Notes   []string         `json:"notes"`
}

// Worse returns the stages that have lost more than margin, in [0, 1] as scores are, and those that had a score and have
// none any more, whose Change is NaN: a gate for a build. A loss of 1e-9 is rounding. Look at the Causes before you blame
// the business: a stage can lose because more is known of it, or more is asked.
func (c *Comparison) Worse(margin float64) []StageChange {
	var worse []StageChange
	for _, s := range c.Stages {
		if !math.IsNaN(s.Before) && !(s.After >= s.Before-margin-1e-9) {
			worse = append(worse, s)
		}
	}
	return worse
}

// MarshalJSON writes the comparison; numbers that are not available are null.
func (c Comparison) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *Comparison) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }

// WriteCSV writes the total and the stages with their causes, in [0, 1] in full precision, "" where not available.
func (c *Comparison) WriteCSV(w io.Writer) error {
	full := func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return c.table(full, full, "total").WriteCSV(w)
}

// WriteMarkdown writes the total and the stages with their causes for people: scores from 0 to 100 and points with a
// sign, one decimal, "n/a" where not available.
func (c *Comparison) WriteMarkdown(w io.Writer) error {
	score := func(x float64) string {
		if math.IsNaN(x) {
			return "n/a"
		}
		return strconv.FormatFloat(100*x, 'f', 1, 64)
	}
	points := func(x float64) string {
		if text := score(x); text == "n/a" {
			return text
		} else if text == "0.0" || text == "-0.0" {
			return "0.0"
		} else if x > 0 {
			return "+" + text
		}
		return score(x)
	}
	return c.table(score, points, "total").WriteMarkdown(w)
}

func (c *Comparison) table(score, points func(float64) string, total string) *table.Table {
	t := &table.Table{Head: []string{"stage", "before", "after", "change", "frame", "knowledge", "reality"}}
	row := func(name string, before, after, change float64, k Causes) {
		t.Add(name, score(before), score(after), points(change), points(k.Frame), points(k.Knowledge), points(k.Reality))
	}
	row(total, c.Before.Delivered, c.After.Delivered, c.Change, c.Causes)
	for _, s := range c.Stages {
		row(s.Name, s.Before, s.After, s.Change, s.Causes)
	}
	return t
}

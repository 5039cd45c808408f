package alignment

import (
	"errors"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Support is a score with what is known of it. All numbers are in [0, 1]; NaN is "nothing rated", JSON null.
type Support struct {
	Delivered float64 `json:"delivered"` // works today: the point value
	Low       float64 `json:"low"`       // with every unknown at its worst
	High      float64 `json:"high"`      // with every unknown at its best
	Design    float64 `json:"design"`    // on paper: what today's links reach if everything works fully
}

// MarshalJSON writes null for a number that is not available.
func (s Support) MarshalJSON() ([]byte, error) { return nanjson.Marshal(s) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (s *Support) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, s) }

// ExecutionGap is what is there but does not work fully.
func (s Support) ExecutionGap() float64 { return s.Design - s.Delivered }

// DesignGap is what is not there.
func (s Support) DesignGap() float64 { return 1 - s.Design }

// Certain reports whether nothing unknown bears on the score.
func (s Support) Certain() bool { return s.High-s.Low <= 1e-12 }

// An Assessment says how well a canvas supports the journeys of a model. Its parts are apart and never blended.
// Slices follow the order of the model's document.
//
// An Assessment that was read from JSON, and the zero one, have no model: [Assessment.Model] is nil, Cells, Build, NoStandIn,
// Completeness and WorkByStage are empty, and Explain, WriteSummary and the tables of cells fail with [ErrNoModel].
type Assessment struct {
	Name    string      `json:"name"`
	Persona cxmodel.Key `json:"persona,omitempty"` // whose weights were used; empty: the journeys' own
	Scale   string      `json:"scale"`
	Rung    Rung        `json:"rung"`
	Next    []string    `json:"next"`    // what the next rung needs
	Coarse  bool        `json:"coarse"`  // links name whole touchpoints that have several facets; not comparable with a finer model
	Total   Support     `json:"total"`   // Delivered and Design over the stages that have a value, Low and High over all
	Partial bool        `json:"partial"` // some stage of positive weight has no value

	Journeys    []JourneyScore    `json:"journeys"`
	Stages      []StageScore      `json:"stages"`
	Touchpoints []TouchpointScore `json:"touchpoints"`
	Items       []ItemScore       `json:"items"`
	Blocks      []BlockScore      `json:"blocks"` // all nine, in Osterwalder's order

	MostLost Naming `json:"most-lost"` // the stage that loses most points
	Lowest   Naming `json:"lowest"`    // the stage with the lowest score; no candidate where none may be called so

	Uncovered     []CellRef      `json:"uncovered"`  // reviewed, and nothing helps
	Unjudged      []CellRef      `json:"unjudged"`   // cells without a value
	Orphans       []cxmodel.Ref  `json:"orphans"`    // items that serve nothing yet
	Overloaded    []cxmodel.Ref  `json:"overloaded"` // items that carry too much
	Targets       []TargetGap    `json:"targets"`
	Disagreements []Disagreement `json:"disagreements"` // between raters
	Measured      []MeasuredUse  `json:"measured"`      // measurements, and what each of them set
	Gaps          cxmodel.Issues `json:"gaps"`          // structure: what journey and canvas do not have of each other
	Issues        cxmodel.Issues `json:"issues"`        // warnings and notes of Validate
	Notes         []string       `json:"notes"`         // choices made for the reader to know, such as equal weights

	model   *Model
	program *program
	world   world
	base    scored
	low     scored
	high    scored
	paper   scored
	scale   StrengthScale
}

// ErrNoModel is returned where an assessment is asked for what only its model knows, and [Assess] did not make it.
var ErrNoModel = errors.New("alignment: the assessment has no model; make one with Assess, what was read from JSON has the numbers alone")

// MarshalJSON writes the assessment; numbers that are not available are null.
func (a Assessment) MarshalJSON() ([]byte, error) { return nanjson.Marshal(a) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (a *Assessment) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, a) }

// Model returns the model that was assessed, for names, owners, pains and waivers: a copy that the assessment shares, not
// to be changed, because cells and explanations are read from it.
func (a *Assessment) Model() *Model { return a.model }

// StrengthScale returns the numbers that strengths had; Scale is its name.
func (a *Assessment) StrengthScale() StrengthScale { return a.scale }

// A JourneyScore is the score of one journey.
type JourneyScore struct {
	Key     cxmodel.Key `json:"key"`
	Name    string      `json:"name"`
	Weight  float64     `json:"weight"` // share of the total
	Support Support     `json:"support"`
}

// A StageScore is the score of one stage.
type StageScore struct {
	Journey         cxmodel.Key  `json:"journey,omitempty"`
	Ref             cxmodel.Ref  `json:"ref"`
	Name            string       `json:"name"`
	Weight          float64      `json:"weight"` // share of the total, in [0, 1]
	Support         Support      `json:"support"`
	PointsLost      float64      `json:"points-lost"`       // weight × (100 - 100 × delivered); NaN without a value
	AfterOneFailure float64      `json:"after-one-failure"` // delivered after the worst single knock-out
	WorstFailure    cxmodel.Ref  `json:"worst-failure,omitzero"`
	Reviewed        bool         `json:"reviewed"`
	Rated           float64      `json:"rated"` // share of the stage, by weight, that has a value
	Facets          []FacetScore `json:"facets"`
}

// MarshalJSON writes null for a number that is not available.
func (s StageScore) MarshalJSON() ([]byte, error) { return nanjson.Marshal(s) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (s *StageScore) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, s) }

// A FacetScore is the score of one quality over the touchpoints of a stage.
type FacetScore struct {
	Facet   cxmodel.Key `json:"facet"`
	Weight  float64     `json:"weight"` // share of the stage
	Support Support     `json:"support"`
}

// A TouchpointScore is the score of one touchpoint; a stage without touchpoints stands for its own.
type TouchpointScore struct {
	Stage   cxmodel.Ref `json:"stage"`
	Ref     cxmodel.Ref `json:"ref"`
	Name    string      `json:"name"`
	Weight  float64     `json:"weight"` // share of the stage
	Support Support     `json:"support"`

	// Blocks are those with an item that touches it: by a link that is not none, or as what such an item needs.
	Blocks []canvas.Block `json:"blocks"`
}

// An ItemScore says what a canvas item matters.
type ItemScore struct {
	Ref         cxmodel.Ref  `json:"ref"`
	Name        string       `json:"name"`
	Block       canvas.Block `json:"block"`
	Owner       string       `json:"owner,omitempty"`
	Performance float64      `json:"performance"` // NaN: not judged
	Measured    bool         `json:"measured"`    // a measurement sets its performance, everywhere or at a touchpoint; see Assessment.Measured
	KnockOut    float64      `json:"knock-out"`   // points of the total, in [0, 1], lost if it fails
	Leverage    float64      `json:"leverage"`    // gained if it works fully; NaN: not judged
	KnockOutBy  []float64    `json:"knock-out-by-stage"`
	LeverageBy  []float64    `json:"leverage-by-stage"`
	Stages      int          `json:"stages"`        // that it has links in
	CostPerYear float64      `json:"cost-per-year"` // NaN: not known
	Currency    string       `json:"currency,omitempty"`
	GainPerCost float64      `json:"leverage-per-cost"`  // leverage per unit of currency a year; NaN: not known
	LossPerCost float64      `json:"knock-out-per-cost"` // knock-out per unit of currency a year; NaN: not known
}

// MarshalJSON writes null for a number that is not available.
func (i ItemScore) MarshalJSON() ([]byte, error) { return nanjson.Marshal(i) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (i *ItemScore) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, i) }

// A BlockScore says what a block of the canvas carries, by stage. Contribution is the exact Shapley value and sums
// over the blocks to the stage's score. Standalone is the score that this block would reach by itself: another
// question, never to be shown beside the first.
type BlockScore struct {
	Block        canvas.Block `json:"block"`
	Applicable   []bool       `json:"applicable"`   // by stage: a link or a path of needs leads there
	Contribution []float64    `json:"contribution"` // by stage; 0 where not applicable
	Standalone   []float64    `json:"standalone"`   // by stage
	Total        float64      `json:"total"`        // contribution to the total
	Items        int          `json:"items"`
	CostShare    float64      `json:"cost-share"`    // of the yearly costs that are known; NaN: none are
	Leverage     float64      `json:"leverage"`      // gained if the whole block works fully; NaN: some of what serves is not judged
	OverInvested bool         `json:"over-invested"` // cost share over contribution share above 2, and leverage below .01; false also where that is not known, see Notes
}

// MarshalJSON writes null for a number that is not available.
func (b BlockScore) MarshalJSON() ([]byte, error) { return nanjson.Marshal(b) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (b *BlockScore) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, b) }

// A Naming lists who may be called first or lowest: one candidate if all strength scales agree and what is measured tells
// it from the others, else all of them.
type Naming struct {
	Candidates []cxmodel.Ref `json:"candidates"` // in document order
	ByScale    []NamedBy     `json:"by-scale"`

	// Within are the candidates that no scale names, but whose intervals overlap that of one that is named: with every
	// measured performance at the better or the worse end of its interval.
	Within []cxmodel.Ref `json:"within,omitempty"`
}

// DependsOnScale reports whether the strength scales name different stages.
func (n Naming) DependsOnScale() bool { return len(n.Candidates) > len(n.Within)+1 }

// A NamedBy is the answer of one strength scale.
type NamedBy struct {
	Scale string      `json:"scale"`
	Stage cxmodel.Ref `json:"stage"`
	Value float64     `json:"value"` // points lost of 100, or the score in [0, 1]
}

// Agreed reports whether there is one answer, whatever the scale and the sampling error.
func (n Naming) Agreed() bool { return len(n.Candidates) == 1 }

// A CellRef names a touchpoint and a facet.
type CellRef struct {
	Stage      cxmodel.Ref `json:"stage"`
	Touchpoint cxmodel.Ref `json:"touchpoint"` // the stage itself where it has no touchpoints
	Facet      cxmodel.Key `json:"facet"`
	Weight     float64     `json:"weight"` // points of the total, in [0, 1]
}

// A TargetGap is what is missing to a target.
type TargetGap struct {
	Stage    cxmodel.Ref `json:"stage"`
	Facet    cxmodel.Key `json:"facet,omitempty"`
	Target   float64     `json:"target"`
	Support  Support     `json:"support"`
	Gap      float64     `json:"gap"`      // max(target - delivered, 0); NaN without a value
	Weighted float64     `json:"weighted"` // weight of the stage × gap
}

// MarshalJSON writes null for a number that is not available.
func (g TargetGap) MarshalJSON() ([]byte, error) { return nanjson.Marshal(g) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (g *TargetGap) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, g) }

// A Disagreement is a cell that raters see differently.
type Disagreement struct {
	Cell   CellRef      `json:"cell"`
	Raters []RaterValue `json:"raters"`
}

// A RaterValue is the support of a cell by one rater's links; the unnamed rater has an empty key.
type RaterValue struct {
	Rater cxmodel.Key `json:"rater"`
	Value float64     `json:"value"` // NaN: not rated
}

// MarshalJSON writes null for a number that is not available.
func (v RaterValue) MarshalJSON() ([]byte, error) { return nanjson.Marshal(v) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (v *RaterValue) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, v) }

// A Measurement is an estimate of a measure of the journey, for Options.
type Measurement struct {
	Measure    cxmodel.Key      // key of a measure of a journey, stage or touchpoint
	Touchpoint cxmodel.Key      // where it was measured, for a measure that several touchpoints share
	Estimate   metrics.Estimate // in the unit of the measure's floor and target
}

// A MeasuredUse says what became of a measurement.
type MeasuredUse struct {
	Measure     cxmodel.Key      `json:"measure"`
	At          cxmodel.Ref      `json:"at,omitzero"`   // where the measure stands
	Item        cxmodel.Ref      `json:"item,omitzero"` // whose performance it set; zero: none
	Performance float64          `json:"performance"`   // clamp((x - floor) / (target - floor), 0, 1); NaN: none set
	Replaced    float64          `json:"replaced"`      // the judged number; NaN: there was none
	Estimate    metrics.Estimate `json:"estimate"`
}

// MarshalJSON writes null for a number that is not available.
func (u MeasuredUse) MarshalJSON() ([]byte, error) { return nanjson.Marshal(u) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (u *MeasuredUse) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, u) }

// Stage returns the score of a stage by key.
func (a *Assessment) Stage(key cxmodel.Key) (StageScore, bool) {
	for _, s := range a.Stages {
		if s.Ref.Key == key {
			return s, true
		}
	}
	return StageScore{}, false
}

// Item returns the score of an item by key.
func (a *Assessment) Item(key cxmodel.Key) (ItemScore, bool) {
	for _, s := range a.Items {
		if s.Ref.Key == key {
			return s, true
		}
	}
	return ItemScore{}, false
}

// Block returns the score of a block; a zero score for what is none of the nine.
func (a *Assessment) Block(b canvas.Block) BlockScore {
	if !b.Valid() || int(b) > len(a.Blocks) {
		return BlockScore{}
	}
	return a.Blocks[b-1]
}

// ordered keeps low ≤ delivered ≤ high: the point value leaves unrated contributors out, the low corner counts them
// at their least, so the corner may lie above the point.
func (s Support) ordered() Support {
	if !math.IsNaN(s.Delivered) {
		s.Low, s.High = min(s.Low, s.Delivered), max(s.High, s.Delivered)
	}
	return s
}

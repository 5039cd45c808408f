package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// A Segment is a group of customers that the business serves.
type Segment struct {
	Item
	Type       SegmentType `json:"type,omitempty"`
	Size       *int        `json:"size,omitempty"` // number of customers, not negative; nil is unknown
	Unit       string      `json:"unit,omitempty"` // what Size counts: people, households, firms
	Predicates []Predicate `json:"predicates,omitempty"`
	Jobs       []Job       `json:"jobs,omitempty"`
	Pains      []Pain      `json:"pains,omitempty"`
	Gains      []Gain      `json:"gains,omitempty"`
}

// A SegmentType says how a segment relates to the market (Osterwalder and Pigneur 2010, p. 21). The vocabulary is open.
type SegmentType string

// Types of segment.
const (
	SegmentMass        SegmentType = "mass-market"
	SegmentNiche       SegmentType = "niche-market"
	SegmentSegmented   SegmentType = "segmented"   // slightly different needs beside another segment
	SegmentDiversified SegmentType = "diversified" // unrelated to the other segments
	SegmentMultiSided  SegmentType = "multi-sided" // one side of a platform; needs the other sides
)

// Kinds of the parts of a segment and of a proposition. Their keys are unique within the kind, over the whole
// canvas, and optional: only what is referred to needs one.
const (
	KindJob      cxmodel.Kind = "job"
	KindPain     cxmodel.Kind = "pain"
	KindGain     cxmodel.Kind = "gain"
	KindProduct  cxmodel.Kind = "product"
	KindReliever cxmodel.Kind = "reliever"
	KindCreator  cxmodel.Kind = "creator"
)

// A Job is something that the customers of a segment want to get done. In documents the text may stand alone:
// jobs: [find a table for six].
type Job struct {
	Key        cxmodel.Key        `json:"key,omitempty"`
	Text       string             `json:"text" codec:"text"`
	Type       JobType            `json:"type,omitempty"`
	Importance Level              `json:"importance,omitempty"` // to the customer
	Evidence   []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly   []cxmodel.Key      `json:"formerly,omitempty"` // keys that it had before
	cxmodel.Extra
}

// A JobType says what sort of job it is. The vocabulary is open.
type JobType string

// Types of job.
const (
	JobFunctional JobType = "functional" // a task or problem
	JobEmotional  JobType = "emotional"  // to feel something
	JobSocial     JobType = "social"     // to be seen as something
	JobSupporting JobType = "supporting" // to buy, to share, to dispose of
)

// A Pain is what annoys the customers of a segment before, during or after a job, or keeps them from it.
type Pain struct {
	Key      cxmodel.Key        `json:"key,omitempty"`
	Text     string             `json:"text" codec:"text"`
	Type     PainType           `json:"type,omitempty"`
	Severity Level              `json:"severity,omitempty"` // to the customer
	Jobs     []cxmodel.Key      `json:"jobs,omitempty"`     // the jobs that it stands in the way of
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly []cxmodel.Key      `json:"formerly,omitempty"` // keys that it had before
	cxmodel.Extra
}

// A PainType says what sort of pain it is. The vocabulary is open.
type PainType string

// Types of pain.
const (
	PainOutcome  PainType = "outcome"  // it does not work, takes long, feels bad
	PainObstacle PainType = "obstacle" // it cannot begin, or is slowed down
	PainRisk     PainType = "risk"     // it may go wrong
)

// A Gain is an outcome or benefit that the customers of a segment want.
type Gain struct {
	Key        cxmodel.Key        `json:"key,omitempty"`
	Text       string             `json:"text" codec:"text"`
	Type       GainType           `json:"type,omitempty"`
	Importance Level              `json:"importance,omitempty"` // to the customer
	Jobs       []cxmodel.Key      `json:"jobs,omitempty"`       // the jobs that it belongs to
	Evidence   []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly   []cxmodel.Key      `json:"formerly,omitempty"` // keys that it had before
	cxmodel.Extra
}

// A GainType says how much a gain is taken for granted. The vocabulary is open.
type GainType string

// Types of gain.
const (
	GainRequired   GainType = "required"   // without it the solution does not work
	GainExpected   GainType = "expected"   // basic, though it would work without
	GainDesired    GainType = "desired"    // beyond what is expected, named when asked
	GainUnexpected GainType = "unexpected" // beyond what customers would name
)

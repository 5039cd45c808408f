package cxmodel

import "github.com/cxmodel/cxmodel/internal/enum"

// An EvidenceKind names where a statement comes from. The vocabulary is open; [EvidenceKind.Grade] knows the constants.
type EvidenceKind string

// Kinds of evidence, from the strongest grade to the weakest.
const (
	EvidenceSurvey     EvidenceKind = "survey"
	EvidenceAnalytics  EvidenceKind = "analytics"
	EvidenceOrders     EvidenceKind = "orders"
	EvidenceEventLog   EvidenceKind = "event-log"
	EvidenceExperiment EvidenceKind = "experiment"

	EvidenceObservation    EvidenceKind = "observation"
	EvidenceMysteryShopper EvidenceKind = "mystery-shopping"
	EvidenceAudit          EvidenceKind = "audit"
	EvidenceUsabilityTest  EvidenceKind = "usability-test"

	EvidenceInterview EvidenceKind = "interview"
	EvidenceWorkshop  EvidenceKind = "workshop"
	EvidenceComplaint EvidenceKind = "complaint"
	EvidenceReview    EvidenceKind = "review"
	EvidenceExpert    EvidenceKind = "expert"

	EvidenceAssumption EvidenceKind = "assumption"
)

// A Grade says how much evidence can carry.
type Grade int

// Grades. No evidence is GradeAssumed.
const (
	GradeUnspecified Grade = iota
	GradeMeasured          // A: counted or measured on customers
	GradeObserved          // B: seen by somebody who looked
	GradeStated            // C: said by customers or staff
	GradeAssumed           // D: believed
)

var gradeNames = enum.Table{Type: "grade", Names: []string{"", "A", "B", "C", "D"}}

// String returns "A" (measured), "B" (observed), "C" (stated) or "D" (assumed).
func (g Grade) String() string { return gradeNames.String(int(g)) }

// MarshalText implements [encoding.TextMarshaler].
func (g Grade) MarshalText() ([]byte, error) { return gradeNames.Text(int(g)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (g *Grade) UnmarshalText(text []byte) error { return enum.Set(g, &gradeNames, text) }

// Grade returns the grade of a known kind, and GradeAssumed for any other.
func (k EvidenceKind) Grade() Grade {
	switch k {
	case EvidenceSurvey, EvidenceAnalytics, EvidenceOrders, EvidenceEventLog, EvidenceExperiment:
		return GradeMeasured
	case EvidenceObservation, EvidenceMysteryShopper, EvidenceAudit, EvidenceUsabilityTest:
		return GradeObserved
	case EvidenceInterview, EvidenceWorkshop, EvidenceComplaint, EvidenceReview, EvidenceExpert:
		return GradeStated
	}
	return GradeAssumed
}

// Evidence says what a statement of the model rests on.
type Evidence struct {
	Kind   EvidenceKind `json:"kind"`
	Source string       `json:"source,omitempty"` // document, tool, person
	Date   Date         `json:"date,omitzero"`
	N      int          `json:"n,omitempty"` // answers, interviews, visits
	Note   string       `json:"note,omitempty"`
}

// BestGrade returns the strongest grade among es, GradeAssumed if there is none.
func BestGrade(es []Evidence) Grade {
	best := GradeAssumed
	for _, e := range es {
		best = min(best, e.Kind.Grade())
	}
	return best
}

// A Claim is a figure that somebody quotes, such as "engaged customers buy 1.6 times as often". It is kept so
// that it can be tested; no formula of this library reads it.
type Claim struct {
	Text   string   `json:"text"`
	Low    *float64 `json:"low,omitempty"`  // of the quoted range, in Unit
	High   *float64 `json:"high,omitempty"` // of the quoted range, in Unit
	Unit   string   `json:"unit,omitempty"`
	Source string   `json:"source,omitempty"` // empty: unsourced
}

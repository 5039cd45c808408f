package feedback

import (
	"fmt"
	"math"
	"time"

	"github.com/cxmodel/cxmodel"
)

// Source is how feedback came in. Any word is allowed; these are the common ones.
type Source string

// The common sources.
const (
	SourceSurvey    Source = "survey"    // asked
	SourceReview    Source = "review"    // written for the public
	SourceSocial    Source = "social"    // said in public to others
	SourceCall      Source = "call"      // by telephone
	SourceChat      Source = "chat"      // in writing, at once
	SourceEmail     Source = "email"     // in writing
	SourceVisit     Source = "visit"     // face to face
	SourceComplaint Source = "complaint" // by the formal way of complaints
	SourceStaff     Source = "staff"     // what employees hear and pass on
)

// Feedback is what one customer said at one time.
type Feedback struct {
	ID         string            `json:"id"` // unique among the loops that are asked together
	Received   time.Time         `json:"received"`
	Customer   string            `json:"customer,omitempty"` // empty: not known
	Source     Source            `json:"source,omitempty"`
	Verbatim   string            `json:"verbatim,omitempty"`   // in the customer's words
	Touchpoint cxmodel.Key       `json:"touchpoint,omitempty"` // what it is about; empty: the relationship as a whole
	Segment    cxmodel.Key       `json:"segment,omitempty"`    // of the customer
	Themes     []cxmodel.Key     `json:"themes,omitempty"`     // what it was coded as
	Score      *float64          `json:"score,omitempty"`      // given with it, on the scale of the question; nil: none
	Labels     map[string]string `json:"labels,omitempty"`     // anything else
}

// Check returns nil if f can be worked with, else an error that wraps [ErrFeedback].
func (f Feedback) Check() error {
	switch {
	case f.ID == "":
		return fmt.Errorf("%w: it has no ID", ErrFeedback)
	case f.Received.IsZero():
		return fmt.Errorf("%w: %q has no time of receipt", ErrFeedback, f.ID)
	case f.Score != nil && (math.IsNaN(*f.Score) || math.IsInf(*f.Score, 0)):
		return fmt.Errorf("%w: the score of %q is %v; leave it out if there is none", ErrFeedback, f.ID, *f.Score)
	}
	for what, key := range f.keys {
		if err := key.Check(); err != nil {
			return fmt.Errorf("%w: %s of %q: %w", ErrFeedback, what, f.ID, err)
		}
	}
	return nil
}

// keys yields the keys that are set, with what they are.
func (f Feedback) keys(yield func(string, cxmodel.Key) bool) {
	if f.Touchpoint != "" && !yield("touchpoint", f.Touchpoint) || f.Segment != "" && !yield("segment", f.Segment) {
		return
	}
	for _, k := range f.Themes {
		if !yield("theme", k) {
			return
		}
	}
}

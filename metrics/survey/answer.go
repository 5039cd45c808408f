package survey

import (
	"fmt"
	"math"
	"time"

	"github.com/cxmodel/cxmodel"
)

// An Answer is what one person said to one question, or that nothing was said. A respondent who answers three
// questions gives three Answers.
type Answer struct {
	ID         string            // of the response, as the survey tool has it
	Customer   string            // who answered
	Time       time.Time         // when; zero if not known
	Measure    cxmodel.Key       // the question
	Touchpoint cxmodel.Key       // what it was about; empty for the relationship as a whole
	Segment    cxmodel.Key       // of the customer; empty if not known
	Channel    string            // by which the survey came, such as "email"
	Labels     map[string]string // anything else to group by
	Score      float64           // on the measure's scale, or off it, infinities included; NaN: not answered
	Status     Status            // what became of the invitation
	Themes     []cxmodel.Key     // what a verbatim was coded as
	Weight     float64           // of the sample design, finite and not negative; 0 means 1
}

// Answered reports whether a score was given, on the scale or off it.
func (a Answer) Answered() bool { return a.Score == a.Score }

// Check returns nil if a can be counted, else an error that wraps [ErrAnswer]: a score from somebody who was not reached
// or did not reply, an unknown status, a weight that is negative or not finite.
func (a Answer) Check() error { return a.check() }

func (a *Answer) check() error {
	answered := a.Score == a.Score
	switch {
	case a.Weight == 0 && a.Status <= StatusDismissed && a.Status >= 0 && a.Score-a.Score == 0:
		return nil // nearly all
	case !a.Status.valid():
		return fmt.Errorf("%w: there is no status %d", ErrAnswer, int(a.Status))
	case answered && (a.Status == StatusInvited || a.Status == StatusBounced):
		return fmt.Errorf("%w: the score is %v but the status %q; a reply makes it completed or partial", ErrAnswer, a.Score, a.Status)
	case a.Weight < 0 || math.IsNaN(a.Weight) || math.IsInf(a.Weight, 0):
		return fmt.Errorf("%w: the weight %v is negative or not finite", ErrAnswer, a.Weight)
	}
	return nil
}

package survival

import (
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// SubjectOf returns a contract, or anything else that has a first and a last day, as it was known at the end of the day asOf:
// a Subject with its time in days from start to end, both taken at the same hour. end is the day of the [Event], unset while
// there is none. An end after asOf has not happened yet, even where it is known, as of a contract that has been cancelled:
// the subject is censored at asOf, so that any past day can be computed again. For a reason, put a Cause of its own in
// place of Event.
//
// It fails with [ErrSubject] where start is unset or after asOf (leave the contract out: nobody has watched it), where end
// is before start, and for a day that is not in the calendar.
func SubjectOf(start, end, asOf cxmodel.Date) (Subject, error) {
	switch {
	case !start.Valid() || !asOf.Valid() || !end.IsZero() && !end.Valid():
		return Subject{}, fmt.Errorf("%w: start %q, end %q, as of %q; give days of the calendar, and no end where there is none", ErrSubject, start, end, asOf)
	case asOf.Before(start):
		return Subject{}, fmt.Errorf("%w: starts on %s, after %s; leave it out", ErrSubject, start, asOf)
	case !end.IsZero() && end.Before(start):
		return Subject{}, fmt.Errorf("%w: starts on %s and ends on %s", ErrSubject, start, end)
	case end.IsZero() || asOf.Before(end):
		return Subject{Exit: float64(asOf.DaysSince(start))}, nil
	}
	return Subject{Exit: float64(end.DaysSince(start)), Cause: Event}, nil
}

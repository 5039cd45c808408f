package survival

import "errors"

// The errors of this package wrap one of these, or one of package metrics; test with [errors.Is].
var (
	// ErrSubject: a time that is negative, above 1e150 or not a number, or an exit that is not after the entry.
	ErrSubject = errors.New("survival: impossible times")
	// ErrHorizon: the question reaches beyond the last time observed.
	ErrHorizon = errors.New("survival: beyond the time observed")
	// ErrNotReached: the curve ends above the share asked for, so the quantile lies beyond the time observed.
	ErrNotReached = errors.New("survival: not reached within the time observed")
	// ErrRiskSet: everybody at risk had the event while others were still to enter, and the curve would be 0 from
	// there on.
	ErrRiskSet = errors.New("survival: nobody left at risk")
	// ErrTicket: the times of a ticket contradict each other.
	ErrTicket = errors.New("survival: impossible ticket")
)

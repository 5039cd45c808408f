package survival

import "fmt"

// A Subject is one customer, contract or ticket and the time for which it was watched.
type Subject struct {
	Entry float64 // when watching began, counted from the subject's own start; 0: from the start
	Exit  float64 // when the event happened or watching ended; >= 0, and above Entry where that is not 0
	Cause Cause   // what happened at Exit; the zero value is Censored
}

// A Cause says what ended the watching of a subject. Any value above 0 is an event; [CumulativeIncidence] tells the
// values apart, [KaplanMeier] does not.
type Cause uint8

// The causes that have a name. Where there are several kinds of events, number them from 1 on.
const (
	Censored Cause = iota // nothing yet: still a customer, still open
	Event                 // the event
)

// maxTime is longer than any time in any unit; its square is a float64.
const maxTime = 1e150

// check returns what is wrong with the subject at index i.
func (s Subject) check(i int) error {
	switch {
	case !(s.Entry >= 0 && s.Entry <= maxTime && s.Exit >= 0 && s.Exit <= maxTime):
		return fmt.Errorf("%w: subject %d from %v to %v; times lie in [0, 1e150]", ErrSubject, i, s.Entry, s.Exit)
	case s.Entry > 0 && s.Exit <= s.Entry:
		return fmt.Errorf("%w: subject %d leaves at %v and enters at %v; leave out whom nobody watched", ErrSubject, i, s.Exit, s.Entry)
	}
	return nil
}

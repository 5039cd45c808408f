package feedback

import (
	"fmt"
	"slices"

	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/metrics"
)

// State is where a piece of feedback stands in the closed loop.
type State int

// The states. From each the loop can go on as [State.Next] says; it is closed when the customer has been told back.
const (
	Received     State = iota + 1 // it came in
	Acknowledged                  // the customer knows that it came in
	Assigned                      // a team has it
	Resolved                      // something was done about it
	ToldBack                      // the customer knows what was done: the loop is closed
	Reopened                      // the customer is not content, or it came up again
)

var states = enum.Table{Type: "state", Names: []string{"", "received", "acknowledged", "assigned", "resolved", "told-back", "reopened"}}

// String returns the name of s, such as "told-back".
func (s State) String() string { return states.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s State) MarshalText() ([]byte, error) {
	b, err := states.Text(int(s))
	if err != nil {
		err = fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	return b, err
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (s *State) UnmarshalText(text []byte) error {
	i, err := states.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	*s = State(i)
	return nil
}

// next are the legal moves. Nobody is told back what was not resolved, and what was resolved is not assigned anew without
// being reopened; a team may hand on to another.
var next = [...][]State{
	Received:     {Acknowledged, Assigned, Resolved},
	Acknowledged: {Assigned, Resolved},
	Assigned:     {Acknowledged, Assigned, Resolved},
	Resolved:     {ToldBack, Reopened},
	ToldBack:     {Reopened},
	Reopened:     {Acknowledged, Assigned, Resolved},
}

// Next returns the states to which the loop can go from s, in the order of the states; none from an unknown one.
func (s State) Next() []State {
	if s < 0 || int(s) >= len(next) {
		return nil
	}
	return slices.Clone(next[s])
}

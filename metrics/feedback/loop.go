package feedback

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"
)

// A Move is one step of a loop.
type Move struct {
	To   State     `json:"to"`
	At   time.Time `json:"at"`
	Team string    `json:"team,omitempty"` // who has it from here on; needed for Assigned
	By   string    `json:"by,omitempty"`   // who did it
	Note string    `json:"note,omitempty"`
}

// A Loop is a piece of feedback and all that happened to it. Its history only grows: there is no way to change or remove a
// move. The zero Loop holds nothing and can only be unmarshalled into. A Loop is not safe for concurrent writing.
type Loop struct {
	feedback Feedback
	moves    []Move // the first is to Received
}

// Open starts the loop of a piece of feedback, received when it says. It fails with [ErrFeedback].
func Open(f Feedback) (*Loop, error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	return &Loop{f.clone(), []Move{{To: Received, At: f.Received}}}, nil
}

// clone returns a copy that shares nothing with f.
func (f Feedback) clone() Feedback {
	f.Themes, f.Labels = slices.Clone(f.Themes), maps.Clone(f.Labels)
	if f.Score != nil {
		f.Score = new(*f.Score)
	}
	return f
}

// Replay returns the loop of f after moves, which do not contain its receipt: from rows of a table to a loop. It fails like
// [Open] and [Loop.Move].
func Replay(f Feedback, moves []Move) (*Loop, error) {
	l, err := Open(f)
	if err != nil {
		return nil, err
	}
	for _, m := range moves {
		if err := l.allow(m); err != nil {
			return nil, err
		}
		l.moves = append(l.moves, m)
	}
	return l, nil
}

// Move takes the loop a step on. It fails with a [MoveError] where the step is not legal or lacks its team, with
// [ErrOrder] where it lies before the step that it follows (the same moment is allowed), with [ErrFeedback] on the zero
// Loop, and then changes nothing.
func (l *Loop) Move(m Move) error {
	if err := l.allow(m); err != nil {
		return err
	}
	l.moves = append(slices.Clip(l.moves), m) // a new array: a copy of the Loop that moves too must not write into this history
	return nil
}

// allow returns why a move is refused, or nil.
func (l *Loop) allow(m Move) error {
	from := l.State()
	switch {
	case from == 0:
		return fmt.Errorf("%w: the zero Loop holds none; start it with Open", ErrFeedback)
	case !slices.Contains(from.Next(), m.To):
		return &MoveError{ID: l.feedback.ID, From: from, To: m.To, Legal: from.Next()}
	case m.To == Assigned && m.Team == "":
		return &MoveError{ID: l.feedback.ID, From: from, To: m.To, Legal: from.Next(), Reason: "name the team that has it now"}
	}
	if last := l.moves[len(l.moves)-1].At; m.At.Before(last) {
		return fmt.Errorf("%w: %q to %v at %s, after %v at %s", ErrOrder, l.feedback.ID, m.To, m.At.Format(time.RFC3339), from, last.Format(time.RFC3339))
	}
	return nil
}

// Feedback returns a copy of what was said.
func (l *Loop) Feedback() Feedback { return l.feedback.clone() }

// History yields the moves in their order, the receipt first.
func (l *Loop) History() iter.Seq[Move] { return slices.Values(l.moves) }

// State returns where the loop stands now; 0 for the zero Loop.
func (l *Loop) State() State {
	if len(l.moves) == 0 {
		return 0
	}
	return l.moves[len(l.moves)-1].To
}

// StateAt returns where the loop stood at a moment, moves of that moment included; 0 before it was received.
func (l *Loop) StateAt(at time.Time) State {
	known := l.until(at)
	if len(known) == 0 {
		return 0
	}
	return known[len(known)-1].To
}

// Team returns who has it: the team named last; empty if none was.
func (l *Loop) Team() string {
	for _, m := range slices.Backward(l.moves) {
		if m.Team != "" {
			return m.Team
		}
	}
	return ""
}

// until returns the moves known at a moment.
func (l *Loop) until(at time.Time) []Move {
	n := len(l.moves)
	for n > 0 && l.moves[n-1].At.After(at) {
		n--
	}
	return l.moves[:n]
}

// document is the JSON form of a Loop.
type document struct {
	Feedback Feedback `json:"feedback"`
	Moves    []Move   `json:"moves"` // without the receipt
}

// MarshalJSON writes the feedback and its moves; the receipt is in the feedback.
func (l Loop) MarshalJSON() ([]byte, error) {
	if len(l.moves) == 0 {
		return nil, fmt.Errorf("%w: the zero Loop holds none; start it with Open", ErrFeedback)
	}
	return json.Marshal(document{l.feedback, l.moves[1:]})
}

// UnmarshalJSON reads what MarshalJSON writes, and holds it to the same rules as [Open] and [Loop.Move]; on error l stays as
// it was.
func (l *Loop) UnmarshalJSON(data []byte) error {
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		return fmt.Errorf("feedback: %w", err)
	}
	loop, err := Replay(d.Feedback, d.Moves)
	if err != nil {
		return err
	}
	*l = *loop
	return nil
}

package feedback

import (
	"errors"
	"fmt"
	"strings"
)

// The errors of this package wrap one of these, or one of package metrics; test with [errors.Is].
var (
	// ErrFeedback: a Feedback that cannot be worked with: no ID, no time, a malformed key, a score that is not finite.
	ErrFeedback = errors.New("feedback: unusable feedback")
	// ErrMove: a move that the loop does not allow; see [MoveError].
	ErrMove = errors.New("feedback: move not allowed")
	// ErrOrder: a move before the one that it follows.
	ErrOrder = errors.New("feedback: time runs backwards")
	// ErrDuplicate: two loops of the same feedback ID.
	ErrDuplicate = errors.New("feedback: duplicate ID")
)

// A MoveError says which move was refused and which ones are open. It wraps [ErrMove].
type MoveError struct {
	ID       string  // of the feedback
	From, To State   // the move that was tried
	Legal    []State // where the loop can go from From
	Reason   string  // what the move lacks, where the state itself would be legal
}

// Error says what was refused, and what would do.
func (e *MoveError) Error() string {
	if e.Reason != "" {
		return fmt.Sprintf("%v: %q to %v: %s", ErrMove, e.ID, e.To, e.Reason)
	}
	names := make([]string, len(e.Legal))
	for i, s := range e.Legal {
		names[i] = s.String()
	}
	return fmt.Sprintf("%v: %q is %v and cannot become %q; it can become %s", ErrMove, e.ID, e.From, e.To, strings.Join(names, ", "))
}

// Unwrap returns [ErrMove].
func (e *MoveError) Unwrap() error { return ErrMove }

package survey

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// Status says what became of an invitation or of a survey that was shown. Tools that fold these into one count
// report wrong shares: a dismissed survey is no answer, and a partial one is no refusal.
type Status int

// The statuses. What each means for a measure is told at [Count].
const (
	StatusUnspecified Status = iota // the source does not say; a score counts, its absence is a missing answer
	StatusCompleted                 // the respondent came to the end of the survey
	StatusPartial                   // the respondent began and did not finish; the scores given count
	StatusDismissed                 // seen and closed; a score given before that counts as partial
	StatusInvited                   // sent or shown, and nothing came back
	StatusBounced                   // not delivered, so not a person who declined
	StatusExcluded                  // a test, preview, spam, or somebody outside the population: counted nowhere else
)

var statuses = &enum.Table{Type: "status", Names: []string{"", "completed", "partial", "dismissed", "invited", "bounced", "excluded"}}

// String returns "completed", "partial", "dismissed", "invited", "bounced" or "excluded"; "" if unspecified.
func (s Status) String() string { return statuses.String(int(s)) }

// MarshalText implements [encoding.TextMarshaler].
func (s Status) MarshalText() ([]byte, error) {
	if !s.valid() {
		return nil, fmt.Errorf("%w: there is no status %d", ErrOption, int(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown word is an error that lists the words.
func (s *Status) UnmarshalText(text []byte) error {
	i, err := statuses.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrOption, err)
	}
	*s = Status(i)
	return nil
}

func (s Status) valid() bool { return s >= 0 && int(s) < len(statuses.Names) }

package journeycsv

import (
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// Options are the options of this package. Nil means the defaults.
type Options struct {
	Name      string // of the file, for positions; for reading
	Limits    cxmodel.Limits
	Separator rune // 0: a comma when writing; when reading, that of a first row "sep=;", else the one of comma, semicolon and tab that the heading has most often
	// Labels name the lanes in another language or in the words of the house: the name of a lane, as [Lanes] and the
	// journey's own lanes have it, to what stands in the first column. Encode writes them; reading knows them beside the
	// English names.
	Labels map[string]string
}

func (o *Options) orDefault() *Options {
	if o == nil {
		return &Options{}
	}
	return o
}

// Codes of the issues that reading finds.
const (
	CodeUnknownTouchpoint = "unknown-touchpoint" // error: a column for a touchpoint that the journey does not have
	CodeDuplicateColumn   = "duplicate-column"   // error: two columns for one touchpoint; the first is read
	CodeUnknownLane       = "unknown-lane"       // error: a row for a lane that the journey does not have
	CodeDuplicateLane     = "duplicate-lane"     // error: two rows for one lane; the first is read
	CodeUnplaced          = "unplaced"           // error: a cell that found no place
	CodeBadValue          = "bad-value"          // error: a cell that says what its lane cannot hold
	CodeMadeKey           = "made-key"           // note: a heading that is no key, and the key that was made of it
	CodeNewLane           = "new-lane"           // note: a row that became a lane of the journey's own
	CodeRemoved           = "removed"            // note: an entry that the table no longer has, and what went with it
)

// ErrNoTouchpoints is returned for a table without a column of a touchpoint, and for a journey without stages.
var ErrNoTouchpoints = errors.New("journeycsv: there are no touchpoints")

// An UnplacedError is behind every issue about a cell that found no place. It holds all of the cell.
type UnplacedError struct {
	Lane       string // the first cell of its row
	Touchpoint string // the heading of its column
	Text       string
	Reason     string
}

// Error implements error.
func (e *UnplacedError) Error() string {
	return fmt.Sprintf("%s, %s: %q has no place: %s", e.Lane, e.Touchpoint, e.Text, e.Reason)
}

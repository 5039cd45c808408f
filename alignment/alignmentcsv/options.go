package alignmentcsv

import (
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// SheetOptions are the options of EncodeSheet. Nil means the defaults.
type SheetOptions struct {
	Separator rune // 0: a comma
	// Blank leaves the strengths out: the form that a workshop begins with. It has a row for every item of the blocks
	// that serve customers, and a column for every touchpoint.
	Blank bool
	// Rater is written in the rater column of rows that are made for items without links; in a blank sheet, of all rows.
	Rater cxmodel.Key
	// Facets makes a column for each quality of each touchpoint, instead of one for all of them.
	Facets bool
}

// ReadOptions are the options of Decode and Update. Nil means the defaults.
type ReadOptions struct {
	Name      string // of the file, for positions
	Limits    cxmodel.Limits
	Separator rune        // 0: that of a first row "sep=;", else the one of comma, semicolon and tab that the heading has most often
	Rater     cxmodel.Key // of rows that name none
	// Replace makes Update take out the links of the raters in the table that the table does not have; otherwise they
	// stay. A table with an error takes nothing out: what found no place may be one of them.
	Replace bool
}

func (o *ReadOptions) orDefault() *ReadOptions {
	if o == nil {
		return &ReadOptions{}
	}
	return o
}

// Codes of the issues that this package finds.
const (
	CodeUnknownColumn   = "unknown-column"     // error: a heading that is neither a field nor a place
	CodeDuplicateColumn = "duplicate-column"   // error: two columns of one heading; the first is read
	CodeUnplaced        = "unplaced"           // error: a cell that found no place
	CodeBadValue        = "bad-value"          // error: a cell that its column cannot hold
	CodeUnknownItem     = "unknown-item"       // error: an item that the canvas does not have
	CodeUnknownTarget   = "unknown-touchpoint" // error: a place that the journeys do not have
	CodeAmbiguous       = "ambiguous"          // error: a name that means several elements
	CodeUnknownFacet    = "unknown-facet"      // error: a quality by which the place is not judged
	CodeMissingItem     = "missing-item"       // error: a row that names no item
	CodeMissingTarget   = "missing-target"     // error: a row of the long form that does not say where its link goes
	CodeTwice           = "twice"              // warning: a link that the table has twice; the first is read
	CodeMadeKey         = "made-key"           // note: a rater that is no key, and the key that was made of it
	CodeNotInSheet      = "not-in-sheet"       // note: what a link says and the sheet has no room for
	CodeRemoved         = "removed"            // note: a link that Update took out
)

// ErrNoModel is returned for a nil model.
var ErrNoModel = errors.New("alignmentcsv: there is no model")

// An UnplacedError is behind every issue about a cell that found no place. It holds all of the cell.
type UnplacedError struct {
	Row    string // its item
	Column string // its heading
	Text   string
	Reason string
}

// Error implements error.
func (e *UnplacedError) Error() string {
	return fmt.Sprintf("%s, %s: %q has no place: %s", e.Row, e.Column, e.Text, e.Reason)
}

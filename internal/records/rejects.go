package records

import (
	"errors"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// Kept is the number of issues that Rejects keeps.
const Kept = 100

// Rejects lists what a reader leaves out, as warnings: the file can be used. The zero value is empty.
type Rejects struct {
	Name   string // of the file
	issues cxmodel.Issues
	count  int
}

// Add lists err with the line at which its record begins; it is false for an err that holds no [Rejection].
func (r *Rejects) Add(err error, line int) bool {
	var why *Rejection
	if !errors.As(err, &why) {
		return false
	}
	r.count++
	if len(r.issues) < Kept {
		issue := cxmodel.Issue{Code: why.Code, Severity: cxmodel.SeverityWarning, Message: why.Error(), Err: why.Err, Pos: cxmodel.Position{Line: line}}
		var syntax *SyntaxError
		if errors.As(err, &syntax) {
			issue.Pos, issue.Message = syntax.Pos, syntax.Reason
		}
		issue.Pos.File = r.Name
		r.issues = append(r.issues, issue)
	}
	return true
}

// List returns the first hundred, and how many there were.
func (r *Rejects) List() (cxmodel.Issues, int) { return slices.Clone(r.issues), r.count }

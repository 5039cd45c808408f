package survey

import (
	"errors"

	"github.com/cxmodel/cxmodel/internal/records"
	"github.com/cxmodel/cxmodel/internal/sentinel"
	"github.com/cxmodel/cxmodel/metrics"
)

// The errors of this package wrap one of these, a *[SyntaxError] or a *[cxmodel.LimitError]; test with [errors.Is]
// and [errors.As].
var (
	// ErrConsumed: a second range over a Reader, which reads its file once.
	ErrConsumed = records.ErrConsumed
	// ErrEmpty: the file holds nothing, or fewer header rows than the options say.
	ErrEmpty = errors.New("survey: the file is empty")
	// ErrEncoding: the file is UTF-16, or not text in UTF-8.
	ErrEncoding = records.ErrEncoding
	// ErrColumn: a mapped column is missing, two columns claim the same field, or none holds scores.
	ErrColumn = errors.New("survey: the columns do not fit")
	// ErrOption: an option that cannot be used, or that contradicts another. It is metrics.ErrOption too.
	ErrOption = sentinel.New("survey: bad option", metrics.ErrOption)
	// ErrMeasure: the definition of a measure that cannot be used; see MeasureDef.Check.
	ErrMeasure = errors.New("survey: unusable measure")
	// ErrUnknownMeasure: an answer to a question that nobody defined.
	ErrUnknownMeasure = errors.New("survey: unknown measure")
	// ErrAnswer: an answer that contradicts itself; see Answer.Check.
	ErrAnswer = errors.New("survey: impossible answer")
	// ErrWeighted: an answer with a weight where answers are counted. A weight is not a number of answers.
	ErrWeighted = errors.New("survey: a weighted answer cannot be counted")
	// ErrPool: different measures, levels or scales in one number.
	ErrPool = errors.New("survey: different measures, levels or scales are never pooled")
	// ErrShape: two cubes with other periods, another location or other dimensions rolled up.
	ErrShape = errors.New("survey: the cubes do not fit")
	// ErrNegative: more answers taken away than there are.
	ErrNegative = errors.New("survey: more answers are taken away than there are")
	// ErrFull: a count beyond 4,294,967,295 in one cell.
	ErrFull = errors.New("survey: a cell is full")
	// ErrFormat: the JSON of a Cube that is damaged, or of another format; see Cube.UnmarshalJSON.
	ErrFormat = errors.New("survey: not a saved cube")
	// ErrInvitations: a response rate where the invitations are not known.
	ErrInvitations = errors.New("survey: the invitations are not known")
	// ErrDesign: a sample design that cannot be used, such as a negative weight or a stratum with one cluster.
	ErrDesign = errors.New("survey: unusable design")
	// ErrMargin: population totals to which the weights of a sample cannot be fitted.
	ErrMargin = errors.New("survey: the margins do not fit the sample")
	// ErrNotConverged: raking stopped before the weights met all margins.
	ErrNotConverged = errors.New("survey: raking has not converged")
)

// A SyntaxError is a record that cannot be cut into fields: a broken quote, or text that is not JSON. Its Pos is the line,
// and in separated text the column in bytes, both from 1; its Reason says what is wrong and how to mend it.
type SyntaxError = records.SyntaxError

package survey

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/records"
)

// A Reader streams the answers of a file, long (one row an answer: measure, score, touchpoint, ...) or wide (one row a
// respondent, one column a question). The two differ only in the columns: a score column that has a measure of its own
// in ReaderOptions.Columns is a question of a wide file, one that has none takes the measure of its row.
//
// Memory does not grow with the file. A Reader is not for use by several goroutines at once.
type Reader struct {
	src     io.Reader
	opts    ReaderOptions
	used    bool
	rows    int
	rejects records.Rejects
	missing map[string]bool // in lower case

	missingNumber bool // one of them looks like a score

	records interface {
		Next() ([][]byte, error)
		Line() int
	}
	json   *records.Objects // nil for separated text
	heads  headings
	layout *layout
	loc    *time.Location

	measures, touchpoints, segments, themes *keyring
	channels                                map[string]string
}

// NewReader returns a Reader of r. Nothing is read before the answers are.
func NewReader(r io.Reader, opts *ReaderOptions) *Reader {
	o := opts.withDefaults()
	rd := &Reader{
		src: r, opts: o, rejects: records.Rejects{Name: o.Name}, missing: map[string]bool{}, channels: map[string]string{},
		measures:    newKeyring("measure", o.Aliases.Measures),
		touchpoints: newKeyring("touchpoint", o.Aliases.Touchpoints),
		segments:    newKeyring("segment", o.Aliases.Segments),
		themes:      newKeyring("theme", o.Aliases.Themes),
	}
	for _, m := range o.Missing {
		text := bytes.ToLower(records.Trim([]byte(m)))
		rd.missing[string(text)] = true
		_, number := parseScore(text, o.Decimal)
		rd.missingNumber = rd.missingNumber || number
	}
	return rd
}

// Rows returns the number of rows read so far below the headings, rejected ones included, blank ones not.
func (r *Reader) Rows() int { return r.rows }

// Rejected returns what was left out, with line and reason (the first hundred), and how often that happened. A fault
// in a score leaves out that answer, one in a theme that theme, any other the whole row. The issues are warnings: the
// file can be used.
func (r *Reader) Rejected() (cxmodel.Issues, int) { return r.rejects.List() }

// All yields the answers in the order of the file, those of one row in the order of its columns; they share Labels and
// Themes, which are not to be changed. A cell without a score is an answer whose Score is NaN.
//
// An error ends the stream: a missing column, a quote that is never closed, a record beyond the limit, a file that is not
// UTF-8, a failure of the source. A second range yields [ErrConsumed].
func (r *Reader) All() iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		stopped := false
		err := r.scan(func(row *row, fields [][]byte) error {
			a := Answer{Time: row.time, Segment: r.segments.keys[row.segment], Status: row.status, Weight: row.weight}
			if err := r.details(&a, fields); err != nil {
				return err
			}
			for i := range r.layout.questions {
				q := &r.layout.questions[i]
				score, err := r.score(q, row, fields)
				if err != nil {
					r.reject(err)
					continue
				}
				a.Score = score
				if a.Measure = q.measure; a.Measure == "" {
					a.Measure = r.measures.keys[row.measure]
				}
				if a.Touchpoint = q.touchpoint; a.Touchpoint == "" {
					a.Touchpoint = r.touchpoints.keys[row.touchpoint]
				}
				if stopped = !yield(a, nil); stopped {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Answer{}, err)
		}
	}
}

// errStop ends a scan early.
var errStop = errors.New("stop")

// A row is what the answers of one row share, as far as a Cube needs it.
type row struct {
	time                         time.Time
	measure, touchpoint, segment uint16 // codes of the reader's keyrings
	status                       Status
	weight                       float64
}

// scan calls fn for each row that can be read. A rejection that fn returns is listed; any other error ends the scan.
func (r *Reader) scan(fn func(*row, [][]byte) error) error {
	if r.used {
		return r.named(fmt.Errorf("survey: %w; make a new one", ErrConsumed))
	}
	r.used = true
	if err := r.open(); err != nil {
		return r.named(err)
	}
	width := len(r.heads.first)
	var shared row
	for {
		fields, err := r.records.Next()
		if err != nil {
			if errors.Is(err, records.ErrEnd) {
				return r.named(r.ended())
			}
			if r.reject(err) {
				r.rows++
				continue
			}
			return r.named(fmt.Errorf("survey: %w", err))
		}
		if r.json == nil {
			if records.Blank(fields) {
				continue
			}
			r.rows++
			if len(fields) != width {
				r.reject(records.Reject("field-count", "the row has %d cells, the headings %d", len(fields), width))
				continue
			}
		} else {
			r.rows++
			if len(r.json.Names()) > len(r.heads.first) {
				if err := r.widen(); err != nil {
					return r.named(err)
				}
			}
		}
		err = r.decode(&shared, fields)
		if err == nil {
			err = fn(&shared, fields)
		}
		if err != nil && !r.reject(err) {
			return r.named(err)
		}
	}
}

func (r *Reader) named(err error) error {
	if err == nil || r.opts.Name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", r.opts.Name, err)
}

// reject lists a rejection; it is false for any other error.
func (r *Reader) reject(err error) bool { return r.rejects.Add(err, r.records.Line()) }

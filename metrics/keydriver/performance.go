package keydriver

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/internal/table"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Quadrant of the importance-performance table.
type Quadrant int

// The quadrants, by their published names.
const (
	ConcentrateHere  Quadrant = iota + 1 // important, performs badly
	KeepUp                               // important, performs well
	LowPriority                          // unimportant, performs badly
	PossibleOverkill                     // unimportant, performs well
)

var quadrants = enum.Table{Type: "quadrant", Names: []string{"", "concentrate-here", "keep-up", "low-priority", "possible-overkill"}}

// String returns the name of q, such as "concentrate-here".
func (q Quadrant) String() string { return quadrants.String(int(q)) }

// MarshalText implements [encoding.TextMarshaler].
func (q Quadrant) MarshalText() ([]byte, error) {
	b, err := quadrants.Text(int(q))
	if err != nil {
		err = fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	return b, err
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (q *Quadrant) UnmarshalText(text []byte) error {
	i, err := quadrants.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	*q = Quadrant(i)
	return nil
}

// PerformanceOptions are the choices of the importance-performance table; nil stands for the defaults.
type PerformanceOptions struct {
	Performance    map[cxmodel.Key]metrics.Estimate // by driver, one metric in one unit, high is good, such as a top-box share; nil: Result.Performance
	ImportanceCut  *float64                         // importance from here on counts as important, [0, 1]; nil: 1/p, the mean
	PerformanceCut *float64                         // performance from here on counts as good; nil: the mean over the drivers
}

// A Placement is one driver in the table.
type Placement struct {
	Key         cxmodel.Key      `json:"key"`
	Importance  float64          `json:"importance"` // in parts of R², [0, 1]
	Performance metrics.Estimate `json:"performance"`
	Mean        metrics.Estimate `json:"mean"` // of the answers, in points of their own scale, to be read beside it
	Quadrant    Quadrant         `json:"quadrant"`
	Sure        bool             `json:"sure"` // the interval of the performance lies on one side of the cut
}

// An ImportancePerformance table, the most important driver first.
type ImportancePerformance struct {
	ImportanceCut  float64     `json:"importance-cut"`
	PerformanceCut float64     `json:"performance-cut"`
	Placements     []Placement `json:"placements"`
}

// ImportancePerformance sorts the drivers into the four quadrants (J. A. Martilla, J. C. James,
// Importance-performance analysis, Journal of Marketing 41 (1977), 77-79), with importance derived from the outcome,
// not asked, and performance rescaled to [0, 1], because a 4 of 5 is not a 4 of 10. The cuts are means unless given, so
// some driver is always "bad": give cuts that mean something. It fails with [ErrNoScale] where a driver has none and
// Performance is not given, with [metrics.ErrNoData] where it is given and not for all, with [metrics.ErrMismatch] where
// metrics or units differ, or the definitions of scores, and with [metrics.ErrUndefined] where R² is 0: of nothing nobody
// has a share.
func (a *Analysis) ImportancePerformance(opts *PerformanceOptions) (*ImportancePerformance, error) {
	o := PerformanceOptions{}
	if opts != nil {
		o = *opts
	}
	if len(a.Results) == 0 {
		return nil, fmt.Errorf("%w: no drivers", metrics.ErrNoData)
	}
	t := &ImportancePerformance{ImportanceCut: 1 / float64(len(a.Results))}
	for _, r := range a.Results {
		p := Placement{Key: r.Key, Importance: r.Importance, Performance: r.Performance, Mean: r.Mean}
		if o.Performance != nil {
			p.Performance = o.Performance[r.Key]
		}
		switch e := p.Performance; {
		case math.IsNaN(p.Importance):
			return nil, fmt.Errorf("%w: the drivers explain nothing of the outcome, so none is more important than another", metrics.ErrUndefined)
		case o.Performance == nil && r.Scale == (cxmodel.Scale{}):
			return nil, fmt.Errorf("%w: driver %q; set Scale, or give Performance", ErrNoScale, string(r.Key))
		case e.N == 0 || math.IsNaN(e.Value):
			return nil, fmt.Errorf("%w: driver %q has no performance", metrics.ErrNoData, string(r.Key))
		case len(t.Placements) > 0 && !alike(e, t.Placements[0].Performance):
			first := t.Placements[0]
			return nil, fmt.Errorf("%w: the performance of %q is %s (%s) in %v, that of %q %s (%s) in %v", metrics.ErrMismatch,
				string(first.Key), first.Performance.Metric, first.Performance.Definition, first.Performance.Unit, string(r.Key), e.Metric, e.Definition, e.Unit)
		}
		t.PerformanceCut += p.Performance.Value / float64(len(a.Results))
		t.Placements = append(t.Placements, p)
	}
	for _, cut := range []struct{ given, cut *float64 }{{o.ImportanceCut, &t.ImportanceCut}, {o.PerformanceCut, &t.PerformanceCut}} {
		if cut.given != nil {
			if math.IsNaN(*cut.given) {
				return nil, fmt.Errorf("%w: a cut is NaN", metrics.ErrOption)
			}
			*cut.cut = *cut.given
		}
	}
	for i := range t.Placements {
		p := &t.Placements[i]
		good := p.Performance.Value >= t.PerformanceCut
		switch important := p.Importance >= t.ImportanceCut; {
		case important && good:
			p.Quadrant = KeepUp
		case important:
			p.Quadrant = ConcentrateHere
		case good:
			p.Quadrant = PossibleOverkill
		default:
			p.Quadrant = LowPriority
		}
		p.Sure = good && p.Performance.Low >= t.PerformanceCut || !good && p.Performance.High < t.PerformanceCut
	}
	slices.SortStableFunc(t.Placements, func(x, y Placement) int { return cmp.Compare(y.Importance, x.Importance) })
	return t, nil
}

// alike reports whether two performances can stand on one axis. Shares are rescaled already; scores must be of one
// scale.
func alike(a, b metrics.Estimate) bool {
	return a.Metric == b.Metric && a.Unit == b.Unit && (a.Unit == metrics.UnitShare || a.Definition == b.Definition)
}

// MarshalJSON writes the table.
func (t ImportancePerformance) MarshalJSON() ([]byte, error) { return nanjson.Marshal(t) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (t *ImportancePerformance) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, t) }

// WriteCSV writes a heading and one line a driver, for programs.
func (t *ImportancePerformance) WriteCSV(w io.Writer) error { return t.table(full).WriteCSV(w) }

// WriteMarkdown writes a pipe table for people.
func (t *ImportancePerformance) WriteMarkdown(w io.Writer) error {
	return t.table(short).WriteMarkdown(w)
}

func (t *ImportancePerformance) table(number func(float64) string) *table.Table {
	out := &table.Table{Head: []string{"driver", "importance", "performance", "low", "high", "mean", "quadrant", "sure"}}
	for _, p := range t.Placements {
		e := p.Performance
		out.Add(string(p.Key), number(p.Importance), number(e.Value), number(e.Low), number(e.High), number(p.Mean.Value), p.Quadrant.String(), strconv.FormatBool(p.Sure))
	}
	return out
}

// WriteCSV writes a heading and one line a driver, for programs.
func (a *Analysis) WriteCSV(w io.Writer) error { return a.table(full).WriteCSV(w) }

// WriteMarkdown writes a pipe table for people.
func (a *Analysis) WriteMarkdown(w io.Writer) error { return a.table(short).WriteMarkdown(w) }

func (a *Analysis) table(number func(float64) string) *table.Table {
	out := &table.Table{Head: []string{
		"driver", "importance", "lmg", "relative weight", "correlation", "correlation low", "correlation high",
		"coefficient", "coefficient low", "coefficient high", "standardised", "performance", "mean", "n",
	}}
	for _, r := range a.Results {
		out.Add(string(r.Key), number(r.Importance), number(r.LMG), number(r.RelativeWeight), number(r.Correlation.Value), number(r.Correlation.Low), number(r.Correlation.High),
			number(r.Coefficient.Value), number(r.Coefficient.Low), number(r.Coefficient.High), number(r.Standardized.Value), number(r.Performance.Value), number(r.Mean.Value), strconv.Itoa(a.N))
	}
	return out
}

// full and short write a number for programs and for people; both leave out what is not available.
func full(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64) // without an exponent, whose minus sign a spreadsheet could take for a formula
}

func short(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(math.Round(x*1000)/1000+0, 'f', -1, 64)
}

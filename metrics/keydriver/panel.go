package keydriver

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Driver is one column: the answers about one touchpoint.
type Driver struct {
	Key    cxmodel.Key
	Values []float64     // by customer, in the order of the outcome; NaN: not answered
	Scale  cxmodel.Scale // of the answers, which must lie on it; zero: not told, and then performance and moments of truth are not to be had
	Target *float64      // an answer on the bad side of it disappoints: below it, or above where low is good; nil where moments of truth are not asked for
	Reach  *float64      // share of all customers who meet the touchpoint, [0, 1]; nil: the share of rows that answered
}

// check returns what is wrong with a driver, but for its values.
func (x Driver) check(rows int) error {
	key := string(x.Key)
	if len(x.Values) != rows {
		return fmt.Errorf("%w: driver %q has %d rows, the outcome %d", ErrColumns, key, len(x.Values), rows)
	}
	if x.Reach != nil && !(*x.Reach >= 0 && *x.Reach <= 1) {
		return fmt.Errorf("%w: driver %q has reach %v; want a share in [0, 1]", metrics.ErrOption, key, *x.Reach)
	}
	if x.Target != nil && math.IsNaN(*x.Target) {
		return fmt.Errorf("%w: driver %q has target NaN", metrics.ErrOption, key)
	}
	if x.Scale == (cxmodel.Scale{}) {
		return nil
	}
	if err := x.Scale.Check(); err != nil {
		return fmt.Errorf("%w: driver %q: %w", metrics.ErrOption, key, err)
	}
	if x.Target != nil && !x.Scale.Contains(*x.Target) {
		return fmt.Errorf("%w: driver %q has target %v, off its scale %v", metrics.ErrOption, key, *x.Target, x.Scale)
	}
	for i, v := range x.Values {
		if v == v && !x.Scale.Contains(v) {
			return fmt.Errorf("%w: driver %q has %v in row %d, off its scale %v; write NaN where not answered", ErrColumns, key, v, i, x.Scale)
		}
	}
	return nil
}

// maxDrivers bounds the memory: a triangle of 500² numbers for each piece of the rows.
const maxDrivers = 500

// A panel holds the rows on which everything was answered.
type panel struct {
	keys    []cxmodel.Key
	n, p    int
	rows    int       // all rows
	means   []float64 // of the drivers, then of the outcome
	norms   []float64 // sqrt of the sum of squares about the mean
	columns [][]float64
	index   []int // the complete rows; nil where all are
}

// panelOf checks the columns and finds the complete rows.
func panelOf(outcome []float64, drivers []Driver, minRows int) (*panel, error) {
	p := len(drivers)
	switch {
	case len(outcome) == 0:
		return nil, fmt.Errorf("%w: no rows", metrics.ErrNoData)
	case p == 0:
		return nil, fmt.Errorf("%w: no drivers", metrics.ErrNoData)
	case p > maxDrivers:
		return nil, fmt.Errorf("%w: %d; at most %d", ErrTooManyDrivers, p, maxDrivers)
	}
	d := &panel{p: p, rows: len(outcome), columns: make([][]float64, p+1), keys: make([]cxmodel.Key, p)}
	seen := map[cxmodel.Key]bool{}
	for j, x := range drivers {
		if x.Key == "" || seen[x.Key] {
			return nil, fmt.Errorf("%w: driver %d has key %q; every driver needs one of its own", ErrColumns, j, string(x.Key))
		}
		if err := x.check(len(outcome)); err != nil {
			return nil, err
		}
		seen[x.Key] = true
		d.keys[j], d.columns[j] = x.Key, x.Values
	}
	d.columns[p] = outcome
	if err := d.complete(); err != nil {
		return nil, err
	}
	if need := max(minRows*p, p+2); d.n < need {
		err := fmt.Errorf("%w: %d of %d rows answered everything, %d drivers need %d", ErrTooFewRows, d.n, d.rows, p, need)
		if j, gaps := d.sparsest(); gaps > 0 {
			return nil, fmt.Errorf("%w; %d left out %s", err, gaps, d.name(j))
		}
		return nil, fmt.Errorf("%w; collect more answers, or take fewer drivers", err)
	}
	return d, d.moments()
}

// complete finds the rows without NaN.
func (d *panel) complete() error {
	missing := make([]bool, d.rows)
	for j, c := range d.columns {
		for i, x := range c {
			if x != x {
				missing[i] = true
			} else if math.IsInf(x, 0) {
				return fmt.Errorf("%w: %s has %v in row %d", ErrColumns, d.name(j), x, i)
			}
		}
	}
	d.n = d.rows
	for _, m := range missing {
		if m {
			d.n--
		}
	}
	if d.n == d.rows {
		return nil
	}
	d.index = make([]int, 0, d.n)
	for i, m := range missing {
		if !m {
			d.index = append(d.index, i)
		}
	}
	return nil
}

// sparsest returns the column that most rows left out.
func (d *panel) sparsest() (column, gaps int) {
	for j, c := range d.columns {
		n := 0
		for _, x := range c {
			if x != x {
				n++
			}
		}
		if n > gaps {
			column, gaps = j, n
		}
	}
	return column, gaps
}

// name names column j in an error.
func (d *panel) name(j int) string {
	if j == d.p {
		return "the outcome"
	}
	return fmt.Sprintf("driver %q", string(d.keys[j]))
}

// row returns the place of complete row i in the columns.
func (d *panel) row(i int) int {
	if d.index == nil {
		return i
	}
	return d.index[i]
}

// moments computes mean and norm of each column about its first value, in two passes.
func (d *panel) moments() error {
	d.means, d.norms = make([]float64, d.p+1), make([]float64, d.p+1)
	for j, c := range d.columns {
		first := c[d.row(0)]
		sum := 0.0
		for i := range d.n {
			sum += c[d.row(i)] - first
		}
		shift := sum / float64(d.n)
		ss := 0.0
		for i := range d.n {
			x := c[d.row(i)] - first - shift
			ss += x * x
		}
		d.means[j], d.norms[j] = first+shift, math.Sqrt(ss)
		if !(ss < math.MaxFloat64) { // overflow, or NaN from it
			return fmt.Errorf("%w: the squares of %s overflow; write it in a larger unit", ErrColumns, d.name(j))
		}
		if !(d.norms[j] > 1e-13*math.Sqrt(float64(d.n))*math.Abs(d.means[j])) {
			return fmt.Errorf("%w: %s is %v, or nearly, in all %d complete rows; nothing can be learnt from it", ErrConstant, d.name(j), first, d.n)
		}
	}
	return nil
}

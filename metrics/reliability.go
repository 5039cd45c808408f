package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Reliability says how far the items of a questionnaire measure one thing.
type Reliability struct {
	Alpha           Estimate `json:"alpha"`            // Cronbach's alpha, at most 1
	Standardized    float64  `json:"standardized"`     // alpha of the items scaled to like variance; NaN where an item does not vary
	MeanCorrelation float64  `json:"mean-correlation"` // of the pairs of items; NaN where an item does not vary
	Items           int      `json:"items"`
}

// MarshalJSON writes the result; a number that is not available is null.
func (r Reliability) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *Reliability) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// String returns alpha with its interval.
func (r Reliability) String() string { return r.Alpha.String() }

// Table returns alpha.
func (r Reliability) Table() *Table { return tableOf(r.Alpha) }

// CronbachAlpha returns the internal consistency of items answered by the same respondents, one row each,
//
//	alpha = k/(k-1) (1 - Σ variance of item/variance of the sum)
//
// (L. J. Cronbach, Psychometrika 16 (1951), 297-334), with the interval of L. S. Feldt, Psychometrika 30 (1965), 357-370:
// (1-true)/(1-alpha) follows F with n-1 and (n-1)(k-1) degrees of freedom. Items must point the same way: turn those where
// low is good. Rows with a NaN are left out and counted as missing. It fails with [ErrMismatch] where rows differ in
// length, with [ErrNoData] below two items or two complete rows, with [ErrUndefined] where the sums do not vary.
func CronbachAlpha[T Number](rows [][]T, opts *MeanOptions) (Reliability, error) {
	r := noReliability()
	if opts == nil {
		opts = &MeanOptions{}
	}
	level, _, err := confidence(opts.Level)
	if err != nil {
		return r, err
	}
	complete, err := completeRows(rows)
	if err != nil {
		return r, err
	}
	r.Alpha.Missing = len(rows) - len(complete)
	if len(rows) > 0 {
		r.Items = len(rows[0])
	}
	n, k := len(complete), r.Items
	if n < 2 || k < 2 {
		return r, fmt.Errorf("%w for %s: %d complete rows of %d items; two of each are needed", ErrNoData, alphaName, n, k)
	}
	most := 0.
	for _, row := range complete {
		most = max(most, largest(row))
	}
	scale := scaleOf(most) // alpha has no unit
	for _, row := range complete {
		for i := range row {
			row[i] *= scale
		}
	}
	covariance := covariances(complete)
	var items, total float64
	for i := range covariance {
		items += covariance[i][i]
		for j := range covariance {
			total += covariance[i][j]
		}
	}
	if !(total > 1e-14*items) {
		return r, fmt.Errorf("%w: the sums of the %d rows do not vary", ErrUndefined, n)
	}
	e, kf, df := &r.Alpha, float64(k), float64(n-1)
	e.Definition, e.Value, e.N, e.EffectiveN = fmt.Sprintf("%d items", k), kf/(kf-1)*(1-items/total), n, float64(n)
	e.Level, e.Method = level, "Feldt"
	tail := (1 - level) / 2
	e.Low = 1 - (1-e.Value)*fTailQuantile(tail, df, df*(kf-1))
	e.High = 1 - (1-e.Value)*fTailQuantile(1-tail, df, df*(kf-1))
	if n < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	sum := 0.
	for i := range covariance {
		for j := range i {
			sum += covariance[i][j] / math.Sqrt(covariance[i][i]) / math.Sqrt(covariance[j][j])
		}
	}
	r.MeanCorrelation = sum / (kf * (kf - 1) / 2)
	r.Standardized = kf * r.MeanCorrelation / (1 + (kf-1)*r.MeanCorrelation)
	return r, nil
}

const alphaName = "Cronbach's alpha"

// noReliability is the result that goes with an error.
func noReliability() Reliability {
	nan := math.NaN()
	return Reliability{Alpha: unavailable(alphaName, UnitNumber), Standardized: nan, MeanCorrelation: nan}
}

// completeRows returns the rows without NaN as float64; rows must be of one length and finite.
func completeRows[T Number](rows [][]T) ([][]float64, error) {
	var complete [][]float64

	for i, row := range rows {
		if len(row) != len(rows[0]) {
			return nil, fmt.Errorf("%w: row %d has %d items, row 0 has %d", ErrMismatch, i, len(row), len(rows[0]))
		}
		values := make([]float64, len(row))
		missing := false
		for j, v := range row {
			values[j] = float64(v)
			if math.IsInf(values[j], 0) {
				return nil, fmt.Errorf("%w: item %d of row %d is %v", ErrValue, j, i, values[j])
			}
			missing = missing || math.IsNaN(values[j])
		}
		if missing {
			continue
		}
		complete = append(complete, values)
	}
	return complete, nil
}

// covariances returns the covariance matrix of the columns, with divisor n-1, in two passes.
func covariances(rows [][]float64) [][]float64 {
	n, k := len(rows), len(rows[0])
	centers := make([]center, k)
	for i, row := range rows {
		for j, x := range row {
			if i == 0 {
				centers[j].origin = x
			}
			centers[j].add(x)
		}
	}
	dev := make([]float64, k)
	c := make([][]float64, k)
	for j := range c {
		c[j] = make([]float64, k)
	}
	for _, row := range rows {
		for j, x := range row {
			dev[j] = x - centers[j].origin - centers[j].mean()
			for l := range j + 1 {
				c[j][l] += dev[j] * dev[l]
			}
		}
	}
	for j := range c {
		for l := range j + 1 {
			c[j][l] /= float64(n - 1)
			c[l][j] = c[j][l]
		}
	}
	return c
}

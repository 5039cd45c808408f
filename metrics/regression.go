package metrics

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// RegressionOptions are the choices of a linear regression; nil stands for the defaults.
type RegressionOptions struct {
	Level       float64  // confidence level in (0, 1); 0 means .95
	NoIntercept bool     // the line goes through the origin; R² and F are then about 0 and not about the mean
	Names       []string // of the columns of x, for the coefficients; nil means "x1", "x2" and so on
}

// A Regression is a least-squares fit y = b0 + b1 x1 + ... + error.
type Regression struct {
	Coefficients []Estimate `json:"coefficients"` // the intercept first unless there is none, then the columns of x
	R2           float64    `json:"r2"`           // the share of the variance explained, in [0, 1]
	AdjustedR2   float64    `json:"adjusted-r2"`  // 1 - (1-R²)(n-1)/DF, without intercept (1-R²) n/DF
	ResidualSD   float64    `json:"residual-sd"`  // sqrt(Σ residual²/DF)
	DF           int        `json:"df"`           // rows less coefficients
	F            Test       `json:"f"`            // of all slopes at once; not available where there are none
	N            int        `json:"n"`
}

// MarshalJSON writes the regression; a number that is not available is null.
func (r Regression) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *Regression) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// String returns what the fit explains, in one line.
func (r Regression) String() string {
	return fmt.Sprintf("regression of %d coefficients, R² %.4g, residual SD %.4g on %d df, n=%d", len(r.Coefficients), r.R2, r.ResidualSD, r.DF, r.N)
}

// Table returns the coefficients.
func (r Regression) Table() *Table { return tableOf(r.Coefficients...) }

// Predict returns the fitted value for one row of x; NaN if its length is not that of the fit.
func (r Regression) Predict(x []float64) float64 {
	intercept := len(r.Coefficients) - len(x)
	if intercept > 0 && r.Coefficients[0].Metric != interceptName || intercept < 0 || intercept > 1 {
		return math.NaN()
	}
	var y accumulator
	if intercept == 1 {
		y.add(r.Coefficients[0].Value)
	}
	for j, v := range x {
		y.add(r.Coefficients[intercept+j].Value * v)
	}
	return y.sum()
}

const interceptName = "intercept"

// LinearRegression fits y[i] to the columns of x[i] by least squares, with Student's t interval for each coefficient. It
// uses Householder's QR decomposition and refines the solution with residuals of twice the precision (Å. Björck, Iterative
// refinement of linear least squares solutions, BIT 7 (1967), 257-278). It takes time n k² for n rows and k columns.
//
// Every value must be finite ([ErrValue]); leave out incomplete rows first. It fails with [ErrMismatch] where lengths
// differ, with [ErrNoData] where there are not more rows than coefficients, and with [ErrUndefined] where y does not vary, or a
// column is a linear combination of those before it, which it names. It stops with the error of the context.
func LinearRegression(ctx context.Context, y []float64, x [][]float64, opts *RegressionOptions) (Regression, error) {
	if opts == nil {
		opts = &RegressionOptions{}
	}
	r := Regression{R2: math.NaN(), AdjustedR2: math.NaN(), ResidualSD: math.NaN(), F: noTest("F of the regression")}
	level, _, err := confidence(opts.Level)
	if err != nil {
		return r, err
	}
	columns, names, err := designColumns(y, x, opts)
	if err != nil {
		return r, err
	}
	n, k := len(y), len(columns)
	r.N, r.DF = n, n-k
	if k == 0 || r.DF < 1 {
		return r, fmt.Errorf("%w for a regression: %d rows for %d coefficients; there must be more rows", ErrNoData, n, k)
	}
	ls, err := newLeastSquares(ctx, columns)
	if err != nil {
		return r, err
	}
	if j := ls.dependent(); j >= 0 {
		return r, fmt.Errorf("%w: column %q is a linear combination of the columns before it; leave it out", ErrUndefined, names[j])
	}
	scale := scaleOf(largest(y))
	y = slices.Clone(y)
	for i := range y {
		y[i] *= scale
	}
	b, residuals, err := ls.solve(ctx, y)
	if err != nil {
		return r, err
	}
	var rss, tss accumulator
	origin := 0.
	if !opts.NoIntercept {
		c := center{origin: y[0]}
		for _, v := range y {
			c.add(v)
		}
		origin = c.mean()
	}
	for i, e := range residuals {
		rss.add(e * e)
		d := y[i]
		if !opts.NoIntercept {
			d = y[i] - y[0] - origin
		}
		tss.add(d * d)
	}
	df := float64(r.DF)
	if tss.sum() == 0 {
		return r, fmt.Errorf("%w: y does not vary, all %d values are %v", ErrUndefined, n, y[0]/scale)
	}
	t, errors := -dist.TQuantile((1-level)/2, df), ls.errors()
	sd := math.Sqrt(rss.sum() / df)
	for j, s := range errors {
		b[j] /= scale
		errors[j] = s * sd / scale
		if !finite(b[j]) || !finite(t*errors[j]) {
			return r, fmt.Errorf("%w: the coefficient of %q is beyond the largest float64; choose another unit", ErrValue, names[j])
		}
	}
	r.ResidualSD = sd / scale
	r.R2 = max(1-rss.sum()/tss.sum(), 0)
	total := float64(n)
	if !opts.NoIntercept {
		total--
	}
	r.AdjustedR2 = 1 - rss.sum()/tss.sum()*total/df
	if slopes := total - df; slopes > 0 {
		f := max(tss.sum()-rss.sum(), 0) / slopes / (rss.sum() / df)
		r.F = Test{Name: r.F.Name, Statistic: f, DF: slopes, P: fTail(f, slopes, df), N: n}
	}
	for j, s := range errors {
		e := Estimate{
			Metric: names[j], Definition: "regression coefficient", Unit: UnitNumber, Value: b[j], StdErr: s,
			Level: level, N: n, EffectiveN: float64(n), Method: "t",
		}
		e.Low, e.High = e.Value-t*e.StdErr, e.Value+t*e.StdErr
		if e.Low == e.High {
			e.Warnings |= WarnZeroWidth
		}
		r.Coefficients = append(r.Coefficients, e)
	}
	return r, nil
}

// designColumns returns x by columns, with one of ones before them for the intercept, and their names.
func designColumns(y []float64, x [][]float64, opts *RegressionOptions) (columns [][]float64, names []string, err error) {
	if len(x) != len(y) {
		return nil, nil, fmt.Errorf("%w: %d values of y and %d rows of x", ErrMismatch, len(y), len(x))
	}
	width := 0
	if len(x) > 0 {
		width = len(x[0])
	}
	if opts.Names != nil && len(opts.Names) != width {
		return nil, nil, fmt.Errorf("%w: %d names for %d columns of x", ErrMismatch, len(opts.Names), width)
	}
	if !opts.NoIntercept {
		ones := make([]float64, len(y))
		for i := range ones {
			ones[i] = 1
		}
		columns, names = append(columns, ones), append(names, interceptName)
	}
	first := len(columns)
	for j := range width {
		columns = append(columns, make([]float64, len(y)))
		name := fmt.Sprintf("x%d", j+1)
		if opts.Names != nil {
			name = opts.Names[j]
		}
		names = append(names, name)
	}
	for i, row := range x {
		if len(row) != width {
			return nil, nil, fmt.Errorf("%w: row %d of x has %d columns, row 0 has %d", ErrMismatch, i, len(row), width)
		}
		if !finite(y[i]) {
			return nil, nil, fmt.Errorf("%w: y of row %d is %v", ErrValue, i, y[i])
		}
		for j, v := range row {
			if !finite(v) {
				return nil, nil, fmt.Errorf("%w: %s of row %d is %v", ErrValue, names[first+j], i, v)
			}
			columns[first+j][i] = v
		}
	}
	return columns, names, nil
}

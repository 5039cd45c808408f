package keydriver

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// RegressOptions are the choices of [Regress]; nil stands for the defaults.
type RegressOptions struct {
	Level   float64 // confidence level in (0, 1); 0 means .95
	MinRows int     // complete rows needed for each driver; 0 means 10. Fewer is for textbook examples; p+2 in all is the least
}

// A Regression is a linear model of the outcome, fitted by least squares.
type Regression struct {
	N            int                `json:"n"`       // complete rows
	Missing      int                `json:"missing"` // rows in which something was not answered
	DF           int                `json:"df"`      // N - drivers - 1
	R2           float64            `json:"r2"`      // share of the variance of the outcome that the drivers explain, [0, 1]
	AdjustedR2   float64            `json:"adjusted-r2"`
	P            float64            `json:"p"` // chance of so large an R² were no driver related to the outcome, by the F test, [0, 1]
	ResidualSD   float64            `json:"residual-sd"`
	Keys         []cxmodel.Key      `json:"keys"`
	Intercept    metrics.Estimate   `json:"intercept"`
	Coefficients []metrics.Estimate `json:"coefficients"` // points of the outcome for one point of the driver, others held, by key
	Standardized []metrics.Estimate `json:"standardized"` // standard deviations for one standard deviation, by key
}

// MarshalJSON writes the regression; what is not available is null.
func (r Regression) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *Regression) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// Table returns intercept and coefficients, ready for CSV or Markdown.
func (r *Regression) Table() *metrics.Table {
	t := &metrics.Table{Labels: []string{"driver"}}
	t.Add(r.Intercept, "")
	for j, key := range r.Keys {
		t.Add(r.Coefficients[j], string(key))
	}
	return t
}

// Regress fits outcome = intercept + Σ b_j driver_j by least squares, from a QR decomposition of the centred columns
// improved by residuals in doubled precision, with Student's t intervals on N - p - 1 degrees of freedom. Rows with NaN
// are left out and counted.
//
// It fails with [ErrTooFewRows], [ErrConstant], [ErrColumns], a [CollinearError], [metrics.ErrNoData], and when ctx ends.
func Regress(ctx context.Context, outcome []float64, drivers []Driver, opts *RegressOptions) (*Regression, error) {
	o := RegressOptions{}
	if opts != nil {
		o = *opts
	}
	d, level, err := prepare(outcome, drivers, o.Level, o.MinRows)
	if err != nil {
		return nil, err
	}
	f, err := d.fit(ctx, rounding)
	if err != nil {
		return nil, err
	}
	return f.regression(level), nil
}

func prepare(outcome []float64, drivers []Driver, level float64, minRows int) (*panel, float64, error) {
	if level = cmp.Or(level, metrics.DefaultLevel); !(level > 0 && level < 1) {
		return nil, 0, fmt.Errorf("%w: level %v is not between 0 and 1; write .95 for 95 %%", metrics.ErrOption, level)
	}
	if minRows = cmp.Or(minRows, 10); minRows < 0 {
		return nil, 0, fmt.Errorf("%w: %d rows for each driver", metrics.ErrOption, minRows)
	}
	d, err := panelOf(outcome, drivers, minRows)
	return d, level, err
}

// A fit is the solved panel. Columns have length 1 throughout: beta is standardised.
type fit struct {
	*panel
	r        triangle
	beta     []float64
	inverse  [][]float64 // of the triangle of the drivers, by column
	rss      float64     // in parts of the sum of squares of the outcome
	b        []float64   // coefficients
	constant float64
}

// rounding is the part of a driver, in standard deviations, below which it is rounding of the others.
const rounding = 1e-10

// fit decomposes and solves, if of every driver more than apart is no combination of those before it.
func (d *panel) fit(ctx context.Context, apart float64) (*fit, error) {
	f := &fit{panel: d, r: d.factor(ctx)}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := f.collinear(apart); err != nil {
		return nil, err
	}
	p := d.p
	f.beta = f.solve(f.r[p][:p])
	f.rss = f.r[p][p] * f.r[p][p]
	f.inverse = make([][]float64, p)
	for j := range p {
		unit := make([]float64, p)
		unit[j] = 1
		f.inverse[j] = f.solve(unit)
	}
	f.b = make([]float64, p)
	f.constant = d.means[p]
	for j := range p {
		f.b[j] = f.beta[j] * d.norms[p] / d.norms[j]
		f.constant -= f.b[j] * d.means[j]
	}
	f.refine(ctx)
	return f, ctx.Err()
}

// solve returns x with R x = y, R the triangle of the drivers.
func (f *fit) solve(y []float64) []float64 {
	x := append([]float64(nil), y[:f.p]...)
	for j := f.p - 1; j >= 0; j-- {
		x[j] /= f.r[j][j]
		for i := range j {
			x[i] -= f.r[j][i] * x[j]
		}
	}
	return x
}

// solveTransposed returns x with R' x = y.
func (f *fit) solveTransposed(y []float64) []float64 {
	x := append([]float64(nil), y[:f.p]...)
	for j := range f.p {
		for i := range j {
			x[j] -= f.r[j][i] * x[i]
		}
		x[j] /= f.r[j][j]
	}
	return x
}

// collinear looks for a driver that the ones before it explain but for a rest.
func (f *fit) collinear(rest float64) error {
	for j := range f.p {
		if math.Abs(f.r[j][j]) > rest {
			continue
		}
		part := &fit{panel: &panel{p: j}, r: f.r}
		e := &CollinearError{Driver: f.keys[j]}
		for i, c := range part.solve(f.r[j]) {
			if math.Abs(c) > 1e-6 {
				e.With = append(e.With, f.keys[i])
			}
		}
		return e
	}
	return nil
}

// refine corrects the coefficients by the least squares solution for their residuals. Residuals and their products
// with the columns as they are, not centred, are summed in doubled precision; the correction solves R'R δ = X'e.
func (f *fit) refine(ctx context.Context) {
	p := f.p
	for range 3 {
		sum, products := f.residuals(ctx)
		gradient := make([]float64, p)
		for j := range p {
			g := products[j].minus(f.means[j], sum.hi).minus(f.means[j], sum.lo)
			gradient[j] = (g.hi + g.lo) / f.norms[j]
		}
		delta := f.solve(f.solveTransposed(gradient))
		shift, largest := (sum.hi+sum.lo)/float64(f.n), 0.0
		for j := range p {
			change := delta[j] / f.norms[j]
			f.b[j] += change
			shift -= change * f.means[j]
			if f.b[j] != 0 {
				largest = max(largest, math.Abs(change/f.b[j]))
			}
		}
		f.constant += shift
		if largest < 0x1p-50 {
			break
		}
	}
	for j := range p {
		f.beta[j] = f.b[j] * f.norms[j] / f.norms[p]
	}
}

// residuals returns Σ e and Σ x_j e over the complete rows, in pieces of rows and these in order.
func (f *fit) residuals(ctx context.Context) (sum double, products []double) {
	p := f.p
	type part struct {
		sum      double
		products []double
	}
	parts := make([]part, (f.n+pieceRows-1)/pieceRows)
	parallel(ctx, len(parts), func(k int) {
		var s double
		g := make([]double, p)
		for i := k * pieceRows; i < min((k+1)*pieceRows, f.n); i++ {
			at := f.row(i)
			e := double{f.columns[p][at], 0}.minus(f.constant, 1)
			for j := range p {
				e = e.minus(f.b[j], f.columns[j][at])
			}
			s = s.minus(-1, e.hi)
			s.lo += e.lo
			for j := range p {
				x := f.columns[j][at]
				g[j] = g[j].minus(-x, e.hi)
				g[j].lo += x * e.lo
			}
		}
		parts[k] = part{s, g}
	})
	products = make([]double, p)
	for _, q := range parts {
		sum = sum.minus(-1, q.sum.hi)
		sum.lo += q.sum.lo
		for j, g := range q.products {
			products[j] = products[j].minus(-1, g.hi)
			products[j].lo += g.lo
		}
	}
	return sum, products
}

// A double is a number of twice the digits, hi + lo.
type double struct{ hi, lo float64 }

// minus returns d - a b, where the product is exact.
func (d double) minus(a, b float64) double {
	hi := a * b
	lo := math.FMA(a, b, -hi)
	s := d.hi - hi
	t := s - d.hi
	err := (d.hi - (s - t)) - (hi + t)
	return double{s, d.lo + err - lo}
}

// r2 returns the share of the variance of the outcome that is explained, and the rest.
func (f *fit) r2() (explained, rest float64) {
	for _, x := range f.r[f.p][:f.p] {
		explained += x * x
	}
	total := explained + f.rss
	return explained / total, f.rss / total
}

// inverseDiagonal returns entry j of the diagonal of the inverse correlation matrix.
func (f *fit) inverseDiagonal(j int) float64 {
	sum := 0.0
	for k := j; k < f.p; k++ {
		sum += f.inverse[k][j] * f.inverse[k][j]
	}
	return sum
}

func (f *fit) regression(level float64) *Regression {
	p, df := f.p, f.n-f.p-1
	r2, rest := f.r2()
	r := &Regression{N: f.n, Missing: f.rows - f.n, DF: df, R2: r2, Keys: f.keys}
	r.AdjustedR2 = 1 - (1-r.R2)*float64(f.n-1)/float64(df)
	r.P = dist.BetaCDF(rest, float64(df)/2, float64(p)/2)
	r.ResidualSD = f.norms[p] * math.Sqrt(f.rss/float64(df))
	t := -dist.TQuantile((1-level)/2, float64(df))
	of := func(metric, definition string, value, se float64) metrics.Estimate {
		e := metrics.Estimate{
			Metric: metric, Definition: definition, Unit: metrics.UnitNumber, Value: value, StdErr: se, Low: value - t*se, High: value + t*se,
			Level: level, N: f.n, EffectiveN: float64(f.n), Missing: r.Missing, Method: "least squares, t",
		}
		if e.Low == e.High {
			e.Warnings |= metrics.WarnZeroWidth
		}
		return e
	}
	scaled := make([]float64, p)
	for j := range p {
		scaled[j] = f.means[j] / f.norms[j]
	}
	v := 1 / float64(f.n)
	for _, x := range f.solveTransposed(scaled) {
		v += x * x
	}
	r.Intercept = of("intercept", "outcome where every driver is 0", f.constant, r.ResidualSD*math.Sqrt(v))
	for j, key := range f.keys {
		se := r.ResidualSD * math.Sqrt(f.inverseDiagonal(j)) / f.norms[j]
		scale := f.norms[j] / f.norms[p]
		r.Coefficients = append(r.Coefficients, of("coefficient of "+string(key), "points of the outcome for one point, other drivers held", f.b[j], se))
		r.Standardized = append(r.Standardized, of("standardised coefficient of "+string(key), "standard deviations of the outcome for one of the driver, other drivers held", f.beta[j], se*scale))
	}
	return r
}

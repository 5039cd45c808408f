package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Description sums up numbers that are not answers on a scale, such as order values or minutes.
type Description struct {
	Mean   Estimate `json:"mean"`    // with Student's t interval
	StdDev float64  `json:"std-dev"` // with divisor n-1; NaN for one number
	Min    float64  `json:"min"`
	Max    float64  `json:"max"`
}

// MarshalJSON writes the description; a number that is not available is null.
func (d Description) MarshalJSON() ([]byte, error) { return nanjson.Marshal(d) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (d *Description) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, d) }

// String returns the mean with its interval.
func (d Description) String() string { return d.Mean.String() }

// Table returns the mean.
func (d Description) Table() *Table { return tableOf(d.Mean) }

// Describe returns mean, standard deviation, smallest and largest of values, accurate to what the input can carry. NaN
// counts as missing; an infinite value is [ErrValue]. The unit of the mean is [UnitNumber]. For answers on a scale use
// [Mean], which knows the ends of the scale; for times that are not over yet package survival.
func Describe[T Number](values []T, opts *MeanOptions) (Description, error) {
	const metric = "mean"
	nan := math.NaN()
	d := Description{Mean: unavailable(metric, UnitNumber), StdDev: nan, Min: nan, Max: nan}
	if opts == nil {
		opts = &MeanOptions{}
	}
	level, _, err := confidence(opts.Level)
	if err != nil {
		return d, err
	}
	var c center
	for i, v := range values {
		x := float64(v)
		if x != x {
			d.Mean.Missing++
			continue
		}
		if !finite(x) {
			return d, fmt.Errorf("%w: value %d is %v", ErrValue, i, x)
		}
		if c.n == 0 {
			c.origin, d.Min, d.Max = x, x, x
		}
		d.Min, d.Max = min(d.Min, x), max(d.Max, x)
		c.add(x)
	}
	e := &d.Mean
	if c.n == 0 {
		return d, fmt.Errorf("%w for %s: %d values, all missing", ErrNoData, metric, e.Missing)
	}
	var squares accumulator
	mean, scale := c.mean(), scaleOf(max(d.Max-c.origin, c.origin-d.Min))
	for _, v := range values {
		if x := float64(v); x == x {
			dev := ((x - c.origin) - mean) * scale
			squares.add(dev * dev)
		}
	}
	n := float64(c.n)
	if !finite(squares.sum()) || !finite(c.origin+mean) {
		lowest, highest := d.Min, d.Max
		d.Min, d.Max = nan, nan
		return d, fmt.Errorf("%w: the sum of values from %v to %v overflows", ErrValue, lowest, highest)
	}
	e.Definition, e.Value, e.N, e.EffectiveN = "arithmetic mean", c.origin+mean, c.n, n
	if c.n < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if c.n == 1 {
		e.Warnings |= WarnNoInterval
		return d, nil
	}
	d.StdDev = math.Sqrt(squares.sum()/(n-1)) / scale
	e.Level, e.StdErr, e.Method = level, d.StdDev/math.Sqrt(n), "t"
	half := -dist.TQuantile((1-level)/2, n-1) * e.StdErr
	e.Low, e.High = e.Value-half, e.Value+half
	if !finite(e.Low) || !finite(e.High) {
		e.Low, e.High, e.Level, e.Method = nan, nan, 0, ""
		e.Warnings |= WarnNoInterval
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	return d, nil
}

// scaleOf returns a power of two that brings numbers of the given size near 1, so that their squares neither overflow nor
// vanish. It costs no digits.
func scaleOf(largest float64) float64 {
	_, exponent := math.Frexp(largest)
	return math.Ldexp(1, -min(max(exponent, -1000), 1000))
}

// center sums numbers as their distances from an origin among them, which are exact where the numbers are close
// together and large.
type center struct {
	origin float64
	total  accumulator
	n      int
}

func (c *center) add(x float64) {
	c.total.add(x - c.origin)
	c.n++
}

// mean returns the mean less the origin.
func (c *center) mean() float64 { return c.total.sum() / float64(c.n) }

// accumulator is a sum with the rounding errors of its additions beside it: A. Neumaier, Rundungsfehleranalyse einiger
// Verfahren zur Summation endlicher Summen, Zeitschrift für Angewandte Mathematik und Mechanik 54 (1974), 39-51.
type accumulator struct{ high, low float64 }

func (a *accumulator) add(x float64) {
	s := a.high + x
	if math.Abs(a.high) >= math.Abs(x) {
		a.low += (a.high - s) + x
	} else {
		a.low += (x - s) + a.high
	}
	a.high = s
}

func (a *accumulator) sum() float64 { return a.high + a.low }

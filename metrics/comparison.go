package metrics

import (
	"fmt"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Comparison is the difference of one metric between two independent groups, A - B, with its interval. Overlapping
// single intervals do not mean "no difference"; this interval decides.
type Comparison struct {
	A        Estimate `json:"a"`
	B        Estimate `json:"b"`
	Value    float64  `json:"value"`   // A.Value - B.Value, in the unit of both, sign kept
	Low      float64  `json:"low"`     // the lower limit at level A.Level
	High     float64  `json:"high"`    // the upper limit
	StdErr   float64  `json:"std-err"` // sqrt(A.StdErr² + B.StdErr²)
	Method   string   `json:"method"`
	Warnings Warning  `json:"warnings"` // those of A and B, and clamped limits
}

// Difference returns a - b by the method of variance estimates recovery (MOVER): with values θ and limits l, u,
//
//	low  = θa - θb - sqrt((θa-la)² + (ub-θb)²)
//	high = θa - θb + sqrt((ua-θa)² + (θb-lb)²)
//
// (R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
// (1998), 873-890, method 10; G. Y. Zou, A. Donner, Construction of confidence limits about effect measures, ibid. 27
// (2008), 1693-1702). The groups must be independent: not the same customers before and after. It fails with
// [ErrMismatch] unless metric, definition, unit and level agree, with [ErrNoInterval] where one has none, and with
// [ErrNoData] where one is the zero Estimate.
func Difference(a, b Estimate) (Comparison, error) {
	c := noComparison(a, b)
	for i, e := range [...]Estimate{a, b} {
		if e.Metric == "" && e.N == 0 {
			return c, fmt.Errorf("%w: the %s estimate is empty, as one is that no function has returned", ErrNoData, [...]string{"first", "second"}[i])
		}
	}
	switch {
	case a.Metric != b.Metric || a.Unit != b.Unit:
		return c, fmt.Errorf("%w: %s in %v and %s in %v", ErrMismatch, a.Metric, a.Unit, b.Metric, b.Unit)
	case !finite(a.Value) || !finite(b.Value):
		return c, fmt.Errorf("%w for the difference of %s: %s, %s; see the error that came with the one not available", ErrNoInterval, a.Metric, a, b)
	case a.Definition != b.Definition:
		return c, fmt.Errorf("%w: %s is defined as %q and as %q", ErrMismatch, a.Metric, a.Definition, b.Definition)
	case !a.HasInterval() || !b.HasInterval():
		return c, fmt.Errorf("%w for the difference of %s: %s, %s; it needs the intervals of both groups", ErrNoInterval, a.Metric, a, b)
	case a.Level != b.Level:
		return c, fmt.Errorf("%w: intervals of %s at level %v and %v", ErrMismatch, a.Metric, a.Level, b.Level)
	}
	al, au := a.reach()
	bl, bu := b.reach()
	c.Value = a.Value - b.Value
	c.Low, c.High = c.Value-math.Hypot(al, bu), c.Value+math.Hypot(au, bl)
	c.StdErr = math.Hypot(a.StdErr, b.StdErr)
	c.Method = "MOVER from " + a.Method
	if b.Method != a.Method {
		c.Method += " and " + b.Method
	}
	c.Warnings = (a.Warnings | b.Warnings) &^ (WarnClamped | WarnZeroWidth)
	if span := a.Unit.span(); c.Low < -span || c.High > span {
		c.Low, c.High = max(c.Low, -span), min(c.High, span)
		c.Warnings |= WarnClamped
	}
	if c.Low == c.High {
		c.Warnings |= WarnZeroWidth
	}
	return c, nil
}

// noComparison is the comparison that goes with an error; a and b are kept where they are numbers.
func noComparison(a, b Estimate) Comparison {
	nan := math.NaN()
	return Comparison{A: a, B: b, Value: nan, Low: nan, High: nan, StdErr: nan}
}

// reach returns how far the interval extends below and above the value. That of a Wald interval is what it was before
// its limits were clamped, so that the difference is Wald's too.
func (e Estimate) reach() (below, above float64) {
	if e.Method == NPSWald.String() {
		_, z, _ := confidence(e.Level)
		return z * e.StdErr, z * e.StdErr
	}
	return max(e.Value-e.Low, 0), max(e.High-e.Value, 0)
}

// span returns the largest difference that the unit allows.
func (u Unit) span() float64 {
	switch u {
	case UnitPoints:
		return 200
	case UnitShare:
		return 1
	}
	return math.Inf(1)
}

// ExcludesZero reports whether the interval lies wholly on one side of zero.
func (c Comparison) ExcludesZero() bool { return c.Low > 0 || c.High < 0 }

// String returns the comparison in one line, such as
//
//	NPS difference +10 (95 % CI +3..+17, excludes 0, n=1000 and 1000, MOVER from score)
func (c Comparison) String() string {
	if math.IsNaN(c.Value) {
		return strings.TrimSpace(c.A.Metric + " difference not available")
	}
	verdict := "includes 0"
	if c.ExcludesZero() {
		verdict = "excludes 0"
	}
	u := c.A.Unit
	s := fmt.Sprintf("%s difference %s (%s %% CI %s..%s, %s, n=%d and %d, %s)", c.A.Metric, u.formatSigned(c.Value, true),
		percent(c.A.Level), u.formatSigned(c.Low, false), u.formatSigned(c.High, true), verdict, c.A.N, c.B.N, c.Method)
	if c.Warnings != 0 {
		s += "; " + c.Warnings.String()
	}
	return s
}

// Table returns both groups and their difference, whose n is the answers of both.
func (c Comparison) Table() *Table {
	t := &Table{Labels: []string{"group"}}
	t.Add(c.A, "A")
	t.Add(c.B, "B")
	t.Add(Estimate{
		Metric: c.A.Metric + " difference", Definition: c.A.Definition, Unit: c.A.Unit, Value: c.Value, Low: c.Low, High: c.High, StdErr: c.StdErr,
		Level: c.A.Level, N: c.A.N + c.B.N, EffectiveN: c.A.EffectiveN + c.B.EffectiveN, Missing: c.A.Missing + c.B.Missing, OffScale: c.A.OffScale + c.B.OffScale,
		Method: c.Method, Warnings: c.Warnings,
	}, "A - B")
	return t
}

// formatSigned is format with a plus sign.
func (u Unit) formatSigned(x float64, last bool) string {
	s := u.format(x, last)
	if x > 0 && s[0] != '+' && s != "0" {
		return "+" + s
	}
	return s
}

// MarshalJSON writes the comparison with both estimates; a number that is not available is null.
func (c Comparison) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *Comparison) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }

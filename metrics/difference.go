package metrics

import (
	"cmp"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// DifferenceMethod names the interval of a difference of two independent proportions.
type DifferenceMethod int

// The methods.
const (
	// DifferenceNewcombe is MOVER from two Wilson intervals: R. G. Newcombe, Interval estimation for the difference
	// between independent proportions, Statistics in Medicine 17 (1998), 873-890, method 10. The default; [Difference]
	// of two shares gives the same.
	DifferenceNewcombe DifferenceMethod = iota + 1
	// DifferenceMiettinenNurminen inverts the score test with the variance times N/(N-1): O. Miettinen, M. Nurminen,
	// Comparative analysis of two rates, Statistics in Medicine 4 (1985), 213-226.
	DifferenceMiettinenNurminen
	// DifferenceMee inverts the score test without that factor: R. W. Mee, Confidence bounds for the difference between
	// two probabilities, Biometrics 40 (1984), 1175-1176.
	DifferenceMee
	// DifferenceAgrestiCaffo is Wald's with one success and one failure added to each group: A. Agresti, B. Caffo, The
	// American Statistician 54 (2000), 280-288.
	DifferenceAgrestiCaffo
	// DifferenceWald is the difference ± z·SE: only for comparison with other tools.
	DifferenceWald
)

var differenceMethods = enum.Table{Type: "difference method", Names: []string{"", "Newcombe", "Miettinen-Nurminen", "Mee", "Agresti-Caffo", "Wald"}}

// String returns the name of m, as it stands in Comparison.Method.
func (m DifferenceMethod) String() string { return differenceMethods.String(int(m)) }

// MarshalText implements [encoding.TextMarshaler].
func (m DifferenceMethod) MarshalText() ([]byte, error) {
	return enumText(&differenceMethods, int(m))
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (m *DifferenceMethod) UnmarshalText(text []byte) error {
	i, err := enumParse(&differenceMethods, text)
	if err == nil {
		*m = DifferenceMethod(i)
	}
	return err
}

// DifferenceOptions are the choices of a difference of proportions; nil stands for the defaults.
type DifferenceOptions struct {
	Level  float64          // confidence level in (0, 1); 0 means .95
	Method DifferenceMethod // 0 means DifferenceNewcombe
}

// ProportionDifference returns x1/n1 - x2/n2 of two independent groups with its interval in [-1, 1]. A and B of the
// result are the two shares with Wilson intervals. Where the two groups are the same customers asked twice, use the
// paired form: a share of those who rose less those who fell is an [NPSOf]. It fails like [Proportion].
func ProportionDifference(x1, n1, x2, n2 int, opts *DifferenceOptions) (Comparison, error) {
	if opts == nil {
		opts = &DifferenceOptions{}
	}
	method := cmp.Or(opts.Method, DifferenceNewcombe)
	c := noComparison(unavailable("proportion", UnitShare), unavailable("proportion", UnitShare))
	if method < 0 || int(method) >= len(differenceMethods.Names) {
		return c, fmt.Errorf("%w: there is no difference method %d", ErrOption, method)
	}
	single := &ProportionOptions{Level: opts.Level}
	if method == DifferenceWald || method == DifferenceAgrestiCaffo {
		single.Method = Wald
	}
	a, err := Proportion(x1, n1, single)
	if err != nil {
		return c, err
	}
	b, err := Proportion(x2, n2, single)
	if err != nil {
		return c, err
	}
	if c, err = Difference(a, b); err != nil {
		return c, err
	}
	_, z, _ := confidence(opts.Level)
	p := pair{float64(x1), float64(n1), float64(x2), float64(n2)}
	switch method {
	case DifferenceAgrestiCaffo:
		q := pair{p.x1 + 1, p.n1 + 2, p.x2 + 1, p.n2 + 2}
		c.StdErr = math.Hypot(binomialStdErr(q.x1, q.n1), binomialStdErr(q.x2, q.n2))
		mid := q.x1/q.n1 - q.x2/q.n2
		c.Low, c.High = mid-z*c.StdErr, mid+z*c.StdErr
	case DifferenceMee:
		c.Low, c.High = p.lower(z), -p.swap().lower(z)
	case DifferenceMiettinenNurminen:
		n := p.n1 + p.n2
		z *= math.Sqrt(n / (n - 1))
		c.Low, c.High = p.lower(z), -p.swap().lower(z)
	}
	if method != DifferenceNewcombe && method != DifferenceWald {
		c.Warnings &^= WarnClamped | WarnZeroWidth | WarnWald
		if c.Low < -1 || c.High > 1 {
			c.Low, c.High = max(c.Low, -1), min(c.High, 1)
			c.Warnings |= WarnClamped
		}
	}
	if single.Method == Wald { // the single intervals are shown by the default method
		single.Method = Wilson
		c.A, _ = Proportion(x1, n1, single)
		c.B, _ = Proportion(x2, n2, single)
	}
	c.Method = method.String()
	return c, nil
}

// ProportionTest tests whether two independent proportions differ, by the score test with pooled variance,
//
//	z = (p1 - p2)/sqrt(p(1-p)(1/n1 + 1/n2)), p = (x1 + x2)/(n1 + n2)
//
// whose square is the chi-square of the 2×2 table. It fails with [ErrUndefined] where all or none succeed.
func ProportionTest(x1, n1, x2, n2 int) (Test, error) {
	const name = "pooled z of two proportions"
	for _, g := range [][2]int{{x1, n1}, {x2, n2}} {
		if _, err := share("proportion", "successes of trials", g[0], g[1], nil); err != nil {
			return noTest(name), err
		}
	}
	n, ok := sum(n1, n2)
	if !ok {
		return noTest(name), fmt.Errorf("%w: %d + %d overflows", ErrCount, n1, n2)
	}
	a, b, c, d := float64(x1), float64(n1), float64(x2), float64(n2)
	p, q := (a+c)/(b+d), (b-a+d-c)/(b+d)
	if p == 0 || q == 0 {
		return noTest(name), fmt.Errorf("%w: %d of %d and %d of %d have no variance", ErrUndefined, x1, n1, x2, n2)
	}
	z := (a/b - c/d) / math.Sqrt(p*q*(1/b+1/d))
	t := Test{Name: name, Statistic: z, P: 2 * dist.NormalCDF(-math.Abs(z)), N: n}
	if min(p, q)*min(b, d) < 5 {
		t.Warnings |= WarnSparse
	}
	return t, nil
}

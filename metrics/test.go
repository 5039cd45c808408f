package metrics

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Test is the result of a significance test: how surprising the data would be if nothing were going on. It does not
// say how large the effect is; read the [Estimate] or [Comparison] of the same data for that.
type Test struct {
	Name      string  `json:"name"`      // "chi-square", "Cochran-Armitage trend"
	Statistic float64 `json:"statistic"` // the value of the statistic
	DF        float64 `json:"df"`        // degrees of freedom; 0 where the statistic is compared with the normal distribution
	P         float64 `json:"p"`         // the p-value in [0, 1], two-sided where there are two sides
	N         int     `json:"n"`         // the answers that it is computed from
	Warnings  Warning `json:"warnings"`
}

// MarshalJSON writes the test; a number that is not available is null.
func (t Test) MarshalJSON() ([]byte, error) { return nanjson.Marshal(t) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (t *Test) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, t) }

// String returns the test in one line, such as
//
//	chi-square 8.762 (2 df, p=0.0125, n=200)
func (t Test) String() string {
	var b strings.Builder
	if math.IsNaN(t.Statistic) {
		return t.Name + " not available"
	}
	fmt.Fprintf(&b, "%s %s (", t.Name, strconv.FormatFloat(t.Statistic, 'g', 4, 64))
	if t.DF > 0 {
		fmt.Fprintf(&b, "%s df, ", strconv.FormatFloat(t.DF, 'g', 6, 64))
	}
	fmt.Fprintf(&b, "p%s, n=%d)", pText(t.P), t.N)
	if t.Warnings != 0 {
		b.WriteString("; ")
		b.WriteString(t.Warnings.String())
	}
	return b.String()
}

// pText writes a p-value with its sign of relation: "=0.0125", "<0.0001".
func pText(p float64) string {
	if p < 1e-4 {
		return "<0.0001"
	}
	return "=" + strconv.FormatFloat(p, 'g', 3, 64)
}

// noTest is the test that goes with an error.
func noTest(name string) Test {
	nan := math.NaN()
	return Test{Name: name, Statistic: nan, DF: nan, P: nan}
}

// chiSquareTail returns the chance that chi-squared with df degrees of freedom exceeds x.
func chiSquareTail(x, df float64) float64 { return dist.GammaTail(x/2, df/2) }

// fTail returns the chance that F with a and b degrees of freedom exceeds x.
func fTail(x, a, b float64) float64 {
	if math.IsInf(x, 1) {
		return 0
	}
	return dist.BetaCDF(b/(b+a*x), b/2, a/2)
}

// fTailQuantile returns the x that F with a and b degrees of freedom exceeds with chance q.
func fTailQuantile(q, a, b float64) float64 {
	y := dist.BetaQuantile(q, b/2, a/2) // b/(b+a x)
	return b * (1 - y) / (a * y)
}

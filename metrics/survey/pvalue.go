package survey

import (
	"math"
	"sort"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// pValue returns the two-sided p-value that belongs to the interval, whose half on the side of zero is a quantile times a
// standard error: that of Student's t where the interval is one, else that of the normal distribution. So p < 1-level where
// the interval excludes zero.
func pValue(c metrics.Comparison) float64 {
	reach := c.Value - c.Low
	if c.Value < 0 {
		reach = c.High - c.Value
	}
	if c.Value == 0 {
		return 1
	}
	tail := (1 - c.A.Level) / 2
	df := degreesOf(c.Method, c.Value, c.Low, c.High, c.StdErr, c.A.Level)
	if math.IsInf(df, 1) {
		df = welch(c.A, c.B)
	}
	if math.IsInf(df, 1) {
		return 2 * dist.NormalCDF(dist.NormalQuantile(tail)*math.Abs(c.Value)/reach)
	}
	return 2 * dist.TCDF(dist.TQuantile(tail, df)*math.Abs(c.Value)/reach, df)
}

// welch returns the degrees of freedom of a difference,
//
//	(s_a² + s_b²)²/(s_a⁴/df_a + s_b⁴/df_b)
//
// (B. L. Welch, The generalization of "Student's" problem when several different population variances are involved,
// Biometrika 34 (1947), 28-35), infinite where neither estimate has an interval by Student's t.
func welch(a, b metrics.Estimate) float64 {
	variance, squares := 0., 0.
	for _, e := range []metrics.Estimate{a, b} {
		if v := e.StdErr * e.StdErr; v > 0 {
			variance += v
			squares += v * v / degreesOf(e.Method, e.Value, e.Low, e.High, e.StdErr, e.Level)
		}
	}
	if squares == 0 {
		return math.Inf(1)
	}
	return variance * variance / squares
}

// degreesOf returns the degrees of freedom of an interval value ± t·stdErr, which its width tells; infinite for another.
func degreesOf(method string, value, low, high, stdErr, level float64) float64 {
	if method != "t" && method != "linearised t" || !(stdErr > 0) {
		return math.Inf(1)
	}
	t := max(value-low, high-value) / stdErr // one side may have been clamped
	const most = 1 << 20
	df := sort.Search(most, func(i int) bool { return dist.TCDF(-t, float64(i+1)) < (1-level)/2*(1+1e-9) })
	if df == most {
		return math.Inf(1)
	}
	return float64(df + 1)
}

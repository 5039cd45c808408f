package metrics

import (
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// ZTest returns z = value/stdErr and its two-sided p-value under the normal distribution: of a [Comparison], whether
// two groups differ; of an [Estimate], whether it differs from zero. It is the Wald test, for large samples; where it and the
// interval disagree, believe the interval. Both are NaN for 0/0.
func ZTest(value, stdErr float64) (z, p float64) {
	z = value / stdErr
	return z, 2 * dist.NormalCDF(-math.Abs(z))
}

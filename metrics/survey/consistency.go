package survey

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Consistency says whether a metric is the same across groups, such as the channels by which a customer comes, the
// segments, or the weeks, and if not, how much of its variation is real. All but the counts, shares and tests are in the
// unit of the metric.
type Consistency struct {
	Measure cxmodel.Key  `json:"measure,omitempty"`
	Labels  []string     `json:"labels,omitempty"` // of the groups' common cell
	Metric  string       `json:"metric"`
	Unit    metrics.Unit `json:"unit"`
	Groups  int          `json:"groups"` // compared
	Left    int          `json:"left"`   // without answers or interval
	Pooled  float64      `json:"pooled"` // mean of the groups, weighted by their precision
	Lowest  Part         `json:"lowest"`
	Highest Part         `json:"highest"`
	Spread  float64      `json:"spread"`  // Highest less Lowest, sampling error included
	Between float64      `json:"between"` // the standard deviation of the true values between groups, sampling error taken out
	I2      float64      `json:"i2"`      // the share of the variation that is not sampling error, in [0, 1]
	Test    metrics.Test `json:"test"`    // of no difference at all
}

// MarshalJSON writes the result; a number that is not available is null.
func (c Consistency) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (c *Consistency) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, c) }

// String returns the result in one line.
func (c Consistency) String() string {
	return fmt.Sprintf("%s over %d groups: %.3g (%s) to %.3g (%s), between groups SD %.3g, I² %.0f %%, %v",
		c.Metric, c.Groups, c.Lowest.Estimate.Value, c.Lowest.Label, c.Highest.Estimate.Value, c.Highest.Label, c.Between, 100*c.I2, c.Test)
}

// ConsistencyOf compares independent groups. With values θ_i of variance v_i and weights w_i = 1/v_i
//
//	Q = Σ w_i (θ_i - θ̄)², chi-square with k-1 degrees of freedom if all are equal
//	I² = max(0, 1 - (k-1)/Q)
//	Between² = max(0, Q - (k-1)) / (Σw - Σw²/Σw)
//
// (W. G. Cochran, The combination of estimates from different experiments, Biometrics 10 (1954), 101-129; J. P. T.
// Higgins, S. G. Thompson, Quantifying heterogeneity in a meta-analysis, Statistics in Medicine 21 (2002), 1539-1558;
// R. DerSimonian, N. Laird, Meta-analysis in clinical trials, Controlled Clinical Trials 7 (1986), 177-188, equation 8).
// The variance is read from the width of each interval, because the standard error of a group of like answers is 0. It
// fails with metrics.ErrNoData below two groups with an interval, and with metrics.ErrMismatch if they are not of one metric,
// definition, unit and level.
func ConsistencyOf(parts []Part) (Consistency, error) {
	nan := math.NaN()
	c := Consistency{Pooled: nan, Spread: nan, Between: nan, I2: nan}
	fit := (&Differences{}).comparable(parts, nil, "")
	c.Groups, c.Left = len(fit), len(parts)-len(fit)
	if len(fit) < 2 {
		return c, fmt.Errorf("survey: %w for a comparison: %d of %d groups have answers and an interval", metrics.ErrNoData, len(fit), len(parts))
	}
	first := fit[0].Estimate
	c.Metric, c.Unit, c.Lowest, c.Highest = first.Metric, first.Unit, fit[0], fit[0]
	z := -dist.NormalQuantile((1 - first.Level) / 2)
	sum, squares, mean, n := 0., 0., 0., 0
	weights := make([]float64, len(fit))
	for i, p := range fit {
		e := p.Estimate
		if e.Metric != first.Metric || e.Definition != first.Definition || e.Unit != first.Unit || e.Level != first.Level {
			return c, fmt.Errorf("survey: %w: %s (%s) and %s (%s)", metrics.ErrMismatch, first.Metric, first.Definition, e.Metric, e.Definition)
		}
		se := (e.High - e.Low) / 2 / z
		weights[i] = 1 / (se * se)
		sum += weights[i]
		squares += weights[i] * weights[i]
		mean += weights[i] * (e.Value - first.Value)
		n += e.N
		if e.Value < c.Lowest.Estimate.Value {
			c.Lowest = p
		}
		if e.Value > c.Highest.Estimate.Value {
			c.Highest = p
		}
	}
	c.Pooled = first.Value + mean/sum
	q := 0.
	for i, p := range fit {
		q += weights[i] * (p.Estimate.Value - c.Pooled) * (p.Estimate.Value - c.Pooled)
	}
	df := float64(len(fit) - 1)
	c.Spread = c.Highest.Estimate.Value - c.Lowest.Estimate.Value
	c.Between = math.Sqrt(max(0, q-df) / (sum - squares/sum))
	c.I2 = 0
	if q > df {
		c.I2 = 1 - df/q
	}
	c.Test = metrics.Test{Name: "Cochran's Q", Statistic: q, DF: df, P: dist.GammaTail(q/2, df/2), N: n}
	return c, nil
}

// Consistency compares the cells of each measure along one dimension, for each value of the two others; lines with fewer
// than two comparable cells are passed over. Channels and labels have no dimension of their own: use [GroupBy], [PartsOf]
// and [ConsistencyOf]. It fails as [Cube.Compare] does.
func (c *Cube) Consistency(ctx context.Context, along Dimensions, opts *EstimateOptions) ([]Consistency, error) {
	var out []Consistency
	err := c.lines(ctx, along, opts, func(l line) error {
		if len((&Differences{}).comparable(l.parts, nil, "")) < 2 {
			return nil
		}
		one, err := ConsistencyOf(l.parts)
		one.Measure, one.Labels = l.measure, l.labels
		out = append(out, one)
		return err
	})
	return out, err
}

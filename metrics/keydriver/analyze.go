package keydriver

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// Options are the choices of [Analyze]; nil stands for the defaults.
type Options struct {
	Level      float64 // confidence level in (0, 1); 0 means .95
	MinRows    int     // complete rows needed for each driver; 0 means 10. Fewer is for textbook examples; p+2 in all is the least
	WithoutLMG bool    // leaves LMG out, which is exact for at most 20 drivers; RelativeWeight takes its place
}

// A Result is what is known about one driver. LMG, RelativeWeight and CAR each sum to R² over the drivers; First and
// Last do not.
type Result struct {
	Key            cxmodel.Key      `json:"key"`
	LMG            float64          `json:"lmg"`             // R² added, averaged over all orderings; NaN where left out
	RelativeWeight float64          `json:"relative-weight"` // Johnson's, an approximation of LMG at any number of drivers
	CAR            float64          `json:"car"`             // squared correlation with the drivers made uncorrelated
	First          float64          `json:"first"`           // R² of the driver alone
	Last           float64          `json:"last"`            // R² that it adds to all the others
	Importance     float64          `json:"importance"`      // LMG, or RelativeWeight without it, in parts of R², [0, 1]; NaN where R² is 0
	Correlation    metrics.Estimate `json:"correlation"`     // with the outcome, [-1, 1]
	Coefficient    metrics.Estimate `json:"coefficient"`     // points of the outcome for one point, the others held
	Standardized   metrics.Estimate `json:"standardized"`    // the same in standard deviations
	Scale          cxmodel.Scale    `json:"scale,omitzero"`  // of the answers; zero: not told
	Mean           metrics.Estimate `json:"mean"`            // of the answers in the complete rows, in points of the scale
	Performance    metrics.Estimate `json:"performance"`     // where Mean lies on the scale, from 0 at the bad end to 1 at the good one; no value without a scale
	BelowTarget    metrics.Estimate `json:"below-target"`    // share of all answers on the bad side of the target; no value without one
	Reach          float64          `json:"reach"`           // share of customers who meet it, [0, 1]
}

// MarshalJSON writes null for a number that is not available.
func (r Result) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *Result) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// An Analysis says what drives an outcome, on the customers who answered everything.
type Analysis struct {
	N          int      `json:"n"`       // complete rows, the sub-panel that all of Results but BelowTarget and Reach speak of
	Missing    int      `json:"missing"` // rows in which something was not answered
	R2         float64  `json:"r2"`      // share of the variance of the outcome that the drivers explain together, [0, 1]
	AdjustedR2 float64  `json:"adjusted-r2"`
	P          float64  `json:"p"`       // chance of so large an R² were no driver related to the outcome, by the F test; where it is not small, Results are noise
	Results    []Result `json:"results"` // in the order of the drivers
}

// MarshalJSON writes the analysis; what is not available is null.
func (a Analysis) MarshalJSON() ([]byte, error) { return nanjson.Marshal(a) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (a *Analysis) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, a) }

// own is the part of a driver, in standard deviations, below which LMG would be noise: the walk over the subsets divides by
// its square, with an error of some 1e-16 in it.
const own = 1e-5

// Analyze measures how much each driver has to do with the outcome. outcome and every column have one number for each
// customer, NaN where not answered; only complete rows count, and at least ten are needed for each driver.
//
// Importance is R² shared out: LMG, exactly over all 2^p subsets, in parallel, and Johnson's relative weights
//
//	RW_j = Σ_k Λ_jk² β_k²,  Λ = Rxx^(1/2),  β = Rxx^(-1/2) r
//
// (J. W. Johnson, A heuristic method for estimating the relative weight of predictor variables in multiple
// regression, Multivariate Behavioral Research 35 (2000), 1-19), with CAR_j = β_j² (V. Zuber, K. Strimmer, 2011). The
// interval of a correlation r is tanh(atanh r ± z/sqrt(n-3)) (R. A. Fisher, 1921). Coefficients are those of
// [Regress]. Performance is the mean rescaled,
//
//	(mean - min)/(max - min), or (max - mean)/(max - min) where low is good
//
// so that drivers asked on different scales can be held against each other (C. M. Ringle, M. Sarstedt, Gain more insight
// from your PLS-SEM results: the importance-performance map analysis, Industrial Management & Data Systems 116 (2016),
// 1865-1886).
//
// It fails with [ErrTooFewRows], [ErrTooManyDrivers], [ErrConstant], [ErrColumns], [metrics.ErrOption], a
// [CollinearError] where less than 1e-5 standard deviations of a driver are its own, [metrics.ErrNoData], and when ctx
// ends.
func Analyze(ctx context.Context, outcome []float64, drivers []Driver, opts *Options) (*Analysis, error) {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if len(drivers) > maxLMG && !o.WithoutLMG {
		return nil, fmt.Errorf("%w: %d, LMG is exact for %d; set WithoutLMG and read the relative weights", ErrTooManyDrivers, len(drivers), maxLMG)
	}
	d, level, err := prepare(outcome, drivers, o.Level, o.MinRows)
	if err != nil {
		return nil, err
	}
	f, err := d.fit(ctx, own)
	if err != nil {
		return nil, err
	}
	r := f.regression(level)
	a := &Analysis{N: r.N, Missing: r.Missing, R2: r.R2, AdjustedR2: r.AdjustedR2, P: r.P, Results: make([]Result, d.p)}
	correlations := f.correlations()
	weights, car, err := f.relativeWeights()
	if err != nil {
		return nil, err
	}
	shares := weights
	if !o.WithoutLMG {
		if shares, err = lmg(ctx, correlations, d.p); err != nil {
			return nil, err
		}
	}
	for j, x := range drivers {
		res := Result{
			Key: x.Key, LMG: math.NaN(), RelativeWeight: weights[j], CAR: car[j], Importance: shares[j] / a.R2,
			First: correlations[j][d.p] * correlations[j][d.p], Last: f.beta[j] * f.beta[j] / f.inverseDiagonal(j),
			Coefficient: r.Coefficients[j], Standardized: r.Standardized[j],
			Correlation: correlation(correlations[j][d.p], a, level), Scale: x.Scale, Mean: d.mean(j, x.Scale, a, level),
		}
		res.Performance = performance(res.Mean, x.Scale)
		if !o.WithoutLMG {
			res.LMG = shares[j]
		}
		if err := res.meet(x, level); err != nil {
			return nil, err
		}
		a.Results[j] = res
	}
	return a, nil
}

// correlations returns R'R, upper half, with the outcome last.
func (f *fit) correlations() [][]float64 {
	c := make([][]float64, f.p+1)
	for i := range c {
		c[i] = make([]float64, f.p+1)
		for j := i; j <= f.p; j++ {
			for k := range i + 1 {
				c[i][j] += f.r[i][k] * f.r[j][k]
			}
		}
		c[i][i] = 1
	}
	return c
}

// relativeWeights takes the square root of the correlations from the singular values of the triangle R = U S V': Λ is
// V S V' and β is V U' q, with q the part of the outcome in the span of the drivers. No inverse, so near collinearity
// costs no digits.
func (f *fit) relativeWeights() (weights, car []float64, err error) {
	p := f.p
	r := mat.NewDense(p, p, nil)
	for j := range p {
		for i := range j + 1 {
			r.Set(i, j, f.r[j][i])
		}
	}
	var svd mat.SVD
	if !svd.Factorize(r, mat.SVDFull) {
		return nil, nil, fmt.Errorf("%w: the singular values did not converge", ErrColumns)
	}
	var u, v mat.Dense
	svd.UTo(&u)
	svd.VTo(&v)
	s := svd.Values(nil)
	beta := mat.NewVecDense(p, nil)
	beta.MulVec(u.T(), mat.NewVecDense(p, f.r[p][:p]))
	beta.MulVec(&v, mat.VecDenseCopyOf(beta))
	weights, car = make([]float64, p), make([]float64, p)
	for j := range p {
		b := beta.AtVec(j)
		car[j] = b * b
		for k := range p {
			lambda := 0.0
			for l := range p {
				lambda += v.At(j, l) * s[l] * v.At(k, l)
			}
			weights[j] += lambda * lambda * beta.AtVec(k) * beta.AtVec(k)
		}
	}
	return weights, car, nil
}

// correlation writes a correlation with Fisher's interval.
func correlation(r float64, a *Analysis, level float64) metrics.Estimate {
	r = max(min(r, 1), -1) // but for rounding
	e := metrics.Estimate{
		Metric: "correlation", Definition: "with the outcome", Unit: metrics.UnitNumber, Value: r, Low: math.NaN(), High: math.NaN(),
		StdErr: (1 - r*r) / math.Sqrt(float64(a.N-1)), N: a.N, EffectiveN: float64(a.N), Missing: a.Missing, Method: "Fisher z",
	}
	if a.N < 4 || math.Abs(r) >= 1 {
		e.Warnings |= metrics.WarnNoInterval
		return e
	}
	half := -dist.NormalQuantile((1-level)/2) / math.Sqrt(float64(a.N-3))
	e.Low, e.High, e.Level = math.Tanh(math.Atanh(r)-half), math.Tanh(math.Atanh(r)+half), level
	return e
}

// mean returns the mean answer of driver j in the complete rows.
func (d *panel) mean(j int, scale cxmodel.Scale, a *Analysis, level float64) metrics.Estimate {
	n := float64(d.n)
	se := d.norms[j] / math.Sqrt(n*(n-1))
	half := -dist.TQuantile((1-level)/2, n-1) * se
	e := metrics.Estimate{
		Metric: "mean", Definition: "answers of complete rows", Unit: metrics.UnitScore, Value: d.means[j], Low: d.means[j] - half, High: d.means[j] + half,
		StdErr: se, Level: level, N: d.n, EffectiveN: n, Missing: a.Missing, Method: "t",
	}
	if scale == (cxmodel.Scale{}) {
		return e
	}
	e.Definition += " on " + scale.String()
	low, high := float64(scale.Min), float64(scale.Max)
	if e.Low < low || e.High > high {
		e.Low, e.High = max(e.Low, low), min(e.High, high)
		e.Warnings |= metrics.WarnClamped
	}
	return e
}

// performance rescales a mean to [0, 1].
func performance(mean metrics.Estimate, scale cxmodel.Scale) metrics.Estimate {
	if scale == (cxmodel.Scale{}) {
		return unavailable("performance")
	}
	e := mean
	e.Metric, e.Unit = "performance", metrics.UnitShare
	e.Definition = "mean of answers of complete rows on " + scale.String() + ", rescaled from 0 at the bad end to 1 at the good one"
	e.Value, e.Low, e.High = scale.Position(mean.Value), scale.Position(mean.Low), scale.Position(mean.High)
	if scale.LowIsGood {
		e.Low, e.High = e.High, e.Low
	}
	e.StdErr = mean.StdErr / float64(scale.Max-scale.Min)
	return e
}

// unavailable is a share that nobody can tell.
func unavailable(metric string) metrics.Estimate {
	nan := math.NaN()
	return metrics.Estimate{Metric: metric, Unit: metrics.UnitShare, Value: nan, Low: nan, High: nan, StdErr: nan}
}

// meet counts who meets the touchpoint, and whom it disappoints, over all rows.
func (r *Result) meet(x Driver, level float64) error {
	disappointed, answered := 0, 0
	for _, v := range x.Values {
		if v != v {
			continue
		}
		answered++
		if x.Target != nil && (v < *x.Target && !x.Scale.LowIsGood || v > *x.Target && x.Scale.LowIsGood) {
			disappointed++
		}
	}
	r.Reach = float64(answered) / float64(len(x.Values))
	if x.Reach != nil {
		r.Reach = *x.Reach
	}
	const metric = "below target"
	r.BelowTarget = unavailable(metric)
	if x.Target == nil {
		return nil
	}
	var err error
	if r.BelowTarget, err = metrics.Proportion(disappointed, answered, &metrics.ProportionOptions{Level: level}); err != nil {
		return fmt.Errorf("keydriver: %w", err)
	}
	side := "below"
	if x.Scale.LowIsGood {
		side = "above"
	}
	r.BelowTarget.Metric = metric
	r.BelowTarget.Definition = fmt.Sprintf("answers %s %v / all answers", side, *x.Target)
	r.BelowTarget.Missing = len(x.Values) - answered
	return nil
}

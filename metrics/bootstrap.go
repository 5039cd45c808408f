package metrics

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// BootstrapOptions are the choices of a bootstrap; nil stands for the defaults.
type BootstrapOptions struct {
	Level float64 // confidence level in (0, 1); 0 means .95
	Draws int     // how many samples are drawn, 100 to 10 million and two at least beyond each limit; 0 means 2000
	Seed  uint64  // of the random numbers: the same seed, rows and draws give the same interval on every machine
}

const maxDraws = 10_000_000

// Bootstrap returns a statistic of rows with the percentile interval of B. Efron, Bootstrap methods: another look at the
// jackknife, Annals of Statistics 7 (1979), 1-26: rows are drawn with replacement as often as there are rows, and the
// statistic of such draws has the quantiles (1±level)/2 at the limits. StdErr is the standard deviation of the draws. It
// serves where there is no formula; below 100 rows it covers far less than its level and says so ([WarnBootstrap]).
//
// The statistic gets a slice that it may sort, and must not keep. A draw for which it is NaN (such as a ratio to zero)
// makes the interval undefined: [ErrUndefined]. The unit of the result is [UnitNumber].
func Bootstrap[T any](ctx context.Context, rows []T, statistic func(rows []T) float64, opts *BootstrapOptions) (Estimate, error) {
	const metric = "statistic"
	e := unavailable(metric, UnitNumber)
	if opts == nil {
		opts = &BootstrapOptions{}
	}
	level, _, err := confidence(opts.Level)
	draws := opts.Draws
	if draws == 0 {
		draws = 2000
	}
	switch {
	case err != nil:
		return e, err
	case draws < 100 || draws > maxDraws:
		return e, fmt.Errorf("%w: %d draws; 100 to %d can be had", ErrOption, draws, maxDraws)
	case float64(draws)*(1-level) < 4:
		return e, fmt.Errorf("%w: beyond the limits at level %v lie fewer than two of %d draws on each side; take %.0f", ErrOption, level, draws, math.Ceil(4/(1-level)))
	case len(rows) == 0:
		return e, fmt.Errorf("%w for a bootstrap: no rows", ErrNoData)
	}
	value := statistic(slices.Clone(rows))
	if !finite(value) {
		return e, fmt.Errorf("%w: the statistic of the rows is %v", ErrUndefined, value)
	}
	drawn, values := make([]T, len(rows)), make([]float64, draws)
	source := rand.New(rand.NewPCG(opts.Seed, 0))
	c := center{origin: value}
	for i := range values {
		if err := ctx.Err(); err != nil {
			return e, fmt.Errorf("metrics: bootstrap: %w", err)
		}
		for j := range drawn {
			drawn[j] = rows[source.IntN(len(rows))]
		}
		values[i] = statistic(drawn)
		if !finite(values[i]) {
			return e, fmt.Errorf("%w: the statistic of draw %d is %v", ErrUndefined, i, values[i])
		}
		c.add(values[i])
	}
	squares, mean := 0., c.mean()
	for _, v := range values {
		squares += (v - value - mean) * (v - value - mean)
	}
	slices.Sort(values)
	e.Definition, e.Value, e.N, e.EffectiveN = "statistic of the rows", value, len(rows), float64(len(rows))
	e.StdErr = math.Sqrt(squares / float64(draws-1))
	e.Low, e.High = quantileOf(values, (1-level)/2), quantileOf(values, (1+level)/2)
	e.Level, e.Method = level, fmt.Sprintf("percentile bootstrap, %d draws", draws)
	e.bootstrapWarnings()
	return e, nil
}

// quantileOf returns the smallest element of ascending values that at least the share q of them does not exceed.
func quantileOf(values []float64, q float64) float64 {
	i := int(math.Ceil(q*float64(len(values))-1e-9)) - 1
	return values[min(max(i, 0), len(values)-1)]
}

func (e *Estimate) bootstrapWarnings() {
	if e.N < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if e.N < 100 {
		e.Warnings |= WarnBootstrap
	}
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
}

// BootstrapMean returns the mean of answers on scale with its percentile interval; see [Bootstrap]. [Mean] has a formula for
// it, and is to be preferred.
func BootstrapMean[T Number](ctx context.Context, scores []T, scale cxmodel.Scale, opts *BootstrapOptions) (Estimate, error) {
	plain, err := Mean(scores, scale, nil)
	if err != nil {
		return plain, err
	}
	var answers []float64
	for _, s := range scores {
		if scale.Contains(float64(s)) {
			answers = append(answers, float64(s))
		}
	}
	e, err := Bootstrap(ctx, answers, func(rows []float64) float64 {
		sum := 0.
		for _, x := range rows {
			sum += x
		}
		return sum / float64(len(rows))
	}, opts)
	e.Metric, e.Unit, e.Definition, e.Missing, e.OffScale = plain.Metric, plain.Unit, plain.Definition, plain.Missing, plain.OffScale
	e.Warnings |= plain.Warnings & WarnOffScale
	return e, err
}

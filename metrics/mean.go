package metrics

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/dist"
)

// MeanOptions are the choices of a mean; nil stands for the defaults.
type MeanOptions struct {
	Level float64 // confidence level in (0, 1); 0 means .95
}

// Mean returns the mean of answers on scale, in points of the scale, with Student's t interval
//
//	mean ± t(n-1) s/sqrt(n)
//
// clamped to the scale. One answer has a mean and no interval.
func Mean[T Number](scores []T, scale cxmodel.Scale, opts *MeanOptions) (Estimate, error) {
	return TallyOf(scores, scale).Mean(opts)
}

// Mean returns the mean of the answers; see the function [Mean].
func (t *Tally) Mean(opts *MeanOptions) (Estimate, error) { return t.mean("mean", opts) }

// StdDev returns the standard deviation of the answers with divisor n-1; NaN below two answers.
func (t *Tally) StdDev() float64 {
	_, sd := t.moments()
	return sd
}

// moments returns mean and standard deviation, in two passes over the counts.
func (t *Tally) moments() (mean, sd float64) {
	n := float64(t.n)
	sum := 0.0
	for x, c := range t.Scores() {
		sum += x * float64(c)
	}
	mean = sum / n
	ss := 0.0
	for x, c := range t.Scores() {
		ss += (x - mean) * (x - mean) * float64(c)
	}
	if t.n < 2 {
		return mean, math.NaN()
	}
	return mean, math.Sqrt(ss / (n - 1))
}

func (t *Tally) mean(metric string, opts *MeanOptions) (Estimate, error) {
	if opts == nil {
		opts = &MeanOptions{}
	}
	e := unavailable(metric, UnitScore)
	e.Missing, e.OffScale = t.missing, t.offScale
	level, _, err := confidence(opts.Level)
	if err != nil {
		return e, err
	}
	if err := t.scale.Check(); err != nil {
		return e, fmt.Errorf("metrics: %w", err)
	}
	if t.n < 0 {
		return e, fmt.Errorf("%w for %s: the tally holds more answers than an int can count", ErrCount, metric)
	}
	if t.n == 0 {
		return e, noAnswers(metric, t.scale, t.missing, t.offScale)
	}
	n := float64(t.n)
	mean, sd := t.moments()
	e.Definition, e.Value, e.N, e.EffectiveN = t.scale.String(), mean, t.n, n
	t.note(&e)
	if t.n < 5 {
		e.Warnings |= WarnFewAnswers
	}
	if t.n == 1 {
		e.Warnings |= WarnNoInterval
		return e, nil
	}
	e.Level, e.StdErr, e.Method = level, sd/math.Sqrt(n), "t"
	half := -dist.TQuantile((1-level)/2, n-1) * e.StdErr
	e.Low, e.High = mean-half, mean+half
	e.clamp(float64(t.scale.Min), float64(t.scale.Max))
	if e.Low == e.High {
		e.Warnings |= WarnZeroWidth
	}
	return e, nil
}

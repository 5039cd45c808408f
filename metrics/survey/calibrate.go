package survey

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Margin is what is known of the population by one property, such as how many customers each segment has. Totals may
// be numbers of people or shares.
type Margin struct {
	Name   string             // of the property, for messages
	Keys   []string           // of each row of the Sample
	Totals map[string]float64 // by key, of the population; positive
}

// RakeOptions are the choices of raking; nil stands for the defaults.
type RakeOptions struct {
	MaxSweeps int     // 0 means 1000
	Tolerance float64 // the largest relative deviation from a total at the end; 0 means 1e-10
}

// CalibrationStatus says how the fitting of weights ended.
type CalibrationStatus string

// The ways to end.
const (
	CalibrationConverged  CalibrationStatus = "converged"
	CalibrationSweepLimit CalibrationStatus = "sweep-limit"
)

// A Calibration is a Sample whose weights have been fitted to what is known of the population.
type Calibration struct {
	Sample    *Sample           `json:"-"` // with the new weights, which sum to the totals of the first margin; estimates from it know the margins
	Status    CalibrationStatus `json:"status"`
	Sweeps    int               `json:"sweeps"`
	Deviation float64           `json:"deviation"`  // the largest relative deviation of a margin from its total, and
	Worst     string            `json:"worst"`      // where it is
	MinFactor float64           `json:"min-factor"` // by which a weight was multiplied, relative to the mean factor
	MaxFactor float64           `json:"max-factor"`
	KishN     float64           `json:"kish-n"` // (Σw)²/Σw² of the new weights, over all rows
}

// MarshalJSON writes all but the sample.
func (c Calibration) MarshalJSON() ([]byte, error) { return nanjson.Marshal(c) }

// String returns how the fitting ended, in one line.
func (c Calibration) String() string {
	s := fmt.Sprintf("%s after %d sweeps, weights times %.3g to %.3g, effective n by weights %.1f", c.Status, c.Sweeps, c.MinFactor, c.MaxFactor, c.KishN)
	if c.Status != CalibrationConverged {
		s += fmt.Sprintf("; %s is off by %.2g %%", c.Worst, 100*c.Deviation)
	}
	return s
}

// PostStratify multiplies the weights so that those of each key sum to its total. For two properties at once give their
// combinations as keys, or use [Sample.Rake]. It fails with [ErrMargin] if a key of a row has no total, if no row with a
// weight has a key that has one, or with [ErrDesign].
func (s *Sample) PostStratify(ctx context.Context, m Margin) (*Calibration, error) {
	return s.Rake(ctx, []Margin{m}, nil)
}

// Rake multiplies the weights so that for each margin those of each key sum to its total, by fitting one margin after
// the other until all are met (W. E. Deming, F. F. Stephan, On a least squares adjustment of a sampled frequency table
// when the expected marginal totals are known, Annals of Mathematical Statistics 11 (1940), 427-444). Margins replace
// those of an earlier fit.
//
// Where all margins cannot be met together the weights do not converge; the error is then [ErrNotConverged], and beside
// it stands the Calibration, whose Worst says what does not fit. Otherwise it fails as PostStratify does, with [ErrMargin]
// if the margins do not sum to the same within 1e-6, with [ErrOption], or with the error of the context.
func (s *Sample) Rake(ctx context.Context, margins []Margin, opts *RakeOptions) (*Calibration, error) {
	o := RakeOptions{MaxSweeps: 1000, Tolerance: 1e-10}
	if opts != nil {
		if opts.MaxSweeps < 0 || !(opts.Tolerance >= 0 && opts.Tolerance < 1) {
			return nil, fmt.Errorf("%w: %d sweeps, tolerance %v", ErrOption, opts.MaxSweeps, opts.Tolerance)
		}
		if opts.MaxSweeps > 0 {
			o.MaxSweeps = opts.MaxSweeps
		}
		if opts.Tolerance > 0 {
			o.Tolerance = opts.Tolerance
		}
	}
	d, err := s.design(ctx, len(s.Scores))
	if err != nil {
		return nil, err
	}
	fitted := *s
	fitted.base = slices.Clone(d.w)
	if fitted.margins, err = d.marginsOf(margins); err != nil {
		return nil, err
	}
	w := slices.Clone(d.w)
	c := &Calibration{Sample: &fitted}
	for c.Status == "" {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		c.Sweeps++
		c.Deviation, c.Worst = 0, ""
		for _, m := range fitted.margins {
			deviation, worst := m.fit(w)
			if deviation > c.Deviation {
				c.Deviation, c.Worst = deviation, worst
			}
		}
		switch {
		case c.Deviation <= o.Tolerance || len(margins) == 1:
			c.Status, c.Deviation, c.Worst = CalibrationConverged, min(c.Deviation, o.Tolerance), ""
		case c.Sweeps == o.MaxSweeps:
			c.Status = CalibrationSweepLimit
		}
	}
	fitted.Weights, fitted.fitted = w, slices.Clone(w)
	c.describe(d.w, w)
	if c.Status != CalibrationConverged {
		return c, fmt.Errorf("%w in %d sweeps: %s is off by %.2g %%; the margins contradict each other in this sample, join keys or leave a margin out",
			ErrNotConverged, c.Sweeps, c.Worst, 100*c.Deviation)
	}
	return c, nil
}

func (c *Calibration) describe(before, after []float64) {
	sumBefore, sum, squares := 0., 0., 0.
	for i, w := range after {
		sumBefore += before[i]
		sum += w
		squares += w * w
	}
	c.KishN = sum / squares * sum
	c.MinFactor, c.MaxFactor = math.Inf(1), 0
	for i, w := range after {
		if before[i] > 0 {
			f := w / sum / (before[i] / sumBefore)
			c.MinFactor, c.MaxFactor = min(c.MinFactor, f), max(c.MaxFactor, f)
		}
	}
}

// A margin is a Margin with its keys coded.
type margin struct {
	name   string
	keys   []string
	code   []int // by row
	totals []float64
	sums   []float64 // room for the sums of weights
}

// marginsOf checks the margins and scales them to the sum of the first.
func (d *design) marginsOf(margins []Margin) ([]margin, error) {
	if len(margins) == 0 {
		return nil, fmt.Errorf("%w: there is none", ErrMargin)
	}
	out, whole := make([]margin, len(margins)), 0.
	for j, m := range margins {
		if len(m.Keys) != len(d.w) {
			return nil, fmt.Errorf("%w: %q has %d keys for %d rows", ErrMargin, m.Name, len(m.Keys), len(d.w))
		}
		keys := slices.Sorted(maps.Keys(m.Totals))
		codes := make(map[string]int, len(keys))
		g := margin{name: m.Name, keys: keys, code: make([]int, len(d.w)), totals: make([]float64, len(keys)), sums: make([]float64, len(keys))}
		sum := 0.
		for i, k := range keys {
			t := m.Totals[k]
			if !(t > 0) || math.IsInf(t, 1) {
				return nil, fmt.Errorf("%w: the total of %s is %v; it must be positive and finite, rows outside the population are to be left out", ErrMargin, m.at(k), t)
			}
			codes[k], g.totals[i] = i, t
			sum += t
		}
		if j == 0 {
			whole = sum
		}
		if math.IsInf(sum, 1) || math.Abs(sum-whole) > 1e-6*whole {
			return nil, fmt.Errorf("%w: the totals of %q sum to %v, those of %q to %v", ErrMargin, m.Name, sum, margins[0].Name, whole)
		}
		for i := range g.totals {
			g.totals[i] *= whole / sum
		}
		for i, k := range m.Keys {
			c, known := codes[k]
			if !known {
				return nil, fmt.Errorf("%w: row %d is in %s, which has no total; its keys are %q", ErrMargin, i, m.at(k), few(keys))
			}
			g.code[i] = c
			g.sums[c] += d.w[i]
		}
		for c, sum := range g.sums {
			if sum == 0 {
				return nil, fmt.Errorf("%w: no answer with a weight stands for %s; join it with a key that has some", ErrMargin, m.at(keys[c]))
			}
		}
		out[j] = g
	}
	return out, nil
}

func (m Margin) at(key string) string { return fmt.Sprintf("%s %q", m.Name, clip.Text(key)) }

func few(keys []string) []string {
	if len(keys) > 20 {
		return append(slices.Clone(keys[:20]), "...")
	}
	return keys
}

// fit multiplies the weights so that the margin is met and returns by how much it was not.
func (m *margin) fit(w []float64) (deviation float64, worst string) {
	clear(m.sums)
	for i, c := range m.code {
		m.sums[c] += w[i]
	}
	for c, sum := range m.sums {
		if off := math.Abs(sum/m.totals[c] - 1); off > deviation {
			deviation, worst = off, strings.TrimSpace(fmt.Sprintf("%s %q", m.name, clip.Text(m.keys[c])))
		}
		if sum > 0 { // contradicting margins drive weights down to 0
			m.sums[c] = m.totals[c] / sum
		}
	}
	for i, c := range m.code {
		w[i] *= m.sums[c]
	}
	return deviation, worst
}

// residuals returns z over the rows, weight included, less what the margins explain of it: the residuals, by row of the
// sample, of a regression on their keys with the weights before the fit, found one margin after the other (J.-C. Deville,
// C.-E. Särndal, Calibration estimators in survey sampling, Journal of the American Statistical Association 87 (1992),
// 376-382).
func (d *design) residuals(ctx context.Context, z []float64, rows []int) ([]float64, error) {
	e, most := make([]float64, len(d.w)), 0.
	for _, i := range rows {
		if d.w[i] > 0 {
			e[i] = z[i] / d.w[i]
			most = max(most, math.Abs(e[i]))
		}
	}
	for sweep := 0; sweep < 1000; sweep++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		change := 0.
		for _, m := range d.margins {
			means, weights := make([]float64, len(m.keys)), make([]float64, len(m.keys))
			for i, c := range m.code {
				means[c] += d.base[i] * e[i]
				weights[c] += d.base[i]
			}
			for c := range means {
				means[c] /= weights[c]
				change = max(change, math.Abs(means[c]))
			}
			for i, c := range m.code {
				e[i] -= means[c]
			}
		}
		if change <= 1e-13*most || len(d.margins) == 1 {
			break
		}
	}
	for i := range e {
		e[i] *= d.w[i]
	}
	return e, nil
}

package survey

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Sample holds the answers to one measure row by row, with the design by which they were sampled: the weight, the
// stratum and the cluster of each. Build one as a literal, or by [SampleOf]. The columns have one entry per row, those
// that are nil need none.
//
// A row without a score stays in the design: who was sampled and did not answer the question still says how the
// sample varies.
type Sample struct {
	Measure    MeasureDef
	Scores     []float64          // NaN: not answered
	Weights    []float64          // finite, not negative, not all zero; nil: all alike. Only their ratios count
	Strata     []string           // within which rows were drawn separately; nil: one stratum
	Clusters   []string           // rows that were drawn together, such as the answers of one customer; "": a cluster of its own; nil: all are
	Population map[string]float64 // by stratum (by "" without Strata), the number of clusters in the population; nil: far larger than the sample

	margins []margin  // to which the weights have been fitted
	base    []float64 // the weights before that
}

// SampleOptions say how SampleOf reads the design from answers; nil stands for the defaults.
type SampleOptions struct {
	Stratum func(Answer) string // nil: one stratum
	Cluster func(Answer) string // nil: the customer
	MaxRows int                 // 0 means 16,777,216; more are a *cxmodel.LimitError
}

// SampleOf collects the answers to a measure from a stream, and returns them beside the Sample, row by row, for keys to
// group by; see [KeysOf]. Weights are those of the answers. Answers to other measures, and what was excluded, bounced or
// never replied to, are passed over. It fails with [ErrMeasure], [ErrAnswer] or the error of the stream or the context.
func SampleOf(ctx context.Context, answers iter.Seq2[Answer, error], def MeasureDef, opts *SampleOptions) (*Sample, []Answer, error) {
	var o SampleOptions
	if opts != nil {
		o = *opts
	}
	if o.MaxRows < 0 {
		return nil, nil, fmt.Errorf("%w: at most %d rows", ErrOption, o.MaxRows)
	}
	if o.MaxRows == 0 {
		o.MaxRows = 1 << 24
	}
	if err := def.Check(); err != nil {
		return nil, nil, err
	}
	s, rows := &Sample{Measure: def.withScale()}, []Answer(nil)
	n := 0
	for a, err := range answers {
		if err != nil {
			return nil, nil, err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return nil, nil, context.Cause(ctx)
		}
		if a.Measure != def.Key {
			continue
		}
		if err := a.Check(); err != nil {
			return nil, nil, err
		}
		switch a.Status {
		case StatusInvited, StatusBounced, StatusExcluded:
			continue
		}
		if len(rows) == o.MaxRows {
			return nil, nil, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "rows in a sample", Limit: int64(o.MaxRows)})
		}
		rows = append(rows, a)
		weight := a.Weight
		if weight == 0 {
			weight = 1
		}
		s.Scores, s.Weights = append(s.Scores, a.Score), append(s.Weights, weight)
	}
	s.Clusters = KeysOf(rows, func(a Answer) string { return a.Customer })
	if o.Cluster != nil {
		s.Clusters = KeysOf(rows, o.Cluster)
	}
	if o.Stratum != nil {
		s.Strata = KeysOf(rows, o.Stratum)
	}
	return s, rows, nil
}

// KeysOf returns the key of each row, such as its channel, for [Sample.By], [Margin] and the columns of a Sample.
func KeysOf(rows []Answer, key func(Answer) string) []string {
	keys := make([]string, len(rows))
	for i, a := range rows {
		keys[i] = key(a)
	}
	return keys
}

// A design is a Sample checked and coded.
type design struct {
	w       []float64
	total   float64   // of the weights
	cluster []int     // by row
	stratum []int     // by cluster
	size    []int     // by stratum, its clusters
	free    []float64 // by stratum, the share of the population that was not sampled
	finite  bool      // there are populations
	single  bool      // no cluster has two rows
	margins []margin
	base    []float64
}

// design checks everything but the scores, of which there are rows.
func (s *Sample) design(ctx context.Context, rows int) (*design, error) {
	if rows == 0 {
		return nil, fmt.Errorf("survey: a sample without rows: %w", metrics.ErrNoData)
	}
	if s.Weights != nil && len(s.Weights) != rows || s.margins != nil && len(s.base) != rows || s.Strata != nil && len(s.Strata) != rows || s.Clusters != nil && len(s.Clusters) != rows {
		return nil, fmt.Errorf("%w: %d rows, %d weights, %d strata, %d clusters; each column is nil or has an entry per row",
			ErrDesign, rows, len(s.Weights), len(s.Strata), len(s.Clusters))
	}
	d := &design{w: s.Weights, single: true, margins: s.margins, base: s.base}
	if d.w == nil {
		d.w = slices.Repeat([]float64{1}, rows)
	}
	for i, w := range d.w {
		if !(w >= 0) || math.IsInf(w, 1) {
			return nil, fmt.Errorf("%w: the weight of row %d is %v; it must be finite and not negative", ErrDesign, i, w)
		}
		d.total += w
	}
	if d.total == 0 || math.IsInf(d.total, 1) {
		return nil, fmt.Errorf("%w: the weights sum to %v", ErrDesign, d.total)
	}
	if err := d.group(ctx, s); err != nil {
		return nil, err
	}
	return d, d.finish(s)
}

// group numbers strata and clusters in the order of their first row.
func (d *design) group(ctx context.Context, s *Sample) error {
	strata, clusters := map[string]int{}, map[string]int{}
	d.cluster = make([]int, len(d.w))
	for i := range d.w {
		if i%blockRows == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		name := ""
		if s.Strata != nil {
			name = s.Strata[i]
		}
		h, known := strata[name]
		if !known {
			h = len(d.size)
			strata[name] = h
			d.size = append(d.size, 0)
		}
		c := -1
		if s.Clusters != nil && s.Clusters[i] != "" {
			if at, known := clusters[s.Clusters[i]]; known {
				c = at
				d.single = false
				if d.stratum[c] != h {
					return fmt.Errorf("%w: cluster %q is in two strata, one of them %q; a cluster is drawn from one stratum", ErrDesign, clip.Text(s.Clusters[i]), clip.Text(name))
				}
			} else {
				clusters[s.Clusters[i]] = len(d.stratum)
			}
		}
		if c < 0 {
			c = len(d.stratum)
			d.stratum = append(d.stratum, h)
			d.size[h]++
		}
		d.cluster[i] = c
	}
	return nil
}

// finish finds the finite population corrections.
func (d *design) finish(s *Sample) error {
	d.free = slices.Repeat([]float64{1}, len(d.size))
	d.finite = len(s.Population) > 0
	seen := make([]bool, len(d.size))
	for i, c := range d.cluster {
		h := d.stratum[c]
		if seen[h] {
			continue
		}
		seen[h] = true
		name := ""
		if s.Strata != nil {
			name = s.Strata[i]
		}
		if d.finite {
			n, known := s.Population[name]
			if !known || !(n >= float64(d.size[h])) || math.IsInf(n, 1) {
				return fmt.Errorf("%w: stratum %q has %d clusters in the sample and %v in the population", ErrDesign, clip.Text(name), d.size[h], n)
			}
			d.free[h] = 1 - float64(d.size[h])/n
		}
		if d.size[h] == 1 && d.free[h] > 0 {
			return fmt.Errorf("%w: stratum %q has one cluster, so nothing is known of how it varies; join it to a stratum that is like it", ErrDesign, clip.Text(name))
		}
	}
	return nil
}

// variance returns the variance of Σ z, where z is the linearised contribution of each row, weight included: the sum
// over strata h of n/(n-1) Σ (z_c - z̄)² (1 - n/N) over the sums z_c of its n clusters. z is changed.
func (d *design) variance(z []float64) float64 {
	residuals(z, d.w, d.base, d.margins)
	sums, mean := make([]float64, len(d.stratum)), make([]float64, len(d.size))
	for i, x := range z {
		sums[d.cluster[i]] += x
	}
	for c, x := range sums {
		mean[d.stratum[c]] += x / float64(d.size[d.stratum[c]])
	}
	v := 0.
	for c, x := range sums {
		h := d.stratum[c]
		if n := float64(d.size[h]); n > 1 {
			v += d.free[h] * n / (n - 1) * (x - mean[h]) * (x - mean[h])
		}
	}
	return v
}

// degrees returns the clusters less the strata among the rows that tell something.
func (d *design) degrees(tells func(row int) bool) (clusters, strata int) {
	seen, in := make([]bool, len(d.stratum)), make([]bool, len(d.size))
	for i, c := range d.cluster {
		if d.w[i] > 0 && tells(i) {
			seen[c], in[d.stratum[c]] = true, true
		}
	}
	return count(seen), count(in)
}

func count(set []bool) (n int) {
	for _, b := range set {
		if b {
			n++
		}
	}
	return n
}

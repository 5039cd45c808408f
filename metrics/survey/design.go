package survey

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/metrics"
)

// A design is a Sample checked and coded.
type design struct {
	w       []float64
	cluster []int     // by row
	stratum []int     // by cluster
	size    []int     // by stratum, its clusters
	free    []float64 // by stratum, the share of the population that was not sampled
	finite  bool      // there are populations
	margins []margin
	base    []float64

	// What the rows at hand have touched.
	clusters, strata tracks
	sums, means      []float64 // by cluster, by stratum
	some             []int     // by stratum, its clusters that are touched
}

// tracks are the numbers met since the last fresh, in the order of their first time.
type tracks struct {
	met  []int
	mark []int // by number, the time of the last meeting
	time int
}

func (t *tracks) fresh(n int) {
	if t.mark == nil {
		t.mark = make([]int, n)
	}
	t.met = t.met[:0]
	t.time++
}

// meet reports whether the number is met for the first time.
func (t *tracks) meet(i int) bool {
	if t.mark[i] == t.time {
		return false
	}
	t.mark[i] = t.time
	t.met = append(t.met, i)
	return true
}

// design checks everything but the scores, of which there are rows.
func (s *Sample) design(ctx context.Context, rows int) (*design, error) {
	if rows == 0 {
		return nil, fmt.Errorf("survey: a sample without rows: %w", metrics.ErrNoData)
	}
	if s.Weights != nil && len(s.Weights) != rows || s.Strata != nil && len(s.Strata) != rows || s.Clusters != nil && len(s.Clusters) != rows {
		return nil, fmt.Errorf("%w: %d rows, %d weights, %d strata, %d clusters; each column is nil or has an entry per row",
			ErrDesign, rows, len(s.Weights), len(s.Strata), len(s.Clusters))
	}
	if s.margins != nil && !slices.Equal(s.Weights, s.fitted) {
		return nil, fmt.Errorf("%w: the weights have been changed since they were fitted to %q; change them before the fit", ErrDesign, s.margins[0].name)
	}
	d := &design{w: s.Weights, margins: s.margins, base: s.base}
	if d.w == nil {
		d.w = slices.Repeat([]float64{1}, rows)
	}
	total := 0.
	for i, w := range d.w {
		if !(w >= 0) || math.IsInf(w, 1) {
			return nil, fmt.Errorf("%w: the weight of row %d is %v; it must be finite and not negative", ErrDesign, i, w)
		}
		total += w
	}
	if total == 0 || math.IsInf(total, 1) {
		return nil, fmt.Errorf("%w: the weights sum to %v", ErrDesign, total)
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

// finish finds the finite population corrections, and the weights where only the populations are given.
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
	if len(s.Population) > len(d.size) {
		return s.uncovered()
	}
	if d.finite && s.Weights == nil {
		for i, c := range d.cluster {
			d.w[i] = 1 / (1 - d.free[d.stratum[c]])
		}
	}
	return nil
}

// uncovered says which stratum of the population has no row.
func (s *Sample) uncovered() error {
	left := maps.Clone(s.Population)
	for _, name := range s.Strata {
		delete(left, name)
	}
	if s.Strata == nil {
		delete(left, "")
	}
	return fmt.Errorf("%w: stratum %q of the population has no row in the sample; join it to a stratum that is like it",
		ErrDesign, clip.Text(slices.Min(slices.Collect(maps.Keys(left)))))
}

// variance returns the variance of Σ z over the rows, where z is the linearised contribution of each, weight included: the
// sum over strata h of n/(n-1) Σ (z_c - z̄)² (1 - n/N) over the sums z_c of its n clusters. infinite is that without the
// last factor.
func (d *design) variance(ctx context.Context, z []float64, rows []int) (v, infinite float64, err error) {
	if len(d.margins) > 0 {
		if z, err = d.residuals(ctx, z, rows); err != nil {
			return 0, 0, err
		}
		rows = all(len(z))
	}
	if d.sums == nil {
		d.sums, d.means, d.some = make([]float64, len(d.stratum)), make([]float64, len(d.size)), make([]int, len(d.size))
	}
	d.clusters.fresh(len(d.stratum))
	d.strata.fresh(len(d.size))
	for _, i := range rows {
		c := d.cluster[i]
		if d.clusters.meet(c) {
			d.sums[c] = 0
		}
		d.sums[c] += z[i]
	}
	for _, c := range d.clusters.met {
		h := d.stratum[c]
		if d.strata.meet(h) {
			d.means[h], d.some[h] = 0, 0
		}
		d.means[h] += d.sums[c] / float64(d.size[h])
		d.some[h]++
	}
	add := func(h int, squares float64) {
		if n := float64(d.size[h]); n > 1 {
			v += d.free[h] * n / (n - 1) * squares
			infinite += n / (n - 1) * squares
		}
	}
	for _, c := range d.clusters.met {
		h := d.stratum[c]
		add(h, (d.sums[c]-d.means[h])*(d.sums[c]-d.means[h]))
	}
	for _, h := range d.strata.met {
		add(h, float64(d.size[h]-d.some[h])*d.means[h]*d.means[h]) // the clusters without a row
	}
	return v, infinite, nil
}

// degrees returns the clusters and the strata among the rows that have a weight and tell something, and whether all of the
// population of these strata is in the sample.
func (d *design) degrees(rows []int, tells []bool) (clusters, strata int, whole bool) {
	d.clusters.fresh(len(d.stratum))
	d.strata.fresh(len(d.size))
	for _, i := range rows {
		if d.w[i] > 0 && tells[i] && d.clusters.meet(d.cluster[i]) {
			d.strata.meet(d.stratum[d.cluster[i]])
		}
	}
	whole = !slices.ContainsFunc(d.strata.met, func(h int) bool { return d.free[h] > 0 })
	return len(d.clusters.met), len(d.strata.met), whole
}

// all returns the numbers below n.
func all(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

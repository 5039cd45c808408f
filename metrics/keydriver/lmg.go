package keydriver

import (
	"context"
	"math/bits"
)

// maxLMG is the number of drivers up to which LMG is exact: 2^20 subsets.
const maxLMG = 20

// lmg shares R² out among p drivers: the mean, over all orderings, of what a driver adds when it enters,
//
//	LMG_j = 1/p Σ_k  mean of R²(S ∪ j) - R²(S) over the sets S of k other drivers
//
// (R. H. Lindeman, P. F. Merenda, R. Z. Gold, Introduction to Bivariate and Multivariate Analysis, 1980; the Shapley
// value of the game R²). correlations has the outcome last.
func lmg(ctx context.Context, correlations [][]float64, p int) ([]float64, error) {
	r2, err := subsets(ctx, correlations, p)
	if err != nil {
		return nil, err
	}
	sets := make([]float64, p) // of k others among p-1
	sets[0] = 1
	for k := 1; k < p; k++ {
		sets[k] = sets[k-1] * float64(p-k) / float64(k)
	}
	out := make([]float64, p)
	parallel(ctx, p, func(j int) {
		bit := 1 << (p - 1 - j)
		gain := make([]float64, p) // by size of the set before
		for high := 0; high < 1<<p; high += 2 * bit {
			for m := high; m < high+bit; m++ {
				gain[bits.OnesCount(uint(m))] += r2[m|bit] - r2[m]
			}
		}
		for k, g := range gain {
			out[j] += g / sets[k] / float64(p)
		}
	})
	return out, ctx.Err()
}

// subsets returns R² of the outcome on every subset of drivers; driver j is bit p-1-j of the index. It walks the
// drivers once: leaving one out costs nothing, and taking one in is a Schur complement of what is left, so that all
// 2^p regressions together cost about 3 · 2^p operations.
func subsets(ctx context.Context, correlations [][]float64, p int) ([]float64, error) {
	r2 := make([]float64, 1<<p)
	top := min(p, 4) // the first choices are made one by one, and the rest of each is a task
	parallel(ctx, 1<<top, func(task int) {
		w := &walk{p: p, r2: r2, levels: make([][][]float64, p+1)}
		for i := range w.levels {
			w.levels[i] = make([][]float64, p+1)
			for j := range w.levels[i] {
				w.levels[i][j] = make([]float64, p+1)
			}
		}
		m, explained, mask := correlations, 0.0, 0
		for j := range top {
			if task>>j&1 == 1 {
				explained += w.enter(j, m, w.levels[j])
				m = w.levels[j]
				mask |= 1 << (p - 1 - j)
			}
		}
		w.from(top, m, mask, explained)
	})
	return r2, ctx.Err()
}

type walk struct {
	p      int
	r2     []float64
	levels [][][]float64 // a matrix for each driver taken in
}

// from fills r2 for all choices among drivers j and later; m holds their covariances and those of the outcome, given
// mask.
func (w *walk) from(j int, m [][]float64, mask int, explained float64) {
	if j == w.p {
		w.r2[mask] = explained
		return
	}
	w.from(j+1, m, mask, explained)
	into := w.levels[j]
	w.from(j+1, into, mask|1<<(w.p-1-j), explained+w.enter(j, m, into))
}

// enter conditions the covariances of what follows j on j, writes them to into, and returns what j explains of the
// outcome.
func (w *walk) enter(j int, m, into [][]float64) float64 {
	row := m[j]
	pivot := row[j] // above 1e-20: no driver is a combination of others
	for a := j + 1; a <= w.p; a++ {
		f := row[a] / pivot
		from, to := m[a], into[a]
		for b := a; b <= w.p; b++ {
			to[b] = from[b] - f*row[b]
		}
	}
	return row[w.p] * row[w.p] / pivot
}

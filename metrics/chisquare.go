package metrics

import "fmt"

// ChiSquare tests whether the rows of a table of counts have the same distribution over its columns: Pearson's
//
//	χ² = Σ (observed - expected)²/expected, expected = row sum × column sum / n
//
// with (rows-1)(columns-1) degrees of freedom, such as the bands of two quarters. Rows and columns without any count say
// nothing and are left out. There is no continuity correction. An expected count below 5 is [WarnSparse]. It fails with
// [ErrMismatch] where rows differ in length, with [ErrCount] where a count is negative, and with [ErrNoData] where fewer
// than two rows or columns have counts.
func ChiSquare(table [][]int) (Test, error) {
	const name = "chi-square"
	var n int
	rows := make([]float64, len(table))
	var cols []float64
	for i, row := range table {
		if i == 0 {
			cols = make([]float64, len(row))
		}
		if len(row) != len(cols) {
			return noTest(name), fmt.Errorf("%w: row %d has %d counts, row 0 has %d", ErrMismatch, i, len(row), len(cols))
		}
		for j, c := range row {
			var ok bool
			if c < 0 {
				return noTest(name), fmt.Errorf("%w: %d in row %d, column %d", ErrCount, c, i, j)
			}
			if n, ok = sum(n, c); !ok {
				return noTest(name), fmt.Errorf("%w: the table overflows in row %d", ErrCount, i)
			}
			rows[i] += float64(c)
			cols[j] += float64(c)
		}
	}
	r, c := positive(rows), positive(cols)
	if r < 2 || c < 2 {
		return noTest(name), fmt.Errorf("%w for %s: %d rows and %d columns have counts; two of each are needed", ErrNoData, name, r, c)
	}
	t := Test{Name: name, DF: float64((r - 1) * (c - 1)), N: n}
	for i, row := range table {
		for j, count := range row {
			expected := rows[i] * (cols[j] / float64(n))
			if expected == 0 {
				continue
			}
			if expected < 5 {
				t.Warnings |= WarnSparse
			}
			d := float64(count) - expected
			t.Statistic += d * (d / expected)
		}
	}
	t.P = chiSquareTail(t.Statistic, t.DF)
	return t, nil
}

// positive returns how many sums are above zero.
func positive(sums []float64) int {
	n := 0
	for _, s := range sums {
		if s > 0 {
			n++
		}
	}
	return n
}

package metrics

import (
	"context"
	"fmt"
	"math"
)

// leastSquares is a QR decomposition of a matrix by Householder reflections, its columns scaled by powers of two so that
// their largest numbers are near one, which costs no digits.
type leastSquares struct {
	columns [][]float64 // the scaled columns
	scales  []float64   // by which a column was multiplied
	reflect [][]float64 // the vectors of the reflections, from their row on, of length sqrt(2)
	r       [][]float64 // r[j] is column j of R, j+1 long
}

func newLeastSquares(ctx context.Context, columns [][]float64) (*leastSquares, error) {
	k := len(columns)
	l := &leastSquares{columns: make([][]float64, k), scales: make([]float64, k), reflect: make([][]float64, k), r: make([][]float64, k)}
	work := make([][]float64, k)
	for j, c := range columns {
		l.scales[j] = scaleOf(largest(c))
		l.columns[j] = make([]float64, len(c))
		for i, v := range c {
			l.columns[j][i] = v * l.scales[j]
		}
		work[j] = append([]float64(nil), l.columns[j]...)
	}
	for j, c := range work {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("metrics: regression: %w", err)
		}
		v := append([]float64(nil), c[j:]...)
		length := norm(v)
		if length > 0 {
			length = math.Copysign(length, v[0])
			v[0] += length
			scale := math.Sqrt(v[0] * length) // its squared length is 2 v[0] length
			for i := range v {
				v[i] /= scale
			}
		}
		l.reflect[j] = v
		l.r[j] = append(append([]float64(nil), c[:j]...), -length)
		for _, other := range work[j+1:] {
			reflect(v, other[j:])
		}
	}
	return l, nil
}

// largest returns the largest size of a number in v.
func largest(v []float64) float64 {
	most := 0.
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	return most
}

// norm returns the Euclidean length of v, without overflow.
func norm(v []float64) float64 {
	most := largest(v)
	if most == 0 {
		return 0
	}
	sum := 0.
	for _, x := range v {
		sum += x / most * (x / most)
	}
	return most * math.Sqrt(sum)
}

// reflect replaces x by x - v (v·x).
func reflect(v, x []float64) {
	dot := 0.
	for i, a := range v {
		dot += a * x[i]
	}
	for i, a := range v {
		x[i] -= dot * a
	}
}

// dependent returns the first column of which less than 1e-11 is left after those before it have been taken out, or -1.
func (l *leastSquares) dependent() int {
	for j, r := range l.r {
		if !(math.Abs(r[j]) > 1e-11*norm(r)) {
			return j
		}
	}
	return -1
}

// solve returns the coefficients of the columns as given, and the residuals. Both are refined together: with residuals f
// of y = r + A b and g of Aᵀ r = 0 in twice the precision, the corrections solve the same two equations.
func (l *leastSquares) solve(ctx context.Context, y []float64) (b, residuals []float64, err error) {
	n, k := len(y), len(l.columns)
	b, residuals = make([]float64, k), make([]float64, n)
	g := make([]float64, k)
	f := append([]float64(nil), y...)
	last := math.Inf(1)
	for range 10 {
		if err := ctx.Err(); err != nil {
			return nil, nil, fmt.Errorf("metrics: regression: %w", err)
		}
		db, dr := l.correct(f, g)
		size := norm(db)
		if size >= last/2 { // no longer gaining
			break
		}
		last = size
		for j := range b {
			b[j] += db[j]
		}
		for i := range residuals {
			residuals[i] += dr[i]
		}
		if size <= 1e-17*norm(b) {
			break
		}
		for i := range f {
			d := double{high: y[i]}
			d.subtract(residuals[i], 1)
			for j, c := range l.columns {
				d.subtract(c[i], b[j])
			}
			f[i] = d.high + d.low
		}
		for j, c := range l.columns {
			var d double
			for i, v := range c {
				d.subtract(v, residuals[i])
			}
			g[j] = d.high + d.low
		}
	}
	for j := range b {
		b[j] *= l.scales[j]
	}
	return b, residuals, nil
}

// correct solves dr + A db = f, Aᵀ dr = g.
func (l *leastSquares) correct(f, g []float64) (db, dr []float64) {
	k := len(l.r)
	q := append([]float64(nil), f...)
	for j, v := range l.reflect {
		reflect(v, q[j:])
	}
	h := make([]float64, k) // Rᵀ h = g
	for j, r := range l.r {
		h[j] = g[j]
		for i := range j {
			h[j] -= r[i] * h[i]
		}
		h[j] /= r[j]
	}
	db = make([]float64, k)
	for j := range db {
		db[j] = q[j] - h[j]
	}
	for j := k - 1; j >= 0; j-- { // R db = q - h
		db[j] /= l.r[j][j]
		for i := range j {
			db[i] -= l.r[j][i] * db[j]
		}
	}
	dr = q
	copy(dr, h)
	for j := k - 1; j >= 0; j-- {
		reflect(l.reflect[j], dr[j:])
	}
	return db, dr
}

// errors returns the square roots of the diagonal of (AᵀA)⁻¹ for the columns as given: the lengths of the rows of R⁻¹.
func (l *leastSquares) errors() []float64 {
	k := len(l.r)
	rows := make([][]float64, k)
	for i := range rows {
		rows[i] = make([]float64, k)
	}
	for j := range k { // column j of R⁻¹
		for i := j; i >= 0; i-- {
			v := 0.
			if i == j {
				v = 1
			}
			for m := i + 1; m <= j; m++ {
				v -= l.r[m][i] * rows[m][j]
			}
			rows[i][j] = v / l.r[i][i]
		}
	}
	s := make([]float64, k)
	for i := range s {
		s[i] = norm(rows[i]) * l.scales[i]
	}
	return s
}

// double is a sum of two numbers of which the second holds what the first could not: T. J. Dekker, A floating-point
// technique for extending the available precision, Numerische Mathematik 18 (1971), 224-242.
type double struct{ high, low float64 }

// subtract takes away x·y, whose rounding error is exact by fused multiplication.
func (d *double) subtract(x, y float64) {
	p := -x * y
	e := math.FMA(-x, y, -p)
	s := d.high + p
	t := s - d.high
	d.low += (d.high - (s - t)) + (p - t) + e
	d.high = s
}

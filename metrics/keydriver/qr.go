package keydriver

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"
)

const (
	pieceRows = 16384 // rows that one goroutine reduces to a triangle; fixed, so that the result is the same on any machine
	stackRows = 256   // rows that are put under the triangle at a time: they stay in the cache
)

// A triangle is the upper triangular factor R of a QR decomposition, stored by column: column j has j+1 numbers in use.
type triangle [][]float64

// factor returns R of the centred columns, each of length 1, drivers first and the outcome last: R'R is the matrix of
// correlations. Pieces of rows are reduced to a triangle each, by Householder reflections, and the triangles in turn:
// the accuracy is that of a QR decomposition of the whole (J. Demmel, L. Grigori, M. Hoemmen, J. Langou,
// Communication-optimal parallel and sequential QR and LU factorizations, SIAM Journal on Scientific Computing 34
// (2012), A206-A239).
func (d *panel) factor(ctx context.Context) triangle {
	pieces := make([]triangle, (d.n+pieceRows-1)/pieceRows)
	parallel(ctx, len(pieces), func(k int) { pieces[k] = d.piece(k*pieceRows, min((k+1)*pieceRows, d.n)) })
	if ctx.Err() != nil {
		return nil
	}
	m := d.p + 1
	s := newStack(m, m)
	s.take(pieces[0])
	for _, t := range pieces[1:] {
		for j := range m {
			copy(s.columns[j][m:], t[j]) // zero below the diagonal
		}
		s.reduce(m)
	}
	return s.triangle()
}

// parallel calls work for 0 to n-1, on as many goroutines as there are processors, until ctx ends.
func parallel(ctx context.Context, n int, work func(int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for k := int(next.Add(1)) - 1; k < n && ctx.Err() == nil; k = int(next.Add(1)) - 1 {
				work(k)
			}
		})
	}
	wg.Wait()
}

// piece reduces the complete rows from from to to.
func (d *panel) piece(from, to int) triangle {
	m := d.p + 1
	s := newStack(m, stackRows)
	for from < to {
		rows := min(stackRows, to-from)
		for j, c := range d.columns {
			mean, scale, under := d.means[j], 1/d.norms[j], s.columns[j][m:m+rows]
			if d.index == nil {
				for i, x := range c[from : from+rows] {
					under[i] = (x - mean) * scale
				}
			} else {
				for i, at := range d.index[from : from+rows] {
					under[i] = (c[at] - mean) * scale
				}
			}
		}
		s.reduce(rows)
		from += rows
	}
	return s.triangle()
}

// A stack is a triangle of m columns with rows under it.
type stack struct {
	m       int
	columns [][]float64 // m numbers of the triangle, then the rows
}

func newStack(m, rows int) *stack {
	s := &stack{m, make([][]float64, m)}
	all := make([]float64, m*(m+rows))
	for j := range s.columns {
		s.columns[j] = all[j*(m+rows) : (j+1)*(m+rows)]
	}
	return s
}

func (s *stack) take(t triangle) {
	for j := range s.m {
		copy(s.columns[j], t[j][:j+1])
	}
}

func (s *stack) triangle() triangle {
	t := make(triangle, s.m)
	for j := range t {
		t[j] = append([]float64(nil), s.columns[j][:s.m]...) // nothing is written below the diagonal
	}
	return t
}

// reduce folds the first rows under the triangle into it. The reflection of column j touches row j and the rows below
// the triangle only.
func (s *stack) reduce(rows int) {
	for j := range s.m {
		c := s.columns[j]
		v := c[s.m : s.m+rows]
		ss := floats.Dot(v, v)
		if ss == 0 {
			continue
		}
		a := c[j]
		norm := math.Sqrt(a*a + ss)
		if a > 0 {
			norm = -norm
		}
		head := a - norm // the reflection is I - w w'/(w'w/2) with w = (head, v)
		half := -norm * head
		c[j] = norm
		for k := j + 1; k < s.m; k++ {
			x := s.columns[k]
			under := x[s.m : s.m+rows]
			f := (head*x[j] + floats.Dot(v, under)) / half
			x[j] -= f * head
			floats.AddScaled(under, -f, v)
		}
	}
}

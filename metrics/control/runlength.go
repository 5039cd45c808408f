package control

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/metrics"
)

// The ranges within which run lengths are computed.
const (
	maxK      = 5
	maxH      = 50
	maxShift  = 10
	minLambda = .01
)

// CUSUMRunLength returns the mean number of periods until a two-sided CUSUM with allowance k in [0, 5] and limit h in
// (0, 50] signals, when the mean lies shift standard deviations off the centre, in [-10, 10]; shift 0 is the distance
// between alarms for nothing. Each side solves
//
//	L(s) = 1 + L(0) Φ(k-s-μ) + ∫ L(x) φ(x+k-s-μ) dx      from 0 to h
//
// by Gauss-Legendre quadrature, and 1/L = 1/L(up) + 1/L(down) (D. Siegmund, Sequential Analysis, 1985; Montgomery
// prints 465 for k = .5, h = 5). It fails with [metrics.ErrOption] outside the ranges and where the run length
// exceeds 1e12.
func CUSUMRunLength(k, h, shift float64) (float64, error) {
	toward, err := cusumSide(k, h, math.Abs(shift))
	if err != nil {
		return math.NaN(), err
	}
	away, err := cusumSide(k, h, -math.Abs(shift))
	if err != nil {
		if shift == 0 {
			return math.NaN(), err
		}
		return toward, nil // the other side hardly ever signals
	}
	return 1 / (1/toward + 1/away), nil
}

// OneSidedCUSUMRunLength is [CUSUMRunLength] of the upward sum alone.
func OneSidedCUSUMRunLength(k, h, shift float64) (float64, error) { return cusumSide(k, h, shift) }

func cusumSide(k, h, shift float64) (float64, error) {
	if !(k >= 0 && k <= maxK && h > 0 && h <= maxH && math.Abs(shift) <= maxShift) {
		return math.NaN(), fmt.Errorf("%w: CUSUM with k %v, h %v, shift %v; want k in [0, %d], h in (0, %d], shift in [-%d, %d]",
			metrics.ErrOption, k, h, shift, maxK, maxH, maxShift, maxShift)
	}
	// Unknown 0 is L(0), the others L at the nodes.
	x, w := nodes(40+int(5*h), 0, h)
	at := append([]float64{0}, x...)
	return solve(at, func(s float64, row []float64) {
		row[0] = dist.NormalCDF(k - s - shift)
		for j := range x {
			row[j+1] = w[j] * density(x[j]+k-s-shift)
		}
	})
}

// EWMARunLength returns the mean number of periods until an EWMA with weight lambda in [.01, 1] and limits of width
// standard deviations in (0, 10] signals, when the mean lies shift standard deviations of one observation off the
// centre, in [-10, 10]. It starts at the centre and takes the limits of a long series, c = w sqrt(λ/(2-λ)):
//
//	L(u) = 1 + 1/λ ∫ L(x) φ((x-(1-λ)u)/λ - μ) dx      from -c to c
//
// (S. V. Crowder, A simple method for studying run-length distributions of exponentially weighted moving average
// charts, Technometrics 29 (1987), 401-407). It fails with [metrics.ErrOption] outside the ranges and where the run
// length exceeds 1e12.
func EWMARunLength(lambda, width, shift float64) (float64, error) {
	if !(lambda >= minLambda && lambda <= 1 && width > 0 && width <= 10 && math.Abs(shift) <= maxShift) {
		return math.NaN(), fmt.Errorf("%w: EWMA with lambda %v, width %v, shift %v; want lambda in [%v, 1], width in (0, 10], shift in [-%d, %d]",
			metrics.ErrOption, lambda, width, shift, minLambda, maxShift, maxShift)
	}
	if lambda == 1 { // single values
		return bounded(1 / (dist.NormalCDF(-width-shift) + dist.NormalCDF(shift-width)))
	}
	c := width * math.Sqrt(lambda/(2-lambda))
	x, w := nodes(40+int(5*2*c/lambda), -c, c)
	at := append([]float64{0}, x...)
	return solve(at, func(u float64, row []float64) {
		for j := range x {
			row[j+1] = w[j] / lambda * density((x[j]-(1-lambda)*u)/lambda-shift)
		}
	})
}

// nodes returns n Gauss-Legendre nodes and weights on [a, b].
func nodes(n int, a, b float64) (x, w []float64) {
	x, w = make([]float64, n), make([]float64, n)
	quad.Legendre{}.FixedLocations(x, w, a, b)
	return x, w
}

func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// solve returns L(at[0]) of L = 1 + K L, where kernel fills the row of K at a point.
func solve(at []float64, kernel func(s float64, row []float64)) (float64, error) {
	n := len(at)
	m, one := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
	for i, s := range at {
		row := m.RawRowView(i)
		kernel(s, row)
		for j := range row {
			row[j] = -row[j]
		}
		row[i]++
		one.SetVec(i, 1)
	}
	var lu mat.LU
	lu.Factorize(m)
	var l mat.VecDense
	if err := lu.SolveVecTo(&l, false, one); err != nil {
		return bounded(math.Inf(1))
	}
	return bounded(l.AtVec(0))
}

// bounded returns a run length that is one, to the digits that the equations keep.
func bounded(v float64) (float64, error) {
	if v >= 1-1e-9 && v <= 1e12 {
		return v, nil
	}
	return math.NaN(), fmt.Errorf("%w: the run length is too long to compute, more than 1e12", metrics.ErrOption)
}

// CUSUMLimit returns the limit h, in (0, 50], with which a two-sided CUSUM of allowance k gives an alarm for nothing
// once in runLength periods, to 1e-9.
func CUSUMLimit(k, runLength float64) (float64, error) {
	if !(runLength >= 2 && runLength <= 1e9) {
		return math.NaN(), fmt.Errorf("%w: run length %v; want 2 to 1e9", metrics.ErrOption, runLength)
	}
	if !(k >= 0 && k <= maxK) {
		return math.NaN(), fmt.Errorf("%w: k %v; want [0, %d]", metrics.ErrOption, k, maxK)
	}
	reaches := func(h float64) bool { // whether the run length is at least as long; too long to compute is long enough
		l, err := CUSUMRunLength(k, h, 0)
		return err != nil || l >= runLength
	}
	low, high := 0.0, 1.0
	for !reaches(high) {
		if high == maxH {
			return math.NaN(), fmt.Errorf("%w: no limit up to %d gives a run length of %v", metrics.ErrOption, maxH, runLength)
		}
		low, high = high, min(2*high, maxH)
	}
	for high-low > 1e-9 {
		if h := (low + high) / 2; reaches(h) {
			high = h
		} else {
			low = h
		}
	}
	return (low + high) / 2, nil
}

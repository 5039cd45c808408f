package clv

import (
	"context"
	"math"
	"runtime"
	"sync"
)

// maxParams is the largest number of parameters of a model here.
const maxParams = 4

// sums is a log-likelihood with its gradient and Hessian. The Hessian's lower triangle is kept, row by row.
type sums struct {
	ll   float64
	grad [maxParams]float64
	hess [maxParams][maxParams]float64
}

func (s *sums) add(o *sums) {
	s.ll += o.ll
	for i := range maxParams {
		s.grad[i] += o.grad[i]
		for j := range i + 1 {
			s.hess[i][j] += o.hess[i][j]
		}
	}
}

// logs turns derivatives with respect to p into those with respect to ln p.
func (s *sums) logs(p []float64) {
	for i := range p {
		for j := range i + 1 {
			s.hess[i][j] *= p[i] * p[j]
		}
		s.grad[i] *= p[i]
		s.hess[i][i] += s.grad[i]
	}
}

// sumCells adds up a kernel over n rows. The rows are cut into pieces of one size, whatever the number of processors,
// and the pieces are added in their order: the result does not depend on how many work.
func sumCells(n int, kernel func(from, to int, out *sums)) sums {
	const piece = 4096
	pieces := (n + piece - 1) / piece
	var total sums
	if pieces <= 1 {
		kernel(0, n, &total)
		return total
	}
	parts := make([]sums, pieces)
	inParallel(pieces, func(i int) { kernel(i*piece, min(n, (i+1)*piece), &parts[i]) })
	for i := range parts {
		total.add(&parts[i])
	}
	return total
}

// inParallel calls do(0) to do(n-1), several at once.
func inParallel(n int, do func(int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			for i := k; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}

// An optimum is where maximize ended, in ln p.
type optimum struct {
	theta      [maxParams]float64
	at         sums
	inverse    [maxParams][maxParams]float64 // of the negative Hessian; NaN where that is not positive definite
	iterations int
	status     Status
	runaway    [maxParams]bool // parameters that were still moving when the gain had gone
}

// maximize climbs from start by Newton's method with the exact Hessian in the logarithms of k parameters: a ridge where
// the Hessian is not negative definite, steps of at most a factor e^2, halving while the likelihood does not rise.
func maximize(ctx context.Context, k int, start [maxParams]float64, limit int, f func(p []float64) sums) (optimum, error) {
	const (
		gain  = 1e-11 // half the Newton decrement: what the likelihood could still rise by
		reach = 14    // a parameter that has moved by a factor of e^14, a million, runs away
		far   = 10    // one that is still climbing when the steps are used up, and has moved by e^10, does so too
	)
	eval := func(theta [maxParams]float64) sums {
		var p [maxParams]float64
		for i := range k {
			p[i] = math.Exp(theta[i])
		}
		s := f(p[:k])
		s.logs(p[:k])
		return s
	}
	o := optimum{theta: start, at: eval(start), status: IterationLimit}
	for o.iterations = 1; o.iterations <= limit; o.iterations++ {
		if err := ctx.Err(); err != nil {
			return o, err
		}
		step, ridge, ok := newtonStep(k, &o.at)
		if !ok || math.IsNaN(o.at.ll) {
			o.status = Stuck
			break
		}
		decrement, largest := 0.0, 0.0
		for i := range k {
			decrement += step[i] * o.at.grad[i]
			largest = max(largest, math.Abs(step[i]))
		}
		last := decrement/2 < gain
		scale := min(1, 2/largest)
		noise := 1e-13 * math.Abs(o.at.ll) // below this a difference of two sums says nothing
		var next sums
		var theta [maxParams]float64
		for halvings := 0; ; halvings++ {
			theta = o.theta
			for i := range k {
				theta[i] += scale * step[i]
			}
			next = eval(theta)
			if next.ll >= o.at.ll+1e-4*scale*decrement-noise {
				break
			}
			if scale /= 2; halvings == 50 {
				o.status = Stuck
				if last {
					o.status = Converged
				}
				return o.finish(k), nil
			}
		}
		o.theta, o.at = theta, next
		for i := range k {
			if math.Abs(o.theta[i]-start[i]) > reach || last && math.Abs(step[i]) > .05 {
				o.runaway[i] = true
				o.status = Boundary
			}
		}
		if o.status == Boundary {
			break
		}
		if last {
			o.status = Converged
			if ridge > 0 {
				o.status = Boundary
			}
			break
		}
	}
	o.iterations = min(o.iterations, limit)
	for i := range k {
		if o.status == IterationLimit && math.Abs(o.theta[i]-start[i]) > far {
			o.runaway[i], o.status = true, Boundary
		}
	}
	return o.finish(k), nil
}

func (o optimum) finish(k int) optimum {
	inv, ok := invert(k, &o.at)
	o.inverse = inv
	if !ok && o.status == Converged {
		o.status = Boundary
	}
	return o
}

// newtonStep solves (ridge·I - H) step = gradient with the least ridge that makes the matrix positive definite.
func newtonStep(k int, s *sums) (step [maxParams]float64, ridge float64, ok bool) {
	most := 0.0
	for i := range k {
		most = max(most, math.Abs(s.hess[i][i]))
	}
	for range 40 {
		if l, ok := cholesky(k, s, ridge); ok {
			return solve(k, &l, s.grad), ridge, true
		}
		ridge = max(ridge*4, 1e-4*most)
	}
	return step, ridge, false
}

// cholesky factors ridge·I - H.
func cholesky(k int, s *sums, ridge float64) (l [maxParams][maxParams]float64, ok bool) {
	for i := range k {
		for j := range i + 1 {
			v := -s.hess[i][j]
			if i == j {
				v += ridge
			}
			whole := v
			for m := range j {
				v -= l[i][m] * l[j][m]
			}
			if i == j {
				if !(v > 1e-13*math.Abs(whole)) {
					return l, false
				}
				l[i][i] = math.Sqrt(v)
			} else {
				l[i][j] = v / l[j][j]
			}
		}
	}
	return l, true
}

func solve(k int, l *[maxParams][maxParams]float64, b [maxParams]float64) [maxParams]float64 {
	for i := range k {
		for m := range i {
			b[i] -= l[i][m] * b[m]
		}
		b[i] /= l[i][i]
	}
	for i := k - 1; i >= 0; i-- {
		for m := i + 1; m < k; m++ {
			b[i] -= l[m][i] * b[m]
		}
		b[i] /= l[i][i]
	}
	return b
}

func invert(k int, s *sums) (inv [maxParams][maxParams]float64, ok bool) {
	l, ok := cholesky(k, s, 0)
	for j := range k {
		var e [maxParams]float64
		e[j] = 1
		if ok {
			e = solve(k, &l, e)
		}
		for i := range k {
			inv[i][j] = e[i]
			if !ok {
				inv[i][j] = math.NaN()
			}
		}
	}
	return inv, ok
}

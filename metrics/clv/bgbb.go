package clv

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/special"
)

// BGBB is the beta-geometric/beta-Bernoulli model of Fader, Hardie & Shang (2010) for orders that can fall on fixed
// occasions only (a yearly appeal, a weekly box): at each occasion a customer who is alive takes it with a probability
// from Beta(Alpha, Beta), and leaves before the next with a probability from Beta(Gamma, Delta). All four are positive.
//
// Times count occasions and are whole numbers: in a [Customer] Frequency is the number of occasions taken, Recency the
// last one taken (0: none), Age the number there were. The first order, which makes a customer, is not among them.
type BGBB struct{ Alpha, Beta, Gamma, Delta float64 }

// maxOccasions bounds the sums over occasions.
const maxOccasions = 1_000_000

// Name returns "BG/BB".
func (m BGBB) Name() string { return "BG/BB" }

// ParameterNames returns the names of the parameters.
func (m BGBB) ParameterNames() []string { return []string{"alpha", "beta", "gamma", "delta"} }

// Parameters returns Alpha, Beta, Gamma, Delta.
func (m BGBB) Parameters() []float64 { return []float64{m.Alpha, m.Beta, m.Gamma, m.Delta} }

func (m BGBB) valid() bool { return positive(m.Alpha, m.Beta, m.Gamma, m.Delta) }

// checkOccasions returns what is wrong with c as input of a model of occasions.
func checkOccasions(c Customer) error {
	switch {
	case !whole(c.Age):
		return fmt.Errorf("age %v; it is a whole number of occasions, at most %d", c.Age, maxOccasions)
	case !whole(c.Recency) || c.Recency > c.Age:
		return fmt.Errorf("recency %v; it is the number of an occasion, at most the age, %v", c.Recency, c.Age)
	case c.Frequency < 0 || float64(c.Frequency) > c.Recency || c.Frequency == 0 && c.Recency > 0:
		return fmt.Errorf("%d occasions taken, the last of them number %v", c.Frequency, c.Recency)
	case !(c.Weight >= 0) || math.IsInf(c.Weight, 0):
		return fmt.Errorf("weight %v; it is a finite number of 0 or more", c.Weight)
	}
	return nil
}

func whole(v float64) bool { return v >= 0 && v <= maxOccasions && v == math.Floor(v) }

// logTerm returns ln of B(α+x, β+m-x)/B(α, β) · B(γ+e, δ+m)/B(γ, δ): taken x of m occasions, and alive (e 0) or left (e 1)
// after them.
func (m BGBB) logTerm(x, occasions, left float64) float64 {
	return special.LogBeta(m.Alpha+x, m.Beta+occasions-x) - special.LogBeta(m.Alpha, m.Beta) +
		special.LogBeta(m.Gamma+left, m.Delta+occasions) - special.LogBeta(m.Gamma, m.Delta)
}

// LogLikelihood returns the log-likelihood of one customer, Weight not counted; NaN for a customer or parameters out of
// range. Fader, Hardie & Shang (2010), eq. 5, without the number of orders in which the same (x, t_x) can come about.
func (m BGBB) LogLikelihood(c Customer) float64 {
	if !m.valid() || checkOccasions(c) != nil {
		return math.NaN()
	}
	x := float64(c.Frequency)
	v := m.logTerm(x, c.Age, 0)
	for i := c.Recency; i < c.Age; i++ {
		v = logAddExp(v, m.logTerm(x, i, 1))
	}
	return v
}

// PAlive returns the probability that c is a customer still at the next occasion, number Age+1.
func (m BGBB) PAlive(c Customer) float64 {
	v := m.LogLikelihood(c)
	if math.IsNaN(v) {
		return v
	}
	return math.Exp(m.logTerm(float64(c.Frequency), c.Age, 0)-v) * (m.Delta + c.Age) / (m.Gamma + m.Delta + c.Age)
}

// Expected returns the expected number of occasions that a new customer takes of the next t, a whole number up to a
// million; NaN otherwise. Eq. 8 of the paper as a sum over occasions, which has no hole at γ = 1.
func (m BGBB) Expected(t float64) float64 {
	if !m.valid() || !whole(t) {
		return math.NaN()
	}
	return m.Alpha / (m.Alpha + m.Beta) * m.occasions(0, t)
}

// occasions returns Σ_{j=1}^t B(γ, δ+n+j)/B(γ, δ+n): the occasions among the next t at which a customer who was alive at
// the n-th is expected to be alive.
func (m BGBB) occasions(n, t float64) float64 {
	sum, stay := 0.0, 1.0
	for j := range int(t) {
		d := m.Delta + n + float64(j)
		stay *= d / (m.Gamma + d)
		sum += stay
	}
	return sum
}

// ConditionalExpected returns the expected number of occasions that c takes of the next t, a whole number up to a
// million. Eq. 13 of the paper.
func (m BGBB) ConditionalExpected(c Customer, t float64) float64 {
	p := m.PAlive(c)
	if math.IsNaN(p) {
		return p
	}
	return p * m.expectedAlive(c, t)
}

func (m BGBB) expectedAlive(c Customer, t float64) float64 {
	if !whole(t) {
		return math.NaN()
	}
	rate := (m.Alpha + float64(c.Frequency)) / (m.Alpha + m.Beta + c.Age)
	// PAlive is for the next occasion, so the sum is divided by the chance to get there.
	d := m.Delta + c.Age
	return rate * m.occasions(c.Age, t) * (m.Gamma + d) / d
}

// PMF returns the probability that a new customer takes x of the first t occasions. Eq. 7 of the paper.
func (m BGBB) PMF(x int, t float64) float64 {
	if !m.valid() || x < 0 || !whole(t) {
		return math.NaN()
	}
	k := float64(x)
	if k > t {
		return 0
	}
	choose := func(n float64) float64 {
		return special.LogGamma(n+1) - special.LogGamma(k+1) - special.LogGamma(n-k+1)
	}
	sum := math.Exp(choose(t) + m.logTerm(k, t, 0))
	for i := k; i < t; i++ {
		sum += math.Exp(choose(i) + m.logTerm(k, i, 1))
	}
	return sum
}

// DERT returns the discounted expected residual transactions of c: the occasions taken from Age+1 on for ever, with
// discount d >= 0 per occasion, the next one discounted once; NaN otherwise, and where the sum is infinite (d = 0 and
// γ <= 1). Eq. 14 of the paper.
func (m BGBB) DERT(c Customer, d float64) float64 {
	p := m.PAlive(c)
	if math.IsNaN(p) || !(d >= 0) || math.IsInf(d, 0) {
		return math.NaN()
	}
	rate := (m.Alpha + float64(c.Frequency)) / (m.Alpha + m.Beta + c.Age)
	return p * rate * discounted(m.Delta+c.Age+1, m.Gamma, 1/(1+d)) / (1 + d)
}

// discounted returns Σ_{j>=0} v^j B(a, b+j)/B(a, b) = 2F1(1, b; a+b; v) for 0 < v <= 1, as the mean of 1/(1-vθ) under
// θ from Beta(b, a), by the trapezoid rule in ln(θ/(1-θ)); NaN where it is infinite. What does not vanish at θ = 0 and, for
// small a, at θ = 1 is taken out first, because there the density may fall off without end:
//
//	1/(1-vθ) = 1 + vθ/(1-vθ)
//	         = 1/(1-v) - v/(1-v) [(1-θ) + vθ(1-θ)/(1-vθ)]
func discounted(b, a, v float64) float64 {
	if v >= 1 {
		if a <= 1 {
			return math.NaN()
		}
		return (a + b - 1) / (a - 1)
	}
	norm, ends := special.LogBeta(a, b), 0.0
	if a < .5 {
		ends = 1
	}
	inner := trapezoid(func(u float64) float64 {
		lp, lq := -softplus(-u), -softplus(u)
		return math.Exp((b+1)*lp+(a+ends)*lq-norm) / (1 - v + v*math.Exp(lq))
	}, math.Log(b/a))
	if ends == 0 {
		return 1 + v*inner
	}
	return (1 - v*(a/(a+b)+v*inner)) / (1 - v)
}

// FitBGBB fits the model by maximum likelihood to a summary whose times are whole numbers of occasions; its Unit says
// how long from one to the next. Grouped rows with weights are the usual input: see [Customer.Weight]. For errors and
// Status see [FitBGNBD].
func FitBGBB(ctx context.Context, s *Summary, opts *FitOptions) (*Fit[BGBB], error) {
	if s == nil || !s.Unit.valid() {
		_, err := s.cells()
		return nil, err
	}
	cells, err := group(s.Customers, checkOccasions)
	if err != nil {
		return nil, err
	}
	x := 0.0
	for _, c := range cells {
		x += c.w * float64(c.x)
	}
	if x == 0 {
		return nil, fmt.Errorf("clv: %w: nobody took an occasion", ErrNoRepeats)
	}
	theta, limit, err := opts.starting(1, 1, .7, 2)
	if err != nil {
		return nil, err
	}
	o, err := maximize(ctx, 4, theta, limit, func(p []float64) sums {
		return sumCells(len(cells), func(from, to int, out *sums) { bgbbKernel(cells[from:to], p, out) })
	})
	if err != nil {
		return nil, err
	}
	f := newFit(BGBB{math.Exp(o.theta[0]), math.Exp(o.theta[1]), math.Exp(o.theta[2]), math.Exp(o.theta[3])}, s, cells)
	return f, f.settle(o, f.Model.Parameters())
}

// bgbbKernel adds the logarithm of a sum of terms with its derivatives: a mixture over when the customer left.
func bgbbKernel(cells []cell, p []float64, out *sums) {
	m := BGBB{p[0], p[1], p[2], p[3]}
	var base betaDerivatives
	base.of(m.Alpha, m.Beta)
	var base2 betaDerivatives
	base2.of(m.Gamma, m.Delta)
	var logs []float64
	for _, c := range cells {
		x := float64(c.x)
		logs = append(logs[:0], m.logTerm(x, c.age, 0))
		total := logs[0]
		for i := c.tx; i < c.age; i++ {
			logs = append(logs, m.logTerm(x, i, 1))
			total = logAddExp(total, logs[len(logs)-1])
		}
		out.ll += c.w * total
		var g [4]float64
		var h [4][4]float64
		for k, l := range logs {
			occasions, left := c.age, 0.0
			if k > 0 {
				occasions, left = c.tx+float64(k-1), 1
			}
			share := math.Exp(l - total)
			var d1, d2 betaDerivatives
			d1.of(m.Alpha+x, m.Beta+occasions-x)
			d2.of(m.Gamma+left, m.Delta+occasions)
			t := [4]float64{d1.a - base.a, d1.b - base.b, d2.a - base2.a, d2.b - base2.b}
			second := [4][4]float64{{d1.aa - base.aa}, {d1.ab - base.ab, d1.bb - base.bb}, {0, 0, d2.aa - base2.aa}, {0, 0, d2.ab - base2.ab, d2.bb - base2.bb}}
			for i := range 4 {
				g[i] += share * t[i]
				for j := range i + 1 {
					h[i][j] += share * (t[i]*t[j] + second[i][j])
				}
			}
		}
		for i := range 4 {
			out.grad[i] += c.w * g[i]
			for j := range i + 1 {
				out.hess[i][j] += c.w * (h[i][j] - g[i]*g[j])
			}
		}
	}
}

// betaDerivatives are the derivatives of ln B(a, b).
type betaDerivatives struct{ a, b, aa, ab, bb float64 }

func (d *betaDerivatives) of(a, b float64) {
	s, t := special.Digamma(a+b), special.Trigamma(a+b)
	d.a, d.b = special.Digamma(a)-s, special.Digamma(b)-s
	d.aa, d.ab, d.bb = special.Trigamma(a)-t, -t, special.Trigamma(b)-t
}

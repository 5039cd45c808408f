package clv

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
)

// SimulateOptions say what customer base to make up.
type SimulateOptions struct {
	Customers int         // how many; required unless Like is set
	Age       float64     // time that each is observed, at most; required unless Like is set
	Spread    float64     // ages are drawn evenly from [Age-Spread, Age] (BG/BB: whole ones); 0: all alike
	Like      *Summary    // take number, weights and ages of the customers from here instead
	Holdout   float64     // time observed after that; 0: none
	Unit      Unit        // of the times of the model; required
	Spend     *GammaGamma // what they spend; nil: no money
	Currency  string      // of Spend, an ISO 4217 code; required with it
	Seed      uint64      // the same seed gives the same base, on any number of processors
}

// Simulate makes up a customer base that behaves as the model says, with times that are not rounded to days. It serves to
// test a fit, to plan a sample, and for the bootstrap. Errors: ErrOption, ErrInvalid for a model out of range, ErrUnits and
// ErrNoCurrency where those are missing; nil options lack what is required.
func Simulate(ctx context.Context, m Model, opts *SimulateOptions) (*Summary, error) {
	var o SimulateOptions
	if opts != nil {
		o = *opts
	}
	if m == nil {
		return nil, fmt.Errorf("clv: %w: the model is nil", ErrInvalid)
	}
	_, occasions := m.(BGBB)
	var ages []float64
	if o.Like != nil {
		var err error
		if ages, err = o.Like.ages(occasions); err != nil {
			return nil, err
		}
		o.Customers, o.Age, o.Spread = len(ages), 1, 0
	}
	switch {
	case !m.valid():
		return nil, fmt.Errorf("clv: %w: %s with parameters %v", ErrInvalid, m.Name(), m.Parameters())
	case o.Spend != nil && !o.Spend.valid():
		return nil, fmt.Errorf("clv: %w: spend %v", ErrInvalid, *o.Spend)
	case o.Customers < 1:
		return nil, fmt.Errorf("clv: %w: Customers is %d", ErrOption, o.Customers)
	case !positive(o.Age) || !(o.Spread >= 0 && o.Spread <= o.Age) || !(o.Holdout >= 0) || math.IsInf(o.Holdout, 0):
		return nil, fmt.Errorf("clv: %w: Age %v, Spread %v, Holdout %v", ErrOption, o.Age, o.Spread, o.Holdout)
	case occasions && !(whole(o.Age) && whole(o.Spread) && whole(o.Holdout)):
		return nil, fmt.Errorf("clv: %w: Age %v, Spread %v, Holdout %v; occasions are whole numbers", ErrOption, o.Age, o.Spread, o.Holdout)
	case !o.Unit.valid():
		return nil, fmt.Errorf("clv: %w: Unit is not set", ErrUnits)
	}
	if o.Spend != nil {
		if err := knownCurrency("the spend", o.Currency); err != nil {
			return nil, err
		}
	}
	s := &Summary{Unit: o.Unit, Currency: o.Currency, Customers: make([]Customer, o.Customers), HoldoutSpan: o.Holdout}
	if o.Holdout > 0 {
		s.Holdout = make([]Holdout, o.Customers)
	}
	const piece = 4096
	pieces := (o.Customers + piece - 1) / piece
	inParallel(pieces, func(k int) {
		if ctx.Err() != nil {
			return
		}
		rng := rand.New(rand.NewPCG(o.Seed, uint64(k)))
		for i := k * piece; i < min(o.Customers, (k+1)*piece); i++ {
			c := &s.Customers[i]
			c.ID = strconv.Itoa(i + 1)
			c.Age = o.Age
			switch {
			case ages != nil:
				c.Age = ages[i]
			case occasions:
				c.Age -= math.Floor(rng.Float64() * (o.Spread + 1))
			default:
				c.Age -= rng.Float64() * o.Spread
			}
			later := 0
			m.live(rng, c.Age+o.Holdout, func(t float64) {
				if t <= c.Age {
					c.Frequency++
					c.Recency = t
				} else {
					later++
				}
			})
			var rate float64
			if o.Spend != nil {
				rate = gammaDraw(rng, o.Spend.Q) / o.Spend.Gamma
				c.MeanSpend = o.Spend.draw(rng, rate, c.Frequency)
			}
			if o.Holdout > 0 {
				s.Holdout[i].Frequency = later
				if o.Spend != nil {
					s.Holdout[i].MeanSpend = o.Spend.draw(rng, rate, later)
				}
			}
		}
	})
	return s, ctx.Err()
}

// ages returns the age of each customer, a weight of n counting n times; weights are rounded.
func (s *Summary) ages(occasions bool) ([]float64, error) {
	check := Customer.check
	if occasions {
		check = checkOccasions
	}
	var out []float64
	for i, c := range s.Customers {
		if err := check(c); err != nil {
			return nil, customerError(c, i, err)
		}
		n := math.Round(c.weight())
		if float64(len(out))+n > maxFrequency {
			return nil, customerError(c, i, fmt.Errorf("weight %v is too large to simulate", c.Weight))
		}
		for range int(n) {
			out = append(out, c.Age)
		}
	}
	return out, nil
}

// SimulateCohort makes up a cohort of so many customers and counts it after each of so many renewals.
func SimulateCohort(m Contract, customers, renewals int, seed uint64) (Cohort, error) {
	if m == nil {
		return Cohort{}, fmt.Errorf("clv: %w: the model is nil", ErrInvalid)
	}
	if !m.valid() {
		return Cohort{}, fmt.Errorf("clv: %w: %s with parameters %v", ErrInvalid, m.Name(), m.Parameters())
	}
	if customers < 1 || customers > maxFrequency || renewals < 0 || renewals > maxOccasions {
		return Cohort{}, fmt.Errorf("clv: %w: %d customers and %d renewals", ErrOption, customers, renewals)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	alive := []int{customers}
	for t := 1; t <= renewals; t++ {
		r, left := m.Retention(t), 0
		for range alive[t-1] { // customers are alike to us: each renews with the retention of the cohort
			if rng.Float64() < r {
				left++
			}
		}
		alive = append(alive, left)
	}
	return Cohort{Alive: alive}, nil
}

// draw returns the mean of n orders of a customer with this rate.
func (m GammaGamma) draw(rng *rand.Rand, rate float64, n int) float64 {
	if n == 0 {
		return 0
	}
	return gammaDraw(rng, m.P*float64(n)) / (float64(n) * rate)
}

// live calls order for each repeat order of a customer made up, up to end.
func (m BGNBD) live(rng *rand.Rand, end float64, order func(t float64)) {
	rate, p := gammaDraw(rng, m.R)/m.Alpha, betaDraw(rng, m.A, m.B)
	for t := rng.ExpFloat64() / rate; t <= end; t += rng.ExpFloat64() / rate {
		order(t)
		if rng.Float64() < p {
			return
		}
	}
}

func (m MBGNBD) live(rng *rand.Rand, end float64, order func(t float64)) {
	rate, p := gammaDraw(rng, m.R)/m.Alpha, betaDraw(rng, m.A, m.B)
	for t := 0.0; rng.Float64() >= p; order(t) {
		if t += rng.ExpFloat64() / rate; t > end {
			return
		}
	}
}

func (m ParetoNBD) live(rng *rand.Rand, end float64, order func(t float64)) {
	rate := gammaDraw(rng, m.R) / m.Alpha
	end = min(end, rng.ExpFloat64()/(gammaDraw(rng, m.S)/m.Beta))
	for t := rng.ExpFloat64() / rate; t <= end; t += rng.ExpFloat64() / rate {
		order(t)
	}
}

func (m BGBB) live(rng *rand.Rand, end float64, order func(t float64)) {
	p, leave := betaDraw(rng, m.Alpha, m.Beta), betaDraw(rng, m.Gamma, m.Delta)
	for t := 1.0; t <= end && rng.Float64() >= leave; t++ {
		if rng.Float64() < p {
			order(t)
		}
	}
}

// gammaDraw draws from Gamma(shape, 1): Marsaglia & Tsang, "A simple method for generating gamma variables" (2000).
func gammaDraw(rng *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gammaDraw(rng, shape+1) * math.Exp(-rng.ExpFloat64()/shape) // U^(1/shape)
	}
	d := shape - 1./3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rng.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		if math.Log(1-rng.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// betaDraw draws from Beta(a, b).
func betaDraw(rng *rand.Rand, a, b float64) float64 {
	x, y := gammaDraw(rng, a), gammaDraw(rng, b)
	if x+y == 0 { // both shapes tiny: all mass is at the ends
		if rng.Float64() < a/(a+b) {
			return 1
		}
		return 0
	}
	return x / (x + y)
}

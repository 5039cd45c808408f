package clv

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Timing says when the payment of a period falls, and with it which payment is the first that counts.
type Timing int

// Timings, in the words of Fader & Hardie, note 024 (2012). They differ by a factor of up to (1+d)/r, so none is the default.
const (
	TimingUnspecified Timing = iota
	PayAtStart               // a new customer pays now, then at each renewal
	JustPaid                 // the first payment is behind; the next comes with the next renewal
	PayAtEnd                 // each period is paid at its end by all who began it
)

var timings = enum.Table{Type: "timing of payments", Names: []string{"", "pay-at-start", "just-paid", "pay-at-end"}}

// String returns "pay-at-start", "just-paid" or "pay-at-end".
func (t Timing) String() string { return timings.String(int(t)) }

// MarshalText implements [encoding.TextMarshaler].
func (t Timing) MarshalText() ([]byte, error) { return timings.Text(int(t)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (t *Timing) UnmarshalText(text []byte) error {
	if err := enum.Set(t, &timings, text); err != nil {
		return fmt.Errorf("clv: %w: %w", ErrInvalid, err)
	}
	return nil
}

// Terms are the assumptions of the simple formulas: a customer who stays from one period to the next with a
// constant probability, and pays the same, or a steadily growing, amount each period. All rates are per period.
type Terms struct {
	Retention float64 // share that stays from one period to the next, [0, 1]
	Discount  float64 // discount rate, > -1; .1 is 10 % a period; see [PeriodRate]
	Growth    float64 // growth of the payment from one period to the next, > -1; 0: constant
	Timing    Timing  // required
}

// Multiple returns what one unit of margin per period is worth over the customer's life:
//
//	PayAtStart (1+d)/(1+d-r(1+g))
//	JustPaid   r/(1+d-r(1+g))         the margin multiple of Gupta & Lehmann (2003)
//	PayAtEnd   1/(1+d-r(1+g))
//
// with retention r, discount d, growth g; the unit is the first payment that counts. ErrInfinite is returned where
// r(1+g) >= 1+d, ErrInvalid for rates out of range.
func (t Terms) Multiple() (float64, error) { return Curve{1}.Multiple(t) }

// CLV returns the lifetime value of a customer who brings the given margin (revenue less the cost to serve) per
// period: margin × [Terms.Multiple]. Where only revenue is known, use [LifetimeRevenue]: it is not a value.
func CLV(margin float64, t Terms) (float64, error) { return CLVFromCurve(margin, Curve{1}, t) }

// LifetimeRevenue returns the discounted revenue of a customer's life: revenue per period × [Terms.Multiple].
// It is no CLV: what it costs to serve the customer has not been taken off.
func LifetimeRevenue(revenue float64, t Terms) (float64, error) {
	return LifetimeRevenueFromCurve(revenue, Curve{1}, t)
}

// A Curve is a retention curve: Curve[t] is the share of customers still there t periods after the start.
// Curve[0] is 1, and no later share is above an earlier one.
type Curve []float64

// CurveFromRates returns the curve of the retention rates of periods 1, 2, …: their running product, after a 1.
func CurveFromRates(rates []float64) (Curve, error) {
	c := make(Curve, 1, len(rates)+1)
	c[0] = 1
	for i, r := range rates {
		if !(r >= 0 && r <= 1) {
			return nil, fmt.Errorf("clv: %w: retention of period %d is %v; rates are in [0, 1]", ErrInvalid, i+1, r)
		}
		c = append(c, c[i]*r)
	}
	return c, nil
}

// CurveFromCounts returns the curve of a cohort counted at the start and after each period.
func CurveFromCounts(alive []int) (Curve, error) {
	if len(alive) == 0 || alive[0] <= 0 {
		return nil, fmt.Errorf("clv: %w: the cohort has nobody at its start", ErrNoData)
	}
	c := make(Curve, len(alive))
	for i, n := range alive {
		if n < 0 || i > 0 && n > alive[i-1] {
			return nil, fmt.Errorf("clv: %w: %d customers after %d periods; a cohort does not grow", ErrInvalid, n, i)
		}
		c[i] = float64(n) / float64(alive[0])
	}
	return c, nil
}

// Check returns an error that wraps ErrNoData or ErrInvalid if c is no retention curve.
func (c Curve) Check() error {
	if len(c) == 0 {
		return fmt.Errorf("clv: %w: the retention curve is empty; it begins with 1", ErrNoData)
	}
	if c[0] != 1 {
		return fmt.Errorf("clv: %w: the retention curve begins with %v; it begins with 1, all customers", ErrInvalid, c[0])
	}
	for i := 1; i < len(c); i++ {
		if !(c[i] >= 0 && c[i] <= c[i-1]) {
			return fmt.Errorf("clv: %w: the retention curve goes from %v to %v at period %d; it cannot rise", ErrInvalid, c[i-1], c[i], i)
		}
	}
	return nil
}

// Multiple returns what one unit of margin per period is worth over the curve:
//
//	PayAtStart Σ_{t>=0} S(t) ((1+g)/(1+d))^t
//	JustPaid   Σ_{t>=1} S(t) (1+g)^(t-1)/(1+d)^t
//	PayAtEnd   Σ_{t>=0} S(t) (1+g)^t/(1+d)^(t+1)
//
// Beyond the end of the curve the retention is that of the terms; with Retention 0 nothing is counted there.
func (c Curve) Multiple(t Terms) (float64, error) {
	if err := c.Check(); err != nil {
		return math.NaN(), err
	}
	if err := t.check(); err != nil {
		return math.NaN(), err
	}
	k := (1 + t.Growth) / (1 + t.Discount) // what a period does to a payment's worth
	if c[len(c)-1] > 0 && t.Retention*k >= 1 {
		return math.NaN(), fmt.Errorf("clv: %w: retention %v and growth %v outrun the discount %v", ErrInfinite, t.Retention, t.Growth, t.Discount)
	}
	sum, factor := 0.0, 1.0
	for i, s := range c {
		if i > 0 || t.Timing != JustPaid {
			sum += s * factor
		}
		factor *= k
	}
	if last := c[len(c)-1]; last > 0 {
		sum += last * t.Retention * factor / (1 - t.Retention*k)
	}
	switch t.Timing {
	case JustPaid:
		sum /= 1 + t.Growth
	case PayAtEnd:
		sum /= 1 + t.Discount
	}
	return finite(sum)
}

// CLVFromCurve returns margin × [Curve.Multiple].
func CLVFromCurve(margin float64, c Curve, t Terms) (float64, error) {
	return product("margin", margin, c, t)
}

// LifetimeRevenueFromCurve returns revenue per period × [Curve.Multiple]; see [LifetimeRevenue].
func LifetimeRevenueFromCurve(revenue float64, c Curve, t Terms) (float64, error) {
	return product("revenue", revenue, c, t)
}

func product(what string, perPeriod float64, c Curve, t Terms) (float64, error) {
	if !(perPeriod >= 0) || math.IsInf(perPeriod, 0) {
		return math.NaN(), fmt.Errorf("clv: %w: %s %v per period; it is a number of 0 or more", ErrInvalid, what, perPeriod)
	}
	m, err := c.Multiple(t)
	if err != nil {
		return m, err
	}
	return finite(perPeriod * m)
}

func finite(v float64) (float64, error) {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return math.NaN(), fmt.Errorf("clv: %w: it passes the largest float64", ErrInfinite)
	}
	return v, nil
}

func (t Terms) check() error {
	switch {
	case t.Timing < PayAtStart || t.Timing > PayAtEnd:
		return fmt.Errorf("clv: %w: the timing is not set; choose PayAtStart, JustPaid or PayAtEnd", ErrInvalid)
	case !(t.Retention >= 0 && t.Retention <= 1):
		return fmt.Errorf("clv: %w: retention %v; it is in [0, 1]: write .8 for 80 %%", ErrInvalid, t.Retention)
	case !(t.Discount > -1) || math.IsInf(t.Discount, 0):
		return fmt.Errorf("clv: %w: discount %v per period; it is above -1: write .1 for 10 %%", ErrInvalid, t.Discount)
	case !(t.Growth > -1) || math.IsInf(t.Growth, 0):
		return fmt.Errorf("clv: %w: growth %v per period; it is above -1: write .03 for 3 %%", ErrInvalid, t.Growth)
	}
	return nil
}

// PeriodRate returns the discount rate of a period of which k make a year: (1+annual)^(1/k) - 1.
// NaN unless annual > -1 and k > 0.
func PeriodRate(annual, k float64) float64 {
	if !(annual > -1 && k > 0) {
		return math.NaN()
	}
	return math.Expm1(math.Log1p(annual) / k)
}

// ContinuousRate returns the continuous discount rate per period of which k make a year: ln(1+annual)/k.
// 15 % a year on weekly data is .0027. NaN unless annual > -1 and k > 0.
func ContinuousRate(annual, k float64) float64 {
	if !(annual > -1 && k > 0) {
		return math.NaN()
	}
	return math.Log1p(annual) / k
}

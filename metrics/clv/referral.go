package clv

import (
	"fmt"
	"math"
)

// Referrals are what is known of the customers whom a customer brings.
type Referrals struct {
	PerPeriod float64 // customers brought per period, 0 or more
	Periods   int     // for how many periods, 1 or more
	CLV       float64 // value of a customer who is brought, at the time of coming, 0 or more
	Otherwise float64 // share who would have come anyway, [0, 1]: their value is not the referral's
	Saved     float64 // acquisition cost saved on each, 0 or more
	Discount  float64 // per period, > -1
}

// Value returns the referral value of a customer, after Kumar, Petersen & Leone, "Driving profitability by encouraging
// customer referrals" (2010): whoever comes only because of the referral brings their value and the saved cost, whoever
// would have come anyway the saved cost alone,
//
//	Σ_{t=1}^T n ((1-a) CLV + saved) / (1+d)^t
//
// It is no part of the customer's own CLV, and the CLVs of those who were brought must not be counted a second time.
func (r Referrals) Value() (float64, error) {
	for _, v := range []float64{r.PerPeriod, r.CLV, r.Saved} {
		if !(v >= 0) || math.IsInf(v, 0) {
			return math.NaN(), fmt.Errorf("clv: %w: referrals %+v; numbers are 0 or more", ErrInvalid, r)
		}
	}
	if r.Periods < 1 || !(r.Otherwise >= 0 && r.Otherwise <= 1) || !(r.Discount > -1) || math.IsInf(r.Discount, 0) {
		return math.NaN(), fmt.Errorf("clv: %w: referrals %+v", ErrInvalid, r)
	}
	annuity, k := float64(r.Periods), 1/(1+r.Discount)
	if r.Discount != 0 {
		annuity = -math.Expm1(float64(r.Periods)*math.Log(k)) / r.Discount
	}
	return finite(r.PerPeriod * ((1-r.Otherwise)*r.CLV + r.Saved) * annuity)
}

// An Elasticity is how many per cent the value moves if its cause rises by one per cent.
type Elasticity struct {
	Retention float64 `json:"retention"`
	Discount  float64 `json:"discount"` // negative: a higher rate lowers the value
	Growth    float64 `json:"growth"`   // of the factor 1+g
	Margin    float64 `json:"margin"`   // always 1
}

// Elasticities returns those of [Terms.Multiple]: with u = 1+d-r(1+g), retention r(1+g)/u, and 1 more for JustPaid;
// discount -d/u, and d/(1+d) more for PayAtStart; growth r(1+g)/u. Gupta, Lehmann & Stuart, "Valuing customers" (2004),
// found 3 to 7 for retention in five companies.
func (t Terms) Elasticities() (Elasticity, error) {
	if _, err := t.Multiple(); err != nil {
		return Elasticity{math.NaN(), math.NaN(), math.NaN(), math.NaN()}, err
	}
	k := t.Retention * (1 + t.Growth)
	u := 1 + t.Discount - k
	e := Elasticity{Retention: k / u, Discount: -t.Discount / u, Growth: k / u, Margin: 1}
	switch t.Timing {
	case JustPaid:
		e.Retention++
	case PayAtStart:
		e.Discount += t.Discount / (1 + t.Discount)
	}
	return e, nil
}

// A PriceChange is a change of price in a market with constant price elasticity.
type PriceChange struct {
	Change     float64 // of the price, > -1: .05 is 5 % more
	Elasticity float64 // per cent of quantity for a per cent of price; negative where a higher price sells less
	CostShare  float64 // cost to serve as a share of the old price, [0, 1): 1 less the margin
}

// Factor returns what revenue and margin are multiplied by, per customer and period:
//
//	revenue (1+c)^(1+e),   margin (1+c)^e (1+c-k)/(1-k)
//
// with change c, elasticity e and cost share k. Retention is taken as it was; that customers leave over a price is for the
// terms to say. The margin's factor is negative where the price falls below the cost. Errors: ErrInvalid, and ErrInfinite
// for a factor beyond the largest float64.
func (p PriceChange) Factor() (revenue, margin float64, err error) {
	if !(p.Change > -1) || math.IsInf(p.Change, 0) || math.IsNaN(p.Elasticity) || math.IsInf(p.Elasticity, 0) || !(p.CostShare >= 0 && p.CostShare < 1) {
		return math.NaN(), math.NaN(), fmt.Errorf("clv: %w: price change %+v", ErrInvalid, p)
	}
	quantity := math.Pow(1+p.Change, p.Elasticity)
	if revenue, err = finite(quantity * (1 + p.Change)); err != nil {
		return revenue, revenue, err
	}
	if margin, err = finite(quantity * (1 + p.Change - p.CostShare) / (1 - p.CostShare)); err != nil {
		return margin, margin, err
	}
	return revenue, margin, nil
}

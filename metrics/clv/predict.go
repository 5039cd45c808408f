package clv

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/table"
)

// A Prediction is what a model expects of one customer.
type Prediction struct {
	ID       string  `json:"id,omitempty"`
	PAlive   float64 `json:"p-alive"`  // probability to be a customer still
	Expected float64 `json:"expected"` // orders expected within the horizon
	// The rest is 0 unless ValueOptions ask for it.
	Spend   float64 `json:"spend"`   // expected money of an order; NaN where its mean is infinite
	Revenue float64 `json:"revenue"` // discounted revenue expected within the horizon: LifetimeRevenue up to there
	CLV     float64 `json:"clv"`     // the same × margin; only with a margin
	// Weight is the number of customers that this one stands for, as in [Customer]; 0 means 1. The rest is of one of them.
	Weight float64 `json:"weight,omitempty"`
}

// weight returns the Weight that counts.
func (p *Prediction) weight() float64 { return Customer{Weight: p.Weight}.weight() }

// Predictions are a forecast for a base of customers, in the order of the summary.
type Predictions struct {
	Model     string       `json:"model"`
	Unit      Unit         `json:"unit"`
	Horizon   float64      `json:"horizon"`            // in units of time
	Currency  string       `json:"currency,omitempty"` // of the money; "" without
	HasValue  bool         `json:"has-value"`          // Spend and Revenue are set
	HasMargin bool         `json:"has-margin"`         // CLV is set
	Customers []Prediction `json:"customers"`
	// Caveat says what the model builds in that a reader of PAlive must know; "" where there is nothing.
	Caveat string `json:"caveat,omitempty"`
}

// ValueOptions say how expected orders become money.
type ValueOptions struct {
	Spend  *Fit[GammaGamma] // fitted to the same summary; required
	Margin float64          // share of revenue that is left after the cost to serve, (0, 1]; 0: not known, then no CLV is given
	// Discount per Period, > -1. Orders of a period are discounted at its end, as the papers do.
	Discount float64
	Period   float64 // length in units of time, such as 52./12 for a month of weeks; 0 means the unit itself
	// Acquisition is what it costs to win a customer, in the currency of Spend, for [ProspectValue]; for customers already
	// won it is sunk.
	Acquisition float64
}

// bgCaveat stands beside every forecast of BG/NBD.
const bgCaveat = "BG/NBD takes every customer without a repeat order for alive; for the share alive look at MBG/NBD or Pareto/NBD too"

// Predict returns for each customer of s the probability to be alive and the orders expected within the horizon, in the
// unit of the summary; with value options their money too, in the currency of the summary. The fit's unit must be the
// summary's, else ErrUnits, and the currency of the spend model too, else [cxmodel.ErrMixed], or ErrNoCurrency where none is
// known: for parameters from elsewhere write &Fit[BGNBD]{Model: m, Unit: clv.Week} and &Fit[GammaGamma]{Model: m,
// Currency: "EUR"}. Other errors: ErrNoData where fit or customers are missing, ErrInvalid for a customer or model out of
// range, ErrOption, ErrInfinite.
func Predict[M Model](ctx context.Context, f *Fit[M], s *Summary, horizon float64, value *ValueOptions) (*Predictions, error) {
	m, err := usable(f, s)
	if err != nil {
		return nil, err
	}
	_, occasions := m.(BGBB)
	if !positive(horizon) || occasions && !whole(horizon) {
		return nil, fmt.Errorf("clv: %w: horizon %v", ErrOption, horizon)
	}
	weights := []discountAt{{horizon, 1}}
	if value != nil {
		if weights, err = value.schedule(horizon, occasions); err != nil {
			return nil, err
		}
		if c := value.Spend.Currency; c != s.Currency {
			return nil, fmt.Errorf("clv: %w: the spend model is in %q, the summary in %q; set Summary.Currency, or fit the spend to this summary", cxmodel.ErrMixed, c, s.Currency)
		}
	}
	out := &Predictions{Model: m.Name(), Unit: s.Unit, Horizon: horizon, Customers: make([]Prediction, len(s.Customers))}
	if m.Name() == (BGNBD{}).Name() {
		out.Caveat = bgCaveat
	}
	check := Customer.check
	if occasions {
		check = checkOccasions
	}
	_, pareto := m.(ParetoNBD)
	byRecency := pareto || occasions // their P(alive) is dear enough to be worked out once for each (x, t_x, T)
	parts := min(runtime.GOMAXPROCS(0), (len(s.Customers)+4095)/4096)
	errs := make([]error, parts)
	inParallel(parts, func(k int) {
		from, to := k*len(s.Customers)/parts, (k+1)*len(s.Customers)/parts
		errs[k] = predictPart(ctx, m, s.Customers[from:to], from, out.Customers[from:to], check, byRecency, weights, value)
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	if value != nil {
		out.HasValue, out.HasMargin, out.Currency = true, value.Margin > 0, s.Currency
	}
	return out, nil
}

// predictPart fills the predictions of some customers; first is the number of the first of them. What is expected of a
// customer who is alive depends on frequency and age only, so it is worked out once for each pair that occurs.
func predictPart(ctx context.Context, m Model, customers []Customer, first int, out []Prediction, check func(Customer) error, byRecency bool, weights []discountAt, value *ValueOptions) error {
	type kind struct{ alive, orders, worth float64 }
	var index cellIndex
	var kinds []kind
	for i := range customers {
		if i&0xfff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c, p := &customers[i], &out[i]
		err := check(*c)
		if err == nil && value != nil && (math.IsNaN(c.MeanSpend) || math.IsInf(c.MeanSpend, 0)) {
			err = fmt.Errorf("mean spend %v; it is a finite number", c.MeanSpend)
		}
		if err != nil {
			return customerError(*c, first+i, err)
		}
		key := cell{x: int32(c.Frequency), age: c.Age}
		if byRecency {
			key.tx = c.Recency
		}
		at := int(index.find(key))
		if at == len(kinds) {
			var k kind
			for _, w := range weights {
				now := m.expectedAlive(*c, w.until)
				k.worth += w.factor * (now - k.orders)
				k.orders = now
			}
			if byRecency {
				k.alive = m.PAlive(*c)
			}
			kinds = append(kinds, k)
		}
		k := &kinds[at]
		p.ID, p.Weight, p.PAlive = c.ID, c.Weight, k.alive
		if !byRecency {
			p.PAlive = m.PAlive(*c)
		}
		p.Expected = p.PAlive * k.orders
		if value != nil {
			value.apply(p, c, p.PAlive*k.worth)
		}
	}
	return nil
}

// discountAt is the end of a period and what an order in it is worth today.
type discountAt struct{ until, factor float64 }

// schedule cuts the horizon into periods; the last may be shorter.
func (v *ValueOptions) schedule(horizon float64, occasions bool) ([]discountAt, error) {
	period := v.Period
	if period == 0 {
		period = 1
	}
	switch {
	case v.Spend == nil:
		return nil, fmt.Errorf("clv: %w: Spend is not set; fit it with FitGammaGamma", ErrOption)
	case !v.Spend.Model.valid():
		return nil, fmt.Errorf("clv: %w: Spend has parameters %v; fit it with FitGammaGamma", ErrOption, v.Spend.Model.Parameters())
	case !(v.Margin >= 0 && v.Margin <= 1):
		return nil, fmt.Errorf("clv: %w: Margin %v; it is a share of revenue in (0, 1]: write .3 for 30 %%", ErrOption, v.Margin)
	case !(v.Discount > -1) || math.IsInf(v.Discount, 0):
		return nil, fmt.Errorf("clv: %w: Discount %v per period; write .01 for 1 %%", ErrOption, v.Discount)
	case !(v.Acquisition >= 0) || math.IsInf(v.Acquisition, 0):
		return nil, fmt.Errorf("clv: %w: Acquisition %v; it is a cost of 0 or more", ErrOption, v.Acquisition)
	case !positive(period) || occasions && !whole(period) || horizon/period > 10_000:
		return nil, fmt.Errorf("clv: %w: Period %v in a horizon of %v; at most 10,000 periods", ErrOption, period, horizon)
	}
	if err := knownCurrency("the spend model", v.Spend.Currency); err != nil {
		return nil, err
	}
	n := int(math.Ceil(horizon/period - 1e-9))
	out := make([]discountAt, n)
	for k := range out {
		out[k] = discountAt{min(horizon, float64(k+1)*period), math.Pow(1+v.Discount, -float64(k+1))}
	}
	out[n-1].until = horizon
	if math.IsInf(out[n-1].factor, 0) {
		return nil, fmt.Errorf("clv: %w: Discount %v per period over %d periods", ErrInfinite, v.Discount, n)
	}
	return out, nil
}

// knownCurrency fails unless code is an ISO 4217 code.
func knownCurrency(what, code string) error {
	if code == "" {
		return fmt.Errorf("clv: %w: %s does not say it; set Currency to a code such as EUR", ErrNoCurrency, what)
	}
	if _, err := cxmodel.NewMoney(0, 0, code); err != nil {
		return fmt.Errorf("clv: %s: %w", what, err)
	}
	return nil
}

// apply fills the money of p; worth is the discounted number of orders.
func (v *ValueOptions) apply(p *Prediction, c *Customer, worth float64) {
	known := *c
	if known.MeanSpend <= 0 { // free orders or refunds: nothing is known of what this customer pays
		known.Frequency = 0
	}
	spend, err := v.Spend.Model.ExpectedSpend(known)
	if err != nil {
		spend = math.NaN()
	}
	p.Spend, p.Revenue = spend, spend*worth
	if v.Margin > 0 {
		p.CLV = v.Margin * p.Revenue
	}
}

// A Prospect is what a customer yet to be won is worth over a horizon.
type Prospect struct {
	Orders   float64 `json:"orders"`   // expected, the first included
	Currency string  `json:"currency"` // of the money
	Revenue  float64 `json:"revenue"`  // discounted, the first order at once
	CLV      float64 `json:"clv"`      // Revenue × margin; NaN without a margin
	Net      float64 `json:"net"`      // CLV less the acquisition cost: below 0, a customer costs more to win than the horizon brings
}

// ProspectValue returns the value of a new customer over the horizon: the first order now, then what the model expects.
// Errors: ErrNoMean where the mean spend is infinite, ErrNoData without a fit, ErrNoCurrency, ErrOption, ErrInvalid,
// ErrInfinite.
func ProspectValue[M Model](f *Fit[M], horizon float64, value *ValueOptions) (Prospect, error) {
	var v ValueOptions
	if value != nil {
		v = *value
	}
	if f == nil {
		return Prospect{}, errNoFit()
	}
	var m Model = f.Model
	_, occasions := m.(BGBB)
	if !m.valid() || !positive(horizon) || occasions && !whole(horizon) {
		return Prospect{}, fmt.Errorf("clv: %w: %s %v over a horizon of %v", ErrInvalid, m.Name(), m.Parameters(), horizon)
	}
	weights, err := v.schedule(horizon, occasions)
	if err != nil {
		return Prospect{}, err
	}
	spend, err := v.Spend.Model.Mean()
	if err != nil {
		return Prospect{}, err
	}
	p := Prospect{Orders: 1 + m.Expected(horizon), Currency: v.Spend.Currency}
	worth, last := 1.0, 0.0
	for _, w := range weights {
		now := m.Expected(w.until)
		worth += w.factor * (now - last)
		last = now
	}
	p.Revenue = worth * spend
	p.CLV, p.Net = math.NaN(), math.NaN()
	if v.Margin > 0 {
		p.CLV = v.Margin * p.Revenue
		p.Net = p.CLV - v.Acquisition
	}
	return p, nil
}

// Expected returns the expected number of orders of all customers within the horizon, weights counted.
func (p *Predictions) Expected() float64 {
	sum := 0.0
	for i := range p.Customers {
		sum += p.Customers[i].weight() * p.Customers[i].Expected
	}
	return sum
}

// Equity returns the customer equity, the sum of CLV over all customers, weights counted, or ErrInvalid with NaN where no margin was
// given, or ErrNoMean where the mean spend is infinite.
func (p *Predictions) Equity() (float64, error) {
	if !p.HasMargin {
		return math.NaN(), fmt.Errorf("clv: %w: without a margin there is no CLV; sum Revenue for the lifetime revenue", ErrInvalid)
	}
	sum := 0.0
	for i := range p.Customers {
		sum += p.Customers[i].weight() * p.Customers[i].CLV
	}
	if math.IsNaN(sum) {
		return sum, fmt.Errorf("clv: %w: customers without repeat orders have no expected spend", ErrNoMean)
	}
	return sum, nil
}

// WriteCSV writes one row a customer under a heading, money with its currency beside it. Names that a spreadsheet would take for a formula get an apostrophe.
func (p *Predictions) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"id", "p-alive", "expected"}
	if p.HasValue {
		head = append(head, "currency", "spend", "revenue")
	}
	if p.HasMargin {
		head = append(head, "clv")
	}
	if err := out.Write(head); err != nil {
		return err
	}
	row := make([]string, 0, len(head))
	for _, c := range p.Customers {
		row = append(row[:0], table.Defuse(c.ID), number(c.PAlive), number(c.Expected))
		if p.HasValue {
			row = append(row, p.Currency, number(c.Spend), number(c.Revenue))
		}
		if p.HasMargin {
			row = append(row, number(c.CLV))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// number writes six digits; nothing for NaN.
func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

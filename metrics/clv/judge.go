package clv

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A HoldoutRow compares what customers of one frequency did in the holdout with what was expected of them.
type HoldoutRow struct {
	Frequency int              `json:"frequency"` // x in the calibration; of the last row, x or more
	Actual    metrics.Estimate `json:"actual"`    // mean orders in the holdout, with its interval
	Expected  float64          `json:"expected"`  // mean expected orders
}

// HoldoutTable predicts the holdout from the calibration and compares, by frequency 0, 1, … up to most, in which the
// higher ones are taken together. s must have a holdout, else ErrNoData; ErrInvalid where customers have weights.
func HoldoutTable[M Model](ctx context.Context, f *Fit[M], s *Summary, most int) ([]HoldoutRow, error) {
	if s == nil || len(s.Holdout) != len(s.Customers) || len(s.Holdout) == 0 {
		return nil, fmt.Errorf("clv: %w: the summary has no holdout; set HoldoutEnd", ErrNoData)
	}
	if most < 0 || most > 10_000 {
		return nil, fmt.Errorf("clv: %w: most is %d", ErrOption, most)
	}
	if err := s.unweighted(); err != nil {
		return nil, err
	}
	p, err := Predict(ctx, f, s, s.HoldoutSpan, nil)
	if err != nil {
		return nil, err
	}
	type group struct {
		n                     int
		mean, m2, expectedSum float64
	}
	groups := make([]group, most+1)
	for i, c := range s.Customers {
		g := &groups[min(c.Frequency, most)]
		g.n++
		v := float64(s.Holdout[i].Frequency)
		d := v - g.mean
		g.mean += d / float64(g.n)
		g.m2 += d * (v - g.mean)
		g.expectedSum += p.Customers[i].Expected
	}
	var out []HoldoutRow
	for x, g := range groups {
		if g.n > 0 {
			out = append(out, HoldoutRow{
				Frequency: x,
				Actual:    meanEstimate("orders in the holdout", "orders of customers", metrics.UnitCount, 0, g.mean, g.m2, g.n),
				Expected:  g.expectedSum / float64(g.n),
			})
		}
	}
	return out, nil
}

// A TrackRow is one period of a tracking curve: repeat order days of all customers, seen and expected.
type TrackRow struct {
	Until     cxmodel.Date `json:"until"`  // last day of the period
	Actual    float64      `json:"actual"` // within the period
	Expected  float64      `json:"expected"`
	ActualC   float64      `json:"actual-cumulative"` // from the beginning on
	ExpectedC float64      `json:"expected-cumulative"`
}

// Track compares the repeat orders of all customers over time with what the model expects of them from the day of their
// first order on, period by period of so many days from the first day of the log to the end of the holdout; a last part
// of a period is left out. s must come from [Summarize]; BG/BB, whose occasions are no dates, is refused, and so are more
// than 10,000 periods: an order of the year 1 among those of today is a slip.
func Track[M Model](f *Fit[M], s *Summary, periodDays int) ([]TrackRow, error) {
	if s == nil || len(s.Daily) == 0 {
		return nil, fmt.Errorf("clv: %w: the summary has no daily counts; Summarize makes them", ErrNoData)
	}
	m, err := modelFor(f, s)
	if err != nil {
		return nil, err
	}
	if _, occasions := m.(BGBB); occasions || periodDays < 1 {
		return nil, fmt.Errorf("clv: %w: %s by %d days", ErrOption, m.Name(), periodDays)
	}
	start := s.Daily[0].Day
	end := s.End
	if !s.HoldoutEnd.IsZero() {
		end = s.HoldoutEnd
	}
	for i, d := range s.Daily {
		if i > 0 && !s.Daily[i-1].Day.Before(d.Day) || end.Before(d.Day) {
			return nil, fmt.Errorf("clv: %w: a daily count of %v in a log from %v to %v is out of order; Summarize makes them", ErrInvalid, d.Day, start, end)
		}
	}
	periods := (end.DaysSince(start) + 1) / periodDays
	if periods > 10_000 {
		return nil, fmt.Errorf("clv: %w: %d periods of %d days from %v to %v; at most 10,000", ErrOption, periods, periodDays, start, end)
	}
	type newcomers struct {
		day int // from the start
		n   float64
	}
	var firsts []newcomers
	for _, d := range s.Daily {
		if d.First > 0 {
			firsts = append(firsts, newcomers{d.Day.DaysSince(start), float64(d.First)})
		}
	}
	// Expected orders by the age in days of a customer at the end of a period; -1 is not worked out yet.
	byAge := slices.Repeat([]float64{-1}, periods*periodDays+1)
	var out []TrackRow
	last := TrackRow{}
	at := 0
	for k := 1; k <= periods; k++ {
		row := TrackRow{Until: start.AddDays(k*periodDays - 1), ActualC: last.ActualC}
		for ; at < len(s.Daily) && !row.Until.Before(s.Daily[at].Day); at++ {
			row.ActualC += float64(s.Daily[at].Repeat)
		}
		for _, f := range firsts {
			// To the midnight that ends the period: a customer of the first day has then lived k periods.
			age := k*periodDays - f.day
			if age <= 0 {
				break
			}
			if byAge[age] < 0 {
				byAge[age] = m.Expected(float64(age) / s.Unit.Days())
			}
			row.ExpectedC += f.n * byAge[age]
		}
		row.Actual, row.Expected = row.ActualC-last.ActualC, row.ExpectedC-last.ExpectedC
		out = append(out, row)
		last = row
	}
	return out, nil
}

// A Candidate is a fit of any model, as [Rank] compares them.
type Candidate interface {
	AIC() float64
	BIC() float64
	judged() (judged, error)
}

// A judged is what Rank needs of a fit.
type judged struct {
	Ranked
	kind      string // of what the likelihood is of: only those of one kind compare
	customers float64
	unit      Unit
}

func (f *Fit[M]) judged() (j judged, err error) {
	if f == nil {
		return j, errNoFit()
	}
	j.customers, j.unit = f.Customers, f.Unit
	switch m := any(&f.Model).(type) {
	case *BGNBD, *MBGNBD, *ParetoNBD:
		j.kind = "orders at any time"
	case *BGBB:
		j.kind = "orders on fixed occasions"
	case *GammaGamma:
		j.kind = "money"
	case *SBG, *BdW:
		j.kind = "renewals"
	default:
		return j, fmt.Errorf("clv: %w: %T is no model of this package", ErrInvalid, m)
	}
	j.Ranked = Ranked{Model: any(&f.Model).(settable).Name(), LogLikelihood: f.LogLikelihood, AIC: f.AIC(), BIC: f.BIC(), Status: f.Status}
	return j, nil
}

// A Ranked is a model among others fitted to the same customers.
type Ranked struct {
	Model         string  `json:"model"`
	LogLikelihood float64 `json:"log-likelihood"`
	AIC           float64 `json:"aic"`
	BIC           float64 `json:"bic"`
	Weight        float64 `json:"weight"` // Akaike weight: the model's share of the evidence among those compared, [0, 1]
	Status        Status  `json:"status"`
}

// Rank compares models fitted to the same customers, the one with the lowest AIC first. Fits to other numbers of
// customers, in other units of time, or of something else (money, renewals, orders on fixed occasions or at any time) have
// likelihoods that cannot be compared: ErrInvalid. ErrNoData where there is no fit.
func Rank(fits ...Candidate) ([]Ranked, error) {
	if len(fits) == 0 {
		return nil, fmt.Errorf("clv: %w: no fit to compare", ErrNoData)
	}
	var out []Ranked
	var first judged
	for i, f := range fits {
		if f == nil {
			return nil, errNoFit()
		}
		j, err := f.judged()
		if err != nil {
			return nil, err
		}
		if i == 0 {
			first = j
		}
		if j.kind != first.kind {
			return nil, fmt.Errorf("clv: %w: %s is a model of %s, %s one of %s; they do not compare", ErrInvalid, j.Model, j.kind, first.Model, first.kind)
		}
		if j.customers != first.customers || j.unit != first.unit {
			return nil, fmt.Errorf("clv: %w: %s is fitted to %.0f customers in %vs, the first to %.0f in %vs", ErrInvalid, j.Model, j.customers, j.unit, first.customers, first.unit)
		}
		out = append(out, j.Ranked)
	}
	slices.SortStableFunc(out, func(a, b Ranked) int { return cmp.Compare(a.AIC, b.AIC) })
	total := 0.0
	for i := range out {
		out[i].Weight = math.Exp((out[0].AIC - out[i].AIC) / 2)
		total += out[i].Weight
	}
	for i := range out {
		out[i].Weight /= total
	}
	return out, nil
}

// An AliveShare is the share of customers that a model takes for alive at the end of the calibration.
type AliveShare struct {
	Model  string  `json:"model"`
	Share  float64 `json:"share"`  // [0, 1]
	Status Status  `json:"status"` // of the fit
	Caveat string  `json:"caveat,omitempty"`
}

// ShareAlive fits MBG/NBD, Pareto/NBD and BG/NBD and returns the share of customers alive by each. They stand together
// because they differ more than their errors: on the CDNOW sample BG/NBD says 81 %, where it takes everybody without a
// repeat order for alive, and the other two 45 %.
func ShareAlive(ctx context.Context, s *Summary) ([]AliveShare, error) {
	mbg, err := FitMBGNBD(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	pareto, err := FitParetoNBD(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	bg, err := FitBGNBD(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	share := func(m Model, status Status, caveat string) AliveShare {
		sum, n := 0.0, 0.0
		for _, c := range s.Customers {
			sum += c.weight() * m.PAlive(c)
			n += c.weight()
		}
		return AliveShare{m.Name(), sum / n, status, caveat}
	}
	return []AliveShare{share(mbg.Model, mbg.Status, ""), share(pareto.Model, pareto.Status, ""), share(bg.Model, bg.Status, bgCaveat)}, nil
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

var valueCommand = &command{name: "value", args: "ORDERS", short: "orders in, what customers are worth out", run: runValue, long: `
value reads orders (a CSV file with customer, time, amount and currency), says
what they show by themselves, fits three models of buying and leaving, and
forecasts the orders and the money of every customer. With -holdout the models
are fitted to the orders before that day, and checked against those after it.

Money is revenue, unless -margin says what is left of it. The intervals of the
customers hold the doubt about the model's parameters, not the chance that is in
any one customer.

The format follows the name of the file; without one it is text. CSV has one row
a customer.

Examples:

  cx value orders.csv
  cx value -holdout 1997-10-01 -horizon 26 orders.csv
  cx value -margin 0.3 -discount 0.1 -o value.html orders.csv
  cx value -format csv orders.csv > customers.csv
  cx value -column Kunde=customer -column Datum=time -column Betrag=amount \
    -dates dd.mm.yyyy -decimal comma -currency EUR orders.csv
`}

// A valuation is what value has to say.
type valuation struct {
	Overview *clv.Overview    `json:"overview"`
	Models   []clv.Ranked     `json:"models"`
	Alive    []clv.AliveShare `json:"alive"`
	Holdout  []clv.HoldoutRow `json:"holdout,omitempty"`
	Spend    string           `json:"spend"` // why there is no money, or the fit of the spend model
	Forecast *clv.Predictions `json:"forecast"`
	Best     []bestCustomer   `json:"best"`
	pictures func(io.Writer) error
	horizon  string

	fits      []clv.Candidate
	forecasts map[string]func(*clv.ValueOptions) error // by model
	left      []string                                 // models that did not converge
}

// A bestCustomer is one of the most valuable, with the interval of the orders expected.
type bestCustomer struct {
	Customer clv.Prediction   `json:"customer"`
	Orders   metrics.Estimate `json:"orders"`
}

type valueFlags struct {
	holdout  cxmodel.Date
	horizon  float64
	margin   float64
	discount float64
	most     int
}

func runValue(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	form := e.flags.String("format", "", "`text`, html, csv or json")
	currency := e.flags.String("currency", "", "`code` of the money, such as EUR, for a file without such a column")
	var columns, layouts []string
	e.flags.Func("column", "a column that is called otherwise: `HEADING=FIELD`, where FIELD is customer, time, amount or currency; again for each", collect(&columns))
	e.dates(&layouts)
	var decimal byte
	e.decimal(&decimal)
	var f valueFlags
	e.flags.Func("holdout", "first `day` of the orders that the forecast is checked against, such as 2026-07-01", func(s string) error {
		return f.holdout.UnmarshalText([]byte(s))
	})
	e.flags.Float64Var(&f.horizon, "horizon", 52, "how many `weeks` are forecast")
	e.flags.Float64Var(&f.margin, "margin", 0, "`share` of the revenue that is left after the cost to serve, above 0 and at most 1")
	e.flags.Float64Var(&f.discount, "discount", 0, "discount `rate` a year, such as 0.1")
	e.flags.IntVar(&f.most, "top", 10, "how `many` of the most valuable customers are listed")
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	kind, err := formatOf(*form, *out, "text", "html", "csv", "json")
	if err != nil {
		return err
	}
	switch {
	case !(f.horizon > 0) || math.IsInf(f.horizon, 0):
		return usage("the horizon is a number of weeks above 0")
	case !(f.margin >= 0 && f.margin <= 1):
		return usage("the margin is a share of the revenue, above 0 and at most 1")
	case !(f.discount > -1) || math.IsInf(f.discount, 0):
		return usage("the discount rate is above -1, such as 0.1")
	case f.most < 0:
		return usage("-top is 0 or more")
	}
	ro := &clv.ReaderOptions{Name: called(rest[0]), Currency: *currency, Layouts: layouts, Decimal: decimal}
	if ro.Columns, err = orderColumns(columns); err != nil {
		return err
	}
	data, err := e.read(rest[0])
	if err != nil {
		return err
	}
	if first := bytes.TrimSpace(data); len(first) > 0 && (first[0] == '[' || first[0] == '{') {
		return fmt.Errorf("%s is JSON; value reads CSV with a heading", ro.Name)
	}
	v, err := e.value(data, ro, f)
	if err != nil && !strings.Contains(err.Error(), ro.Name) {
		err = fmt.Errorf("%s: %w", ro.Name, err)
	}
	if err != nil && (v == nil || kind != "text") {
		return err
	}
	write := v.text
	switch kind {
	case "html":
		write = v.page
	case "csv":
		write = v.Forecast.WriteCSV
	case "json":
		write = func(w io.Writer) error { return writeJSON(w, v) }
	}
	return errors.Join(e.write(*out, write), err)
}

// orderColumns reads the -column flags.
func orderColumns(specs []string) (clv.Columns, error) {
	var c clv.Columns
	for _, s := range specs {
		heading, field := cutLast(s)
		switch field {
		case "customer":
			c.Customer = heading
		case "time":
			c.Time = heading
		case "amount":
			c.Amount = heading
		case "currency":
			c.Currency = heading
		default:
			return c, usage("there is no field %q; use customer, time, amount or currency", field)
		}
	}
	return c, nil
}

// value reads the orders twice: once for what they show, once for what the models take. Where no model can be fitted
// there is an error beside what the orders show.
func (e *env) value(data []byte, opts *clv.ReaderOptions, f valueFlags) (*valuation, error) {
	ctx := context.Background()
	reader := clv.NewReader(bytes.NewReader(data), opts)
	overview, err := clv.Describe(ctx, reader.All(), nil)
	issues, rejected := reader.Rejected()
	listRows(e.stderr, issues)
	if rejected > 0 {
		say(e.stderr, "%s of %s rejected\n", plural(rejected, "row"), opts.Name)
	}
	if err != nil {
		return nil, err
	}
	so := &clv.SummaryOptions{Unit: clv.Week}
	if !f.holdout.IsZero() {
		if !overview.First.Before(f.holdout) || overview.Last.Before(f.holdout) {
			return nil, usage("-holdout is a day after the first order, %v, and not after the last, %v", overview.First, overview.Last)
		}
		so.End, so.HoldoutEnd = f.holdout.AddDays(-1), overview.Last
	}
	s, err := clv.Summarize(ctx, clv.NewReader(bytes.NewReader(data), opts).All(), so)
	if err != nil {
		return nil, err
	}
	v := &valuation{Overview: overview, horizon: fmt.Sprintf("%g weeks", f.horizon), forecasts: map[string]func(*clv.ValueOptions) error{}}
	err = errors.Join(attempt(ctx, v, s, f, clv.FitParetoNBD), attempt(ctx, v, s, f, clv.FitMBGNBD), attempt(ctx, v, s, f, clv.FitBGNBD))
	switch {
	case errors.Is(err, clv.ErrNoRepeats):
		return v, errors.New("no customer has bought on a second day that the models see, so that they have nothing to learn from; a longer time of orders cures it")
	case err != nil:
		return nil, err
	case len(v.fits) == 0:
		return v, fmt.Errorf("no model can be fitted, %s; more customers or a longer time of orders cure it", strings.Join(v.left, ", "))
	}
	if v.Models, err = clv.Rank(v.fits...); err != nil {
		return nil, err
	}
	if v.Alive, err = clv.ShareAlive(ctx, s); err != nil && !errors.Is(err, clv.ErrNoFit) {
		return nil, err
	}
	worth, err := v.spend(ctx, s, f)
	if err != nil {
		return nil, err
	}
	return v, v.forecasts[v.Models[0].Model](worth)
}

// attempt fits a model. One that does not converge is left out, and told.
func attempt[M clv.Model](ctx context.Context, v *valuation, s *clv.Summary, f valueFlags, fit func(context.Context, *clv.Summary, *clv.FitOptions) (*clv.Fit[M], error)) error {
	m, err := fit(ctx, s, nil)
	if errors.Is(err, clv.ErrNoFit) {
		v.left = append(v.left, fmt.Sprintf("%s did not converge", m.Model.Name()))
		return nil
	}
	if err != nil {
		return err
	}
	v.fits = append(v.fits, m)
	v.forecasts[m.Model.Name()] = func(worth *clv.ValueOptions) error { return forecast(ctx, v, m, s, worth, f) }
	return nil
}

// spend fits the money of an order; without a fit there is a forecast of orders alone, and the reason.
func (v *valuation) spend(ctx context.Context, s *clv.Summary, f valueFlags) (*clv.ValueOptions, error) {
	fit, err := clv.FitGammaGamma(ctx, s, nil)
	if err == nil {
		_, err = fit.Model.Mean()
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		v.Spend = "no money is forecast: " + inWords(err.Error())
		return nil, nil
	}
	v.Spend = fit.String()
	return &clv.ValueOptions{Spend: fit, Margin: f.margin, Discount: clv.PeriodRate(f.discount, 12), Period: 52. / 12}, nil
}

// forecast fills in what depends on the model.
func forecast[M clv.Model](ctx context.Context, v *valuation, fit *clv.Fit[M], s *clv.Summary, worth *clv.ValueOptions, f valueFlags) error {
	var err error
	if v.Forecast, err = clv.Predict(ctx, fit, s, f.horizon, worth); err != nil {
		return err
	}
	if !f.holdout.IsZero() {
		if v.Holdout, err = clv.HoldoutTable(ctx, fit, s, 7); err != nil {
			return err
		}
	}
	order := make([]int, len(v.Forecast.Customers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		a, b := v.Forecast.Customers[x], v.Forecast.Customers[y]
		return cmp.Or(cmp.Compare(v.worth(b), v.worth(a)), cmp.Compare(b.Expected, a.Expected))
	})
	for _, i := range order[:min(f.most, len(order))] {
		best := bestCustomer{Customer: v.Forecast.Customers[i]}
		best.Orders, err = clv.DeltaInterval(fit, "orders", metrics.UnitCount, 0, func(m M) float64 { return m.ConditionalExpected(s.Customers[i], f.horizon) })
		if err != nil { // the point stands, its interval is not known
			best.Orders = metrics.Estimate{Metric: "orders", Unit: metrics.UnitCount, Value: best.Customer.Expected, Low: math.NaN(), High: math.NaN(), StdErr: math.NaN()}
		}
		v.Best = append(v.Best, best)
	}
	v.pictures = func(w io.Writer) error { return valuePictures(w, fit, s, f.holdout) }
	return nil
}

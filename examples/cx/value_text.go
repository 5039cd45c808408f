package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// number writes a forecast as people read it.
func number(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	return fmt.Sprintf("%.2f", x)
}

func span(e metrics.Estimate) string {
	if math.IsNaN(e.Low) || math.IsNaN(e.High) {
		return "n/a"
	}
	return number(e.Low) + " to " + number(e.High)
}

// money names the column of the money: CLV where a margin is known, revenue where it is not.
func (v *valuation) money() string {
	switch {
	case v.Forecast.HasMargin:
		return "CLV"
	case v.Forecast.HasValue:
		return "revenue"
	}
	return ""
}

// worth is the forecast money of a customer, in the column that money names.
func (v *valuation) worth(c clv.Prediction) float64 {
	if v.Forecast.HasMargin {
		return c.CLV
	}
	return c.Revenue
}

// tables returns what the text and the page both show.
func (v *valuation) tables() (models, holdout, best textTable) {
	models = textTable{head: []string{"model", "log-likelihood", "AIC", "weight", "alive", "status"}}
	for _, m := range v.Models {
		alive := "n/a"
		for _, a := range v.Alive {
			if a.Model == m.Model {
				alive = fmt.Sprintf("%.0f %%", 100*a.Share)
			}
		}
		models.add(m.Model, fmt.Sprintf("%.2f", m.LogLikelihood), fmt.Sprintf("%.2f", m.AIC), fmt.Sprintf("%.2f", m.Weight), alive, m.Status.String())
	}
	holdout = textTable{head: []string{"orders before", "customers", "actual", "interval", "expected"}}
	for i, h := range v.Holdout {
		x := fmt.Sprint(h.Frequency)
		if i == len(v.Holdout)-1 {
			x += " or more"
		}
		holdout.add(x, fmt.Sprint(h.Actual.N), number(h.Actual.Value), span(h.Actual), number(h.Expected))
	}
	best = textTable{head: []string{"customer", "alive", "orders", "interval"}, max: 24}
	if v.Forecast.HasValue {
		best.head = append(best.head, "spend", v.money())
	}
	for _, b := range v.Best {
		c := b.Customer
		row := []string{c.ID, fmt.Sprintf("%.0f %%", 100*c.PAlive), number(c.Expected), span(b.Orders)}
		if v.Forecast.HasValue {
			row = append(row, number(c.Spend), number(v.worth(c)))
		}
		best.add(row...)
	}
	return models, holdout, best
}

// sums returns what is expected of all customers together.
func (v *valuation) sums() string {
	s := fmt.Sprintf("All customers: %.0f orders expected within %s", v.Forecast.Expected(), v.horizon)
	if !v.Forecast.HasValue {
		return s
	}
	total := 0.
	for _, c := range v.Forecast.Customers {
		total += v.worth(c)
	}
	what := "a lifetime revenue up to there of"
	if v.Forecast.HasMargin {
		what = "a customer lifetime value up to there of"
	}
	return fmt.Sprintf("%s, %s %.2f %s", s, what, total, v.Forecast.Currency)
}

// legend explains the words of the tables, as far as they stand there.
func (v *valuation) legend() []string {
	out := []string{"alive: the share of all customers who still are customers, by the model; weight: the share of the evidence among these models."}
	for _, m := range v.Models {
		if m.Status == clv.Boundary {
			out = append(out, "boundary: these orders do not determine all of the model. Then an interval may not be available (n/a), 100 % alive says that nobody "+
				"was seen to leave, and the forecast is a rough one that may not tell customers apart. More customers, or a longer time, cure it.")
			break
		}
	}
	for _, a := range v.Alive {
		if a.Caveat != "" {
			out = append(out, a.Caveat+".")
		}
	}
	if len(v.left) > 0 {
		out = append(out, "Left out: "+strings.Join(v.left, ", ")+".")
	}
	return append(out, "Money of an order: "+v.Spend+".")
}

// text prints the valuation in 80 columns; the overview alone where there is no forecast.
func (v *valuation) text(w io.Writer) error {
	var b strings.Builder
	para := func(s string) {
		for _, line := range fold(visible(s), 80) {
			b.WriteString(line + "\n")
		}
	}
	for line := range strings.Lines(v.Overview.String()) {
		para(line)
	}
	if v.Forecast != nil {
		models, holdout, best := v.tables()
		b.WriteString("\nModels of buying and leaving, the likeliest first\n\n")
		models.write(&b)
		b.WriteByte('\n')
		for _, s := range v.legend() {
			para(s)
		}
		if len(v.Holdout) > 0 {
			fmt.Fprintf(&b, "\nOrders after the models' last day, actual and expected (%s)\n\n", v.Forecast.Model)
			holdout.write(&b)
		}
		fmt.Fprintf(&b, "\nMost valuable customers, next %s (%s)\n\n", v.horizon, v.Forecast.Model)
		best.write(&b)
		b.WriteByte('\n')
		para(v.sums() + ".")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

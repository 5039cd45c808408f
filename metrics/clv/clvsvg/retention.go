package clvsvg

import (
	"fmt"
	"io"
	"strconv"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/metrics/clv"
)

// Retention draws the share of a cohort that is left after each renewal: what was seen as points, what the model says as
// a line, broken beyond the last count. renewals says how far, 1 to 500. A nil model draws the cohort alone. ErrOption for
// arguments that cannot be drawn, with the error of [clv.Cohort.Check] for a cohort that is none.
func Retention(w io.Writer, cohort clv.Cohort, m clv.Contract, renewals int, opts *Options) error {
	o, l, err := opts.resolve()
	if err != nil {
		return err
	}
	ages := cohort.Ages
	if ages == nil {
		for i := range cohort.Alive {
			ages = append(ages, i)
		}
	}
	if renewals < 1 || renewals > 500 {
		return fmt.Errorf("clvsvg: %w: %d renewals; 1 to 500 can be drawn", ErrOption, renewals)
	}
	if err := cohort.Check(); err != nil {
		return fmt.Errorf("clvsvg: %w: %w", ErrOption, err)
	}
	last := min(ages[len(ages)-1], renewals)
	legend := []entry{{text: l.Seen, paint: svg.Category(0), dot: true}}
	var xs, ys []float64
	description := l.Retention
	if m != nil {
		legend = append(legend, entry{text: l.Projected + ", " + m.Name(), paint: svg.Category(1), dash: []float64{6, 4}})
		for t := 0; t <= renewals; t++ {
			xs, ys = append(xs, float64(t)), append(ys, 100*m.Survival(t))
		}
		if _, err := drawable("share", ys...); err != nil {
			return err
		}
		description = fmt.Sprintf("%s: %s %d, %.1f %%", l.Retention, l.Renewals, renewals, ys[renewals])
	}
	var shares []float64
	for i := range ages {
		shares = append(shares, 100*float64(cohort.Alive[i])/float64(cohort.Alive[0]))
	}
	var yTicks []tick
	for v := 0; v <= 100; v += 20 {
		yTicks = append(yTicks, tick{float64(v), strconv.Itoa(v) + " %"})
	}
	var xTicks []tick
	for _, t := range ticks(float64(renewals), 8) {
		if t.at <= float64(renewals) && t.at == float64(int(t.at)) {
			xTicks = append(xTicks, t)
		}
	}
	c, err := newChart(o, l, l.Retention, description, l.Renewals, "", xTicks, yTicks, 0, float64(renewals), 0, 100, legend, true, 0)
	if err != nil {
		return err
	}
	if m != nil {
		c.line(xs[:last+1], ys[:last+1], svg.Category(1), nil)
		c.line(xs[last:], ys[last:], svg.Category(1), []float64{6, 4})
	}
	for i, age := range ages {
		if age <= renewals {
			c.p.Begin(fmt.Sprintf("%d: %.1f %%", age, shares[i]))
			c.p.Circle(c.x(float64(age)), c.y(shares[i]), 4, svg.Style{Fill: svg.Category(0)})
			c.p.End()
		}
	}
	return c.write(w)
}

package main

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// figures returns the value of a row and its interval, in the unit in which people read them.
func figures(r survey.TableRow) (value, interval string) {
	e := r.Estimate
	show := func(x float64) string { return fmt.Sprintf("%.2f", x) }
	switch e.Unit {
	case metrics.UnitPoints:
		show = func(x float64) string { return fmt.Sprintf("%+.0f", x) }
	case metrics.UnitShare:
		show = func(x float64) string { return fmt.Sprintf("%.1f %%", 100*x) }
	}
	if math.IsNaN(e.Value) {
		return "n/a", ""
	}
	if math.IsNaN(e.Low) || math.IsNaN(e.High) {
		return show(e.Value), ""
	}
	return show(e.Value), show(e.Low) + " to " + show(e.High)
}

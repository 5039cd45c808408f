package survey

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/metrics"
)

// A Metric names what is read from the answers to a measure, by a method of metrics.Tally.
type Metric string

// The metrics.
const (
	MetricNPS       Metric = "nps"        // Net Promoter Score
	MetricENPS      Metric = "enps"       // the same, asked of employees
	MetricCSAT      Metric = "csat"       // customer satisfaction, the share of the top boxes
	MetricMeanCSAT  Metric = "csat-mean"  // customer satisfaction, the mean
	MetricTopBox    Metric = "top-box"    // the share of the good end; Boxes is needed
	MetricBottomBox Metric = "bottom-box" // the share of the bad end; Boxes is needed
	MetricMean      Metric = "mean"       // the mean of the answers
)

// Metrics returns the metrics that a measure may have.
func Metrics() []Metric {
	return []Metric{MetricNPS, MetricENPS, MetricCSAT, MetricMeanCSAT, MetricTopBox, MetricBottomBox, MetricMean}
}

// check returns an error that names the metrics if m is none of them.
func (m Metric) check() error {
	all := Metrics()
	if slices.Contains(all, m) {
		return nil
	}
	names := make([]string, len(all))
	for i, n := range all {
		names[i] = string(n)
	}
	near := ""
	if n := nearest(string(m), names); n != "" {
		near = fmt.Sprintf("; did you mean %q?", n)
	}
	return fmt.Errorf("%q is not a metric; use one of %s%s", shorten(string(m)), strings.Join(names, ", "), near)
}

// read returns the metric of the answers in t.
func (d MeasureDef) read(t *metrics.Tally, o EstimateOptions) (metrics.Estimate, error) {
	nps := &metrics.NPSOptions{Level: o.Level, Method: o.NPS, Bands: d.Bands}
	share := &metrics.ProportionOptions{Level: o.Level, Method: o.Proportion, Boxes: d.Boxes}
	mean := &metrics.MeanOptions{Level: o.Level}
	switch d.Metric {
	case MetricNPS:
		return t.NPS(nps)
	case MetricENPS:
		return t.ENPS(nps)
	case MetricCSAT:
		return t.CSAT(share)
	case MetricMeanCSAT:
		return t.MeanCSAT(mean)
	case MetricTopBox:
		return t.TopBox(d.Boxes, share)
	case MetricBottomBox:
		return t.BottomBox(d.Boxes, share)
	case MetricMean:
		return t.Mean(mean)
	}
	e := unavailable(string(d.Metric))
	return e, fmt.Errorf("%w: %s: %w", ErrMeasure, d.Key, d.Metric.check())
}

package survey

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/nearest"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Metric names what is read from the answers to a measure, by a method of metrics.Tally.
type Metric string

// The metrics.
const (
	MetricNPS       Metric = "nps"        // Net Promoter Score; on 0 to 10 unless Bands are given
	MetricENPS      Metric = "enps"       // the same, asked of employees
	MetricCSAT      Metric = "csat"       // customer satisfaction, the share of the top boxes; give the Scale: two boxes on five points, else Boxes too
	MetricCSATMean  Metric = "csat-mean"  // customer satisfaction, the mean
	MetricCES       Metric = "ces"        // customer effort score of 2010, the mean: 1 to 5, low is good
	MetricCES2      Metric = "ces2"       // customer effort score 2.0, the mean: 1 to 7, high is good
	MetricCES2Share Metric = "ces2-share" // the same, the share of 5 to 7
	MetricCES2Index Metric = "ces2-index" // the same, the share of 6 and 7 less that of 1 to 3, in points
	MetricStars     Metric = "stars"      // the mean of 1 to 5 stars
	MetricTopBox    Metric = "top-box"    // the share of the Boxes at the good end
	MetricBottomBox Metric = "bottom-box" // the share of the Boxes at the bad end
	MetricMean      Metric = "mean"       // the mean
)

// Metrics returns the metrics that a measure may have.
func Metrics() []Metric {
	return []Metric{
		MetricNPS, MetricENPS, MetricCSAT, MetricCSATMean, MetricCES, MetricCES2, MetricCES2Share, MetricCES2Index,
		MetricStars, MetricTopBox, MetricBottomBox, MetricMean,
	}
}

// Scale returns the scale that belongs to the metric by its definition, the zero Scale where it has none.
func (m Metric) Scale() cxmodel.Scale {
	switch m {
	case MetricNPS, MetricENPS:
		return metrics.StandardBands().Scale
	case MetricCES:
		return metrics.CES1Scale()
	case MetricCES2, MetricCES2Share, MetricCES2Index:
		return metrics.CES2Scale()
	case MetricStars:
		return cxmodel.Scale{Min: 1, Max: 5}
	}
	return cxmodel.Scale{}
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
	if n := nearest.Word(string(m), names); n != "" {
		near = fmt.Sprintf("; did you mean %q?", n)
	}
	return fmt.Errorf("%q is not a metric; use one of %s%s", clip.Text(string(m)), strings.Join(names, ", "), near)
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
	case MetricCSATMean:
		return t.MeanCSAT(mean)
	case MetricCES:
		return t.CES1(mean)
	case MetricCES2:
		return t.CES2(mean)
	case MetricCES2Share:
		return t.CES2Share(share)
	case MetricCES2Index:
		return t.CES2Index(nps)
	case MetricStars:
		stars, err := t.Stars(mean)
		return stars.Mean, err
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

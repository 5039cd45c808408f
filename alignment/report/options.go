package report

import (
	"errors"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// Options say how a report is written. The zero value, and nil, are the defaults.
type Options struct {
	Theme  *Theme  // colours and typeface of the page and its pictures; nil: the library's own, light or dark as the viewer prefers
	Labels *Labels // the fixed words; nil, and words left empty: English

	// Observed holds what customers said and did, in the order in which it is listed; see [Observe]. The measurements
	// that the assessment was made with need not be among them.
	Observed []Observation

	// HeatMap, Journey and Canvas say how the pictures are drawn: their words, their lanes, their layout. ID, Theme,
	// Width, Persona and Observed are the report's.
	HeatMap *alignmentsvg.Options
	Journey *journeysvg.Options
	Canvas  *canvassvg.Options

	NoPictures bool // leaves the pictures out; Markdown has none
}

// Theme says how pictures look: palettes for light and dark, typeface. It is the same type in all packages that draw.
type Theme = svg.Theme

// Palette holds the colours of a [Theme] by their roles.
type Palette = svg.Palette

// Color is a colour of a [Palette], "#rrggbb".
type Color = svg.Color

// Modes of a [Theme].
const (
	ModeAuto  = svg.ModeAuto // light or dark as the viewer prefers; light in print
	ModeLight = svg.ModeLight
	ModeDark  = svg.ModeDark
)

// An Observation is a number that was measured on customers at one place, in one segment and period.
type Observation struct {
	At           cxmodel.Ref       // a touchpoint, a stage or a journey, in full ("touchpoint/search") or by its key; zero: the relationship as a whole
	Measure      cxmodel.Key       // of the model; another, or none, is shown as it is
	Segment      cxmodel.Key       // empty: all
	Period       survey.Period     // zero: all time
	Estimate     metrics.Estimate  // suppressed where it rests on fewer than five answers
	ResponseRate *metrics.Estimate // nil: not known
	Reach        *float64          // share of the customers who pass there, in [0, 1]; nil: not known
}

// Observe returns the cells of a cube as observations, with the response rate where it is known: of each touchpoint, or
// where the measure stands for answers without one. Dimensions that the report is not to show are best rolled up
// before. It fails if the metric of a measure does not fit its answers.
func Observe(m *alignment.Model, c *survey.Cube) ([]Observation, error) {
	if m == nil || c == nil {
		return nil, fmt.Errorf("report: there is no model or no cube: %w", metrics.ErrNoData)
	}
	at := map[cxmodel.Key]cxmodel.Ref{}
	for _, j := range m.Journeys {
		if j == nil {
			continue // Validate reports it
		}
		for of, x := range j.AllMeasures() {
			if _, known := at[x.Key]; !known && of.Kind != cxmodel.KindTouchpoint {
				at[x.Key] = of
			}
		}
	}
	var out []Observation
	for cell := range c.Cells() {
		o := Observation{At: at[cell.Measure.Key], Measure: cell.Measure.Key, Segment: cell.Segment, Period: cell.Period}
		if cell.Touchpoint != "" {
			o.At = cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: cell.Touchpoint}
		}
		var err error
		if o.Estimate, err = cell.Estimate(nil); err != nil && !errors.Is(err, metrics.ErrNoData) && !errors.Is(err, metrics.ErrOffScale) {
			return nil, fmt.Errorf("report: answers to %q: %w", cell.Measure.Key, err)
		}
		if rate, err := cell.ResponseRate(nil); err == nil {
			o.ResponseRate = &rate
		}
		out = append(out, o)
	}
	return out, nil
}

// An observation is one with the measure of the model that it belongs to, nil if it belongs to none.
type observation struct {
	Observation
	measure *journey.Measure
}

// observations returns those of the options, and after them those of the assessment that are not among them.
func (b *builder) observations() []observation {
	measures := map[cxmodel.Key]*journey.Measure{}
	for _, j := range b.m.Journeys {
		for _, x := range j.AllMeasures() {
			if measures[x.Key] == nil {
				measures[x.Key] = x
			}
		}
	}
	type id struct {
		at      cxmodel.Ref
		measure cxmodel.Key
	}
	seen := map[id]bool{}
	var out []observation
	for _, o := range b.o.Observed {
		o.At = b.place(o.At)
		seen[id{o.At, o.Measure}] = true
		out = append(out, observation{o, measures[o.Measure]})
	}
	for _, u := range b.a.Measured {
		if !seen[id{u.At, u.Measure}] {
			out = append(out, observation{Observation{At: u.At, Measure: u.Measure, Estimate: u.Estimate}, measures[u.Measure]})
		}
	}
	return out
}

// place returns the full form of a reference in the short form, to a touchpoint first.
func (b *builder) place(at cxmodel.Ref) cxmodel.Ref {
	if at.Kind != "" || at.Key == "" {
		return at
	}
	for _, kind := range []cxmodel.Kind{cxmodel.KindTouchpoint, cxmodel.KindStage, cxmodel.KindJourney} {
		full := cxmodel.Ref{Kind: kind, Key: at.Key}
		if _, known := b.names[full]; known {
			return full
		}
	}
	return at
}

package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/metrics"
)

// listening lists what was measured on customers, by touchpoint, and what is asked for without an answer yet.
func (b *builder) listening() section {
	s := section{ID: "customers", Title: b.l.Listening, Lead: b.l.ListeningLead}
	if len(b.seen) > 0 {
		s.Blocks = append(s.Blocks, block{Table: b.observedTable()})
	}
	var silent []string
	for _, j := range b.m.Journeys {
		for of, m := range j.AllMeasures() {
			if !b.observed(m) {
				silent = append(silent, put(b.l.MeasureAt, b.measureName(m), b.placeName(of)))
			}
		}
	}
	if len(silent) > 0 {
		s.Blocks = append(s.Blocks, block{Title: b.l.NoAnswers, List: silent})
	}
	return s
}

// observedTable has the columns that any observation fills.
func (b *builder) observedTable() *table {
	var segments, periods, rates, reaches, notes bool
	for _, o := range b.seen {
		segments = segments || o.Segment != ""
		periods = periods || !o.Period.IsZero()
		rates = rates || o.ResponseRate != nil
		reaches = reaches || o.Reach != nil
		notes = notes || b.remark(o) != ""
	}
	t := &table{Caption: b.l.Listening, Columns: []column{{Name: b.l.Place, First: true}, {Name: b.l.Measure}}}
	add := func(used bool, c column) {
		if used {
			t.Columns = append(t.Columns, c)
		}
	}
	add(segments, column{Name: b.l.Segment})
	add(periods, column{Name: b.l.Period})
	add(true, column{Name: b.l.Value, Number: true})
	add(true, column{Name: b.l.IntervalHead, Number: true})
	add(true, column{Name: b.l.Answers, Number: true})
	add(rates, column{Name: b.l.ResponseRate, Number: true})
	add(reaches, column{Name: b.l.Reach, Number: true})
	add(notes, column{Name: b.l.Remark})
	for _, o := range b.seen {
		what := cell{Text: b.metric(o)}
		if o.measure != nil {
			what.Sub = b.prose(o.measure.Question)
		}
		row := []cell{{Text: b.placeName(o.At)}, what}
		add := func(used bool, s string) {
			if used {
				row = append(row, text(s))
			}
		}
		segment := b.l.All
		if o.Segment != "" {
			segment = b.name(cxmodel.Ref{Kind: cxmodel.KindSegment, Key: o.Segment})
		}
		add(segments, segment)
		period := o.Period.String()
		if period == "" {
			period = b.l.All
		}
		add(periods, period)
		add(true, b.estimate(o))
		add(true, b.interval(o))
		add(true, b.answers(o))
		rate := b.l.NotKnown
		if o.ResponseRate != nil && !o.suppressed() {
			rate = b.value(metrics.UnitShare, o.ResponseRate.Value)
		}
		add(rates, rate)
		reach := b.l.NotKnown
		if o.Reach != nil {
			reach = b.percent(*o.Reach)
		}
		add(reaches, reach)
		add(notes, b.remark(o))
		t.Rows = append(t.Rows, row)
	}
	t.Notes = []string{put(b.l.SuppressedNote, count(fewest))}
	return t
}

// remark says what is to be known of an estimate: what was not answered, and what its interval cannot be taken for.
func (b *builder) remark(o observation) string {
	if o.suppressed() {
		return ""
	}
	var out []string
	e := o.Estimate
	if e.Missing > 0 {
		out = append(out, put(b.l.MissingAnswers, count(e.Missing)))
	}
	if e.OffScale > 0 {
		out = append(out, put(b.l.OffScale, count(e.OffScale)))
	}
	if e.HasInterval() && e.Level != .95 {
		level := strconv.FormatFloat(math.Round(1e8*e.Level)/1e6, 'f', -1, 64)
		out = append(out, put(b.l.Level, put(b.l.Percent, b.signs(level))))
	}
	if w := e.Warnings &^ (metrics.WarnFewAnswers); w != 0 {
		out = append(out, w.String())
	}
	return strings.Join(out, "; ")
}

// placeName names a touchpoint, stage or journey; the relationship as a whole where there is none.
func (b *builder) placeName(at cxmodel.Ref) string {
	if at.Key == "" || at.Kind == cxmodel.KindJourney && len(b.m.Journeys) == 1 {
		return b.l.Whole
	}
	return b.name(at)
}

func (b *builder) measureName(m *journey.Measure) string {
	if m.Name != "" {
		return b.show(m.Name)
	}
	return b.metricName(m.Metric)
}

// metricName writes a metric as it is published.
func (b *builder) metricName(m journey.Metric) string {
	if t := b.l.Terms[string(m)]; t != "" {
		return t
	}
	switch m {
	case journey.MetricNPS:
		return "NPS"
	case journey.MetricENPS:
		return "eNPS"
	case journey.MetricCSAT, journey.MetricCSATMean:
		return "CSAT"
	case journey.MetricCES:
		return "CES"
	case journey.MetricCES2:
		return "CES 2.0"
	}
	return b.l.term(string(m))
}

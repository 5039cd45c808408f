package survey

import (
	"cmp"
	"context"
	"fmt"
	"iter"

	"github.com/cxmodel/cxmodel"
)

// A Sample holds the answers to one measure row by row, with the design by which they were sampled: the weight, the
// stratum and the cluster of each. Build one as a literal, or by [SampleOf]. The columns have one entry per row, those
// that are nil need none.
//
// A row without a score stays in the design: who was sampled and did not answer the question still says how the
// sample varies. With a Population it counts as sampled; leave out the rows of those who never replied.
type Sample struct {
	Measure    MeasureDef
	Scores     []float64          // NaN: not answered
	Weights    []float64          // finite, not negative, not all zero; nil: by Population, else all alike. Only their ratios count
	Strata     []string           // within which rows were drawn separately; nil: one stratum
	Clusters   []string           // rows that were drawn together, such as the answers of one customer; "": a cluster of its own; nil: all are
	Population map[string]float64 // by stratum (by "" without Strata), the number of clusters in the population; nil: far larger than the sample

	margins      []margin  // to which the weights have been fitted
	base, fitted []float64 // the weights before that, and after
}

// SampleOptions say how SampleOf reads the design from answers; nil stands for the defaults.
type SampleOptions struct {
	Stratum func(Answer) string // nil: one stratum
	Cluster func(Answer) string // nil: the customer
	MaxRows int                 // 0 means 16,777,216; more are a *cxmodel.LimitError
}

// SampleOf collects the answers to a measure from a stream, and returns them beside the Sample, row by row, for keys to
// group by; see [KeysOf]. Weights are those of the answers, nil if none has one. Answers to other measures, and what was excluded, bounced or
// never replied to, are passed over. It fails with [ErrMeasure], [ErrAnswer] or the error of the stream or the context.
func SampleOf(ctx context.Context, answers iter.Seq2[Answer, error], def MeasureDef, opts *SampleOptions) (*Sample, []Answer, error) {
	var o SampleOptions
	if opts != nil {
		o = *opts
	}
	if o.MaxRows < 0 {
		return nil, nil, fmt.Errorf("%w: at most %d rows", ErrOption, o.MaxRows)
	}
	if o.MaxRows == 0 {
		o.MaxRows = 1 << 24
	}
	if err := def.Check(); err != nil {
		return nil, nil, err
	}
	s, rows := &Sample{Measure: def.withScale()}, []Answer(nil)
	n, weighted := 0, false
	for a, err := range answers {
		if err != nil {
			return nil, nil, err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return nil, nil, context.Cause(ctx)
		}
		if a.Measure != def.Key {
			continue
		}
		if err := a.Check(); err != nil {
			return nil, nil, err
		}
		switch a.Status {
		case StatusInvited, StatusBounced, StatusExcluded:
			continue
		}
		if len(rows) == o.MaxRows {
			return nil, nil, fmt.Errorf("survey: %w", &cxmodel.LimitError{What: "rows in a sample", Limit: int64(o.MaxRows)})
		}
		rows = append(rows, a)
		s.Scores, s.Weights = append(s.Scores, a.Score), append(s.Weights, cmp.Or(a.Weight, 1))
		weighted = weighted || a.Weight != 0
	}
	if !weighted { // then they follow from the Population, where there is one
		s.Weights = nil
	}
	s.Clusters = KeysOf(rows, func(a Answer) string { return a.Customer })
	if o.Cluster != nil {
		s.Clusters = KeysOf(rows, o.Cluster)
	}
	if o.Stratum != nil {
		s.Strata = KeysOf(rows, o.Stratum)
	}
	return s, rows, nil
}

// KeysOf returns the key of each row, such as its channel, for [Sample.By], [Margin] and the columns of a Sample.
func KeysOf(rows []Answer, key func(Answer) string) []string {
	keys := make([]string, len(rows))
	for i, a := range rows {
		keys[i] = key(a)
	}
	return keys
}

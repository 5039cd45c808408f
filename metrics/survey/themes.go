package survey

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A ThemeCount says how often a theme comes up in the answers to a measure, and how those answer who bring it up.
type ThemeCount struct {
	Measure cxmodel.Key      `json:"measure"`
	Theme   cxmodel.Key      `json:"theme"`
	Share   metrics.Estimate `json:"share"`  // answers with the theme of the answers that have any theme
	Metric  metrics.Estimate `json:"metric"` // of the measure, among the answers with the theme; empty where none has a score
}

// ThemeOptions are the choices of CountThemes; nil stands for the defaults.
type ThemeOptions struct {
	EstimateOptions
	IgnoreWeights bool // count weighted answers as one each; otherwise they are ErrWeighted
}

// CountThemes counts the themes of the answers in a stream, by measure, the most frequent first. An answer has each of its
// themes once, however often it is listed; the shares of the themes sum to more than 1 where answers have several. Answers
// without a theme are not in the denominator, because most of them have no verbatim. Several answers of one customer
// count as such, so that intervals are too narrow where customers repeat themselves; there, and where answers have weights,
// use [Sample.Themes]. Excluded answers are in no number. It fails as [GroupBy] does.
func CountThemes(ctx context.Context, answers iter.Seq2[Answer, error], measures []MeasureDef, opts *ThemeOptions) ([]ThemeCount, error) {
	var o ThemeOptions
	if opts != nil {
		o = *opts
	}
	themes, err := NewCube(measures, &CubeOptions{IgnoreWeights: o.IgnoreWeights}) // the themes are its touchpoints
	if err != nil {
		return nil, err
	}
	coded, n := map[cxmodel.Key]int{}, 0
	mentions := map[[2]cxmodel.Key]int{}
	for a, err := range answers {
		if err != nil {
			return nil, err
		}
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if a.Status == StatusExcluded || len(a.Themes) == 0 {
			continue
		}
		if a.Weight != 0 && a.Weight != 1 && !o.IgnoreWeights {
			return nil, fmt.Errorf("%w: the weight is %v; use SampleOf and Sample.Themes, or set IgnoreWeights to count each answer once", ErrWeighted, a.Weight)
		}
		coded[a.Measure]++
		for i, theme := range a.Themes {
			if slices.Contains(a.Themes[:i], theme) {
				continue
			}
			one := a
			one.Touchpoint, one.Segment = theme, ""
			if err := themes.Add(one); err != nil {
				return nil, err
			}
			mentions[[2]cxmodel.Key{a.Measure, theme}]++
		}
	}
	var out []ThemeCount
	for cell := range themes.Cells() {
		share, err := metrics.Proportion(mentions[[2]cxmodel.Key{cell.Measure.Key, cell.Touchpoint}], coded[cell.Measure.Key], o.proportion())
		if err != nil {
			return nil, err
		}
		share.Metric, share.Definition = "theme", themeShare
		metric, err := cell.orEmpty(&o.EstimateOptions)
		if err != nil {
			return nil, err
		}
		out = append(out, ThemeCount{cell.Measure.Key, cell.Touchpoint, share, metric})
	}
	slices.SortStableFunc(out, func(a, b ThemeCount) int {
		of := func(c ThemeCount) int { return mentions[[2]cxmodel.Key{c.Measure, c.Theme}] }
		return cmp.Or(cmp.Compare(a.Measure, b.Measure), cmp.Compare(of(b), of(a)))
	})
	return out, nil
}

const themeShare = "answers with the theme of answers with any"

// Themes counts the themes of the sample's rows as [CountThemes] counts those of a stream, by weight, and with the strata and
// clusters of the sample in every interval; the most frequent first. rows are the answers of the sample, as [SampleOf]
// returns them. It fails as [Sample.Estimate] does, with [ErrDesign] if there are not as many rows, and with [ErrAnswer] if a
// theme is no key.
func (s *Sample) Themes(ctx context.Context, rows []Answer, opts *DesignOptions) ([]ThemeCount, error) {
	metric, err := s.prepare(ctx, opts)
	if err != nil {
		return nil, err
	}
	if len(rows) != len(s.Scores) {
		return nil, fmt.Errorf("%w: %d answers for %d rows", ErrDesign, len(rows), len(s.Scores))
	}
	var coded []int
	byTheme := map[cxmodel.Key][]int{}
	share := *metric
	share.values = &values{def: metric.values.def, template: metrics.Estimate{Metric: "theme", Definition: themeShare, Unit: metrics.UnitShare}}
	share.y, share.answered, share.z = make([]float64, len(rows)), make([]bool, len(rows)), make([]float64, len(rows))
	for i, a := range rows {
		if len(a.Themes) == 0 {
			continue
		}
		coded = append(coded, i)
		share.answered[i] = true
		for k, theme := range a.Themes {
			if err := theme.Check(); err != nil {
				return nil, fmt.Errorf("%w: the theme: %w", ErrAnswer, err)
			}
			if !slices.Contains(a.Themes[:k], theme) {
				byTheme[theme] = append(byTheme[theme], i)
			}
		}
	}
	var out []ThemeCount
	for _, theme := range slices.Sorted(maps.Keys(byTheme)) {
		clear(share.y)
		for _, i := range byTheme[theme] {
			share.y[i] = 1
		}
		c, err := share.estimate(ctx, coded)
		if err != nil {
			return nil, err
		}
		m, err := metric.estimate(ctx, byTheme[theme])
		if err != nil && !errors.Is(err, metrics.ErrNoData) {
			return nil, err
		}
		out = append(out, ThemeCount{s.Measure.Key, theme, c.Estimate, m.Estimate})
	}
	slices.SortStableFunc(out, func(a, b ThemeCount) int { return cmp.Compare(b.Share.Value, a.Share.Value) })
	return out, nil
}

func (o EstimateOptions) proportion() *metrics.ProportionOptions {
	return &metrics.ProportionOptions{Level: o.Level, Method: o.Proportion}
}

// ThemeTable puts themes in a table, two rows each: the share and the metric.
func ThemeTable(themes []ThemeCount) *metrics.Table {
	t := &metrics.Table{Labels: []string{"measure", "theme"}}
	for _, c := range themes {
		t.Add(c.Share, string(c.Measure), string(c.Theme))
		t.Add(c.Metric, string(c.Measure), string(c.Theme))
	}
	return t
}

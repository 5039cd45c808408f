package survey_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// A model is a Cube as a map: the answers to a measure at a place, by weight and by what they were.
type model struct {
	counts   map[modelKey]int
	rolledUp survey.Dimensions
	skipped  int
}

type modelKey struct {
	measure, touchpoint, segment cxmodel.Key
	period                       survey.Period
	weight                       float64
	what                         string // a score, or the name of a Count's field
}

func newModel() *model { return &model{counts: map[modelKey]int{}} }

// at returns where an answer is counted, by the table of the doc comment of Count.
func (m *model) at(a survey.Answer, opts *survey.CubeOptions) []modelKey {
	d := defs[slices.IndexFunc(defs, func(d survey.MeasureDef) bool { return d.Key == a.Measure })]
	if d.Scale == (cxmodel.Scale{}) {
		d.Scale = d.Metric.Scale()
	}
	k := modelKey{a.Measure, a.Touchpoint, a.Segment, survey.PeriodOf(a.Time, opts.Every, opts.Location), a.Weight, ""}
	if a.Weight == 0 || opts.IgnoreWeights {
		k.weight = 1
	}
	k = k.rollUp(m.rolledUp)
	score := "off scale"
	if d.Scale.Contains(a.Score) {
		score = strconv.FormatFloat(a.Score, 'g', -1, 64)
	}
	said := map[survey.Status][]string{
		survey.StatusUnspecified: {score}, survey.StatusCompleted: {score}, survey.StatusPartial: {score, "partial"}, survey.StatusDismissed: {score, "partial"},
		survey.StatusExcluded: {"excluded"},
	}[a.Status]
	if !a.Answered() {
		said = map[survey.Status][]string{
			survey.StatusUnspecified: {"missing"}, survey.StatusCompleted: {"missing"}, survey.StatusPartial: {"missing"}, survey.StatusDismissed: {"dismissed"},
			survey.StatusInvited: {"invited"}, survey.StatusBounced: {"bounced"}, survey.StatusExcluded: {"excluded"},
		}[a.Status]
	}
	var at []modelKey
	for _, k.what = range said {
		at = append(at, k)
	}
	return at
}

func (k modelKey) rollUp(over survey.Dimensions) modelKey {
	if over&survey.DimensionTouchpoint != 0 {
		k.touchpoint = ""
	}
	if over&survey.DimensionSegment != 0 {
		k.segment = ""
	}
	if over&survey.DimensionPeriod != 0 {
		k.period = survey.Period{}
	}
	return k
}

// add counts n answers, or takes them away; nothing and false where a count would leave 0 to 2^32-1.
func (m *model) add(change map[modelKey]int) bool {
	for k, n := range change {
		if sum := m.counts[k] + n; sum < 0 || sum > math.MaxUint32 {
			return false
		}
	}
	for k, n := range change {
		if m.counts[k] += n; m.counts[k] == 0 {
			delete(m.counts, k)
		}
	}
	return true
}

func (m *model) scaled(by int) map[modelKey]int {
	out := map[modelKey]int{}
	for k, n := range m.counts {
		out[k] = n * by
	}
	return out
}

func (m *model) clone() *model { return &model{maps.Clone(m.counts), m.rolledUp, m.skipped} }

// cells are what Cube.Cells must yield.
func (m *model) cells(c *survey.Cube, weighted bool) []survey.Cell {
	def := map[cxmodel.Key]survey.MeasureDef{}
	for _, d := range c.Measures() {
		def[d.Key] = d
	}
	cells := map[modelKey]*survey.Cell{}
	for _, k := range slices.SortedFunc(maps.Keys(m.counts), func(a, b modelKey) int { return cmp.Compare(a.weight, b.weight) }) {
		n, place := m.counts[k], k
		place.weight, place.what = 0, ""
		cell := cells[place]
		if cell == nil {
			d := def[k.measure]
			cell = &survey.Cell{Touchpoint: k.touchpoint, Segment: k.segment, Period: k.period, Count: survey.Count{Measure: d, Answers: metrics.NewTally(d.Scale)}}
			cells[place] = cell
		}
		if w := len(cell.Weights) - 1; weighted && (w < 0 || cell.Weights[w].Weight != k.weight) {
			cell.Weights = append(cell.Weights, survey.WeightClass{Weight: k.weight, Answers: metrics.NewTally(cell.Measure.Scale)})
		}
		score := math.NaN()
		switch k.what {
		case "partial":
			cell.Partial += n
			continue
		case "dismissed":
			cell.Dismissed += n
			continue
		case "invited":
			cell.Invited += n
			continue
		case "bounced":
			cell.Bounced += n
			continue
		case "excluded":
			cell.Excluded += n
			continue
		case "missing":
		case "off scale":
			score = math.Inf(1)
		default:
			score, _ = strconv.ParseFloat(k.what, 64)
		}
		_ = cell.Answers.AddN(score, n)
		if weighted {
			_ = cell.Weights[len(cell.Weights)-1].Answers.AddN(score, n)
		}
	}
	out := make([]survey.Cell, 0, len(cells))
	for _, c := range cells {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b survey.Cell) int {
		return cmp.Or(cmp.Compare(a.Measure.Key, b.Measure.Key), cmp.Compare(a.Touchpoint, b.Touchpoint), cmp.Compare(a.Segment, b.Segment), a.Period.Compare(b.Period))
	})
	return out
}

// sameCells is require.Equal in less time.
func sameCells(t *testing.T, want, got []survey.Cell, msg ...any) {
	require.Len(t, got, len(want), msg...)
	for i, w := range want {
		g := got[i]
		same := w.Touchpoint == g.Touchpoint && w.Segment == g.Segment && w.Period == g.Period && w.Measure == g.Measure && w.Answers.Equal(g.Answers) &&
			w.Partial == g.Partial && w.Dismissed == g.Dismissed && w.Invited == g.Invited && w.Bounced == g.Bounced && w.Excluded == g.Excluded &&
			slices.EqualFunc(w.Weights, g.Weights, func(a, b survey.WeightClass) bool { return a.Weight == b.Weight && a.Answers.Equal(b.Answers) })
		if !same {
			require.Equal(t, w, g, msg...)
		}
	}
}

// someColumns are columns of all shapes: small and large, dimensions and statuses not given, keys, periods and weights twice.
func someColumns(rng *rand.Rand, opts *survey.CubeOptions) survey.Columns {
	rows := rng.IntN(40)
	if rng.IntN(8) == 0 {
		rows = 4096 + rng.IntN(500)
	}
	cols := survey.Columns{Measure: defs[rng.IntN(len(defs))].Key, Scores: make([]int16, rows)}
	codes := func(n int) []uint16 {
		if rng.IntN(4) == 0 {
			return nil
		}
		out := make([]uint16, rows)
		for i := range out {
			out[i] = uint16(rng.IntN(n))
		}
		return out
	}
	keys := func(what string, n int) (out []cxmodel.Key) {
		for range n {
			k := cxmodel.Key("")
			if rng.IntN(5) > 0 {
				k = cxmodel.Key(fmt.Sprintf("%s-%d", what, rng.IntN(6)))
			}
			out = append(out, k)
		}
		return out
	}
	cols.Touchpoints, cols.Segments = keys("touchpoint", 1+rng.IntN(300)), keys("segment", 1+rng.IntN(200))
	first := survey.PeriodOf(someAnswers(rng, 1)[0].Time.AddDate(2026, 0, 0), opts.Every, nil)
	for range 1 + rng.IntN(40) {
		cols.Periods = append(cols.Periods, []survey.Period{{}, first.Add(rng.IntN(9))}[rng.IntN(2)])
	}
	cols.TouchpointCode, cols.SegmentCode, cols.PeriodCode = codes(len(cols.Touchpoints)), codes(len(cols.Segments)), codes(len(cols.Periods))
	if opts.Weighted || opts.IgnoreWeights {
		for range 1 + rng.IntN(30) {
			cols.Weights = append(cols.Weights, []float64{1, .3, 1. / 3, 2.5, 1e-9, 7e8}[rng.IntN(6)])
		}
		cols.WeightCode = codes(len(cols.Weights))
	}
	for i := range cols.Scores {
		if cols.Scores[i] = int16(rng.IntN(14)) - 1; rng.IntN(6) == 0 {
			cols.Scores[i] = survey.NoScore
		}
	}
	if rng.IntN(3) == 0 {
		cols.Statuses = make([]survey.Status, rows)
		for i := range cols.Statuses {
			if cols.Statuses[i] = survey.Status(rng.IntN(7)); cols.Statuses[i] == survey.StatusInvited || cols.Statuses[i] == survey.StatusBounced {
				cols.Scores[i] = survey.NoScore
			}
		}
	}
	return cols
}

// rowsOf are the rows of columns as answers.
func rowsOf(cols survey.Columns) []survey.Answer {
	out := make([]survey.Answer, len(cols.Scores))
	for i := range out {
		out[i] = rowOf(cols, i)
	}
	return out
}

// rowOf is a row of columns as an answer.
func rowOf(cols survey.Columns, i int) survey.Answer {
	a := survey.Answer{Measure: cols.Measure, Score: float64(cols.Scores[i])}
	if cols.Scores[i] == survey.NoScore {
		a.Score = math.NaN()
	}
	if cols.TouchpointCode != nil {
		a.Touchpoint = cols.Touchpoints[cols.TouchpointCode[i]]
	}
	if cols.SegmentCode != nil {
		a.Segment = cols.Segments[cols.SegmentCode[i]]
	}
	if cols.PeriodCode != nil {
		a.Time = cols.Periods[cols.PeriodCode[i]].Start(nil)
	}
	if cols.Statuses != nil {
		a.Status = cols.Statuses[i]
	}
	if cols.WeightCode != nil {
		a.Weight = cols.Weights[cols.WeightCode[i]]
	}
	return a
}

// fileOf writes answers as a file.
func fileOf(answers []survey.Answer) string {
	var b strings.Builder
	b.WriteString("measure,touchpoint,segment,time,status,weight,score\n")
	for _, a := range answers {
		cells := []string{string(a.Measure), string(a.Touchpoint), string(a.Segment), "", a.Status.String(), "", ""}
		if !a.Time.IsZero() {
			cells[3] = a.Time.Format("2006-01-02T15:04:05Z")
		}
		if a.Weight != 0 {
			cells[5] = strconv.FormatFloat(a.Weight, 'g', -1, 64)
		}
		if a.Answered() {
			cells[6] = strconv.FormatFloat(a.Score, 'g', -1, 64)
		}
		fmt.Fprintln(&b, strings.Join(cells, ","))
	}
	return b.String()
}

// TestCubeIsAMap holds random sequences of all that changes or derives a cube against a map.
func TestCubeIsAMap(t *testing.T) {
	for i, opts := range []*survey.CubeOptions{
		{Every: survey.EveryWeek}, {Every: survey.EveryWeek, Weighted: true}, {Every: survey.EveryMonth, IgnoreWeights: true}, {}, {Weighted: true},
	} {
		for seed := range 6 {
			t.Run(fmt.Sprintf("%+v/%d", *opts, seed), func(t *testing.T) {
				testCubeIsAMap(t, rand.New(rand.NewPCG(uint64(i), uint64(seed))), opts)
			})
		}
	}
}

func testCubeIsAMap(t *testing.T, rng *rand.Rand, opts *survey.CubeOptions) {
	ctx := t.Context()
	type pair struct {
		cube  *survey.Cube
		model *model
	}
	some := func(n int) []survey.Answer {
		answers := someAnswers(rng, n)
		for i := range answers {
			answers[i].Customer = []string{"a", "b"}[rng.IntN(2)]
			if opts.Weighted || opts.IgnoreWeights {
				answers[i].Weight = []float64{0, 1, .3, 1. / 3, 2.5, 1e-9, 7e8}[rng.IntN(7)]
			}
		}
		return answers
	}
	pairs := []pair{{newCube(t, opts), newModel()}, {newCube(t, opts), newModel()}}
	var given []survey.Answer // lately
	for step := range 60 {
		at := rng.IntN(len(pairs))
		p, q := pairs[at], pairs[rng.IntN(len(pairs))]
		op := []string{"add", "add-n", "add-all", "add-reader", "add-columns", "merge", "sub", "erase", "slice", "roll-up", "json"}[rng.IntN(11)]
		change := map[modelKey]int{}
		counted := func(answers []survey.Answer, n int) {
			for _, a := range answers {
				for _, k := range p.model.at(a, opts) {
					change[k] += n
				}
			}
			given = append(given[max(0, len(given)-50):], answers...)
		}
		var err, fails error
		switch op {
		case "add":
			a := some(1)
			counted(a, 1)
			err = p.cube.Add(a[0])
		case "add-n":
			a, n := some(1), []int{0, 3, math.MaxUint32, math.MaxUint32 + 1}[rng.IntN(4)]
			counted(a, n)
			err, fails = p.cube.AddN(a[0], n), survey.ErrFull
		case "add-all":
			a := some(rng.IntN(50))
			counted(a, 1)
			err = p.cube.AddAll(ctx, stream(a, nil))
		case "add-reader":
			a := some(rng.IntN(50))
			counted(a, 1)
			r := survey.NewReader(strings.NewReader(fileOf(a)), nil)
			err = p.cube.AddReader(ctx, r)
			_, rejected := r.Rejected()
			require.Zero(t, rejected)
		case "add-columns":
			cols := someColumns(rng, opts)
			counted(rowsOf(cols), 1)
			err, fails = p.cube.AddColumns(ctx, cols), survey.ErrFull
		case "merge":
			if p.model.rolledUp != q.model.rolledUp {
				require.ErrorIs(t, p.cube.Merge(q.cube), survey.ErrShape)
				continue
			}
			change = q.model.scaled(1)
			err, fails = p.cube.Merge(q.cube), survey.ErrFull
		case "sub":
			if p.model.rolledUp != q.model.rolledUp {
				require.ErrorIs(t, p.cube.Sub(q.cube), survey.ErrShape)
				continue
			}
			change = q.model.scaled(-1)
			err, fails = p.cube.Sub(q.cube), survey.ErrNegative
		case "erase":
			n := 0
			for _, a := range given {
				if a.Customer == "a" {
					n++
					for _, k := range p.model.at(a, opts) {
						change[k]--
					}
				}
			}
			var erased int
			erased, err = p.cube.Erase(ctx, stream(given, nil), "a")
			fails = survey.ErrNegative
			if err == nil {
				require.Equal(t, n, erased)
			}
		case "json": // all that follows is held against the model as before
			again := throughJSON(t, p.cube)
			requireEqual(t, p.cube, again)
			pairs[at].cube = again
			p = pairs[at]
		case "slice":
			f := survey.Filter{Measures: []cxmodel.Key{"csat", "effort"}}
			if p.model.rolledUp&survey.DimensionSegment == 0 {
				f.Segments = []cxmodel.Key{"", "segment-1", "nobody"}
			}
			s, err := p.cube.Slice(f)
			require.NoError(t, err)
			m := p.model.clone()
			maps.DeleteFunc(m.counts, func(k modelKey, _ int) bool {
				return !slices.Contains(f.Measures, k.measure) || f.Segments != nil && !slices.Contains(f.Segments, k.segment)
			})
			pairs = append(pairs, pair{s, m})
			p = pairs[len(pairs)-1]
		case "roll-up":
			over := survey.Dimensions(rng.IntN(8))
			m := newModel()
			m.rolledUp = p.model.rolledUp | over
			for k, n := range p.model.counts {
				m.counts[k.rollUp(over)] += n
			}
			r, err := p.cube.RollUp(over)
			if slices.ContainsFunc(slices.Collect(maps.Values(m.counts)), func(n int) bool { return n > math.MaxUint32 }) {
				require.ErrorIs(t, err, survey.ErrFull)
				continue
			}
			require.NoError(t, err)
			pairs = append(pairs, pair{r, m})
			p = pairs[len(pairs)-1]
		}
		if p.model.add(change) {
			require.NoError(t, err, "step %d: %s", step, op)
		} else if fails != nil {
			require.ErrorIs(t, err, fails, "step %d: %s", step, op)
		} else { // full in the middle of a stream, which the model does not follow
			require.ErrorIs(t, err, survey.ErrFull, "step %d: %s", step, op)
			return
		}
		want := p.model.cells(p.cube, opts.Weighted)
		sameCells(t, want, slices.Collect(p.cube.Cells()), "step %d: %s", step, op)
		if len(want) > 0 {
			w := want[rng.IntN(len(want))]
			got, err := p.cube.Cell(w.Measure.Key, w.Touchpoint, w.Segment, w.Period)
			require.NoError(t, err)
			sameCells(t, []survey.Cell{w}, []survey.Cell{got}, "step %d: %s", step, op)
		}
	}
}

package keydriver_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
)

// answers draws p drivers on 1 to 10 that share a mood, and an outcome with weights 1/p, 2/p, ..., 1 and noise.
func answers(r *rand.Rand, n, p int) ([]float64, []keydriver.Driver) {
	y := make([]float64, n)
	drivers := make([]keydriver.Driver, p)
	for j := range drivers {
		drivers[j] = keydriver.Driver{Key: cxmodel.Key(fmt.Sprintf("touchpoint-%02d", j)), Values: make([]float64, n)}
	}
	for i := range n {
		mood := r.NormFloat64()
		for j := range drivers {
			x := math.Round(min(max(7+1.2*mood+1.5*r.NormFloat64(), 1), 10))
			drivers[j].Values[i] = x
			y[i] += float64(j+1) / float64(p) * x
		}
		y[i] += 4 * r.NormFloat64()
	}
	return y, drivers
}

func TestImportancesSumToR2(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, p := range []int{1, 2, 3, 5, 9, 13} {
		y, drivers := answers(r, 40*p, p)
		a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
		require.NoError(t, err)
		var lmg, rw, car, importance, pratt float64
		for _, x := range a.Results {
			lmg, rw, car, importance = lmg+x.LMG, rw+x.RelativeWeight, car+x.CAR, importance+x.Importance
			pratt += x.Standardized.Value * x.Correlation.Value
			assert.GreaterOrEqual(t, x.LMG, 0.)
			assert.LessOrEqual(t, x.Last, x.LMG*float64(p)+1e-12)
		}
		for name, sum := range map[string]float64{"LMG": lmg, "relative weights": rw, "CAR": car, "Pratt": pratt, "importance": importance * a.R2} {
			assert.InEpsilon(t, a.R2, sum, 1e-12, "%s, %d drivers", name, p)
		}
	}
}

func TestOrderUnitsAndProcessorsDoNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	y, drivers := answers(r, 40_000, 6)
	want, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)

	before := runtime.GOMAXPROCS(1)
	same, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	runtime.GOMAXPROCS(before)
	require.NoError(t, err)
	a, err := json.Marshal(want)
	require.NoError(t, err)
	b, err := json.Marshal(same)
	require.NoError(t, err)
	assert.Equal(t, a, b, "to the last bit")

	other := slices.Clone(drivers)
	slices.Reverse(other)
	for j := range other {
		other[j].Values = slices.Clone(other[j].Values)
		slices.Reverse(other[j].Values)
		for i := range other[j].Values {
			other[j].Values[i] = 1000 + 25*other[j].Values[i]
		}
	}
	z := slices.Clone(y)
	slices.Reverse(z)
	got, err := keydriver.Analyze(t.Context(), z, other, nil)
	require.NoError(t, err)
	for j, x := range want.Results {
		o := got.Results[len(drivers)-1-j]
		assert.InEpsilon(t, x.LMG, o.LMG, 1e-11)
		assert.InEpsilon(t, x.RelativeWeight, o.RelativeWeight, 1e-11)
		assert.InEpsilon(t, x.Coefficient.Value, 25*o.Coefficient.Value, 1e-11)
	}
}

func TestOnlyCompleteRowsCount(t *testing.T) {
	y, drivers := answers(rand.New(rand.NewPCG(4, 1)), 300, 3)
	want, err := keydriver.Analyze(t.Context(), y[:250], []keydriver.Driver{
		{Key: "a", Values: drivers[0].Values[:250]}, {Key: "b", Values: drivers[1].Values[:250]}, {Key: "c", Values: drivers[2].Values[:250]},
	}, nil)
	require.NoError(t, err)
	nan := math.NaN()
	for i := 250; i < 300; i++ {
		switch i % 3 {
		case 0:
			y[i] = nan
		case 1:
			drivers[0].Values[i] = nan
		default:
			drivers[2].Values[i] = nan
		}
	}
	kept := slices.Clone(drivers[0].Values)
	got, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	assert.Equal(t, 250, got.N)
	assert.Equal(t, 50, got.Missing)
	for j := range want.Results {
		assert.InEpsilon(t, want.Results[j].LMG, got.Results[j].LMG, 1e-12)
		assert.Equal(t, 50, got.Results[j].Coefficient.Missing)
	}
	for i, x := range kept {
		assert.True(t, x == drivers[0].Values[i] || x != x && drivers[0].Values[i] != drivers[0].Values[i], "arguments are not changed")
	}
}

// 2,000 panels with a known model: coefficient of the third driver 1, correlation between the first two .5.
func TestIntervalsCover(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	const runs, n = 2000, 60
	coefficient, rho := 0, 0
	for range runs {
		y := make([]float64, n)
		x := [3][]float64{make([]float64, n), make([]float64, n), make([]float64, n)}
		for i := range n {
			for j := range x {
				x[j][i] = r.NormFloat64()
			}
			x[1][i] = .5*x[0][i] + math.Sqrt(.75)*x[1][i]
			y[i] = x[2][i] + 2*r.NormFloat64()
		}
		reg, err := keydriver.Regress(t.Context(), y, []keydriver.Driver{{Key: "a", Values: x[0]}, {Key: "b", Values: x[1]}, {Key: "c", Values: x[2]}}, nil)
		require.NoError(t, err)
		if c := reg.Coefficients[2]; c.Low <= 1 && 1 <= c.High {
			coefficient++
		}
		a, err := keydriver.Analyze(t.Context(), x[0], []keydriver.Driver{{Key: "b", Values: x[1]}}, nil)
		require.NoError(t, err)
		if c := a.Results[0].Correlation; c.Low <= .5 && .5 <= c.High {
			rho++
		}
	}
	t.Logf("coefficient %.4f, correlation %.4f", float64(coefficient)/runs, float64(rho)/runs)
	assert.InDelta(t, .95, float64(coefficient)/runs, .015)
	assert.InDelta(t, .95, float64(rho)/runs, .015)
}

func TestMomentsOfTruthAreHeldAgainstTheFlaggedOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	y, drivers := answers(r, 2000, 4)
	target, reach := 7., .5
	for j := range drivers {
		drivers[j].Target, drivers[j].Scale = &target, cxmodel.Scale{Max: 10}
	}
	drivers[3].Reach = &reach
	a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	flagged := []cxmodel.Key{"touchpoint-02", "nowhere", "nowhere"}
	m, err := a.MomentsOfTruth(flagged)
	require.NoError(t, err)
	last := math.Inf(1)
	for _, x := range m.Moments {
		i := slices.IndexFunc(drivers, func(d keydriver.Driver) bool { return d.Key == x.Key })
		below := 0.0
		for _, v := range drivers[i].Values {
			if v < 7 {
				below++
			}
		}
		assert.Equal(t, below/2000, x.BelowTarget.Value)
		assert.InDelta(t, x.Effect.Value*x.BelowTarget.Value*x.Reach, x.Gain.Value, 1e-15)
		assert.LessOrEqual(t, x.Gain.Value, last)
		last = x.Gain.Value
	}
	assert.Equal(t, []cxmodel.Key{"nowhere"}, m.NotMeasured)
	assert.Equal(t, []cxmodel.Key{"touchpoint-02"}, m.Agreed)
	assert.Contains(t, m.OnlyFound, cxmodel.Key("touchpoint-03"))
	assert.InDelta(t, 1/float64(1+len(m.OnlyFound)), m.Agreement, 1e-15)

	drivers[1].Target = nil
	a, err = keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	_, err = a.MomentsOfTruth(nil)
	assert.ErrorIs(t, err, keydriver.ErrNoTarget)
	assert.ErrorContains(t, err, `"touchpoint-01"`)
}

// The same answers told on other scales: 0 to 10, 1 to 5 with half points, and turned, where low is good. Importance,
// performance, quadrant and gain do not depend on the way of asking; means and coefficients do.
func TestScalesDoNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	y, drivers := answers(r, 400, 3)
	target := 7.
	for j := range drivers {
		drivers[j].Scale, drivers[j].Target = cxmodel.Scale{Max: 10}, &target
	}
	told := slices.Clone(drivers)
	five, turned := make([]float64, len(y)), make([]float64, len(y))
	for i := range y {
		five[i], turned[i] = 1+.4*drivers[1].Values[i], 5-.4*drivers[2].Values[i]
	}
	low, high := 1+.4*7, 5-.4*7
	told[1] = keydriver.Driver{Key: told[1].Key, Values: five, Scale: cxmodel.Scale{Min: 1, Max: 5}, Target: &low}
	told[2] = keydriver.Driver{Key: told[2].Key, Values: turned, Scale: cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}, Target: &high}
	a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	b, err := keydriver.Analyze(t.Context(), y, told, nil)
	require.NoError(t, err)
	near := func(x, z metrics.Estimate) {
		t.Helper()
		for _, v := range [][2]float64{{x.Value, z.Value}, {x.Low, z.Low}, {x.High, z.High}, {x.StdErr, z.StdErr}} {
			assert.InDelta(t, v[0], v[1], 1e-12)
		}
	}
	for j, x := range a.Results {
		z := b.Results[j]
		assert.InDelta(t, x.LMG, z.LMG, 1e-13)
		near(x.Performance, z.Performance)
		near(x.BelowTarget, z.BelowTarget)
	}
	assert.InDelta(t, a.Results[2].Mean.Value, 10*(5-b.Results[2].Mean.Value)/4, 1e-12)
	assert.InDelta(t, a.Results[2].Mean.Value/10, b.Results[2].Performance.Value, 1e-12)
	assert.InDelta(t, -2.5*a.Results[2].Coefficient.Value, b.Results[2].Coefficient.Value, 1e-11, "the answers as they are")
	ta, err := a.ImportancePerformance(nil)
	require.NoError(t, err)
	tb, err := b.ImportancePerformance(nil)
	require.NoError(t, err)
	assert.InDelta(t, ta.PerformanceCut, tb.PerformanceCut, 1e-13)
	ma, err := a.MomentsOfTruth(nil)
	require.NoError(t, err)
	mb, err := b.MomentsOfTruth(nil)
	require.NoError(t, err)
	for j := range ta.Placements {
		assert.Equal(t, ta.Placements[j].Key, tb.Placements[j].Key)
		assert.Equal(t, ta.Placements[j].Quadrant, tb.Placements[j].Quadrant)
		assert.Equal(t, ma.Moments[j].Key, mb.Moments[j].Key)
		near(ma.Moments[j].Gain, mb.Moments[j].Gain)
		near(ma.Moments[j].Effect, mb.Moments[j].Effect)
	}

	// Off the scale, such as 99 for "don't know", is told with its place.
	told[1].Values = slices.Clone(five)
	told[1].Values[17] = 99
	_, err = keydriver.Analyze(t.Context(), y, told, nil)
	require.ErrorIs(t, err, keydriver.ErrColumns)
	require.ErrorContains(t, err, `driver "touchpoint-01" has 99 in row 17, off its scale 1..5; write NaN`)
	told[1].Values, told[1].Target = five, &target
	_, err = keydriver.Analyze(t.Context(), y, told, nil)
	require.ErrorContains(t, err, "has target 7, off its scale 1..5")
	told[1].Scale = cxmodel.Scale{Min: 5, Max: 1}
	_, err = keydriver.Analyze(t.Context(), y, told, nil)
	require.ErrorIs(t, err, cxmodel.ErrScale)
	require.ErrorContains(t, err, "touchpoint-01")
}

// Means of different scales are no performance of one table, be they the caller's.
func TestPerformanceOfOneKindOnly(t *testing.T) {
	y, drivers := answers(rand.New(rand.NewPCG(10, 1)), 100, 2)
	a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	mean := func(max int) metrics.Estimate {
		e, err := metrics.Mean([]int{3, 4, 5, 4}, cxmodel.Scale{Min: 1, Max: max}, nil)
		require.NoError(t, err)
		return e
	}
	_, err = a.ImportancePerformance(&keydriver.PerformanceOptions{Performance: map[cxmodel.Key]metrics.Estimate{"touchpoint-00": mean(5), "touchpoint-01": mean(10)}})
	require.ErrorIs(t, err, metrics.ErrMismatch)
	require.ErrorContains(t, err, `of "touchpoint-00" is mean (1..5) in score, that of "touchpoint-01" mean (1..10) in score`)
	_, err = a.ImportancePerformance(&keydriver.PerformanceOptions{Performance: map[cxmodel.Key]metrics.Estimate{"touchpoint-00": mean(5), "touchpoint-01": mean(5)}})
	require.NoError(t, err)
}

// With one driver F is the square of its t, and with two the tail of F is (1-R²)^(df/2). Where nothing is related, P is
// below .05 in one panel of twenty.
func TestPIsTheTailOfF(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 1))
	y, drivers := answers(r, 25, 2)
	one, err := keydriver.Regress(t.Context(), y, drivers[:1], nil)
	require.NoError(t, err)
	slope, err := keydriver.Analyze(t.Context(), y, drivers[:1], nil)
	require.NoError(t, err)
	ratio := one.Coefficients[0].Value / one.Coefficients[0].StdErr
	assert.InEpsilon(t, 2*distuv.StudentsT{Sigma: 1, Nu: 23}.CDF(-math.Abs(ratio)), one.P, 1e-10)
	assert.Equal(t, one.P, slope.P)
	two, err := keydriver.Regress(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	assert.InEpsilon(t, math.Pow(1-two.R2, 11), two.P, 1e-10)
	below := 0
	for range 2000 {
		for i := range y {
			y[i] = r.NormFloat64()
		}
		two, err := keydriver.Regress(t.Context(), y, drivers, nil)
		require.NoError(t, err)
		if two.P < .05 {
			below++
		}
	}
	assert.InDelta(t, .05, float64(below)/2000, .0195) // four binomial errors
}

func TestQuadrants(t *testing.T) {
	y, drivers := answers(rand.New(rand.NewPCG(7, 1)), 500, 4)
	a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	share := func(x int) metrics.Estimate {
		e, err := metrics.Proportion(x, 100, nil)
		require.NoError(t, err)
		return e
	}
	cut := .6
	opts := &keydriver.PerformanceOptions{PerformanceCut: &cut, Performance: map[cxmodel.Key]metrics.Estimate{
		"touchpoint-00": share(30), "touchpoint-01": share(90), "touchpoint-02": share(62), "touchpoint-03": share(20),
	}}
	m, err := a.ImportancePerformance(opts)
	require.NoError(t, err)
	got := map[cxmodel.Key]string{}
	sure := map[cxmodel.Key]bool{}
	for _, p := range m.Placements {
		got[p.Key], sure[p.Key] = p.Quadrant.String(), p.Sure
	}
	assert.Equal(t, map[cxmodel.Key]string{
		"touchpoint-00": "low-priority", "touchpoint-01": "possible-overkill", "touchpoint-02": "keep-up", "touchpoint-03": "concentrate-here",
	}, got)
	assert.Equal(t, map[cxmodel.Key]bool{"touchpoint-00": true, "touchpoint-01": true, "touchpoint-02": false, "touchpoint-03": true}, sure)

	delete(opts.Performance, "touchpoint-00")
	_, err = a.ImportancePerformance(opts)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	opts.Performance["touchpoint-00"] = a.Results[0].Mean
	_, err = a.ImportancePerformance(opts)
	assert.ErrorIs(t, err, metrics.ErrMismatch)
	opts.Performance["touchpoint-00"] = share(30)
	nan := math.NaN()
	opts.ImportanceCut = &nan
	_, err = a.ImportancePerformance(opts)
	assert.ErrorIs(t, err, metrics.ErrOption)
	_, err = a.ImportancePerformance(nil)
	assert.ErrorIs(t, err, keydriver.ErrNoScale)
	assert.ErrorContains(t, err, `driver "touchpoint-00"; set Scale`)
	_, err = new(keydriver.Analysis).ImportancePerformance(nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = new(keydriver.Analysis).MomentsOfTruth(nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	assert.ErrorIs(t, new(keydriver.Quadrant).UnmarshalText([]byte("left")), metrics.ErrOption)
}

func TestBadInputIsAnError(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	y, good := answers(r, 100, 3)
	column := func(f func(i int) float64) []float64 {
		x := make([]float64, len(y))
		for i := range x {
			x[i] = f(i)
		}
		return x
	}
	analyze := func(y []float64, d []keydriver.Driver, o *keydriver.Options) error {
		_, err := keydriver.Analyze(t.Context(), y, d, o)
		return err
	}
	with := func(d ...keydriver.Driver) []keydriver.Driver { return append(slices.Clone(good), d...) }

	var collinear *keydriver.CollinearError
	err := analyze(y, with(keydriver.Driver{Key: "sum", Values: column(func(i int) float64 { return 2*good[0].Values[i] - good[2].Values[i] + 5 })}), nil)
	require.ErrorAs(t, err, &collinear)
	assert.Equal(t, &keydriver.CollinearError{Driver: "sum", With: []cxmodel.Key{"touchpoint-00", "touchpoint-02"}}, collinear)
	assert.ErrorContains(t, err, `"sum" is a combination of "touchpoint-00", "touchpoint-02"`)

	constant := column(func(int) float64 { return 7.1 })
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Key: "same", Values: constant}), nil), keydriver.ErrConstant)
	assert.ErrorIs(t, analyze(constant, good, nil), keydriver.ErrConstant)
	assert.ErrorIs(t, analyze(nil, nil, nil), metrics.ErrNoData)
	assert.ErrorIs(t, analyze(y, nil, nil), metrics.ErrNoData)
	assert.ErrorIs(t, analyze(y[:99], good, nil), keydriver.ErrColumns)
	assert.ErrorIs(t, analyze(y, with(good[1]), nil), keydriver.ErrColumns, "the same key twice")
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Values: y}), nil), keydriver.ErrColumns, "no key")
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Key: "inf", Values: column(func(i int) float64 { return 1 / float64(i) })}), nil), keydriver.ErrColumns)
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Key: "huge", Values: column(func(i int) float64 { return 1e300 * float64(i%3) })}), nil), keydriver.ErrColumns, "squares overflow")
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Key: "empty", Values: column(func(int) float64 { return math.NaN() })}), nil), keydriver.ErrTooFewRows)

	few, drivers := answers(r, 29, 3)
	err = analyze(few, drivers, nil)
	assert.ErrorIs(t, err, keydriver.ErrTooFewRows)
	assert.ErrorContains(t, err, "29 of 29 rows answered everything, 3 drivers need 30; collect more answers, or take fewer drivers")
	gaps := slices.Clone(good)
	gaps[2].Values = column(func(i int) float64 {
		if i > 20 {
			return math.NaN()
		}
		return float64(i)
	})
	assert.ErrorContains(t, analyze(y, gaps, nil), `21 of 100 rows answered everything, 3 drivers need 30; 79 left out driver "touchpoint-02"`)
	assert.NoError(t, analyze(few, drivers, &keydriver.Options{MinRows: 5}))
	more, wide := answers(r, 5, 6)
	assert.ErrorIs(t, analyze(more, wide, textbook), keydriver.ErrTooFewRows, "more drivers than rows")
	many, wide := answers(r, 300, 21)
	assert.ErrorIs(t, analyze(many, wide, nil), keydriver.ErrTooManyDrivers)
	assert.NoError(t, analyze(many, wide, &keydriver.Options{WithoutLMG: true}))
	assert.ErrorIs(t, analyze(many, make([]keydriver.Driver, 501), &keydriver.Options{WithoutLMG: true}), keydriver.ErrTooManyDrivers)

	for _, o := range []keydriver.Options{{Level: 95}, {Level: math.NaN()}, {MinRows: -1}} {
		assert.ErrorIs(t, analyze(y, good, &o), metrics.ErrOption)
	}
	two, nan := 2., math.NaN()
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Key: "reach", Values: column(func(i int) float64 { return float64(i * i) }), Reach: &two}), nil), metrics.ErrOption)
	assert.ErrorIs(t, analyze(y, with(keydriver.Driver{Key: "target", Values: column(func(i int) float64 { return float64(i * i) }), Target: &nan}), nil), metrics.ErrOption)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = keydriver.Analyze(ctx, y, good, nil)
	assert.ErrorIs(t, err, context.Canceled)
	_, err = keydriver.Regress(ctx, y, good, nil)
	assert.ErrorIs(t, err, context.Canceled)
}

// Four rows in which the driver says nothing about the outcome: there is no R² to share out.
func TestNothingExplainedIsSharedOutToNobody(t *testing.T) {
	a, err := keydriver.Analyze(context.Background(), []float64{1, -1, 1, -1}, []keydriver.Driver{{Key: "a", Values: []float64{1, 1, -1, -1}}}, &keydriver.Options{MinRows: 1})
	require.NoError(t, err)
	assert.Zero(t, a.R2)
	assert.Zero(t, a.Results[0].LMG)
	assert.True(t, math.IsNaN(a.Results[0].Importance))
	_, err = a.ImportancePerformance(nil)
	require.ErrorIs(t, err, metrics.ErrUndefined)
}

// The driver is the outcome but for its unit: what rounding leaves of the standard error is no width.
func TestAFitWithoutErrorSaysSo(t *testing.T) {
	for _, unit := range []float64{1, 1e-150, 3e7} {
		x := []float64{0, 1, 1, 1, 0, 0, 1, 3, 2, 0, 1}
		y := make([]float64, len(x))
		for i := range x {
			y[i] = unit * x[i]
		}
		a, err := keydriver.Analyze(t.Context(), y, []keydriver.Driver{{Key: "a", Values: x}}, nil)
		require.NoError(t, err)
		for _, e := range []metrics.Estimate{a.Results[0].Coefficient, a.Results[0].Standardized} {
			assert.Equal(t, e.Low == e.High, e.Warnings.Has(metrics.WarnZeroWidth), "%v ± %v", e, e.StdErr)
		}
	}
}

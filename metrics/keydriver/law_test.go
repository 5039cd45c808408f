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

// LMG by its definition, over all orderings of four drivers with a regression each.
func TestLMGIsTheMeanOverAllOrderings(t *testing.T) {
	y, drivers := answers(rand.New(rand.NewPCG(2, 1)), 200, 4)
	a, err := keydriver.Analyze(t.Context(), y, drivers, nil)
	require.NoError(t, err)
	r2 := func(set []int) float64 {
		if len(set) == 0 {
			return 0
		}
		var part []keydriver.Driver
		for _, j := range set {
			part = append(part, drivers[j])
		}
		r, err := keydriver.Regress(t.Context(), y, part, nil)
		require.NoError(t, err)
		return r.R2
	}
	want := make([]float64, 4)
	orderings := 0
	var walk func(set []int)
	walk = func(set []int) {
		if len(set) == 4 {
			orderings++
			for k, j := range set {
				want[j] += r2(set[:k+1]) - r2(set[:k])
			}
			return
		}
		for j := range 4 {
			if !slices.Contains(set, j) {
				walk(append(slices.Clone(set), j))
			}
		}
	}
	walk(nil)
	require.Equal(t, 24, orderings)
	for j, x := range a.Results {
		assert.InDelta(t, want[j]/24, x.LMG, 1e-13)
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
		drivers[j].Target = &target
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
	nan := math.NaN()
	_, err = a.ImportancePerformance(&keydriver.PerformanceOptions{ImportanceCut: &nan})
	assert.ErrorIs(t, err, metrics.ErrOption)
	_, err = new(keydriver.Analysis).ImportancePerformance(nil)
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
	assert.ErrorContains(t, err, "29 of 29 rows")
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

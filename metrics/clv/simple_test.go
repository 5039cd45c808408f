package clv_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// dataFile returns the path of a data set of another project, or skips the test.
func dataFile(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("CXMODEL_DATA")
	if dir == "" {
		t.Skip("CXMODEL_DATA is not set: the data sets of other projects are not in this repository")
	}
	return filepath.Join(dir, "clv", name)
}

// table reads a data set with one heading line.
func table(t testing.TB, name string) [][]float64 {
	t.Helper()
	f, err := os.Open(dataFile(t, name))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	out := make([][]float64, 0, len(rows)-1)
	for _, row := range rows[1:] {
		numbers := make([]float64, len(row))
		for i, s := range row {
			numbers[i], err = strconv.ParseFloat(s, 64)
			require.NoError(t, err)
		}
		out = append(out, numbers)
	}
	return out
}

func TestSimpleCLVOfTheThreeTimings(t *testing.T) {
	// m = 100, r = .8, d = .1; Fader & Hardie, note 024 (2012): 100×1.1/.3, 100×.8/.3, 100/.3.
	for timing, want := range map[clv.Timing]float64{clv.PayAtStart: 110 / .3, clv.JustPaid: 80 / .3, clv.PayAtEnd: 100 / .3} {
		got, err := clv.CLV(100, clv.Terms{Retention: .8, Discount: .1, Timing: timing})
		require.NoError(t, err)
		assert.InDelta(t, want, got, 1e-10, timing.String())
	}
}

func TestMarginMultiplesOfGuptaAndLehmann(t *testing.T) {
	// r/(1+i-r), rows r = .6 to .9, columns i = 10, 12, 14, 16 %; Gupta & Lehmann (2003), two digits.
	want := map[float64][4]float64{.6: {1.20, 1.15, 1.11, 1.07}, .7: {1.75, 1.67, 1.59, 1.52}, .8: {2.67, 2.50, 2.35, 2.22}, .9: {4.50, 4.09, 3.75, 3.46}}
	for r, row := range want {
		for i, w := range row {
			got, err := clv.Terms{Retention: r, Discount: .10 + .02*float64(i), Timing: clv.JustPaid}.Multiple()
			require.NoError(t, err)
			assert.InDelta(t, w, got, .005)
		}
	}
	// Σ_{t>=1} .82^t/1.1^t = 2.93, the Vodafone case of Fader & Hardie.
	got, err := clv.Terms{Retention: .82, Discount: .1, Timing: clv.JustPaid}.Multiple()
	require.NoError(t, err)
	assert.InDelta(t, 2.93, got, .005)
}

func TestGrowthMovesTheMultipleAsItMovesTheSum(t *testing.T) {
	// The sums written out, 10,000 terms: r .8, d .1, g .05.
	terms := clv.Terms{Retention: .8, Discount: .1, Growth: .05}
	var start, after, end float64
	for k := range 10_000 {
		pay := math.Pow(.8, float64(k)) * math.Pow(1.05, float64(k))
		start += pay / math.Pow(1.1, float64(k))
		end += pay / math.Pow(1.1, float64(k+1))
		if k > 0 {
			after += pay / 1.05 / math.Pow(1.1, float64(k))
		}
	}
	for timing, want := range map[clv.Timing]float64{clv.PayAtStart: start, clv.JustPaid: after, clv.PayAtEnd: end} {
		terms.Timing = timing
		got, err := terms.Multiple()
		require.NoError(t, err)
		assert.InDelta(t, want, got, 1e-10, timing.String())
	}
	// r/(1+d-r(1+g)) = .8/(1.1-.84)
	assert.InDelta(t, .8/.26, after, 1e-10)
}

func TestACurveOfConstantRetentionIsTheClosedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := clv.Terms{
			Retention: rapid.Float64Range(0, 1).Draw(t, "r"),
			Discount:  rapid.Float64Range(.01, .5).Draw(t, "d"),
			Growth:    rapid.Float64Range(-.3, .005).Draw(t, "g"),
			Timing:    clv.Timing(rapid.IntRange(1, 3).Draw(t, "timing")),
		}
		rates := make([]float64, rapid.IntRange(0, 20).Draw(t, "n"))
		for i := range rates {
			rates[i] = terms.Retention
		}
		c, err := clv.CurveFromRates(rates)
		require.NoError(t, err)
		want, err := terms.Multiple()
		require.NoError(t, err)
		got, err := c.Multiple(terms)
		require.NoError(t, err)
		assert.InEpsilon(t, 1+want, 1+got, 1e-10)
	})
}

func TestACurveWithoutTailIsItsSum(t *testing.T) {
	c, err := clv.CurveFromCounts([]int{1000, 869, 743})
	require.NoError(t, err)
	got, err := clv.LifetimeRevenueFromCurve(200, c, clv.Terms{Discount: .1, Timing: clv.PayAtStart})
	require.NoError(t, err)
	assert.InDelta(t, 200*(1+.869/1.1+.743/1.21), got, 1e-10)
}

func TestBadTermsAreErrorsAndNeverNumbers(t *testing.T) {
	good := clv.Terms{Retention: .8, Discount: .1, Timing: clv.PayAtStart}
	for name, c := range map[string]struct {
		change func(*clv.Terms)
		want   error
	}{
		"no timing":       {func(x *clv.Terms) { x.Timing = 0 }, clv.ErrInvalid},
		"per cent":        {func(x *clv.Terms) { x.Retention = 80 }, clv.ErrInvalid},
		"NaN":             {func(x *clv.Terms) { x.Retention = math.NaN() }, clv.ErrInvalid},
		"discount of -1":  {func(x *clv.Terms) { x.Discount = -1 }, clv.ErrInvalid},
		"infinite growth": {func(x *clv.Terms) { x.Growth = math.Inf(1) }, clv.ErrInvalid},
		"for ever":        {func(x *clv.Terms) { x.Retention, x.Discount = 1, 0 }, clv.ErrInfinite},
	} {
		terms := good
		c.change(&terms)
		got, err := clv.CLV(100, terms)
		require.ErrorIs(t, err, c.want, name)
		assert.True(t, math.IsNaN(got), name)
	}
	for _, m := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, err := clv.CLV(m, good)
		require.ErrorIs(t, err, clv.ErrInvalid)
	}
	for _, c := range []clv.Curve{nil, {.9}, {1, 1.1}, {1, .5, .6}, {1, math.NaN()}, {1, -.1}} {
		_, err := c.Multiple(good)
		require.Error(t, err)
	}
	_, err := clv.CurveFromCounts([]int{5, 6})
	require.ErrorIs(t, err, clv.ErrInvalid)
	_, err = clv.CurveFromRates([]float64{.5, 1.5})
	require.ErrorIs(t, err, clv.ErrInvalid)
}

func TestDiscountRatesPerPeriod(t *testing.T) {
	assert.InDelta(t, .0027, clv.ContinuousRate(.15, 52), 5e-5) // Fader, Hardie & Lee, RFM and CLV (2005)
	assert.InDelta(t, .15, math.Pow(1+clv.PeriodRate(.15, 12), 12)-1, 1e-12)
	assert.True(t, math.IsNaN(clv.PeriodRate(-1, 12)))
	assert.True(t, math.IsNaN(clv.ContinuousRate(.1, 0)))
}

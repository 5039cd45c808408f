package metrics_test

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// everyFunction is every exported function of the package, generic ones for a type of each kind.
var everyFunction = map[string][]any{
	"AdjustPValues": {metrics.AdjustPValues}, "ChurnOverAverage": {metrics.ChurnOverAverage}, "ChurnOverStart": {metrics.ChurnOverStart},
	"ANOVA": {metrics.ANOVA[float64], metrics.ANOVA[int], metrics.ANOVA[uint64]}, "AnnualChurn": {metrics.AnnualChurn},
	"AnswerIndex": {metrics.AnswerIndex}, "Balance": {metrics.Balance},
	"Bootstrap": {metrics.Bootstrap[float64]}, "BootstrapMean": {metrics.BootstrapMean[float64], metrics.BootstrapMean[int]}, "BootstrapNPS": {metrics.BootstrapNPS},
	"CES1": {metrics.CES1[float64], metrics.CES1[int], metrics.CES1[uint64]}, "CES1Scale": {metrics.CES1Scale},
	"CES2": {metrics.CES2[float64], metrics.CES2[int], metrics.CES2[uint64]}, "CES2Index": {metrics.CES2Index[float64], metrics.CES2Index[int]},
	"CES2IndexOf": {metrics.CES2IndexOf}, "CES2Scale": {metrics.CES2Scale}, "CES2Share": {metrics.CES2Share[float64], metrics.CES2Share[int]},
	"CES2ShareOf": {metrics.CES2ShareOf}, "CSAT": {metrics.CSAT[float64], metrics.CSAT[int], metrics.CSAT[uint64]}, "CSATGoodBad": {metrics.CSATGoodBad},
	"CSATOf": {metrics.CSATOf}, "ChiSquare": {metrics.ChiSquare}, "ChurnPerExposure": {metrics.ChurnPerExposure}, "CohortChurn": {metrics.CohortChurn},
	"CohortRetention": {metrics.CohortRetention}, "ConversionOfVisitors": {metrics.ConversionOfVisitors}, "ConversionOfVisits": {metrics.ConversionOfVisits},
	"CronbachAlpha": {metrics.CronbachAlpha[float64], metrics.CronbachAlpha[int], metrics.CronbachAlpha[uint64]},
	"Describe":      {metrics.Describe[float64], metrics.Describe[int], metrics.Describe[uint64]}, "Difference": {metrics.Difference},
	"ENPS": {metrics.ENPS[float64], metrics.ENPS[int]}, "ENPSOf": {metrics.ENPSOf}, "EventRate": {metrics.EventRate},
	"FirstContactResolutionAsked": {metrics.FirstContactResolutionAsked}, "FirstContactResolutionGross": {metrics.FirstContactResolutionGross},
	"FirstContactResolutionNet": {metrics.FirstContactResolutionNet}, "FirstContactResolutionOfResolved": {metrics.FirstContactResolutionOfResolved},
	"FivePointBands":        {metrics.FivePointBands},
	"GrossRevenueRetention": {metrics.GrossRevenueRetention[float64], metrics.GrossRevenueRetention[int]}, "GrossRevenueRetentionOf": {metrics.GrossRevenueRetentionOf},
	"Index": {metrics.Index}, "LinearRegression": {metrics.LinearRegression},
	"MannWhitney": {metrics.MannWhitney[float64], metrics.MannWhitney[int], metrics.MannWhitney[uint64]},
	"Mean":        {metrics.Mean[float64], metrics.Mean[int], metrics.Mean[uint64]}, "MeanCSAT": {metrics.MeanCSAT[float64], metrics.MeanCSAT[int]},
	"MeanDifferenceSampleSize": {metrics.MeanDifferenceSampleSize}, "NPS": {metrics.NPS[float64], metrics.NPS[int], metrics.NPS[uint64], metrics.NPS[int8]},
	"NPSDifferenceSampleSize": {metrics.NPSDifferenceSampleSize}, "NPSOf": {metrics.NPSOf}, "NPSOfWeights": {metrics.NPSOfWeights}, "NPSSampleSize": {metrics.NPSSampleSize},
	"NegativeOfMentions": {metrics.NegativeOfMentions}, "NegativeOfOpinions": {metrics.NegativeOfOpinions}, "NetCustomerLoss": {metrics.NetCustomerLoss},
	"NetRevenueRetention": {metrics.NetRevenueRetention[float64], metrics.NetRevenueRetention[int]}, "NetRevenueRetentionOf": {metrics.NetRevenueRetentionOf},
	"NewTally": {metrics.NewTally}, "Percents": {metrics.Percents}, "Proportion": {metrics.Proportion}, "ProportionDifference": {metrics.ProportionDifference},
	"ProportionDifferenceSampleSize": {metrics.ProportionDifferenceSampleSize}, "ProportionOfWeights": {metrics.ProportionOfWeights},
	"ProportionRatio": {metrics.ProportionRatio}, "ProportionSampleSize": {metrics.ProportionSampleSize}, "ProportionTest": {metrics.ProportionTest},
	"RateRatio": {metrics.RateRatio}, "ReferredCustomers": {metrics.ReferredCustomers}, "ReferringCustomers": {metrics.ReferringCustomers},
	"RepeatPurchaseRate": {metrics.RepeatPurchaseRate}, "ResponseRate": {metrics.ResponseRate}, "RetentionInBracket": {metrics.RetentionInBracket},
	"RetentionOnDay": {metrics.RetentionOnDay}, "RetentionOnOrAfter": {metrics.RetentionOnOrAfter}, "ReturningCustomerRate": {metrics.ReturningCustomerRate},
	"SERVQUAL": {metrics.SERVQUAL}, "ShareOfWallet": {metrics.ShareOfWallet}, "SimultaneousShares": {metrics.SimultaneousShares}, "StandardBands": {metrics.StandardBands},
	"Stars": {metrics.Stars[float64], metrics.Stars[int]}, "TallyOf": {metrics.TallyOf[float64], metrics.TallyOf[int], metrics.TallyOf[uint64]},
	"TallyOfCounts": {metrics.TallyOfCounts}, "TenPointBands": {metrics.TenPointBands}, "Trend": {metrics.Trend}, "WalletAllocation": {metrics.WalletAllocation},
	"WalletShares": {metrics.WalletShares[float64], metrics.WalletShares[int]}, "ZTest": {metrics.ZTest},
}

var (
	nan, inf, huge, tiny = math.NaN(), math.Inf(1), math.MaxFloat64, math.SmallestNonzeroFloat64
	badLevels            = []float64{nan, -1, 1e-300, 1 - 1e-16, 1, 95}
)

// hostile are the arguments of each type: empty, one, all alike, missing, infinite, negative, huge, tiny, and a few that are good.
var hostile = map[reflect.Type][]any{}

func values[T any](v ...T) {
	t := reflect.TypeFor[T]()
	for _, x := range v {
		hostile[t] = append(hostile[t], x)
	}
}

func init() {
	values(math.MinInt, -1, 0, 1, 7, math.MaxInt)
	values(nan, -inf, inf, -1, 0, tiny, .3, 12.5, huge)
	values(nil, []float64{nan}, []float64{inf}, []float64{-inf, inf}, []float64{-1, 2}, []float64{5}, []float64{5, 5, 5}, []float64{1, 2, 3, 4},
		[]float64{huge, -huge}, []float64{tiny, 3 * tiny, 0}, []float64{1, nan, 1, 4})
	values(nil, []int{-1}, []int{0}, []int{0, 0}, []int{5}, []int{5, 5}, []int{1, 2, 3, 4}, []int{math.MaxInt, math.MaxInt}, []int{math.MinInt, 3}, []int{math.MaxInt}, []int{math.MaxInt - 1, 1})
	values(nil, []uint64{0}, []uint64{5, 5}, []uint64{1, 3, 4}, []uint64{math.MaxUint64, 1, math.MaxUint64}, []uint64{1 << 63, 2})
	values(nil, []uint8{}, []uint8("AQ=="), []uint8{1, 0, 255}, []uint8{0, 10, 9, 7, 255})
	values(nil, []int8{-128, 127}, []int8{9, 9, 0})
	values(nil, [][]float64{nil}, [][]float64{{nan, nan}, {nan, nan}}, [][]float64{{1, 2}, {inf, 3}}, [][]float64{{5, 5}, {5, 5}, {5, 5}}, [][]float64{{1}, {2, 3}},
		[][]float64{{huge, 1}, {-huge, 2}, {huge, 3}}, [][]float64{{tiny, 0}, {0, tiny}, {tiny, 2 * tiny}}, [][]float64{{1, 2}, {2, 3}, {4, 4}, {3, 7}}, [][]float64{{1}, {2}, {4}, {3}})
	values(nil, [][]int{nil}, [][]int{{5, 5}, {5, 5}}, [][]int{{-1, 2}, {3, 4}}, [][]int{{1}, {2, 3}}, [][]int{{math.MaxInt, 1}, {1, 2}}, [][]int{{1, 2}, {3, 1}, {4, 9}})
	values(nil, [][]uint64{{1, 2}, {3, 1}, {4, 9}}, [][]uint64{{math.MaxUint64, 0}, {0, math.MaxUint64}})
	values(cxmodel.Scale{}, cxmodel.Scale{Max: 10}, cxmodel.Scale{Min: 1, Max: 5}, cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}, cxmodel.Scale{Min: 5, Max: 1}, cxmodel.Scale{Min: math.MinInt, Max: math.MaxInt})
	values(metrics.Adjustment(-1), 0, metrics.Holm, metrics.Hommel, metrics.Sidak, 99)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	values[context.Context](context.Background(), cancelled)
	values(func(rows []float64) float64 { return rows[0] }, func([]float64) float64 { return nan }, func(rows []float64) float64 { return rows[0] - rows[len(rows)-1] })
	values(nil, []metrics.Activity{{}}, []metrics.Activity{{Start: math.MinInt, Days: []int{math.MaxInt}}, {Start: math.MaxInt, Days: []int{math.MinInt}}},
		[]metrics.Activity{{Start: 0, Days: []int{0, 7}}, {Start: 1}})
	share, _ := metrics.Proportion(3, 10, nil)
	gone, _ := metrics.Proportion(0, 0, nil)
	nps, _ := metrics.NPSOf(1, 2, 3, nil)
	open := share
	open.High, open.Warnings = inf, metrics.WarnOpenEnd
	wild := share
	wild.Value = inf
	few := share
	few.Level = .5
	values(metrics.Estimate{}, gone, share, few, nps, open, wild, metrics.Estimate{Metric: "x", Unit: metrics.UnitShare})
	values(nil, []metrics.IndexMeasure{{}}, []metrics.IndexMeasure{{Estimate: share, Target: 1, Weight: nan}}, []metrics.IndexMeasure{{Estimate: gone, Target: 1, Weight: 1}},
		[]metrics.IndexMeasure{{Estimate: share, Floor: -huge, Target: huge, Weight: 1}}, []metrics.IndexMeasure{{Estimate: share, Floor: inf, Target: 1, Weight: 1}},
		[]metrics.IndexMeasure{{Estimate: wild, Target: 1, Weight: 1}}, []metrics.IndexMeasure{{Estimate: open, Target: 1, Weight: huge}, {Estimate: share, Target: 1, Weight: huge}},
		[]metrics.IndexMeasure{{Target: 1, Weight: 1}}, []metrics.IndexMeasure{{Estimate: share, Target: 1}, {Estimate: few, Target: 1, Weight: 1}})
	bands := metrics.StandardBands()
	values(nil, []metrics.IndexQuestion{{}}, []metrics.IndexQuestion{{Bands: bands, Weight: inf}}, []metrics.IndexQuestion{{Bands: bands, Weight: -1}},
		[]metrics.IndexQuestion{{Bands: bands, Weight: huge}, {Bands: bands, Weight: huge}}, []metrics.IndexQuestion{{Bands: bands, Weight: 2}, {Bands: bands, Weight: 1}}, []metrics.IndexQuestion{{Bands: bands, Weight: tiny}})
	var blank, same, infinite metrics.ServqualAnswer
	for i := range blank.Expectations {
		blank.Expectations[i], infinite.Expectations[i], infinite.Perceptions[i] = nan, inf, inf
	}
	values(nil, []metrics.ServqualAnswer{blank}, []metrics.ServqualAnswer{same}, []metrics.ServqualAnswer{same, same, same}, []metrics.ServqualAnswer{infinite, same, same})

	// Options: none, bad levels, methods that do not exist, and one field that is out of range at a time.
	values[*metrics.NPSOptions](nil, &metrics.NPSOptions{Method: -1}, &metrics.NPSOptions{Method: 99}, &metrics.NPSOptions{Bands: metrics.Bands{Passive: nan}}, &metrics.NPSOptions{Bands: metrics.TenPointBands()})
	values[*metrics.ProportionOptions](nil, &metrics.ProportionOptions{Method: -1}, &metrics.ProportionOptions{Method: 99}, &metrics.ProportionOptions{Boxes: -1}, &metrics.ProportionOptions{Boxes: math.MaxInt})
	values[*metrics.DifferenceOptions](nil, &metrics.DifferenceOptions{Method: -1}, &metrics.DifferenceOptions{Method: 99})
	values[*metrics.RatioOptions](nil, &metrics.RatioOptions{Method: -1}, &metrics.RatioOptions{Method: 99})
	values[*metrics.SimultaneousOptions](nil, &metrics.SimultaneousOptions{Method: -1}, &metrics.SimultaneousOptions{Method: 99})
	values[*metrics.BalanceOptions](nil, &metrics.BalanceOptions{BadWeight: nan}, &metrics.BalanceOptions{BadWeight: -1}, &metrics.BalanceOptions{BadWeight: huge}, &metrics.BalanceOptions{BadWeight: 2})
	values[*metrics.BootstrapOptions](nil, &metrics.BootstrapOptions{Draws: -1}, &metrics.BootstrapOptions{Draws: math.MaxInt}, &metrics.BootstrapOptions{Draws: 100})
	values[*metrics.SampleSizeOptions](nil, &metrics.SampleSizeOptions{Power: nan}, &metrics.SampleSizeOptions{Power: 1}, &metrics.SampleSizeOptions{Power: 1e-300})
	values[*metrics.ServqualOptions](nil, &metrics.ServqualOptions{Weights: [5]float64{nan}}, &metrics.ServqualOptions{Weights: [5]float64{inf}}, &metrics.ServqualOptions{Weights: [5]float64{100}})
	values[*metrics.RegressionOptions](nil, &metrics.RegressionOptions{NoIntercept: true}, &metrics.RegressionOptions{Names: []string{"a"}})
	values[*metrics.MeanOptions](nil)
	values[*metrics.RateOptions](nil)
	for i, m := range npsMethods {
		values(&metrics.NPSOptions{Method: m, Level: []float64{0, .5, .999}[i%3]})
	}
	for _, m := range proportionMethods {
		values(&metrics.ProportionOptions{Method: m})
	}
	for m := range metrics.DifferenceWald {
		values(&metrics.DifferenceOptions{Method: m + 1})
	}
	for m := range metrics.RatioLogAdjusted {
		values(&metrics.RatioOptions{Method: m + 1})
	}
	values(&metrics.SimultaneousOptions{Method: metrics.SisonGlaz})
	for t := range hostile {
		if t.Kind() != reflect.Pointer {
			continue
		}
		for _, l := range badLevels {
			o := reflect.New(t.Elem())
			o.Elem().FieldByName("Level").SetFloat(l)
			hostile[t] = append(hostile[t], o.Interface())
		}
	}
	values("", "a", "\xff")
	values(&metrics.Tally{}, metrics.NewTally(cxmodel.Scale{}), metrics.NewTally(zeroToTen), metrics.TallyOf([]float64{nan, 12}, zeroToTen), metrics.TallyOf([]float64{5}, oneToFive),
		metrics.TallyOf([]float64{1, 2.5, 5, 5, 3}, oneToFive), full(zeroToTen), full(oneToFive))
}

// full returns a tally that can take no more.
func full(s cxmodel.Scale) *metrics.Tally {
	t := metrics.NewTally(s)
	for ok := true; ok; {
		ok = t.AddN(4, 1<<60) == nil
	}
	return t
}

// exported returns the names of the exported functions of the package in a folder.
func exported(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, e.Name()), nil, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}

// Every entry point is shown in use, here and in the packages below; a constructor by itself or by what it makes.
func TestEveryFunctionHasAnExample(t *testing.T) {
	for _, folder := range []string{".", "clv", "clv/clvsvg", "control", "durations", "feedback", "keydriver", "metricstest", "survey", "survival"} {
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		require.NoError(t, err)
		var tests strings.Builder
		for _, f := range files {
			b, err := os.ReadFile(f)
			require.NoError(t, err)
			tests.Write(b)
		}
		names := exported(t, folder)
		require.NotEmpty(t, names, folder)
		for _, name := range names {
			assert.Regexp(t, `\nfunc Example(`+name+`|`+strings.TrimPrefix(name, "New")+`)(_[a-z]\w*)?\(`, tests.String(), "%s.%s", folder, name)
		}
	}
}

// Whatever the arguments, there is an error, or numbers that can be believed, or a named warning.
func TestNoArgumentYieldsANumberThatIsNone(t *testing.T) {
	for _, name := range exported(t, ".") {
		require.NotEmpty(t, everyFunction[name], "function %s is not in the table", name)
	}
	for name, instances := range everyFunction {
		for _, f := range instances {
			t.Run(fmt.Sprintf("%s/%T", name, f), func(t *testing.T) { tortured(t, name, reflect.ValueOf(f), nil) })
		}
	}
}

// Another unit of the numbers, however far off, gives the same result: by a power of two to the last bit.
func TestTheUnitOfTheNumbersDoesNotMatter(t *testing.T) {
	rows := [][]float64{{1, 2, 4}, {3, 1, 2}, {4, 5, 3}, {2, 2, 7}, {6, 5, 5}}
	fit := func(unit float64) (metrics.Description, metrics.Regression, metrics.Reliability) {
		scaled, y := make([][]float64, len(rows)), make([]float64, len(rows))
		x := make([][]float64, len(rows))
		for i, row := range rows {
			for _, v := range row {
				scaled[i] = append(scaled[i], v*unit)
			}
			y[i], x[i] = scaled[i][0], scaled[i][1:]
		}
		d, err := metrics.Describe(y, nil)
		require.NoError(t, err)
		r, err := metrics.LinearRegression(t.Context(), y, x, nil)
		require.NoError(t, err)
		a, err := metrics.CronbachAlpha(scaled, nil)
		require.NoError(t, err)
		return d, r, a
	}
	d, r, a := fit(1)
	for _, unit := range []float64{0x1p-700, 0x1p-40, 0x1p700} {
		du, ru, au := fit(unit)
		assert.Equal(t, d.StdDev*unit, du.StdDev)
		assert.Equal(t, d.Mean.Low*unit, du.Mean.Low)
		assert.Equal(t, []float64{a.Alpha.Value, a.Alpha.Low, a.Alpha.High}, []float64{au.Alpha.Value, au.Alpha.Low, au.Alpha.High})
		assert.Equal(t, r.R2, ru.R2)
		assert.Equal(t, r.F, ru.F)
		assert.Equal(t, r.Coefficients[0].Value*unit, ru.Coefficients[0].Value)
		assert.Equal(t, r.Coefficients[2], ru.Coefficients[2])
	}
	_, err := metrics.LinearRegression(t.Context(), []float64{5, 5, 5}, [][]float64{{1}, {2}, {4}}, nil)
	require.ErrorIs(t, err, metrics.ErrUndefined, "there is nothing to explain")
}

// The same of every method of a Tally, whatever it holds.
func TestNoTallyYieldsANumberThatIsNone(t *testing.T) {
	of := reflect.TypeFor[*metrics.Tally]()
	for i := range of.NumMethod() {
		m := of.Method(i)
		if m.Type.NumOut() == 0 || slices.Contains([]string{"Scores", "StdDev"}, m.Name) {
			continue
		}
		for _, x := range hostile[of] {
			t.Run(m.Name, func(t *testing.T) {
				tortured(t, m.Name, m.Func, []reflect.Value{reflect.ValueOf(x.(*metrics.Tally).Clone())})
			})
		}
	}
}

// tortured calls f with first and every combination of hostile arguments, or a few thousand of them.
func tortured(t *testing.T, name string, f reflect.Value, first []reflect.Value) {
	t.Helper()
	choices := make([][]any, 0, f.Type().NumIn())
	total := 1
	for i := len(first); i < f.Type().NumIn(); i++ {
		in := f.Type().In(i)
		c := hostile[in]
		require.NotEmpty(t, c, "no arguments of type %v", in)
		choices = append(choices, c)
		total *= len(c)
	}
	const most = 1000
	r := rand.New(rand.NewPCG(1, uint64(total)))
	for n := range min(total, most) {
		code := n
		if total > most {
			code = r.IntN(total)
		}
		args := slices.Clone(first)
		said := name + "("
		for i, c := range choices {
			x := c[code%len(c)]
			code /= len(c)
			in := f.Type().In(len(first) + i)
			if x == nil {
				args = append(args, reflect.Zero(in))
			} else {
				args = append(args, reflect.ValueOf(x).Convert(in))
			}
			said += fmt.Sprintf("%+v, ", args[len(args)-1])
		}
		start := time.Now()
		out := f.Call(args)
		took := time.Since(start)
		if took > 3*time.Second { // not a hang, on a machine that has other work
			t.Errorf("%s) took %v", said, took)
		}
		var err error
		if last := out[len(out)-1]; last.Type() == reflect.TypeFor[error]() {
			err, _ = last.Interface().(error)
			out = out[:len(out)-1]
		}
		for _, v := range out {
			if fault := judge(v, err); fault != "" {
				t.Errorf("%s) = %+v, %v: %s", said, v, err, fault)
			}
		}
		if err != nil {
			assert.Regexp(t, `^metrics: .*\S$`, err.Error())
			assert.NotContains(t, err.Error(), "  ")
		}
		if t.Failed() {
			return
		}
	}
}

// judge returns what is wrong with a result that came with err, "" if nothing.
func judge(v reflect.Value, err error) string {
	switch x := v.Interface().(type) {
	case metrics.Estimate:
		return judgeEstimate(x, err)
	case metrics.Comparison:
		if err != nil { // the two groups stand as they were given
			return judgeEstimate(metrics.Estimate{Value: x.Value, Low: x.Low, High: x.High, StdErr: x.StdErr}, err)
		}
	case metrics.Test:
		switch {
		case err != nil && !(math.IsNaN(x.Statistic) && math.IsNaN(x.P)):
			return "a test beside an error"
		case err == nil && (math.IsNaN(x.Statistic) || !(x.P >= 0 && x.P <= 1)):
			return "a test without error and without number"
		}
		return ""
	case *metrics.Tally:
		return ""
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			if f := v.Type().Field(i).Name; v.Type() == reflect.TypeFor[metrics.ServqualResult]() && (f == "Reliability" || f == "Weighted") {
				continue // said to be not available where they cannot be had
			}
			if fault := judge(v.Field(i), err); fault != "" {
				return v.Type().Field(i).Name + ": " + fault
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if fault := judge(v.Index(i), err); fault != "" {
				return fault
			}
		}
	}
	return ""
}

func judgeEstimate(e metrics.Estimate, err error) string {
	switch {
	case err != nil:
		if !math.IsNaN(e.Value) || !math.IsNaN(e.Low) || !math.IsNaN(e.High) || !math.IsNaN(e.StdErr) {
			return "an estimate beside an error"
		}
	case math.IsNaN(e.Value) || math.IsInf(e.Value, 0):
		return "no value and no error"
	case !e.HasInterval():
		if !e.Warnings.Has(metrics.WarnNoInterval) || e.Level != 0 || !math.IsNaN(e.Low) || !math.IsNaN(e.High) {
			return "no interval and no warning"
		}
	case !(e.Level > 0 && e.Level < 1) || !(e.Low <= e.High) || math.IsInf(e.Low, 0) || e.Method == "":
		return "an interval that is none"
	case math.IsInf(e.High, 0) && !e.Warnings.Has(metrics.WarnOpenEnd):
		return "an interval without end"
	case e.Low == e.High && !e.Warnings.Has(metrics.WarnZeroWidth):
		return "an interval without width"
	case e.N < 0 || !(e.EffectiveN >= 0) || e.Metric == "" || e.Definition == "":
		return "no n, metric or definition"
	}
	return ""
}

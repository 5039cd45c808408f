package metrics_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func TestEstimatePrintsEverythingThatIsNeededToJudgeIt(t *testing.T) {
	nan := math.NaN()
	base := metrics.Estimate{Metric: "NPS", Unit: metrics.UnitPoints, Value: 35.2, Low: 27.9, High: 41.6, Level: .95, N: 812, EffectiveN: 812, Missing: 14, Method: "score"}
	for want, change := range map[string]func(*metrics.Estimate){
		"NPS +35 (95 % CI +28..+42, n=812, 14 missing, score)":                func(*metrics.Estimate) {},
		"NPS -35 (95 % CI -42..-28, n=812, 14 missing, score)":                func(e *metrics.Estimate) { e.Value, e.Low, e.High = -35.2, -41.6, -27.9 },
		"NPS 0 (95 % CI 0..+1, n=812, 14 missing, score)":                     func(e *metrics.Estimate) { e.Value, e.Low, e.High = -.2, 0, .6 },
		"NPS +35 (99.9 % CI +28..+42, n=812, 14 missing, score)":              func(e *metrics.Estimate) { e.Level = .999 },
		"NPS +35 (95 % CI +28..+42, n=812, effective 640, 14 missing, score)": func(e *metrics.Estimate) { e.EffectiveN = 640.3 },
		"NPS +35 (95 % CI +28..+42, n=812, 3 off scale, score)":               func(e *metrics.Estimate) { e.Missing, e.OffScale = 0, 3 },
		"NPS +35 (no interval, n=812, 14 missing)":                            func(e *metrics.Estimate) { e.Low, e.High, e.Method = nan, nan, "" },
		"NPS +35 (no interval, n not known)": func(e *metrics.Estimate) {
			e.Low, e.High, e.Method, e.N, e.EffectiveN, e.Missing = nan, nan, "", 0, 0, 0
		},
		"NPS not available (n=0, 14 missing)": func(e *metrics.Estimate) {
			e.Value, e.Low, e.High, e.Method, e.N, e.EffectiveN = nan, nan, nan, "", 0, 0
		},
		"CSAT 69.2 % (95 % CI 59.9..77.1 %, n=812, 14 missing, score)": func(e *metrics.Estimate) {
			e.Metric, e.Unit, e.Value, e.Low, e.High = "CSAT", metrics.UnitShare, .69159, .5987, .7712
		},
		"NRR 105.0 % (95 % CI 99.0..111.0 %, n=812, 14 missing, score)": func(e *metrics.Estimate) {
			e.Metric, e.Unit, e.Value, e.Low, e.High = "NRR", metrics.UnitRatio, 1.05, .99, 1.11
		},
		"CES 5.30 (95 % CI 5.00..5.61, n=812, 14 missing, score)": func(e *metrics.Estimate) {
			e.Metric, e.Unit, e.Value, e.Low, e.High = "CES", metrics.UnitScore, 5.3, 4.999, 5.605
		},
		"churn 0.075 (95 % CI 0.01547..0.2192, n=812, 14 missing, score)": func(e *metrics.Estimate) {
			e.Metric, e.Unit, e.Value, e.Low, e.High = "churn", metrics.UnitRate, .075, .015467, .21918
		},
		"value 103.56 (95 % CI 99.10..108.02, n=812, 14 missing, score)": func(e *metrics.Estimate) {
			e.Metric, e.Unit, e.Value, e.Low, e.High = "value", metrics.UnitMoney, 103.56, 99.1, 108.02
		},
		"NPS +35 (95 % CI +28..+42, n=812, 14 missing, score); all answers agree, ": func(e *metrics.Estimate) { e.Warnings = metrics.WarnZeroWidth },
	} {
		e := base
		change(&e)
		if strings.HasSuffix(want, ", ") {
			assert.True(t, strings.HasPrefix(e.String(), want), e.String())
			continue
		}
		assert.Equal(t, want, e.String())
	}
}

func TestEstimateIsJSONWithNullForWhatIsNotAvailable(t *testing.T) {
	e, err := metrics.NPSOf(0, 0, 0, nil)
	require.Error(t, err)
	b, err := json.Marshal(e)
	require.NoError(t, err)
	assert.JSONEq(t, `{"metric":"NPS","unit":"points","value":null,"low":null,"high":null,"std-err":null,"n":0,"effective-n":0,"missing":0,"off-scale":0,"method":"","warnings":[]}`, string(b))
	var back metrics.Estimate
	require.NoError(t, json.Unmarshal(b, &back))
	assert.True(t, math.IsNaN(back.Value) && math.IsNaN(back.Low) && math.IsNaN(back.High) && math.IsNaN(back.StdErr))

	full, err := metrics.NPSOf(0, 1, 2, &metrics.NPSOptions{Method: metrics.NPSWald})
	require.NoError(t, err)
	b, err = json.Marshal(full)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"warnings":["few-answers","clamped","wald"]`)
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, full, back)

	for _, bad := range []string{`{"unit":"inches"}`, `{"warnings":["tired"]}`, `{"value":"high"}`, `[]`} {
		assert.Error(t, json.Unmarshal([]byte(bad), &back), bad)
	}
}

func TestATimeIsPrintedInItsUnit(t *testing.T) {
	e := metrics.Estimate{Metric: "median time", Unit: metrics.UnitTime, Value: 255, Low: 200, High: 300.5, Level: .95, N: 11, Method: "log-log"}
	assert.Equal(t, "median time 255.00 (95 % CI 200.00..300.50, n=11, log-log)", e.String(), "not known")
	e.In = "minutes"
	assert.Equal(t, "median time 255.00 minutes (95 % CI 200.00..300.50, n=11, log-log)", e.String())
	b, err := json.Marshal(e)
	require.NoError(t, err)
	var back metrics.Estimate
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, e, back)
}

func TestAnIntervalWithoutEndSurvivesJSON(t *testing.T) {
	open := metrics.Estimate{Metric: "median time", Unit: metrics.UnitTime, Value: 31, Low: 18, High: math.Inf(1), Level: .95, N: 11, Warnings: metrics.WarnOpenEnd}
	b, err := json.Marshal(open)
	require.NoError(t, err)
	var back metrics.Estimate
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, open, back)
}

func TestEnumerationsReadAndWriteTheirNames(t *testing.T) {
	type text interface {
		encoding.TextUnmarshaler
		fmt.Stringer
	}
	for _, c := range []struct {
		value encoding.TextMarshaler
		into  text
		name  string
	}{
		{metrics.UnitShare, new(metrics.Unit), "share"},
		{metrics.NPSTango, new(metrics.NPSMethod), "score"}, {metrics.NPSWald, new(metrics.NPSMethod), "Wald"}, {metrics.NPSMethod(0), new(metrics.NPSMethod), ""},
		{metrics.Wilson, new(metrics.ProportionMethod), "Wilson"}, {metrics.Wald, new(metrics.ProportionMethod), "Wald"},
	} {
		b, err := c.value.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, c.name, string(b))
		require.NoError(t, c.into.UnmarshalText(b))
		assert.Equal(t, c.name, c.into.String())
		err = c.into.UnmarshalText([]byte("nonsense"))
		require.ErrorIs(t, err, metrics.ErrOption)
		assert.ErrorContains(t, err, `"nonsense"`)
		assert.ErrorContains(t, err, "use one of ")
		assert.Equal(t, c.name, c.into.String(), "a failed read changes nothing")
	}
	for _, bad := range []encoding.TextMarshaler{metrics.Unit(99), metrics.NPSMethod(-1), metrics.ProportionMethod(77)} {
		_, err := bad.MarshalText()
		require.ErrorIs(t, err, metrics.ErrOption)
	}
}

func TestWarningsAreASet(t *testing.T) {
	w := metrics.WarnClamped | metrics.WarnOffScale
	assert.Equal(t, []metrics.Warning{metrics.WarnClamped, metrics.WarnOffScale}, slices.Collect(w.All()))
	assert.Equal(t, []string{"clamped", "off-scale"}, w.Codes())
	assert.Equal(t, 1, strings.Count(w.String(), "; "))
	assert.True(t, w.Has(metrics.WarnClamped))
	assert.False(t, w.Has(metrics.WarnClamped|metrics.WarnWald))
	assert.Empty(t, metrics.Warning(0).String())
	var all metrics.Warning
	for v := metrics.Warning(1); len(v.Codes()) == 1; v <<= 1 {
		all |= v
		b, err := json.Marshal(v)
		require.NoError(t, err)
		var back metrics.Warning
		require.NoError(t, json.Unmarshal(b, &back))
		assert.Equal(t, v, back)
		assert.NotEmpty(t, v.String())
	}
	assert.GreaterOrEqual(t, len(all.Codes()), 6)
	for range all.All() {
		break
	}
}

type brokenWriter struct{ after int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if w.after -= len(p); w.after < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestTables(t *testing.T) {
	table := metrics.Table{Labels: []string{"touchpoint", "segment"}}
	e, err := metrics.NPSOf(10, 30, 60, nil)
	require.NoError(t, err)
	table.Add(e, "=HYPERLINK(\"x\")", "new | old")
	none, _ := metrics.NPSOf(0, 0, 0, nil)
	none.Missing = 3
	table.Add(none, "-phone", "a<b>\nc")
	var csv, md bytes.Buffer
	require.NoError(t, table.WriteCSV(&csv))
	assert.Equal(t, "touchpoint,segment,metric,value,low,high,unit,level,n,effective-n,missing,off-scale,method,definition,warnings\n"+
		`"'=HYPERLINK(""x"")",new | old,NPS,50,35.56919364848925,61.87620819951254,points,0.95,100,100,0,0,score,"0..10, detractors below 7, promoters from 9",`+"\n"+
		"'-phone,\"a<b>\nc\",NPS,,,,points,,0,0,3,0,,,\n", csv.String())
	require.NoError(t, table.WriteMarkdown(&md))
	assert.Equal(t, "| touchpoint | segment | metric | value | interval | n | notes |\n", md.String()[:strings.Index(md.String(), "\n")+1])
	assert.Contains(t, md.String(), `| =HYPERLINK("x") | new \| old | NPS | +50 | +36..+62 (95 %) | 100 |  |`)
	assert.Contains(t, md.String(), `| -phone | a&lt;b&gt; c | NPS | n/a |  | 0 | 3 missing |`)

	for _, write := range []func(*metrics.Table, *brokenWriter) error{
		func(t *metrics.Table, w *brokenWriter) error { return t.WriteCSV(w) },
		func(t *metrics.Table, w *brokenWriter) error { return t.WriteMarkdown(w) },
	} {
		assert.ErrorContains(t, write(&table, &brokenWriter{10}), "disk full")
	}
	table.Add(e, "only one label")
	require.ErrorIs(t, table.WriteCSV(&csv), metrics.ErrMismatch)
	require.ErrorIs(t, table.WriteMarkdown(&md), metrics.ErrMismatch)

	b, err := json.Marshal(table)
	require.NoError(t, err)
	assert.Contains(t, string(b), `{"labels":["only one label"],"estimate":{"metric":"NPS"`)
}

func TestStarsAreATableBestFirst(t *testing.T) {
	r, err := metrics.Stars([]int{5, 5, 4, 1}, nil)
	require.NoError(t, err)
	table := r.Table()
	require.Len(t, table.Rows, 6)
	assert.Equal(t, "share of 5 stars", table.Rows[1].Estimate.Metric)
	assert.Equal(t, "share of 1 stars", table.Rows[5].Estimate.Metric)
	assert.Equal(t, r.Mean.String(), r.String())
	var md bytes.Buffer
	require.NoError(t, table.WriteMarkdown(&md))
}

func FuzzEstimateJSON(f *testing.F) {
	for _, e := range []metrics.Estimate{{}, nps(f, 10, 30, 60), {Value: math.NaN(), Warnings: metrics.WarnClamped}} {
		b, err := json.Marshal(e)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(`{"unit":"points","value":1e999,"warnings":["wald"],"low":null}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var e metrics.Estimate
		if json.Unmarshal(b, &e) != nil {
			return
		}
		first, err := json.Marshal(e)
		require.NoError(t, err)
		var again metrics.Estimate
		require.NoError(t, json.Unmarshal(first, &again))
		second, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(first), string(second))
	})
}

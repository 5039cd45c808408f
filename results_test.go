package cxmodel_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentcsv"
	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
	"github.com/cxmodel/cxmodel/alignment/report"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/journey"
	"github.com/cxmodel/cxmodel/journey/journeycsv"
	"github.com/cxmodel/cxmodel/journey/journeysvg"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/clv"
	"github.com/cxmodel/cxmodel/metrics/clv/clvsvg"
	"github.com/cxmodel/cxmodel/metrics/control"
	"github.com/cxmodel/cxmodel/metrics/durations"
	"github.com/cxmodel/cxmodel/metrics/keydriver"
	"github.com/cxmodel/cxmodel/metrics/survey"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

// What has a form in JSON or text that it writes has to read it: else 0 comes back where a number was not available.
func TestEveryTypeReadsWhatItWrites(t *testing.T) {
	files, err := filepath.Glob("docs/api/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	method := regexp.MustCompile(`(?m)^func \((?:\w+ )?\*?(\w+)(?:\[\w+\])?\) (Marshal|Unmarshal)(JSON|Text|Binary)\(`)
	without := map[string]bool{"Calibration JSON": true} // its sample is not in it
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		has := map[string]bool{}
		for _, m := range method.FindAllStringSubmatch(string(text), -1) {
			has[m[2]+m[1]+" "+m[3]] = true
		}
		for name := range has {
			if form, ok := strings.CutPrefix(name, "Marshal"); ok && !without[form] {
				assert.True(t, has["Unmarshal"+form], "%s: %s is written and not read", file, form)
			}
		}
	}
}

func TestNumbersThatAreNotAvailableSurviveJSON(t *testing.T) {
	nan := math.NaN()
	none := metrics.Estimate{Value: nan, Low: nan, High: nan, StdErr: nan}
	for _, v := range []any{
		journey.CurvePoint{Stage: "a", Touchpoint: "b", Value: nan}, journey.Delta{From: nan, To: 1}, journey.EmotionShift{Before: nan, After: nan},
		journey.Index{Method: "peak-end", Value: nan}, journey.Curve{Points: []journey.CurvePoint{{Value: nan}}},
		none, metrics.Comparison{A: none, B: none, Value: nan, Low: nan, High: nan, StdErr: nan}, metrics.Test{Statistic: nan, P: nan},
		metrics.ANOVAResult{F: nan}, metrics.Description{Mean: none, StdDev: nan}, metrics.Reliability{Alpha: none, Standardized: nan},
		metrics.Regression{Coefficients: []metrics.Estimate{none}, F: metrics.Test{Statistic: nan, P: nan}}, metrics.IndexResult{Index: none, Parts: []metrics.IndexPart{{Score: nan}}},
		survey.DesignEstimate{Estimate: none, DesignEffect: nan}, survey.Consistency{Labels: []string{"a"}, Pooled: nan, Test: metrics.Test{P: nan},
			Lowest: survey.Part{Estimate: none}, Highest: survey.Part{Estimate: none}},
		survival.Step{Low: nan, High: nan}, survival.Curve{Steps: []survival.Step{{Low: nan}}}, control.Chart{Points: []control.Point{{Low: nan}}},
		control.CUSUMChart{Points: []control.CUSUMPoint{{Up: nan}}}, keydriver.Result{LMG: nan, Reach: .5}, keydriver.Moments{Agreement: nan},
		clv.Prediction{Spend: nan}, clv.Prospect{CLV: nan}, clv.Drift{Z: nan},
	} {
		text, err := json.Marshal(v)
		require.NoError(t, err, "%T", v)
		assert.Contains(t, string(text), "null", "%T", v)
		back := reflect.New(reflect.TypeOf(v))
		require.NoError(t, json.Unmarshal(text, back.Interface()), "%T: %s", v, text)
		again, err := json.Marshal(back.Elem().Interface())
		require.NoError(t, err)
		assert.JSONEq(t, string(text), string(again), "%T", v)
	}
}

func TestAReferenceToNothingIsTheEmptyText(t *testing.T) {
	text, err := json.Marshal(cxmodel.Change{Kind: cxmodel.ChangeEdited, Field: "name"})
	require.NoError(t, err)
	var back cxmodel.Change
	require.NoError(t, json.Unmarshal(text, &back))
	assert.True(t, back.Ref.IsZero())
}

func TestAnErrorOfOnePackageThatMeansTheSameIsThatOfTheOther(t *testing.T) {
	for own, shared := range map[error]error{clv.ErrNoData: metrics.ErrNoData, clv.ErrOption: metrics.ErrOption, survey.ErrOption: metrics.ErrOption,
		alignment.ErrDangling: canvas.ErrUnknown, alignment.ErrAmbiguous: canvas.ErrAmbiguous,
		clv.ErrConsumed: survey.ErrConsumed, clv.ErrEncoding: survey.ErrEncoding,
		journeysvg.ErrOption: canvassvg.ErrOption, alignmentsvg.ErrOption: clvsvg.ErrOption, clvsvg.ErrOption: journeysvg.ErrOption} {
		assert.ErrorIs(t, fmt.Errorf("place: %w", own), shared)
	}
	err := journeysvg.Render(io.Discard, &journey.Journey{}, &journeysvg.Options{Theme: &journeysvg.Theme{Light: journeysvg.Palette{Ink: "red"}}})
	require.ErrorIs(t, err, journeysvg.ErrOption)
}

func TestWhatIsNilIsAnErrorWithItsCause(t *testing.T) {
	m, cube := &alignment.Model{Journeys: []*journey.Journey{nil}}, &survey.Cube{}
	for name, try := range map[string]func() error{
		"journey":          func() error { return journey.Encode(io.Discard, nil, nil) },
		"canvas":           func() error { return canvas.Encode(io.Discard, nil, nil) },
		"model":            func() error { return alignment.Encode(io.Discard, nil, nil) },
		"journey as table": func() error { return journeycsv.Encode(io.Discard, nil, nil) },
		"links as table":   func() error { return alignmentcsv.EncodeLinks(io.Discard, nil, nil) },
		"assess":           func() error { _, err := alignment.Assess(t.Context(), nil, nil); return err },
		"load":             func() error { _, _, err := alignment.Load(nil, "x", nil); return err },
		"measurements":     func() error { _, _, err := alignment.Measurements(m, nil); return err },
		"measured":         func() error { _, _, err := alignment.Measurements(nil, cube); return err },
		"observe":          func() error { _, err := report.Observe(m, nil); return err },
		"observed":         func() error { _, err := report.Observe(nil, cube); return err },
		"journey map":      func() error { return journeysvg.Render(io.Discard, nil, nil) },
		"canvas map":       func() error { return canvassvg.Render(io.Discard, nil, nil) },
		"heat map":         func() error { return alignmentsvg.Render(io.Discard, nil, nil) },
		"report":           func() error { return report.HTML(io.Discard, nil, nil) },
		"cohort":           func() error { _, err := clv.SimulateCohort(nil, 1, 1, 1); return err },
		"tally":            func() error { return metrics.NewTally(cxmodel.Scale{Max: 10}).Merge(nil) },
		"tally less":       func() error { return metrics.NewTally(cxmodel.Scale{Max: 10}).Sub(nil) },
		"histogram":        func() error { return new(durations.Histogram).Merge(nil) },
		"histogram less":   func() error { return new(durations.Histogram).Sub(nil) },
		"cubes":            func() error { return cube.Merge(nil) },
	} {
		assert.NotPanics(t, func() { assert.Error(t, try(), name) }, name)
	}
	assert.Error(t, (*journey.Journey)(nil).Validate().Err())
	assert.Error(t, (*canvas.Canvas)(nil).Validate().Err())
	assert.Error(t, (*alignment.Model)(nil).Validate().Err())
	assert.Empty(t, alignment.AnswerAliases(nil).Measures)
	assert.False(t, new(metrics.Tally).Equal(nil))
}

func TestLinksAndTablesAreJSONInTheWordsOfDocuments(t *testing.T) {
	link := canvas.Link{Kind: canvas.Reaches, From: cxmodel.Ref{Kind: cxmodel.KindChannel, Key: "phone"}, To: cxmodel.Ref{Kind: cxmodel.KindSegment, Key: "all"}, Path: "/channels/0"}
	text, err := json.Marshal(link)
	require.NoError(t, err)
	assert.JSONEq(t, `{"kind":"reaches","from":"channel/phone","to":"segment/all","item":"","path":"/channels/0"}`, string(text))
	var back canvas.Link
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, link, back)
	text, err = json.Marshal(journey.Table{Head: []string{"a"}, Rows: [][]string{{"1"}}})
	require.NoError(t, err)
	assert.JSONEq(t, `{"head":["a"],"rows":[["1"]]}`, string(text))
}

package clvsvg_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
	"github.com/cxmodel/cxmodel/metrics/clv"
	"github.com/cxmodel/cxmodel/metrics/clv/clvsvg"
)

// pictures draws one of each kind.
func pictures(opts *clvsvg.Options) map[string]func(b *bytes.Buffer) error {
	return map[string]func(b *bytes.Buffer) error{
		"tracking": func(b *bytes.Buffer) error {
			return clvsvg.Tracking(b, track(), cxmodel.Date{Year: 2026, Month: 7, Day: 5}, false, opts)
		},
		"cumulative": func(b *bytes.Buffer) error { return clvsvg.Tracking(b, track(), cxmodel.Date{}, true, opts) },
		"alive":      func(b *bytes.Buffer) error { return clvsvg.HeatMap(b, bg, clvsvg.Map{Age: 39}, opts) },
		"expected": func(b *bytes.Buffer) error {
			return clvsvg.HeatMap(b, bg, clvsvg.Map{Age: 39, Most: 60, Steps: 9, Horizon: 52}, opts)
		},
		"occasions": func(b *bytes.Buffer) error {
			return clvsvg.HeatMap(b, clv.BGBB{Alpha: 1.2, Beta: .75, Gamma: .66, Delta: 2.78}, clvsvg.Map{Age: 6, Most: 6, Horizon: 5}, opts)
		},
		"retention": func(b *bytes.Buffer) error { return clvsvg.Retention(b, highEnd, sbg, 12, opts) },
		"seen":      func(b *bytes.Buffer) error { return clvsvg.Retention(b, highEnd, nil, 5, opts) },
	}
}

func TestPicturesAreSoundAtEverySizeAndInEveryLanguage(t *testing.T) {
	hostile := "<script>\u202e&\x00\"'" + strings.Repeat("long ", 200)
	words := &clvsvg.Labels{Language: "xx", RightToLeft: true, Tracking: hostile, Cumulative: hostile, RepeatOrders: hostile, Actual: hostile, Expected: hostile,
		Calibration: hostile, Alive: hostile, ExpectedOrders: hostile, Frequency: hostile, Recency: hostile, Retention: hostile, Seen: hostile, Projected: hostile, Renewals: hostile}
	for _, opts := range []*clvsvg.Options{nil, {Width: 320, Height: 240}, {Width: 1200, Height: 300}, {Labels: words, ID: hostile}, {Labels: words, Width: 400, Height: 700}} {
		for name, draw := range pictures(opts) {
			var b bytes.Buffer
			require.NoError(t, draw(&b), name)
			require.NoError(t, svgtest.Check(b.Bytes()), "%s %+v", name, opts)
			var again bytes.Buffer
			require.NoError(t, draw(&again))
			assert.Equal(t, b.String(), again.String(), name)
		}
	}
}

func TestWhatCannotBeDrawnIsAnError(t *testing.T) {
	var b bytes.Buffer
	for name, err := range map[string]error{
		"no rows":        clvsvg.Tracking(&b, nil, cxmodel.Date{}, true, nil),
		"NaN":            clvsvg.Tracking(&b, []clv.TrackRow{{Expected: math.NaN()}}, cxmodel.Date{}, false, nil),
		"small":          clvsvg.Tracking(&b, track(), cxmodel.Date{}, true, &clvsvg.Options{Width: 10}),
		"no age":         clvsvg.HeatMap(&b, bg, clvsvg.Map{}, nil),
		"endless age":    clvsvg.HeatMap(&b, bg, clvsvg.Map{Age: math.Inf(1)}, nil),
		"too many":       clvsvg.HeatMap(&b, bg, clvsvg.Map{Age: 3, Most: 1000}, nil),
		"nil model":      clvsvg.HeatMap(&b, nil, clvsvg.Map{Age: 3}, nil),
		"least age":      clvsvg.HeatMap(&b, bg, clvsvg.Map{Age: 5e-324}, nil),
		"late start":     clvsvg.Retention(&b, clv.Cohort{Ages: []int{3, 5}, Alive: []int{9, 8}}, sbg, 5, nil),
		"cohort grows":   clvsvg.Retention(&b, clv.Cohort{Alive: []int{9, 5, 7}}, sbg, 5, nil),
		"no model":       clvsvg.HeatMap(&b, clv.BGNBD{}, clvsvg.Map{Age: 3}, nil),
		"no cohort":      clvsvg.Retention(&b, clv.Cohort{}, sbg, 12, nil),
		"no renewals":    clvsvg.Retention(&b, highEnd, sbg, 0, nil),
		"unusable model": clvsvg.Retention(&b, highEnd, clv.SBG{}, 5, nil),
		"ages fall":      clvsvg.Retention(&b, clv.Cohort{Ages: []int{0, 2, 1}, Alive: []int{3, 2, 1}}, sbg, 5, nil),
	} {
		require.ErrorIs(t, err, clvsvg.ErrOption, name)
	}
	assert.Zero(t, b.Len(), "nothing is written of a picture that fails")
	gone := errors.New("gone")
	require.ErrorIs(t, clvsvg.Retention(failing{gone}, highEnd, sbg, 12, nil), gone)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

package journey_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

type tabler interface{ Table() *journey.Table }

func results(t *testing.T) []tabler {
	t.Helper()
	a, _ := load(t, "running-shoes.yaml")
	b := a.Clone()
	b.Stages[2].Touchpoints[1].Pains[0].Text = "=1+1"
	phases, err := a.Phases(nil)
	require.NoError(t, err)
	return []tabler{a.Curve(nil), a.Coverage(nil), phases, a.ChannelFits(), a.HandOffs(), a.EmotionShifts(nil), journey.Deltas(a, b)}
}

func TestEveryResultHasAJSONFormAndATable(t *testing.T) {
	for _, r := range results(t) {
		text, err := json.Marshal(r)
		require.NoError(t, err, "%T", r)
		assert.NotContains(t, string(text), "NaN", "%T", r)
		tab := r.Table()
		require.NotEmpty(t, tab.Rows, "%T", r)
		for _, row := range tab.Rows {
			assert.Len(t, row, len(tab.Head), "%T", r)
			assert.NotContains(t, row, "NaN", "%T", r)
		}
		var csv, md strings.Builder
		require.NoError(t, tab.WriteCSV(&csv))
		require.NoError(t, tab.WriteMarkdown(&md))
		assert.Equal(t, 1+len(tab.Rows), strings.Count(csv.String(), "\n"), "%T", r)
		assert.NotContains(t, csv.String(), ",=", "%T: no formula", r)
		assert.Equal(t, 2+len(tab.Rows), strings.Count(md.String(), "\n"), "%T", r)
	}
}

func TestWhatIsNotKnownIsNullAndAnEmptyCell(t *testing.T) {
	j, _ := load(t, "running-shoes.yaml")
	c := j.Curve(j.Persona("new"))
	text, err := json.Marshal(c.PeakEndIndex())
	require.NoError(t, err)
	assert.JSONEq(t, `{"method":"peak-end","value":null,"known":8,"assumed":7,"missing":1}`, string(text))
	last := c.Table().Rows[8]
	assert.Equal(t, []string{"post-purchase", "help", "", "D", ""}, last)
}

type brokenWriter struct{}

var errBroken = errors.New("broken")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestABrokenWriterIsReported(t *testing.T) {
	for _, r := range results(t) {
		assert.ErrorIs(t, r.Table().WriteCSV(brokenWriter{}), errBroken)
		assert.ErrorIs(t, r.Table().WriteMarkdown(brokenWriter{}), errBroken)
	}
	j, _ := load(t, "cafe.yaml")
	assert.ErrorIs(t, journey.Encode(brokenWriter{}, j, nil), errBroken)
}

func TestAJourneyMayBeReadByManyAtOnce(t *testing.T) {
	j, text := load(t, "running-shoes.yaml")
	done := make(chan string)
	for range 8 {
		go func() {
			j.Validate()
			c := j.Clone()
			c.Stages[0].Name = "Other"
			journey.Diff(j, c)
			var b strings.Builder
			_ = journey.Encode(&b, j, nil)
			done <- b.String()
		}()
	}
	for range 8 {
		assert.Equal(t, text, <-done)
	}
}

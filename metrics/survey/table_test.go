package survey_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

func smallTable(t *testing.T) *survey.Table {
	c := newCube(t, &survey.CubeOptions{Every: survey.EveryMonth})
	at := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Touchpoint: "checkout", Segment: "new", Time: at, Score: 5}, 8))
	require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Touchpoint: "checkout", Segment: "new", Time: at, Score: 1, Status: survey.StatusPartial}, 2))
	require.NoError(t, c.AddN(survey.Answer{Measure: "csat", Touchpoint: "checkout", Segment: "new", Time: at, Score: math.NaN(), Status: survey.StatusInvited}, 30))
	require.NoError(t, c.Add(survey.Answer{Measure: "nps-contact", Score: math.NaN()}))
	table, err := c.Table(context.Background(), nil)
	require.NoError(t, err)
	return table
}

func TestTableAsCSV(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, smallTable(t).WriteCSV(&b))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3)
	get := func(row int, column string) string {
		for i, name := range rows[0] {
			if name == column {
				return rows[row][i]
			}
		}
		t.Fatalf("no column %q", column)
		return ""
	}
	for column, want := range map[string]string{
		"measure": "csat", "level": "transaction", "touchpoint": "checkout", "segment": "new", "period": "2026-11", "n": "10", "missing": "0", "metric": "CSAT",
		"value": "0.8", "delivered": "40", "response-rate": "0.25", "partial": "2", "invited": "30", "unit": "share",
	} {
		assert.Equal(t, want, get(1, column), column)
	}
	for column, want := range map[string]string{"measure": "nps-contact", "touchpoint": "", "period": "", "n": "0", "missing": "1", "value": "", "low": "", "response-rate": "", "warnings": "few-answers no-interval"} {
		assert.Equal(t, want, get(2, column), column)
	}
}

func TestTableAsJSON(t *testing.T) {
	table := smallTable(t)
	text, err := json.Marshal(table)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"value":null`)
	var back survey.Table
	require.NoError(t, json.Unmarshal(text, &back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(again))
}

// TestFormulasAndMarkupAreDefused: the keys of groups are whatever a file holds.
func TestFormulasAndMarkupAreDefused(t *testing.T) {
	ctx := context.Background()
	answers := []survey.Answer{{Measure: "csat", Score: 5, Channel: `=HYPERLINK("http://x")`}, {Measure: "csat", Score: 5, Channel: "<b>|"}}
	groups, err := survey.GroupBy(ctx, stream(answers, nil), defs, func(a survey.Answer) string { return a.Channel }, nil)
	require.NoError(t, err)
	table, err := survey.GroupTable(ctx, "channel", groups, nil)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, table.WriteCSV(&b))
	assert.Contains(t, b.String(), `"'=HYPERLINK(""http://x"")"`)
	b.Reset()
	require.NoError(t, table.WriteMarkdown(&b))
	assert.Contains(t, b.String(), `&lt;b&gt;\|`)
}

func TestTableFails(t *testing.T) {
	c := newCube(t, nil)
	require.NoError(t, c.Add(survey.Answer{Measure: "csat", Score: 5}))
	_, err := c.Table(context.Background(), &survey.EstimateOptions{Level: 2})
	assert.ErrorIs(t, err, metrics.ErrOption)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = c.Table(cancelled, nil)
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, (&survey.Table{Labels: []string{"a"}, Rows: []survey.TableRow{{}}}).WriteCSV(&bytes.Buffer{}), survey.ErrShape)
}

// TestTablesFitATerminal with labels as long as a key may be.
func TestTablesFitATerminal(t *testing.T) {
	long := cxmodel.Key(strings.Repeat("long-", 11) + "x")
	c := newCube(t, &survey.CubeOptions{Every: survey.EveryWeek})
	for i := range 3 {
		a := survey.Answer{Measure: "csat", Touchpoint: long, Segment: long + cxmodel.Key(fmt.Sprint(i)), Time: time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), Score: 4}
		require.NoError(t, c.AddN(a, 3*i))
		a.Score = 1
		require.NoError(t, c.AddN(a, 7*i))
	}
	table, err := c.Table(t.Context(), nil)
	require.NoError(t, err)
	suppressed, err := c.Suppress(t.Context(), &survey.SuppressOptions{Min: 15, Totals: survey.AllDimensions})
	require.NoError(t, err)
	differences, err := c.Compare(t.Context(), survey.DimensionSegment, nil)
	require.NoError(t, err)
	for _, x := range []fmt.Stringer{table, suppressed, differences} {
		text := x.String()
		for line := range strings.SplitSeq(text, "\n") {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
		}
	}
	assert.Contains(t, suppressed.String(), "rows not shown: ")
	assert.NotEmpty(t, (&survey.Differences{Labels: []string{"a"}, Rows: []survey.DifferenceRow{{}}, Left: []survey.LeftOut{{Part: "x", Reason: "no answers"}}}).String())
}

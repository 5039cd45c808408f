package survival_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

func TestEveryResultHasATable(t *testing.T) {
	in := []survival.Subject{{Exit: 1, Cause: 1}, {Exit: 2, Cause: 2}, {Exit: 3}, {Exit: 4, Cause: 1}, {Exit: 6}}
	x, err := survival.CumulativeIncidence(in, []string{"voluntary", "involuntary"}, &survival.Options{Unit: "months"})
	require.NoError(t, err)
	incidence, err := x.Table(2, 4)
	require.NoError(t, err)
	require.Len(t, incidence.Rows, 4)
	assert.Equal(t, []string{"involuntary", "2 months"}, incidence.Rows[2].Labels)
	_, err = x.Table(9)
	require.ErrorIs(t, err, survival.ErrHorizon)
	_, err = x.At("moved house", 1)
	require.ErrorIs(t, err, metrics.ErrOption)
	require.ErrorContains(t, err, `"moved house"`)

	customers := []survival.Customer{{Cohort: "b"}, {Cohort: "a", Activity: metrics.Activity{Days: []int{0, 8}}}}
	r, err := survival.Retention(customers, []survival.Window{survival.OnDay(0), survival.OnOrAfter(7), survival.Bracket(7, 13)}, 10, nil)
	require.NoError(t, err)
	retention := r.Table()
	require.Len(t, retention.Rows, 9)
	assert.Equal(t, []string{"a", "on or after day 7"}, retention.Rows[1].Labels)
	assert.Equal(t, []string{"all", "days 7 to 13"}, retention.Rows[8].Labels)

	first, err := survival.FirstContact([]survival.Ticket{{Opened: day(0), Resolved: day(1)}}, day(30), nil)
	require.NoError(t, err)
	rates := first.Table()
	test, err := survival.LogRank([]survival.Group{{"a", in}, {"=b", in}})
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, rates.WriteCSV(&b))
	assert.Contains(t, b.String(), "gross first contact resolution,1,")
	require.NoError(t, test.WriteCSV(&b))
	assert.Contains(t, b.String(), "'=b,5,3,3.00", "a spreadsheet runs no formula")
	assert.InDelta(t, 1, test.P, 1e-12, "equal groups")
}

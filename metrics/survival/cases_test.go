package survival_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/refcase"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

func TestEveryReferenceCaseHasCode(t *testing.T) {
	refcase.Run(t, "survival", map[string]func(*refcase.Case){"km": kaplanMeier, "cif": cumulativeIncidence, "resp": responseTimes})
}

func subjects(times []float64, status []int) []survival.Subject {
	s := make([]survival.Subject, len(times))
	for i := range s {
		s[i] = survival.Subject{Exit: times[i], Cause: survival.Cause(status[i])}
	}
	return s
}

func transformOf(t *testing.T, id string) survival.Transform {
	var tr survival.Transform
	name := id[strings.LastIndexByte(id, '.')+1:]
	if tr.UnmarshalText([]byte(name)) != nil {
		return survival.Log // R's default, where the name has none
	}
	return tr
}

// kaplanMeier reproduces R.
func kaplanMeier(c *refcase.Case) {
	var raw struct {
		Time   []float64
		Status []int
		Rows   []struct {
			Entry, Exit float64
			Ev          survival.Cause
		}
	}
	var out struct {
		Times        []float64
		NRisk        []int `json:"n_risk"`
		NEvent       []int `json:"n_event"`
		Surv, SE     []float64
		Lower, Upper []float64
		Median       float64
		MedianCI     [2]*float64 `json:"median_ci"`
		RMST365      *float64    `json:"rmst365"`
		RMST365SE    float64     `json:"rmst365_se"`
		RMST730      float64     `json:"rmst730"`
		RMST730SE    float64     `json:"rmst730_se"`
	}
	c.Decode(&raw, &out)
	in := subjects(raw.Time, raw.Status)
	for _, r := range raw.Rows {
		in = append(in, survival.Subject{Entry: r.Entry, Exit: r.Exit, Cause: r.Ev})
	}
	curve, err := survival.KaplanMeier(in, &survival.Options{Transform: transformOf(c.T, c.ID)})
	require.NoError(c.T, err)
	events, step := 0, 0
	for i, at := range out.Times {
		e, err := curve.At(at)
		require.NoError(c.T, err)
		c.Near(out.Surv[i], e.Value, "survival", at)
		c.Near(out.SE[i], e.StdErr, "standard error", at)
		c.Near(out.Lower[i], e.Low, "low", at)
		c.Near(out.Upper[i], e.High, "high", at)
		// Events since the last printed time; at risk just before this one.
		for events = 0; step < len(curve.Steps) && curve.Steps[step].Time <= at; step++ {
			events += curve.Steps[step].Events
		}
		assert.Equal(c.T, out.NEvent[i], events, "events until %v", at)
		next := slices.IndexFunc(curve.Steps, func(s survival.Step) bool { return s.Time >= at })
		assert.Equal(c.T, out.NRisk[i], curve.Steps[next].AtRisk, "at risk at %v", at)
	}
	// The default has no case of its own, so R's S and SE are put into the formula: S^exp(±z SE/(S |ln S|)), J. D. Kalbfleisch,
	// R. L. Prentice, The Statistical Analysis of Failure Time Data (1980), section 1.3.
	loglog, err := survival.KaplanMeier(in, nil)
	require.NoError(c.T, err)
	for i, at := range out.Times {
		e, err := loglog.At(at)
		require.NoError(c.T, err)
		s := out.Surv[i]
		half := 1.959963984540054 * out.SE[i] / (s * math.Abs(math.Log(s)))
		c.Near(math.Pow(s, math.Exp(half)), e.Low, "log-log low", at)
		c.Near(math.Pow(s, math.Exp(-half)), e.High, "log-log high", at)
	}
	m, err := curve.Median()
	require.NoError(c.T, err)
	c.Near(out.Median, m.Value, "median")
	c.Near(*out.MedianCI[0], m.Low, "median low")
	if out.MedianCI[1] == nil {
		assert.True(c.T, math.IsInf(m.High, 1), "no upper limit")
		assert.True(c.T, m.Warnings.Has(metrics.WarnOpenEnd))
	} else {
		c.Near(*out.MedianCI[1], m.High, "median high")
	}
	if out.RMST365 != nil {
		r, err := curve.RestrictedMean(365)
		require.NoError(c.T, err)
		c.Near(*out.RMST365, r.Value, "restricted mean")
		c.Near(out.RMST365SE, r.StdErr, "its standard error")
		r, err = curve.RestrictedMean(730)
		require.NoError(c.T, err)
		c.Near(out.RMST730, r.Value, "restricted mean")
		c.Near(out.RMST730SE, r.StdErr, "its standard error")
	}
}

// R survival, tests/quantile.R of its repository: survival 6/7, 3/5 and 1/2 multiply, a quantile on a flat piece is the
// middle of it, on the last one too, which ends with the last time observed.
func TestQuantilesOnFlatPiecesReproduceR(t *testing.T) {
	in := subjects([]float64{9, 1, 1, 6, 6, 8, 10}, []int{1, 1, 0, 1, 1, 0, 0})
	curve, err := survival.KaplanMeier(in, &survival.Options{Transform: survival.Log})
	require.NoError(t, err)
	for _, c := range []struct{ q, value, low float64 }{{13. / 14, 1, 1}, {6. / 7, 3.5, 1}, {2. / 3, 6, 1}, {.5, 9, 6}, {9. / 35, 9.5, 6}} {
		e, err := curve.Quantile(1 - c.q)
		require.NoError(t, err)
		assert.Equal(t, c.value, e.Value, "%v left", c.q)
		assert.Equal(t, c.low, e.Low, "%v left", c.q)
		assert.True(t, math.IsInf(e.High, 1), "%v left", c.q)
	}
	_, err = curve.Quantile(.9)
	assert.ErrorIs(t, err, survival.ErrNotReached)
}

// Weeks of remission of 42 children with leukaemia (E. J. Freireich et al., Blood 21 (1963), 699-716; E. A. Gehan,
// Biometrika 52 (1965), 203-223). D. G. Kleinbaum, M. Klein, Survival Analysis, chapter 2, prints the curve of those treated,
// medians of 23 and 8, and the log-rank statistic 16.793 of 9 events with 19.25 expected and 21 with 10.75.
func TestRemissionTimesReproduceTheTextbook(t *testing.T) {
	treated := subjects([]float64{6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35},
		[]int{1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	var placebo []survival.Subject
	for _, weeks := range []float64{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23} {
		placebo = append(placebo, survival.Subject{Exit: weeks, Cause: survival.Event})
	}
	curve, err := survival.KaplanMeier(treated, nil)
	require.NoError(t, err)
	for weeks, want := range map[float64]float64{6: .8571, 7: .8067, 10: .7529, 13: .6902, 16: .6275, 22: .5378, 23: .4482} {
		e, err := curve.At(weeks)
		require.NoError(t, err)
		assert.InDelta(t, want, e.Value, 5e-5, weeks)
	}
	for want, group := range map[float64][]survival.Subject{23: treated, 8: placebo} {
		curve, err := survival.KaplanMeier(group, nil)
		require.NoError(t, err)
		median, err := curve.Median()
		require.NoError(t, err)
		assert.Equal(t, want, median.Value)
	}
	test, err := survival.LogRank([]survival.Group{{"6-MP", treated}, {"placebo", placebo}})
	require.NoError(t, err)
	assert.Equal(t, []int{9, 21}, []int{test.Groups[0].Observed, test.Groups[1].Observed})
	assert.InDelta(t, 19.25, test.Groups[0].Expected, .005)
	assert.InDelta(t, 10.75, test.Groups[1].Expected, .005)
	assert.InDelta(t, 16.793, test.ChiSquare, 5e-4)
}

func cumulativeIncidence(c *refcase.Case) {
	var in struct {
		Time  []float64
		Event []string
	}
	var out struct {
		States []string
		Times  []float64
		PState [][]float64
		SE     [][]float64
	}
	c.Decode(&in, &out)
	s := make([]survival.Subject, len(in.Time))
	for i := range s {
		s[i] = survival.Subject{Exit: in.Time[i], Cause: survival.Cause(slices.Index([]string{"cens", "vol", "inv"}, in.Event[i]))}
	}
	x, err := survival.CumulativeIncidence(s, out.States[1:], nil)
	require.NoError(c.T, err)
	curve, err := survival.KaplanMeier(s, nil)
	require.NoError(c.T, err)
	for i, at := range out.Times {
		e, err := curve.At(at)
		require.NoError(c.T, err)
		c.Near(out.PState[i][0], e.Value, "survival", at)
		c.Near(out.SE[i][0], e.StdErr, "its standard error", at)
		for j, cause := range out.States[1:] {
			e, err := x.At(cause, at)
			require.NoError(c.T, err)
			c.Near(out.PState[i][j+1], e.Value, cause, at)
			c.Near(out.SE[i][j+1], e.StdErr, "standard error of "+cause, at)
		}
	}
}

func responseTimes(c *refcase.Case) {
	var in struct {
		Hours  []float64
		Closed []int
	}
	var out struct {
		Naive    float64  `json:"naive_mean_closed"`
		Median   float64  `json:"km_median"`
		RMST24   float64  `json:"rmst24"`
		RMST24SE float64  `json:"rmst24_se"`
		RMST72   float64  `json:"rmst72"`
		RMST72SE float64  `json:"rmst72_se"`
		P90      *float64 `json:"km_p90"`
	}
	c.Decode(&in, &out)
	curve, err := survival.KaplanMeier(subjects(in.Hours, in.Closed), nil)
	require.NoError(c.T, err)
	m, err := curve.Median()
	require.NoError(c.T, err)
	c.Near(out.Median, m.Value, "median")
	assert.Greater(c.T, m.Value, out.Naive, "the mean of the closed ones alone is too low")
	for _, r := range []struct{ tau, mean, se float64 }{{24, out.RMST24, out.RMST24SE}, {72, out.RMST72, out.RMST72SE}} {
		e, err := curve.RestrictedMean(r.tau)
		require.NoError(c.T, err)
		c.Near(r.mean, e.Value, "restricted mean", r.tau)
		c.Near(r.se, e.StdErr, "its standard error", r.tau)
	}
	require.Nil(c.T, out.P90)
	_, err = curve.Quantile(.9)
	require.ErrorIs(c.T, err, survival.ErrNotReached)
}

func TestRetentionLeavesUnfinishedWindowsOut(t *testing.T) {
	c := refcase.Named(t, "def.retention")
	var in struct {
		Day     int
		Bracket [2]int
		AsOf    int `json:"as_of_day"`
		Users   map[string]struct {
			Start  int
			Active []int
		}
	}
	var out struct {
		On       float64  `json:"on_day7"`
		After    float64  `json:"on_or_after_day7"`
		Bracket  float64  `json:"bracket_7_13"`
		Eligible []string `json:"eligible"`
	}
	c.Decode(&in, &out)
	var customers []survival.Customer
	for _, u := range in.Users {
		customers = append(customers, survival.Customer{Activity: metrics.Activity{Start: u.Start, Days: u.Active}})
	}
	windows := []survival.Window{survival.OnDay(in.Day), survival.OnOrAfter(in.Day), survival.Bracket(in.Bracket[0], in.Bracket[1])}
	table, err := survival.Retention(customers, windows, in.AsOf, nil)
	require.NoError(t, err)
	for i, want := range []float64{out.On, out.After, out.Bracket} {
		c.Near(want, table.All.Cells[i].Value, "retention", windows[i])
		assert.Equal(t, len(out.Eligible), table.All.Cells[i].N)
		assert.Equal(t, len(in.Users)-len(out.Eligible), table.All.Cells[i].Missing)
	}
}

// The vendor counts tickets resolved without a customer reply among all resolved: gross first contact resolution,
// since those still open after one contact are decided neither way.
func TestFirstContactReproducesAHelpDesk(t *testing.T) {
	c := refcase.Named(t, "def.fcr.freshservice")
	var in struct {
		Resolved int
		NoReply  int `json:"resolved_zero_customer_replies"`
		Open     int
	}
	var out struct{ FCR float64 }
	c.Decode(&in, &out)
	var tickets []survival.Ticket
	for i := range in.Resolved + in.Open {
		ticket := survival.Ticket{Opened: day(0), Contacts: 1}
		if i < in.Resolved {
			ticket.Resolved = day(1)
		}
		if i >= in.NoReply && i < in.Resolved {
			ticket.Contacts = 2
		}
		tickets = append(tickets, ticket)
	}
	r, err := survival.FirstContact(tickets, day(30), nil)
	require.NoError(t, err)
	c.Near(out.FCR, r.Gross.Value, "first contact resolution")
	assert.Equal(t, in.Open, r.Gross.Missing)
}

package feedback_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/feedback"
	"github.com/cxmodel/cxmodel/metrics/metricstest"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

const oneDay = 24 * time.Hour

// five loops: closed in 2 days; closed in 3 and reopened at 6; open; told back on day 9; received on day 9.
func five(t *testing.T) []*feedback.Loop {
	f := func(id string) feedback.Feedback {
		return feedback.Feedback{ID: id, Customer: "c-" + id, Touchpoint: "checkout"}
	}
	return []*feedback.Loop{
		loop(t, f("a"), 0, feedback.Acknowledged, .5, feedback.Resolved, 1., feedback.ToldBack, 2.),
		loop(t, f("b"), 0, feedback.Resolved, 2., feedback.ToldBack, 3., feedback.Reopened, 6.),
		loop(t, f("c"), 1, feedback.Assigned, 4.),
		loop(t, f("d"), 2, feedback.Acknowledged, 2.5, feedback.Assigned, 3., feedback.Resolved, 8., feedback.ToldBack, 9.),
		loop(t, f("e"), 9),
	}
}

func TestCloseRateCountsWhatIsClosedThen(t *testing.T) {
	for asOf, want := range map[float64][2]int{1.5: {0, 3}, 2: {1, 4}, 3: {2, 4}, 6: {1, 4}, 9: {2, 5}, 50: {2, 5}} {
		e, err := feedback.CloseRate(five(t), day(asOf), nil)
		require.NoError(t, err)
		assert.Equal(t, want[1], e.N, asOf)
		assert.InDelta(t, float64(want[0])/float64(want[1]), e.Value, 1e-15, asOf)
	}
}

func TestCloseRateWithinWaitsForTheWindow(t *testing.T) {
	// After three days: a and b closed, c and d not; e has not had its three days.
	e, err := feedback.CloseRateWithin(five(t), 3*oneDay, day(10), nil)
	require.NoError(t, err)
	assert.Equal(t, .5, e.Value)
	assert.Equal(t, []int{4, 1}, []int{e.N, e.Missing})
	// Later reopening does not change what stood after three days, but it does what stands after seven.
	e, err = feedback.CloseRateWithin(five(t), 7*oneDay, day(20), nil)
	require.NoError(t, err)
	assert.InDelta(t, 2./5, e.Value, 1e-15) // a and d
	_, err = feedback.CloseRateWithin(five(t), 30*oneDay, day(20), nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = feedback.CloseRateWithin(five(t), 0, day(20), nil)
	require.ErrorIs(t, err, metrics.ErrOption)
}

func TestOpenLoopsAreCensored(t *testing.T) {
	got, err := feedback.TimeToClose(five(t), day(10), oneDay)
	require.NoError(t, err)
	assert.Equal(t, []survival.Subject{
		{Exit: 2, Cause: survival.Event}, {Exit: 10}, {Exit: 9}, {Exit: 7, Cause: survival.Event}, {Exit: 1},
	}, got)
	got, err = feedback.TimeTo(feedback.Acknowledged, five(t), day(10), oneDay)
	require.NoError(t, err)
	assert.Equal(t, []survival.Subject{
		{Exit: .5, Cause: survival.Event}, {Exit: 2}, {Exit: 9}, {Exit: .5, Cause: survival.Event}, {Exit: 1},
	}, got, "b was resolved on day 2 and never acknowledged")
	got, err = feedback.TimeTo(feedback.ToldBack, five(t), day(10), oneDay)
	require.NoError(t, err)
	assert.Equal(t, survival.Subject{Exit: 3, Cause: survival.Event}, got[1], "told back for the first time")
	for _, s := range []feedback.State{0, feedback.Received, feedback.Reopened} {
		_, err = feedback.TimeTo(s, five(t), day(10), oneDay)
		require.ErrorIs(t, err, metrics.ErrOption)
	}
	_, err = feedback.TimeToClose(five(t), day(10), 0)
	require.ErrorIs(t, err, metrics.ErrOption)
}

// Loops that close after an exponential time: what the curve says agrees with the truth, though a third is still open.
func TestTimeToCloseRecoversTheTruth(t *testing.T) {
	p := metricstest.Tickets{N: 400, Median: 4 * oneDay, FirstContact: 1, Start: monday, Span: 12 * oneDay}
	for p.Seed = range 10 {
		rows, err := p.Rows()
		require.NoError(t, err)
		var loops []*feedback.Loop
		for _, r := range rows {
			l, err := feedback.Open(feedback.Feedback{ID: r.ID, Received: r.Opened})
			require.NoError(t, err)
			if !r.Resolved.IsZero() {
				require.NoError(t, l.Move(feedback.Move{To: feedback.Resolved, At: r.Resolved}))
				require.NoError(t, l.Move(feedback.Move{To: feedback.ToldBack, At: r.Resolved}))
			}
			loops = append(loops, l)
		}
		subjects, err := feedback.TimeToClose(loops, p.Start.Add(p.Span), oneDay)
		require.NoError(t, err)
		curve, err := survival.KaplanMeier(subjects, nil)
		require.NoError(t, err)
		open, err := curve.At(6)
		require.NoError(t, err)
		metricstest.Plausible(t, open, 1-p.Within(6*oneDay), nil)
		within, err := feedback.CloseRateWithin(loops, 6*oneDay, p.Start.Add(p.Span), nil)
		require.NoError(t, err)
		metricstest.Plausible(t, within, p.Within(6*oneDay), nil)
	}
}

func TestRecurrenceIsReopeningOrTheSameMatterAgain(t *testing.T) {
	closed := func(id, customer string, touchpoint cxmodel.Key, received float64, themes ...cxmodel.Key) *feedback.Loop {
		f := feedback.Feedback{ID: id, Customer: customer, Touchpoint: touchpoint, Themes: themes}
		return loop(t, f, received, feedback.Resolved, received+1, feedback.ToldBack, received+1)
	}
	loops := []*feedback.Loop{
		closed("a1", "a", "checkout", 0), closed("a2", "a", "checkout", 20), // again after 19 days
		closed("b1", "b", "checkout", 0), closed("b2", "b", "delivery", 5), // another matter
		closed("c1", "c", "checkout", 0, "price"), closed("c2", "c", "delivery", 9, "staff", "price"), // a theme in common
		closed("d1", "d", "checkout", 0), closed("d2", "d", "checkout", .5), // said twice before it was closed: not again
		closed("x1", "", "checkout", 0), closed("x2", "", "checkout", 5), // not known to be one customer
		closed("f1", "f", "checkout", 0), closed("f2", "f", "checkout", 40), // too late
	}
	reopened := closed("r", "r", "visit", 0)
	require.NoError(t, reopened.Move(feedback.Move{To: feedback.Reopened, At: day(9)}))
	loops = append(loops, reopened, loop(t, feedback.Feedback{ID: "open", Customer: "a", Touchpoint: "visit"}, 0))

	e, err := feedback.Recurrence(loops, day(100), nil)
	require.NoError(t, err)
	assert.Equal(t, 13, e.N, "the open one is not closed")
	assert.InDelta(t, 3./13, e.Value, 1e-15) // a1, c1, r
	// On day 25 no window of 30 days is over. Three came up again, and of three out of three nothing follows.
	e, err = feedback.Recurrence(loops, day(25), nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	assert.Equal(t, 12, e.Missing)
	// On day 40 those closed by day 10 have had theirs.
	e, err = feedback.Recurrence(loops, day(40), nil)
	require.NoError(t, err)
	assert.Equal(t, []int{11, 1}, []int{e.N, e.Missing})
	assert.InDelta(t, 3./11, e.Value, 1e-15)
	e, err = feedback.Recurrence(loops, day(200), &feedback.RecurrenceOptions{Window: 60 * oneDay})
	require.NoError(t, err)
	assert.InDelta(t, 4./13, e.Value, 1e-15, "and f1")
	e, err = feedback.Recurrence(loops, day(100), &feedback.RecurrenceOptions{Same: func(a, b feedback.Feedback) bool { return true }})
	require.NoError(t, err)
	assert.InDelta(t, 4./13, e.Value, 1e-15, "and b1")
	_, err = feedback.Recurrence(loops[13:], day(100), nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	_, err = feedback.Recurrence(loops, day(100), &feedback.RecurrenceOptions{Window: -1})
	require.ErrorIs(t, err, metrics.ErrOption)
}

// What is reopened before the customer was told has not come up again, be it in the same moment.
func TestReopenedBeforeClosingIsNoRecurrence(t *testing.T) {
	l := loop(t, feedback.Feedback{ID: "f"}, 0, feedback.Resolved, 1., feedback.Reopened, 1., feedback.Resolved, 1., feedback.ToldBack, 1.)
	e, err := feedback.Recurrence([]*feedback.Loop{l}, day(50), nil)
	require.NoError(t, err)
	assert.Zero(t, e.Value)
}

// Feedback comes back after an exponential time with a mean of 40 days: the share within 30 days is 1 - exp(-3/4), at
// whatever day it is asked for, though half of the windows are not over.
func TestRecurrenceIsNotMovedByWindowsThatAreNotOver(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var loops []*feedback.Loop
	for i := range 2000 {
		received := float64(i) / 2000 * 60
		l := loop(t, feedback.Feedback{ID: fmt.Sprint(i)}, received, feedback.Resolved, received, feedback.ToldBack, received)
		require.NoError(t, l.Move(feedback.Move{To: feedback.Reopened, At: day(received + 40*r.ExpFloat64())}))
		loops = append(loops, l)
	}
	for _, asOf := range []float64{45, 60, 90} {
		e, err := feedback.Recurrence(loops, day(asOf), nil)
		require.NoError(t, err)
		metricstest.Plausible(t, e, -math.Expm1(-.75), nil)
	}
}

func TestReachCountsEachTeamOnce(t *testing.T) {
	loops := five(t)
	require.NoError(t, loops[2].Move(feedback.Move{To: feedback.Assigned, At: day(5), Team: "logistics"}))
	require.NoError(t, loops[2].Move(feedback.Move{To: feedback.Assigned, At: day(6), Team: "care"}))
	r, err := feedback.Reach(loops, day(10), nil)
	require.NoError(t, err)
	assert.Equal(t, .4, r.Any.Value)
	assert.Equal(t, .2, r.Several.Value)
	require.Len(t, r.Teams, 2)
	assert.Equal(t, "care", r.Teams[0].Team)
	assert.Equal(t, .4, r.Teams[0].Share.Value)
	assert.Equal(t, .2, r.Teams[1].Share.Value)
	assert.Len(t, r.Table().Rows, 4)
	before, err := feedback.Reach(loops, day(4.5), nil)
	require.NoError(t, err)
	assert.Zero(t, before.Several.Value, "handed on later")
	b, err := json.Marshal(r)
	require.NoError(t, err)
	assert.Contains(t, string(b), `"team":"logistics"`)
}

// The states of the loops at any moment sum to what was received, and only time changes them.
func TestStatesReconcile(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var loops []*feedback.Loop
	for i := range 60 {
		l := loop(t, feedback.Feedback{ID: fmt.Sprint(i)}, r.Float64()*10)
		at := 10.
		for range r.IntN(8) {
			to := l.State().Next()
			at += r.Float64()
			require.NoError(t, l.Move(feedback.Move{To: to[r.IntN(len(to))], At: day(at), Team: "care"}))
		}
		loops = append(loops, l)
	}
	for d := 11.; d < 20; d++ {
		c, err := feedback.States(loops, day(d))
		require.NoError(t, err)
		assert.Equal(t, 60, c.Total())
		rate, err := feedback.CloseRate(loops, day(d), nil)
		require.NoError(t, err)
		assert.InDelta(t, float64(c[feedback.ToldBack])/60, rate.Value, 1e-15)
	}
	b, err := json.Marshal(feedback.StateCounts{feedback.ToldBack: 3})
	require.NoError(t, err)
	assert.JSONEq(t, `{"received":0,"acknowledged":0,"assigned":0,"resolved":0,"told-back":3,"reopened":0}`, string(b))
	var back feedback.StateCounts
	require.NoError(t, json.Unmarshal(b, &back))
	assert.Equal(t, feedback.StateCounts{feedback.ToldBack: 3}, back)
	require.Error(t, json.Unmarshal([]byte(`{"received":"many"}`), &back))
}

func TestNothingReceivedAndTwiceTheSameAreErrors(t *testing.T) {
	loops := five(t)
	for name, run := range map[string]func(l []*feedback.Loop) error{
		"close rate": func(l []*feedback.Loop) error { _, err := feedback.CloseRate(l, day(-1), nil); return err },
		"within": func(l []*feedback.Loop) error {
			_, err := feedback.CloseRateWithin(l, oneDay, day(-1), nil)
			return err
		},
		"time":       func(l []*feedback.Loop) error { _, err := feedback.TimeToClose(l, day(-1), oneDay); return err },
		"recurrence": func(l []*feedback.Loop) error { _, err := feedback.Recurrence(l, day(-1), nil); return err },
		"reach":      func(l []*feedback.Loop) error { _, err := feedback.Reach(l, day(-1), nil); return err },
		"states":     func(l []*feedback.Loop) error { _, err := feedback.States(l, day(-1)); return err },
	} {
		require.ErrorIs(t, run(loops), metrics.ErrNoData, name)
		require.ErrorIs(t, run(append(loops[:len(loops):len(loops)], loops[0])), feedback.ErrDuplicate, name)
		require.ErrorIs(t, run([]*feedback.Loop{nil}), feedback.ErrFeedback, name)
		require.ErrorIs(t, run([]*feedback.Loop{{}}), feedback.ErrFeedback, name)
	}
	e, err := feedback.CloseRate(nil, day(0), nil)
	require.ErrorIs(t, err, metrics.ErrNoData)
	assert.True(t, math.IsNaN(e.Value) && math.IsNaN(e.Low))
	_, err = feedback.CloseRate(loops, day(9), &metrics.ProportionOptions{Level: 95})
	require.ErrorIs(t, err, metrics.ErrOption)
}

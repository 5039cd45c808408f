package feedback_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/feedback"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func day(d float64) time.Time { return monday.Add(time.Duration(d * 24 * float64(time.Hour))) }

// loop makes a loop received on a day, from moves of state and day; Assigned gets team "care".
func loop(t *testing.T, f feedback.Feedback, received float64, moves ...any) *feedback.Loop {
	t.Helper()
	f.Received = day(received)
	l, err := feedback.Open(f)
	require.NoError(t, err)
	for i := 0; i < len(moves); i += 2 {
		m := feedback.Move{To: moves[i].(feedback.State), At: day(moves[i+1].(float64))}
		if m.To == feedback.Assigned {
			m.Team = "care"
		}
		require.NoError(t, l.Move(m))
	}
	return l
}

var states = []feedback.State{feedback.Received, feedback.Acknowledged, feedback.Assigned, feedback.Resolved, feedback.ToldBack, feedback.Reopened}

func TestOnlyLegalMovesAreTaken(t *testing.T) {
	const (
		ack, asg, res, told, re = feedback.Acknowledged, feedback.Assigned, feedback.Resolved, feedback.ToldBack, feedback.Reopened
	)
	legal := map[feedback.State][]feedback.State{
		feedback.Received: {ack, asg, res}, ack: {asg, res}, asg: {ack, asg, res}, res: {told, re}, told: {re}, re: {ack, asg, res},
	}
	path := map[feedback.State][]any{
		feedback.Received: nil, ack: {ack, 1.}, asg: {asg, 1.}, res: {res, 1.}, told: {res, 1., told, 1.}, re: {res, 1., re, 1.},
	}
	for from, moves := range path {
		for _, to := range append(states, 0, 17, -1) {
			l := loop(t, feedback.Feedback{ID: "f-1"}, 0, moves...)
			require.Equal(t, from, l.State())
			err := l.Move(feedback.Move{To: to, At: day(2), Team: "care"})
			if slices.Contains(legal[from], to) {
				require.NoError(t, err)
				assert.Equal(t, to, l.State())
				continue
			}
			var refused *feedback.MoveError
			require.ErrorAs(t, err, &refused, "%v to %v", from, to)
			require.ErrorIs(t, err, feedback.ErrMove)
			assert.Equal(t, legal[from], refused.Legal)
			assert.Equal(t, from, l.State(), "nothing changed")
		}
	}
	assert.Empty(t, feedback.State(0).Next())
	assert.Empty(t, feedback.State(99).Next())
}

func TestMovesNeedATeamAndTime(t *testing.T) {
	l := loop(t, feedback.Feedback{ID: "f-1"}, 1)
	err := l.Move(feedback.Move{To: feedback.Assigned, At: day(2)})
	require.ErrorIs(t, err, feedback.ErrMove)
	require.ErrorContains(t, err, "name the team")
	require.ErrorIs(t, l.Move(feedback.Move{To: feedback.Resolved, At: day(.5)}), feedback.ErrOrder)
	require.ErrorIs(t, l.Move(feedback.Move{To: feedback.Resolved}), feedback.ErrOrder, "no time is before all time")
	require.NoError(t, l.Move(feedback.Move{To: feedback.Resolved, At: day(1)}), "the same moment")
	err = l.Move(feedback.Move{To: feedback.Assigned, At: day(2), Team: "care"})
	require.ErrorContains(t, err, `"f-1" is resolved and cannot become "assigned"; it can become told-back, reopened`)
}

func TestUnusableFeedbackIsRefused(t *testing.T) {
	nan := math.NaN()
	for _, f := range []feedback.Feedback{
		{Received: monday}, {ID: "f"}, {ID: "f", Received: monday, Score: &nan},
		{ID: "f", Received: monday, Touchpoint: "Check Out"}, {ID: "f", Received: monday, Themes: []cxmodel.Key{"price", ""}}, {ID: "f", Received: monday, Segment: "-"},
	} {
		_, err := feedback.Open(f)
		require.ErrorIs(t, err, feedback.ErrFeedback, "%+v", f)
	}
}

func TestHistoryOnlyGrowsAndSharesNothing(t *testing.T) {
	score := 3.
	f := feedback.Feedback{ID: "f", Themes: []cxmodel.Key{"price"}, Labels: map[string]string{"shop": "7"}, Score: &score}
	l := loop(t, f, 0, feedback.Assigned, 1.)
	f.Themes[0], f.Labels["shop"], score = "speed", "8", 9
	got := l.Feedback()
	got.Themes[0], got.Labels["shop"], *got.Score = "staff", "9", 1
	again := l.Feedback()
	assert.Equal(t, []cxmodel.Key{"price"}, again.Themes)
	assert.Equal(t, "7", again.Labels["shop"])
	assert.Equal(t, 3., *again.Score)
	history := slices.Collect(l.History())
	history[1].Team = "nobody"
	assert.Equal(t, "care", l.Team())
	before := slices.Collect(l.History())
	require.NoError(t, l.Move(feedback.Move{To: feedback.Resolved, At: day(2)}))
	assert.Equal(t, before, slices.Collect(l.History())[:2])
}

func TestACopyDoesNotWriteIntoTheHistory(t *testing.T) {
	l := loop(t, feedback.Feedback{ID: "f"}, 0, feedback.Acknowledged, 1., feedback.Resolved, 2.)
	other := *l
	require.NoError(t, l.Move(feedback.Move{To: feedback.ToldBack, At: day(3), By: "kim"}))
	require.NoError(t, other.Move(feedback.Move{To: feedback.Reopened, At: day(4), By: "lee"}))
	assert.Equal(t, feedback.Move{To: feedback.ToldBack, At: day(3), By: "kim"}, slices.Collect(l.History())[3])
	assert.Equal(t, feedback.ToldBack, l.State())
}

func TestTheZeroLoopHoldsNothing(t *testing.T) {
	var l feedback.Loop
	require.ErrorIs(t, l.Move(feedback.Move{To: feedback.Resolved, At: monday}), feedback.ErrFeedback)
	_, err := json.Marshal(l)
	require.ErrorIs(t, err, feedback.ErrFeedback)
	assert.Zero(t, l.State())
	assert.Zero(t, l.StateAt(monday))
	assert.Empty(t, slices.Collect(l.History()))
}

func TestStateAtIsWhatWasKnownThen(t *testing.T) {
	l := loop(t, feedback.Feedback{ID: "f"}, 1, feedback.Assigned, 2., feedback.Resolved, 3., feedback.ToldBack, 3., feedback.Reopened, 8.)
	for d, want := range map[float64]feedback.State{
		.9: 0, 1: feedback.Received, 1.9: feedback.Received, 2: feedback.Assigned, 3: feedback.ToldBack, 7.9: feedback.ToldBack, 20: feedback.Reopened,
	} {
		assert.Equal(t, want, l.StateAt(day(d)), d)
	}
}

func TestJSONKeepsTheLoopAndItsRules(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 { // random walks
		score := float64(r.IntN(11))
		l := loop(t, feedback.Feedback{ID: "f", Customer: "c", Source: feedback.SourceChat, Verbatim: "Too slow — “again”", Score: &score}, 0)
		for d := range r.IntN(12) {
			to := l.State().Next()
			require.NoError(t, l.Move(feedback.Move{To: to[r.IntN(len(to))], At: day(float64(d)), Team: "care", By: "kim", Note: "n"}))
		}
		b, err := json.Marshal(l)
		require.NoError(t, err)
		var back feedback.Loop
		require.NoError(t, json.Unmarshal(b, &back))
		assert.Equal(t, *l, back)
		value, err := json.Marshal(*l)
		require.NoError(t, err)
		assert.Equal(t, b, value, "a Loop that is no pointer")
	}
	kept := loop(t, feedback.Feedback{ID: "kept"}, 0)
	for text, want := range map[string]error{
		`{"feedback":{"id":"f","received":"2026-03-02T09:00:00Z"},"moves":[{"to":"told-back","at":"2026-03-03T09:00:00Z"}]}`: feedback.ErrMove,
		`{"feedback":{"id":"f","received":"2026-03-02T09:00:00Z"},"moves":[{"to":"resolved","at":"2026-03-01T09:00:00Z"}]}`:  feedback.ErrOrder,
		`{"feedback":{"id":"f"}}`: feedback.ErrFeedback,
		`{"feedback":{"id":"f","received":"2026-03-02T09:00:00Z"},"moves":[{"to":"solved","at":"2026-03-03T09:00:00Z"}]}`: metrics.ErrOption,
	} {
		require.ErrorIs(t, kept.UnmarshalJSON([]byte(text)), want, text)
		assert.Equal(t, "kept", kept.Feedback().ID)
	}
	_, err := json.Marshal(&feedback.Loop{})
	require.ErrorIs(t, err, feedback.ErrFeedback)
}

func FuzzLoop(f *testing.F) {
	f.Add([]byte(`{"feedback":{"id":"f","received":"2026-03-02T09:00:00Z","score":7,"themes":["price"]},"moves":[{"to":"resolved","at":"2026-03-03T09:00:00+02:00"},{"to":"told-back","at":"2026-03-03T09:00:00Z"}]}`))
	f.Add([]byte(`{"feedback":{"id":"f","received":"0001-01-01T00:00:00Z"}}`))
	f.Add([]byte(`{"feedback":{"id":"f","received":"0001-01-01T00:00:00+05:00"}}`)) // before the zero time
	f.Add([]byte(`{"moves":[{}]}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var l feedback.Loop
		if err := l.UnmarshalJSON(data); err != nil {
			return
		}
		b, err := json.Marshal(&l)
		require.NoError(t, err)
		var back feedback.Loop
		require.NoError(t, back.UnmarshalJSON(b))
		again, err := json.Marshal(&back)
		require.NoError(t, err)
		assert.Equal(t, string(b), string(again))
		last := l.Feedback().Received
		for m := range l.History() {
			assert.False(t, m.At.Before(last))
			last = m.At
		}
	})
}

func TestErrorsNameTheirCause(t *testing.T) {
	err := error(&feedback.MoveError{ID: "f", From: feedback.Received, To: feedback.ToldBack, Legal: feedback.Received.Next()})
	assert.True(t, errors.Is(err, feedback.ErrMove))
	var s feedback.State
	require.ErrorContains(t, s.UnmarshalText([]byte("closed")), "told-back")
	_, err = feedback.State(44).MarshalText()
	require.ErrorIs(t, err, metrics.ErrOption)
}

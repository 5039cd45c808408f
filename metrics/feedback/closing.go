package feedback

import (
	"fmt"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

// asKnown checks that every loop is there once and returns the moves of those received by asOf, as known then.
func asKnown(loops []*Loop, asOf time.Time) ([]known, error) {
	seen := make(map[string]bool, len(loops))
	var out []known
	for i, l := range loops {
		switch {
		case l == nil || len(l.moves) == 0:
			return nil, fmt.Errorf("%w: loop %d holds none", ErrFeedback, i)
		case seen[l.feedback.ID]:
			return nil, fmt.Errorf("%w: %q", ErrDuplicate, l.feedback.ID)
		}
		seen[l.feedback.ID] = true
		if moves := l.until(asOf); len(moves) > 0 {
			out = append(out, known{&l.feedback, moves})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: no feedback was received by %s", metrics.ErrNoData, asOf.Format(time.RFC3339))
	}
	return out, nil
}

// known is a loop as it was known at a moment.
type known struct {
	feedback *Feedback
	moves    []Move
}

// closed returns when the loop was closed for good: told back and not reopened since.
func (k known) closed() (time.Time, bool) {
	last := k.moves[len(k.moves)-1]
	return last.At, last.To == ToldBack
}

// first returns when the loop first came to a state, and the moves after that.
func (k known) first(s State) (at time.Time, after []Move, came bool) {
	i := slices.IndexFunc(k.moves, func(m Move) bool { return m.To == s })
	if i < 0 {
		return time.Time{}, nil, false
	}
	return k.moves[i].At, k.moves[i+1:], true
}

// rate is metrics.Proportion by another name.
func rate(metric, definition string, x, n, missing int, opts *metrics.ProportionOptions) (metrics.Estimate, error) {
	e, err := metrics.Proportion(x, n, opts)
	e.Metric, e.Missing = metric, missing
	if err != nil {
		return e, fmt.Errorf("feedback: %s: %w", metric, err)
	}
	e.Definition = definition
	return e, nil
}

// length writes whole days as such.
func length(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == day:
		return "1 day"
	case d%day == 0:
		return fmt.Sprintf("%d days", d/day)
	}
	return d.String()
}

// CloseRate returns the share of the feedback received by asOf whose loop is closed then: resolved, the customer told back,
// and not reopened. Feedback of yesterday counts as not closed, so the rate falls when more comes in; [CloseRateWithin] does
// not have that fault. It fails with [metrics.ErrNoData], [ErrDuplicate] or [ErrFeedback].
func CloseRate(loops []*Loop, asOf time.Time, opts *metrics.ProportionOptions) (metrics.Estimate, error) {
	const metric = "close rate"
	all, err := asKnown(loops, asOf)
	if err != nil {
		return unavailable(metric), err
	}
	closed := 0
	for _, k := range all {
		if _, ok := k.closed(); ok {
			closed++
		}
	}
	return rate(metric, "told back and not reopened, of feedback received", closed, len(all), 0, opts)
}

// CloseRateWithin returns the share of feedback whose loop stood closed when the time within had passed since its receipt.
// Feedback that came in later than that before asOf has not had its time and is in Missing. It fails like [CloseRate], and
// with [metrics.ErrOption] where within is not positive.
func CloseRateWithin(loops []*Loop, within time.Duration, asOf time.Time, opts *metrics.ProportionOptions) (metrics.Estimate, error) {
	metric := "close rate within " + length(within)
	if within <= 0 {
		return unavailable(metric), fmt.Errorf("%w: within %v; it must be positive", metrics.ErrOption, within)
	}
	all, err := asKnown(loops, asOf)
	if err != nil {
		return unavailable(metric), err
	}
	closed, n := 0, 0
	for _, k := range all {
		end := k.feedback.Received.Add(within)
		if end.After(asOf) {
			continue
		}
		n++
		if (&Loop{*k.feedback, k.moves}).StateAt(end) == ToldBack {
			closed++
		}
	}
	return rate(metric, "told back and not reopened so long after receipt, of feedback that old", closed, n, len(all)-n, opts)
}

// TimeToClose returns the time from receipt to closing for good, as subjects for [survival.KaplanMeier] in the given unit, such
// as 24*time.Hour: what is open at asOf, or open again, is censored there. The mean of the closed ones alone would be too
// short. It fails like [CloseRate], and with [metrics.ErrOption] where unit is not positive.
func TimeToClose(loops []*Loop, asOf time.Time, unit time.Duration) ([]survival.Subject, error) {
	return subjects(loops, asOf, unit, func(k known) (time.Time, bool) {
		if at, ok := k.closed(); ok {
			return at, true
		}
		return asOf, false
	})
}

// TimeTo returns the time from receipt until the loop first came to a state from Acknowledged to ToldBack; otherwise it is like
// [TimeToClose]. A loop that was resolved without having been acknowledged or assigned is censored then: it can no longer
// come to it, so the curve speaks of those that still wait, and the share that ever comes to it is lower.
func TimeTo(state State, loops []*Loop, asOf time.Time, unit time.Duration) ([]survival.Subject, error) {
	if state <= Received || state > ToldBack {
		return nil, fmt.Errorf("%w: time to state %q; use one from %v to %v", metrics.ErrOption, state, Acknowledged, ToldBack)
	}
	return subjects(loops, asOf, unit, func(k known) (time.Time, bool) {
		at, _, came := k.first(state)
		if resolved, _, ok := k.first(Resolved); ok && state < Resolved && (!came || at.After(resolved)) {
			return resolved, false
		}
		if came {
			return at, true
		}
		return asOf, false
	})
}

// subjects makes a subject of each loop; end returns when the event came, or until when it was waited for.
func subjects(loops []*Loop, asOf time.Time, unit time.Duration, end func(known) (at time.Time, came bool)) ([]survival.Subject, error) {
	if unit <= 0 {
		return nil, fmt.Errorf("%w: unit %v; it must be positive", metrics.ErrOption, unit)
	}
	all, err := asKnown(loops, asOf)
	if err != nil {
		return nil, err
	}
	out := make([]survival.Subject, len(all))
	for i, k := range all {
		at, came := end(k)
		if came {
			out[i].Cause = survival.Event
		}
		out[i].Exit = float64(at.Sub(k.feedback.Received)) / float64(unit)
	}
	return out, nil
}

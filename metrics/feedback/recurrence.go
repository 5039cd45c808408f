package feedback

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel/metrics"
)

func unavailable(metric string) metrics.Estimate {
	nan := math.NaN()
	return metrics.Estimate{Metric: metric, Unit: metrics.UnitShare, Value: nan, Low: nan, High: nan, StdErr: nan}
}

// RecurrenceOptions are the choices of [Recurrence]; nil stands for the defaults.
type RecurrenceOptions struct {
	// Window is the time after closing in which the matter may come up again; 0 means 30 days.
	Window time.Duration
	// Same says whether two pieces of feedback of one customer are about the same matter; nil means: the same touchpoint,
	// where one is named, or a theme in common.
	Same func(a, b Feedback) bool
	// Proportion are level and method of the interval; nil stands for Wilson's at .95.
	Proportion *metrics.ProportionOptions
}

// Recurrence returns the share of closed feedback whose matter came up again within a window after it was first closed: the loop
// was reopened, or the same customer gave new feedback about the same matter. Closed feedback whose window is not over by
// asOf is in Missing, even where it came up again already: to count those alone would make the share too high. Feedback
// without a customer can only come up again by reopening. It fails with [metrics.ErrNoData] where no window is over, and like
// [CloseRate].
func Recurrence(loops []*Loop, asOf time.Time, opts *RecurrenceOptions) (metrics.Estimate, error) {
	const metric = "recurrence"
	o := RecurrenceOptions{}
	if opts != nil {
		o = *opts
	}
	if o.Window == 0 {
		o.Window = 30 * 24 * time.Hour
	}
	if o.Window < 0 {
		return unavailable(metric), fmt.Errorf("%w: window %v; it must not be negative", metrics.ErrOption, o.Window)
	}
	same := func(a, b *Feedback) bool { return o.Same(a.clone(), b.clone()) }
	if o.Same == nil {
		same = sameMatter
	}
	all, err := asKnown(loops, asOf)
	if err != nil {
		return unavailable(metric), err
	}
	byCustomer := map[string][]*Feedback{} // by time
	for _, k := range all {
		if k.feedback.Customer != "" {
			byCustomer[k.feedback.Customer] = append(byCustomer[k.feedback.Customer], k.feedback)
		}
	}
	for _, f := range byCustomer {
		slices.SortStableFunc(f, func(a, b *Feedback) int { return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID)) })
	}
	again, n, missing := 0, 0, 0
	for _, k := range all {
		closed, after, ok := k.first(ToldBack)
		if !ok {
			continue
		}
		end := closed.Add(o.Window)
		if end.After(asOf) {
			missing++
			continue
		}
		n++
		reopened := len(after) > 0 && !after[0].At.After(end) // nothing else follows on being told back
		if reopened || comesBack(k.feedback, byCustomer[k.feedback.Customer], closed, end, same) {
			again++
		}
	}
	return rate(metric, "reopened, or the same matter again, within "+length(o.Window)+" of closing, of feedback closed", again, n, missing, o.Proportion)
}

// comesBack reports whether among a customer's feedback, by time, there is some after from and not after to about the same
// matter as f.
func comesBack(f *Feedback, own []*Feedback, from, to time.Time, same func(a, b *Feedback) bool) bool {
	first, _ := slices.BinarySearchFunc(own, from, func(g *Feedback, t time.Time) int {
		if g.Received.After(t) {
			return 1
		}
		return -1
	})
	for _, g := range own[first:] {
		if g.Received.After(to) {
			return false
		}
		if g != f && same(f, g) {
			return true
		}
	}
	return false
}

func sameMatter(a, b *Feedback) bool {
	if a.Touchpoint != "" && a.Touchpoint == b.Touchpoint {
		return true
	}
	for _, theme := range a.Themes {
		if slices.Contains(b.Themes, theme) {
			return true
		}
	}
	return false
}

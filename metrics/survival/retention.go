package survival

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Window is a stretch of days after a customer's start, and what it takes to be retained in it. Three published
// definitions differ, so each is a constructor: [OnDay], [OnOrAfter], [Bracket].
type Window struct {
	From int  `json:"from"` // days after the start, included; 0 is the day of the start
	To   int  `json:"to"`   // included
	Open bool `json:"open,omitempty"`
}

// OnDay retains who is active on exactly that day.
func OnDay(day int) Window { return Window{From: day, To: day} }

// OnOrAfter retains who is active on that day or later: it can still rise.
func OnOrAfter(day int) Window { return Window{From: day, To: day, Open: true} }

// Bracket retains who is active on any day from from to to.
func Bracket(from, to int) Window { return Window{From: from, To: to} }

// String returns "day 7", "on or after day 7" or "days 7 to 13".
func (w Window) String() string {
	switch {
	case w.Open:
		return fmt.Sprintf("on or after day %d", w.From)
	case w.From == w.To:
		return fmt.Sprintf("day %d", w.From)
	}
	return fmt.Sprintf("days %d to %d", w.From, w.To)
}

// A Customer is the activity of one customer and the cohort to which it belongs.
type Customer struct {
	Cohort   string // such as the month of the start: "2026-03"
	Activity metrics.Activity
}

// A Cohort is one line of a retention table: an estimate for each window. A window that no customer of the cohort has
// completed has no value, N = 0, and all customers in Missing.
type Cohort struct {
	Name  string             `json:"name"`
	N     int                `json:"n"` // customers, complete or not
	Cells []metrics.Estimate `json:"cells"`
}

// A RetentionTable is retention by cohort and window. A later window may hold a larger share than an earlier one,
// because fewer and older customers have completed it; compare within one cohort.
type RetentionTable struct {
	Windows []Window `json:"windows"`
	Cohorts []Cohort `json:"cohorts"` // by name, ascending
	All     Cohort   `json:"all"`     // customers of all cohorts pooled, not the mean of the lines above
}

// Retention returns the share of customers active in each window, by cohort. asOf is the last day that was observed,
// counted like the days of the activities (see [DayNumber]): a customer whose window is not complete by then is in
// Missing, in no denominator. opts are those of a proportion; nil stands for Wilson's interval at .95.
func Retention(customers []Customer, windows []Window, asOf int, opts *metrics.ProportionOptions) (*RetentionTable, error) {
	if len(customers) == 0 {
		return nil, fmt.Errorf("%w: no customers", metrics.ErrNoData)
	}
	if len(windows) == 0 {
		return nil, fmt.Errorf("%w: no windows; give some, such as OnDay(7)", metrics.ErrOption)
	}
	byCohort := map[string][]metrics.Activity{}
	all := make([]metrics.Activity, len(customers))
	t := &RetentionTable{Windows: slices.Clone(windows)}
	var names []string
	for i, c := range customers {
		if _, ok := byCohort[c.Cohort]; !ok {
			names = append(names, c.Cohort)
		}
		byCohort[c.Cohort] = append(byCohort[c.Cohort], c.Activity)
		all[i] = c.Activity
	}
	slices.Sort(names)
	for _, name := range names {
		c, err := cohort(name, byCohort[name], windows, asOf, opts)
		if err != nil {
			return nil, err
		}
		t.Cohorts = append(t.Cohorts, c)
	}
	var err error
	t.All, err = cohort("all", all, windows, asOf, opts)
	if err != nil {
		return nil, err
	}
	return t, nil
}

func cohort(name string, customers []metrics.Activity, windows []Window, asOf int, opts *metrics.ProportionOptions) (Cohort, error) {
	c := Cohort{Name: name, N: len(customers)}
	for _, w := range windows {
		e, err := w.measure(customers, asOf, opts)
		if err != nil && !errors.Is(err, metrics.ErrNoData) {
			return c, fmt.Errorf("survival: cohort %q: %w", name, err)
		}
		c.Cells = append(c.Cells, e) // without a value where no window is complete
	}
	return c, nil
}

func (w Window) measure(customers []metrics.Activity, asOf int, opts *metrics.ProportionOptions) (metrics.Estimate, error) {
	switch {
	case w.Open && w.From == w.To:
		return metrics.RetentionOnOrAfter(customers, w.From, asOf, opts)
	case w.Open:
		return metrics.Estimate{}, fmt.Errorf("%w: an open window from day %d to %d; give one day", metrics.ErrOption, w.From, w.To)
	case w.From == w.To:
		return metrics.RetentionOnDay(customers, w.From, asOf, opts)
	}
	return metrics.RetentionInBracket(customers, w.From, w.To, asOf, opts)
}

// Table returns one row per cohort and window, and those of all customers last.
func (t *RetentionTable) Table() *metrics.Table {
	out := &metrics.Table{Labels: []string{"cohort", "window"}}
	for _, c := range append(slices.Clone(t.Cohorts), t.All) {
		for i, e := range c.Cells {
			out.Add(e, c.Name, t.Windows[i].String())
		}
	}
	return out
}

// MarshalJSON writes the table; what is not available is null.
func (t RetentionTable) MarshalJSON() ([]byte, error) { return nanjson.Marshal(t) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (t *RetentionTable) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, t) }

// DayNumber returns the calendar day of t in loc, counted from 1 January 1970: the form in which [metrics.Activity]
// takes days. Which time zone a day is cut in changes retention on a day; use one for all. A nil loc means UTC.
func DayNumber(t time.Time, loc *time.Location) int {
	if loc == nil {
		loc = time.UTC
	}
	return cxmodel.DateOf(t.In(loc)).DaysSince(cxmodel.Date{Year: 1970, Month: time.January, Day: 1})
}

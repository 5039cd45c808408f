package survival_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

func date(t require.TestingT, s string) cxmodel.Date {
	if s == "" {
		return cxmodel.Date{}
	}
	d, err := cxmodel.ParseDate(s)
	require.NoError(t, err)
	return d
}

// Days by the calendar: 28 of February and 31 of March from 2026-02-01 to 2026-04-01.
func TestAContractIsASubjectAsKnownOnADay(t *testing.T) {
	for _, c := range []struct {
		start, end, asOf string
		want             survival.Subject
	}{
		{"2026-02-01", "", "2026-04-01", survival.Subject{Exit: 59}},
		{"2026-02-01", "2026-03-01", "2026-04-01", survival.Subject{Exit: 28, Cause: survival.Event}},
		{"2026-02-01", "2026-04-01", "2026-04-01", survival.Subject{Exit: 59, Cause: survival.Event}},
		{"2026-02-01", "2026-04-02", "2026-04-01", survival.Subject{Exit: 59}}, // cancelled, and still a customer
		{"2026-02-01", "2026-02-01", "2026-04-01", survival.Subject{Cause: survival.Event}},
		{"2026-04-01", "", "2026-04-01", survival.Subject{}},
	} {
		got, err := survival.SubjectOf(date(t, c.start), date(t, c.end), date(t, c.asOf))
		require.NoError(t, err, c)
		assert.Equal(t, c.want, got, c)
	}
}

func TestAContractWithImpossibleDaysIsAnError(t *testing.T) {
	day := date(t, "2026-04-01")
	for name, c := range map[string][3]cxmodel.Date{
		"no start":          {{}, {}, day},
		"no day to look":    {day, {}, {}},
		"no such start":     {{Year: 2026, Month: 2, Day: 30}, {}, day},
		"no such end":       {day, {Year: 2026, Month: 4, Day: 31}, day},
		"starts later":      {day.AddDays(1), {}, day},
		"ends before start": {day, day.AddDays(-1), day},
	} {
		got, err := survival.SubjectOf(c[0], c[1], c[2])
		require.ErrorIs(t, err, survival.ErrSubject, name)
		assert.Zero(t, got, name)
	}
}

// Contracts as a table has them: the first day, the last one where there is one, and why it ended.
func ExampleSubjectOf() {
	contracts := [][3]string{
		{"2026-01-15", "2026-03-31", "price"}, {"2026-02-01", "", ""}, {"2026-02-10", "2026-12-31", "price"}, // cancelled for the end of the year
		{"2026-03-01", "2026-04-30", "card"}, {"2026-03-01", "2026-07-31", "price"}, {"2026-04-01", "", ""}, {"2026-05-01", "2026-06-30", "price"},
	}
	asOf, _ := cxmodel.ParseDate("2026-09-30")
	var subjects []survival.Subject
	for _, c := range contracts {
		start, _ := cxmodel.ParseDate(c[0])
		var end cxmodel.Date
		if c[1] != "" {
			end, _ = cxmodel.ParseDate(c[1])
		}
		s, err := survival.SubjectOf(start, end, asOf)
		if err != nil {
			fmt.Println(err)
			return
		}
		if s.Cause == survival.Event && c[2] == "card" {
			s.Cause = 2
		}
		subjects = append(subjects, s)
	}
	incidence, err := survival.CumulativeIncidence(subjects, []string{"chose to leave", "card expired"}, &survival.Options{Unit: "days"})
	if err != nil {
		fmt.Println(err)
		return
	}
	left, _ := incidence.At("chose to leave", 100) // 1/7 after 60 days, and 5/7 · 1/5 more after 75
	fmt.Println(left)
	// Output:
	// cumulative incidence 28.6 % (95 % CI 4.1..61.2 %, n=7, Aalen-Johansen, log-log); fewer than 5 answers, collect more before acting on it
}

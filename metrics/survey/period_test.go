package survey_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/survey"
)

var everies = []survey.Every{survey.EveryDay, survey.EveryWeek, survey.EveryMonth, survey.EveryQuarter, survey.EveryYear}

// TestPeriodsAgreeWithPackageTime holds 20,000 moments of the years 1 to 9995 against Date and ISOWeek of package time.
func TestPeriodsAgreeWithPackageTime(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	first, last := time.Date(1, 1, 9, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9995, 12, 20, 0, 0, 0, 0, time.UTC).Unix()
	for i := range 20_000 {
		at := time.Unix(first+rng.Int64N(last-first), 0)
		if i%2 == 0 {
			at = time.Unix(rng.Int64N(2_000_000_000), 999_999_999)
		}
		for _, loc := range []*time.Location{nil, time.UTC, berlin} {
			local := at.UTC()
			if loc != nil {
				local = at.In(loc)
			}
			isoYear, week := local.ISOWeek()
			for every, want := range map[survey.Every]string{
				survey.EveryDay: local.Format(time.DateOnly), survey.EveryWeek: fmt.Sprintf("%04d-W%02d", isoYear, week), survey.EveryMonth: local.Format("2006-01"),
				survey.EveryQuarter: fmt.Sprintf("%04d-Q%d", local.Year(), (int(local.Month())+2)/3), survey.EveryYear: fmt.Sprintf("%04d", local.Year()),
			} {
				p := survey.PeriodOf(at, every, loc)
				require.Equal(t, want, p.String())
				require.False(t, at.Before(p.Start(loc)), "%v begins after %v", p, at)
				require.True(t, at.Before(p.End(loc)), "%v ends before %v", p, at)
				parsed, err := survey.ParsePeriod(want)
				require.NoError(t, err)
				require.Equal(t, p, parsed)
				require.Equal(t, p, p.Add(3).Add(-3))
				require.Negative(t, p.Compare(p.Add(1)))
			}
		}
	}
}

// ISO 8601 weeks at the turn of the year, from the calendar: 1 January 2021 was a Friday, 31 December 2018 a Monday.
func TestISOWeeksAtTheTurnOfTheYear(t *testing.T) {
	for day, want := range map[string]string{"2021-01-01": "2020-W53", "2018-12-31": "2019-W01", "2026-01-01": "2026-W01", "2027-01-03": "2026-W53"} {
		at, err := time.Parse(time.DateOnly, day)
		require.NoError(t, err)
		assert.Equal(t, want, survey.PeriodOf(at, survey.EveryWeek, nil).String())
	}
}

func TestTimesOutsideTheCalendarHaveNoPeriod(t *testing.T) {
	for _, at := range []time.Time{{}, time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC), time.Unix(1<<60, 0)} {
		for _, every := range everies {
			assert.True(t, survey.PeriodOf(at, every, nil).IsZero())
		}
	}
	assert.True(t, survey.PeriodOf(time.Now(), survey.EveryUnspecified, nil).IsZero())
	assert.True(t, survey.Period{}.Start(nil).IsZero())
	assert.Equal(t, survey.Period{}, survey.Period{}.Add(4))
}

func TestParsePeriodRefusesWhatStringDoesNotWrite(t *testing.T) {
	for _, s := range []string{"2026-Q5", "2026-Q0", "2026-W00", "2026-W54", "2025-W53", "2026-13", "2026-1", "26", "2026-11-31", "2026-Q", "week 3", "-"} {
		_, err := survey.ParsePeriod(s)
		assert.ErrorIs(t, err, survey.ErrOption, s)
	}
}

// textual is what every enumeration of the package is.
type textual interface {
	fmt.Stringer
	MarshalText() ([]byte, error)
}

func TestWordsOfEnumerationsRoundTrip(t *testing.T) {
	for name, c := range map[string]struct {
		values []textual
		parse  func([]byte) (textual, error)
	}{
		"status": {[]textual{survey.StatusUnspecified, survey.StatusCompleted, survey.StatusPartial, survey.StatusDismissed, survey.StatusInvited, survey.StatusBounced, survey.StatusExcluded},
			func(b []byte) (textual, error) { var s survey.Status; err := s.UnmarshalText(b); return s, err }},
		"level": {[]textual{survey.LevelUnspecified, survey.LevelRelationship, survey.LevelTransaction},
			func(b []byte) (textual, error) { var l survey.Level; err := l.UnmarshalText(b); return l, err }},
		"every": {[]textual{survey.EveryUnspecified, survey.EveryDay, survey.EveryWeek, survey.EveryMonth, survey.EveryQuarter, survey.EveryYear},
			func(b []byte) (textual, error) { var e survey.Every; err := e.UnmarshalText(b); return e, err }},
		"format": {[]textual{survey.FormatAuto, survey.FormatCSV, survey.FormatJSON},
			func(b []byte) (textual, error) { var f survey.Format; err := f.UnmarshalText(b); return f, err }},
		"field": {[]textual{survey.FieldUnspecified, survey.FieldIgnore, survey.FieldID, survey.FieldCustomer, survey.FieldTime, survey.FieldMeasure, survey.FieldTouchpoint,
			survey.FieldSegment, survey.FieldChannel, survey.FieldScore, survey.FieldStatus, survey.FieldFinished, survey.FieldThemes, survey.FieldWeight, survey.FieldLabel},
			func(b []byte) (textual, error) { var f survey.Field; err := f.UnmarshalText(b); return f, err }},
	} {
		for _, v := range c.values {
			text, err := v.MarshalText()
			require.NoError(t, err)
			back, err := c.parse(text)
			require.NoError(t, err)
			assert.Equal(t, v, back)
			assert.Equal(t, v.String(), string(text))
		}
		_, err := c.parse([]byte("nonsense"))
		assert.ErrorIs(t, err, survey.ErrOption, name)
		assert.ErrorContains(t, err, c.values[1].String(), "the list of words")
	}
	for _, v := range []textual{survey.Status(-1), survey.Level(9), survey.Every(77), survey.Field(99), survey.Format(5)} {
		_, err := v.MarshalText()
		assert.ErrorIs(t, err, survey.ErrOption)
	}
}

// TestPeriodsEndWithTheCalendar: the year 9999 has no next one, and no step wraps around.
func TestPeriodsEndWithTheCalendar(t *testing.T) {
	for _, every := range []survey.Every{survey.EveryDay, survey.EveryWeek, survey.EveryMonth, survey.EveryQuarter, survey.EveryYear} {
		first := survey.PeriodOf(time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), every, nil)
		last := survey.PeriodOf(time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), every, nil)
		assert.True(t, last.Add(1).IsZero() && first.Add(-1).IsZero())
		assert.Equal(t, last, last.Add(-1).Add(1))
		for _, n := range []int{math.MaxInt, math.MinInt, 1 << 32, -1 << 32} {
			assert.True(t, last.Add(n).IsZero(), "%v %d", last, n)
		}
		assert.True(t, last.End(nil).After(last.Start(nil)))
	}
}

// TestStartWhereMidnightIsMissingOrTwice: by the time zone database Santiago skipped 00:00 to 00:59 on 8 September 2024,
// Amman had them twice on 20 September 1996, and Apia had no 30 December 2011.
func TestStartWhereMidnightIsMissingOrTwice(t *testing.T) {
	for _, c := range []struct{ zone, day, start, end string }{
		{"America/Santiago", "2024-09-08", "2024-09-08T01:00:00-03:00", "2024-09-09T00:00:00-03:00"},
		{"Asia/Amman", "1996-09-20", "1996-09-20T00:00:00+03:00", "1996-09-21T00:00:00+02:00"},
		{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", "2011-12-31T00:00:00+14:00"},
	} {
		loc, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		p, err := survey.ParsePeriod(c.day)
		require.NoError(t, err)
		assert.Equal(t, c.start, p.Start(loc).Format(time.RFC3339), c.zone)
		assert.Equal(t, c.end, p.End(loc).Format(time.RFC3339), c.zone)
	}
}

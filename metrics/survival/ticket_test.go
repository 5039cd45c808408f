package survival_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, on machines without them too

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

// day returns noon so many days after Monday 2 March 2026.
func day(n int) time.Time { return time.Date(2026, 3, 2+n, 12, 0, 0, 0, time.UTC) }

func TestAReopenedTicketRunsOn(t *testing.T) {
	tickets := []survival.Ticket{
		{ID: "plain", Opened: day(0), FirstReply: day(1), Resolved: day(2)},
		{ID: "again", Opened: day(0), Resolved: day(1), Reopened: day(3), ResolvedAgain: day(7)},
		{ID: "open again", Opened: day(0), Resolved: day(1), Reopened: day(3)},
		{ID: "later", Opened: day(40)},
	}
	opts := &survival.TicketOptions{Unit: 24 * time.Hour}
	got, err := survival.ResolutionTimes(tickets, day(10), opts)
	require.NoError(t, err)
	assert.Equal(t, []survival.Subject{{Exit: 2, Cause: survival.Event}, {Exit: 7, Cause: survival.Event}, {Exit: 10}}, got)

	got, err = survival.ResolutionTimes(tickets, day(2), opts) // as it was known then
	require.NoError(t, err)
	assert.Equal(t, []survival.Subject{{Exit: 2, Cause: survival.Event}, {Exit: 1, Cause: survival.Event}, {Exit: 1, Cause: survival.Event}}, got)

	got, err = survival.ResponseTimes(tickets, day(10), opts)
	require.NoError(t, err)
	assert.Equal(t, []survival.Subject{{Exit: 1, Cause: survival.Event}, {Exit: 1, Cause: survival.Event}, {Exit: 1, Cause: survival.Event}}, got)
}

func TestFirstContactKnowsFourOutcomes(t *testing.T) {
	tickets := []survival.Ticket{
		{ID: "resolved", Opened: day(0), Resolved: day(0), Contacts: 1},
		{ID: "came back in time", Opened: day(0), Resolved: day(0), Reopened: day(5)},
		{ID: "came back later", Opened: day(0), Resolved: day(0), Reopened: day(20)},
		{ID: "two contacts", Opened: day(0), Contacts: 2},
		{ID: "escalated", Opened: day(0), Contacts: 3, BeyondFirstLevel: true},
		{ID: "still open", Opened: day(0), Contacts: 1},
		{ID: "window open", Opened: day(20), Resolved: day(27), Contacts: 1},
		{ID: "too young", Opened: day(28), Contacts: 4},
	}
	r, err := survival.FirstContact(tickets, day(30), nil)
	require.NoError(t, err)
	assert.InDelta(t, 2./5, r.Gross.Value, 1e-15)
	assert.Equal(t, 5, r.Gross.N)
	assert.Equal(t, 3, r.Gross.Missing)
	assert.InDelta(t, 2./4, r.Net.Value, 1e-15)
	assert.Equal(t, 3, r.Net.Missing)
}

func TestHandlingOfAnOpenTicketIsCensored(t *testing.T) {
	tickets := []survival.Ticket{
		{Opened: day(0), Resolved: day(1), Handling: 90 * time.Minute, Agent: "b"},
		{Opened: day(0), Handling: 30 * time.Minute, Agent: "a"},
	}
	got, err := survival.HandlingTimes(tickets, day(9), nil)
	require.NoError(t, err)
	assert.Equal(t, []survival.Subject{{Exit: 1.5, Cause: survival.Event}, {Exit: .5}}, got)
	groups := survival.ByAgent(tickets)
	require.Len(t, groups, 2)
	assert.Equal(t, "a", groups[0].Agent)
	assert.Equal(t, tickets[1:], groups[0].Tickets)
}

func TestContradictoryTicketsAreRefused(t *testing.T) {
	for name, ticket := range map[string]survival.Ticket{
		"never opened":                    {ID: "x"},
		"resolved before opened":          {ID: "x", Opened: day(2), Resolved: day(1)},
		"reply before opened":             {ID: "x", Opened: day(2), FirstReply: day(1)},
		"reopened without a resolution":   {ID: "x", Opened: day(2), Reopened: day(3)},
		"reopened before it was resolved": {ID: "x", Opened: day(2), Resolved: day(4), Reopened: day(3)},
		"resolved again, never reopened":  {ID: "x", Opened: day(2), Resolved: day(4), ResolvedAgain: day(5)},
		"negative contacts":               {ID: "x", Opened: day(2), Contacts: -1},
		"negative handling":               {ID: "x", Opened: day(2), Handling: -1},
	} {
		_, err := survival.ResolutionTimes([]survival.Ticket{ticket}, day(9), nil)
		assert.ErrorIs(t, err, survival.ErrTicket, name)
		assert.ErrorContains(t, err, `"x"`, name)
		_, err = survival.FirstContact([]survival.Ticket{ticket}, day(9), nil)
		assert.ErrorIs(t, err, survival.ErrTicket, name)
	}
	_, err := survival.ResolutionTimes(nil, day(9), nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.ResolutionTimes([]survival.Ticket{{Opened: day(10)}}, day(9), nil)
	assert.ErrorIs(t, err, metrics.ErrNoData)
	_, err = survival.FirstContact([]survival.Ticket{{Opened: day(0)}}, day(1), &survival.FirstContactOptions{Window: -1})
	assert.ErrorIs(t, err, metrics.ErrOption)
}

func office(loc *time.Location) survival.BusinessHours {
	h := survival.BusinessHours{Location: loc, Week: map[time.Weekday][]survival.Shift{}, Dates: map[cxmodel.Date][]survival.Shift{{Year: 2026, Month: 3, Day: 4}: nil}}
	for d := time.Monday; d <= time.Friday; d++ {
		h.Week[d] = []survival.Shift{{12 * time.Hour, 17 * time.Hour}, {9 * time.Hour, 13 * time.Hour}} // two overlapping schedules
	}
	return h
}

func TestBusinessHoursCountTheUnionOfSchedules(t *testing.T) {
	h := office(nil)
	require.NoError(t, h.Check())
	at := func(d, hour int) time.Time { return time.Date(2026, 3, d, hour, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		from, to time.Time
		want     time.Duration
		why      string
	}{
		{at(2, 8), at(2, 20), 8 * time.Hour, "one day"},
		{at(2, 10), at(2, 11), time.Hour, "within"},
		{at(2, 16), at(3, 10), 2 * time.Hour, "over night"},
		{at(6, 16), at(9, 10), 2 * time.Hour, "over the weekend"},
		{at(3, 16), at(5, 10), 2 * time.Hour, "over a holiday"},
		{at(7, 10), at(8, 10), 0, "weekend"},
		{at(2, 18), at(2, 22), 0, "both outside"},
		{at(3, 10), at(2, 10), 0, "backwards"},
		{at(2, 0), at(9, 0), 32 * time.Hour, "a week with a holiday"},
	} {
		assert.Equal(t, c.want, h.Between(c.from, c.to), c.why)
	}
	h.Week[time.Monday] = []survival.Shift{{10 * time.Hour, 9 * time.Hour}}
	assert.ErrorIs(t, h.Check(), metrics.ErrOption)
}

// On 29 March 2026 the clock of Berlin jumps from 2 to 3: a shift from 0 to 6 has five hours.
func TestBusinessHoursFollowTheClockOnTheWall(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	h := survival.BusinessHours{Location: loc, Week: map[time.Weekday][]survival.Shift{time.Sunday: {{0, 6 * time.Hour}}}}
	from := time.Date(2026, 3, 28, 0, 0, 0, 0, loc)
	assert.Equal(t, 5*time.Hour, h.Between(from, from.AddDate(0, 0, 3)))
}

// In São Paulo the clock went from 24:00 on 3 November 2018 to 1:00, so that the 4th has no midnight; in Cairo likewise
// on 28 April 2023. Samoa left out 30 December 2011, when it went over the date line. Tzdata tells all three.
func TestBusinessHoursOfADayWithoutMidnightAreItsOwn(t *testing.T) {
	for zone, c := range map[string]struct {
		day         cxmodel.Date
		office, all time.Duration
	}{
		"America/Sao_Paulo": {cxmodel.Date{Year: 2018, Month: 11, Day: 4}, 8 * time.Hour, 23 * time.Hour},
		"Africa/Cairo":      {cxmodel.Date{Year: 2023, Month: 4, Day: 28}, 8 * time.Hour, 23 * time.Hour},
		"Pacific/Apia":      {cxmodel.Date{Year: 2011, Month: 12, Day: 30}, 0, 0},
	} {
		loc, err := time.LoadLocation(zone)
		require.NoError(t, err)
		noon := func(days int) time.Time { return c.day.AddDays(days).In(time.UTC).Add(12 * time.Hour) }
		for want, shift := range map[time.Duration]survival.Shift{c.office: {From: 9 * time.Hour, To: 17 * time.Hour}, c.all: {To: 24 * time.Hour}} {
			h := survival.BusinessHours{Location: loc, Week: map[time.Weekday][]survival.Shift{noon(0).Weekday(): {shift}}}
			assert.Equal(t, want, h.Between(noon(-2), noon(2)), "%s %v", zone, shift)
		}
	}
}

func TestDaysWithoutALocationAreThoseOfUTC(t *testing.T) {
	late := time.Date(1970, 1, 2, 23, 30, 0, 0, time.FixedZone("CET", 3600))
	assert.Equal(t, 1, survival.DayNumber(late, nil))
}

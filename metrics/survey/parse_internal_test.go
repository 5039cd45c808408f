package survey

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// isoLayouts are the forms that parseISO reads, in the words of package time.
var isoLayouts = []string{
	"2006-01-02", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z07", "2006-01-02T15:04:05.999999999Z07", "2006-01-02 15:04:05.999999999Z0700",
	"2006-01-02 15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02 15:04Z0700", "2006-01-02T15:04Z07", "2006-01-02 15:04Z07",
}

// FuzzParseISO: what is read, package time reads as the same moment.
func FuzzParseISO(f *testing.F) {
	for _, s := range []string{
		"2026-11-02", "2026-11-02T15:04:05Z", "2026-11-02 15:04", "2026-02-29", "2024-02-29T23:59:59.123456789+05:30", "2026-11-02T15:04:05-0800",
		"2026-11-02 15:04:05+02", "0001-01-01", "0000-01-01", "9999-12-31T24:00:00Z", "2026-11-02T15:04:05.Z", "2026-03-29T02:30:00",
	} {
		f.Add(s)
	}
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, s string) {
		for _, loc := range []*time.Location{time.UTC, berlin} {
			got, ok := parseISO([]byte(s), loc)
			if !ok {
				continue
			}
			found := false
			for _, layout := range isoLayouts {
				if want, err := time.ParseInLocation(layout, s, loc); err == nil {
					require.True(t, want.Equal(got), "%q is %v, not %v", s, want, got)
					found = true
					break
				}
			}
			require.True(t, found, "%q", s)
		}
	})
}

// TestISOTimesAreRead: what package time writes in each of the layouts is read as the same moment, also on the days
// when the clocks change.
func TestISOTimesAreRead(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	india := time.FixedZone("", 5*3600+1800)
	for range 5000 {
		at := time.Unix(rng.Int64N(4_000_000_000)-1_000_000_000, rng.Int64N(1_000_000_000))
		for _, layout := range isoLayouts {
			for _, loc := range []*time.Location{time.UTC, berlin, india} {
				text := at.In(loc).Format(layout)
				want, err := time.ParseInLocation(layout, text, loc)
				require.NoError(t, err)
				got, ok := parseISO([]byte(text), loc)
				require.True(t, ok, text)
				require.True(t, want.Equal(got), "%q is %v, not %v", text, want, got)
			}
		}
	}
}

// FuzzParseScore: what is read, strconv reads as the same number.
func FuzzParseScore(f *testing.F) {
	for _, s := range []string{"7", "10", "-1", "+3", "6.5", ".5", "5.", "1e1", "0x10", "1_000", "Inf", "NaN", "", "-", "1.2.3", "007", "1e999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := parseScore([]byte(s), '.')
		want, err := strconv.ParseFloat(s, 64)
		if ok {
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		comma, okComma := parseScore([]byte(strings.ReplaceAll(s, ".", ",")), ',')
		if ok && !strings.Contains(s, ",") {
			require.True(t, okComma)
			require.Equal(t, got, comma)
		}
	})
}

func TestScoresThatAreNoNumbersAreRefused(t *testing.T) {
	for _, s := range []string{"", "-", "e", "7 ", "7/10", "1,000", "1_0", "0x7", "Inf", "NaN", "1e400", strings.Repeat("1", 65)} {
		_, ok := parseScore([]byte(s), '.')
		assert.False(t, ok, "%q", s)
	}
	_, ok := parseScore([]byte("1.000"), ',')
	assert.False(t, ok, "grouping is not read")
}

// TestDaysIsTheInverseOfCivil on every day of 1600 to 2400.
func TestDaysIsTheInverseOfCivil(t *testing.T) {
	for d := int32(days(1600, 1, 1)); d < int32(days(2400, 1, 1)); d++ {
		y, m, day := civil(d)
		if days(int(y), int(m), int(day)) != int64(d) {
			t.Fatalf("day %d is %d-%d-%d", d, y, m, day)
		}
	}
}

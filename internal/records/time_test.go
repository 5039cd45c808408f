package records_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/records"
)

// isoLayouts are the forms that ParseTime reads, in the words of package time.
var isoLayouts = []string{
	"2006-01-02", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z07", "2006-01-02T15:04:05.999999999Z07", "2006-01-02 15:04:05.999999999Z0700",
	"2006-01-02 15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02 15:04Z0700", "2006-01-02T15:04Z07", "2006-01-02 15:04Z07",
}

// FuzzParseTime: what is read, package time reads as the same moment.
func FuzzParseTime(f *testing.F) {
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
			got, ok := records.ParseTime([]byte(s), loc)
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
				got, ok := records.ParseTime([]byte(text), loc)
				require.True(t, ok, text)
				require.True(t, want.Equal(got), "%q is %v, not %v", text, want, got)
			}
		}
	}
}

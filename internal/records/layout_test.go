package records_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/records"
)

// 1792857600 is 2026-10-24T16:00:00Z: 20,750 days of 86,400 seconds are 1792800000, the 20,750th day after 1 January 1970
// is 24 October 2026 (56 years of 365 days, 14 leap days, 296 days), and 57,600 seconds are 16 hours.
func TestSecondsSince1970AreALayout(t *testing.T) {
	want := time.Date(2026, 10, 24, 16, 0, 0, 0, time.UTC)
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, c := range []struct {
		layout, text string
		want         time.Time
	}{
		{"unix", "1792857600", want}, {"unix", "1792857600.25", want.Add(250 * time.Millisecond)}, {"unix", "1792857600.", want},
		{"unix-ms", "1792857600250", want.Add(250 * time.Millisecond)}, {"unix", "0", time.Unix(0, 0)}, {"02.01.2006", "24.10.2026", time.Date(2026, 10, 24, 0, 0, 0, 0, berlin)},
	} {
		got, err := records.ParseLayout(c.layout, c.text, berlin)
		require.NoError(t, err, c)
		assert.True(t, c.want.Equal(got), "%v: %v", c, got)
		assert.Equal(t, berlin, got.Location())
	}
}

func TestWhatIsNoNumberOfSecondsIsRejected(t *testing.T) {
	for layout, texts := range map[string][]string{
		"unix":    {"", "-1", "+1", "1e9", "1792857600000", "253402300800", "99999999999999999999", "12.x", "1.-2", "1.1234567891", ".5", "2026-10-24"},
		"unix-ms": {"", "-1", "1.5", "253402300800000", "x"},
	} {
		for _, text := range texts {
			_, err := records.ParseLayout(layout, text, time.UTC)
			assert.Error(t, err, "%s %q", layout, text)
		}
	}
}

package survey

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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

// TestCivilIsTheCalendarOfPackageTime on every day of 1600 to 2400.
func TestCivilIsTheCalendarOfPackageTime(t *testing.T) {
	for at := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2400; at = at.AddDate(0, 0, 1) {
		y, m, day := civil(int32(at.Unix() / 86400))
		if int(y) != at.Year() || time.Month(m) != at.Month() || int(day) != at.Day() {
			t.Fatalf("%v is %d-%d-%d", at, y, m, day)
		}
	}
}

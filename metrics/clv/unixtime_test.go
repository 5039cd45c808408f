package clv_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/clv"
)

// 1792857600000 is 2026-10-24T16:00:00Z.
func TestTimesOfOrdersMayBeMillisecondsSince1970(t *testing.T) {
	r := clv.NewReader(strings.NewReader("customer,time,amount,currency\na,1792857600000,1.50,EUR\nb,soon,1.50,EUR\n"), &clv.ReaderOptions{Layouts: []string{"unix-ms"}})
	var got []time.Time
	for o, err := range r.All() {
		require.NoError(t, err)
		got = append(got, o.Time)
	}
	require.Len(t, got, 1)
	assert.True(t, got[0].Equal(time.Date(2026, 10, 24, 16, 0, 0, 0, time.UTC)))
	issues, n := r.Rejected()
	require.Equal(t, 1, n)
	assert.Contains(t, issues[0].Message, `the time "soon" is not written as unix-ms`)
}

package metricstest_test

import (
	"context"
	"errors"
	"math"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/metricstest"
)

func TestRecorderKeepsEveryRowOfManyWriters(t *testing.T) {
	var r metricstest.Recorder[float64]
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for range 50 {
				assert.NoError(t, r.Record(t.Context(), float64(w)))
			}
		})
	}
	wg.Wait()
	assert.Len(t, r.Rows(), 400)
	tally := r.Tally(zeroToTen, func(s float64) float64 {
		if s == 7 {
			return math.NaN()
		}
		return s
	})
	assert.Equal(t, 350, tally.N())
	assert.Equal(t, 50, tally.Missing())
	r.Rows()[0] = 99
	assert.NotEqual(t, 99., r.Rows()[0], "a copy")
	r.Reset()
	assert.Empty(t, r.Rows())
}

func TestRecorderFailsWhenTold(t *testing.T) {
	var r metricstest.Recorder[int]
	down := errors.New("store is down")
	r.FailWith(down)
	require.ErrorIs(t, r.Record(t.Context(), 1), down)
	r.FailWith(nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, r.Record(ctx, 2), context.Canceled)
	require.NoError(t, r.Record(t.Context(), 3))
	assert.Equal(t, []int{3}, r.Rows())
}

// Whoever uses the kit needs no other test library.
func TestTheKitNeedsOnlyTestingTB(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("the go command is not there to list the imports")
	}
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	require.NoError(t, err)
	for _, path := range strings.Fields(string(out)) {
		assert.False(t, strings.Contains(path, "testify") || strings.Contains(path, "rapid"), path)
	}
}

package alignment_test

import (
	"context"
	"math"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
)

// Assess looks at its context often enough, and returns its error wherever it ends.
func TestAssessEndsWithItsContext(t *testing.T) {
	m := bigModel(2, 20, 40, 15)
	whole := &fuse{Context: t.Context(), looks: math.MaxInt64}
	_, err := alignment.Assess(whole, m, nil)
	require.NoError(t, err)
	used := math.MaxInt64 - whole.looks
	require.Greater(t, used, int64(20+30), "it looks at least once an item and once a cell")
	for n := range used {
		_, err := alignment.Assess(&fuse{Context: t.Context(), looks: n}, m, nil)
		require.ErrorIs(t, err, context.Canceled, "%d of %d", n, used)
	}
}

// A fuse is a context that is cancelled when it has been looked at a number of times.
type fuse struct {
	context.Context
	looks int64
}

func (f *fuse) Err() error {
	if atomic.AddInt64(&f.looks, -1) < 0 {
		return context.Canceled
	}
	return nil
}

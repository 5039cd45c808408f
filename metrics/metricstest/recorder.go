package metricstest

import (
	"context"
	"slices"
	"sync"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Recorder stands where a service writes its answers, orders or events, and keeps them. The zero Recorder is ready, and
// it is safe for concurrent use. Pass its Record method, or wrap it in the interface of your store.
type Recorder[T any] struct {
	mu   sync.Mutex
	rows []T
	err  error
}

// Record keeps a row. It returns the error of the context or that of FailWith instead, as a store would, and then keeps
// nothing.
func (r *Recorder[T]) Record(ctx context.Context, row T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	r.rows = append(r.rows, row)
	return nil
}

// FailWith makes Record return err from now on, to see what the service does when its store is down; nil ends it.
func (r *Recorder[T]) FailWith(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// Rows returns a copy of the rows kept, in the order of their coming.
func (r *Recorder[T]) Rows() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.rows)
}

// Reset forgets the rows, not the error.
func (r *Recorder[T]) Reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = nil
}

// Tally counts the scores of the rows kept; score returns NaN for a row without an answer.
func (r *Recorder[T]) Tally(scale cxmodel.Scale, score func(T) float64) *metrics.Tally {
	t := metrics.NewTally(scale)
	for _, row := range r.Rows() {
		t.Add(score(row))
	}
	return t
}

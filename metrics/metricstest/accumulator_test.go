package metricstest_test

import (
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/metricstest"
)

func tally(scale cxmodel.Scale, estimate func(*metrics.Tally) (metrics.Estimate, error)) metricstest.Accumulator[*metrics.Tally] {
	return metricstest.Accumulator[*metrics.Tally]{
		Scale: scale, New: func() *metrics.Tally { return metrics.NewTally(scale) },
		Add: (*metrics.Tally).Add, AddN: (*metrics.Tally).AddN, Merge: (*metrics.Tally).Merge, Sub: (*metrics.Tally).Sub, Estimate: estimate,
		Marshal: (*metrics.Tally).MarshalBinary,
		Unmarshal: func(data []byte) (*metrics.Tally, error) {
			t := &metrics.Tally{}
			return t, t.UnmarshalBinary(data)
		},
	}
}

func TestTheTallyKeepsEveryLaw(t *testing.T) {
	require.NoError(t, metricstest.CheckAccumulator(tally(zeroToTen, func(t *metrics.Tally) (metrics.Estimate, error) { return t.NPS(nil) })))
	require.NoError(t, metricstest.CheckAccumulator(tally(zeroToTen, func(t *metrics.Tally) (metrics.Estimate, error) { return t.Mean(nil) })))
	require.NoError(t, metricstest.CheckAccumulator(tally(metrics.CES1Scale(), func(t *metrics.Tally) (metrics.Estimate, error) { return t.CES1(nil) })))
	require.NoError(t, metricstest.CheckAccumulator(tally(cxmodel.Scale{Min: 1, Max: 5}, func(t *metrics.Tally) (metrics.Estimate, error) { return t.CSAT(nil) })))
}

// counter is an accumulator as people write it, to be broken in one place at a time.
type counter struct {
	counts            map[float64]int
	missing, offScale int
	merged            bool
}

func (c *counter) n() (n int) {
	for _, k := range c.counts {
		n += k
	}
	return n
}

func counters() metricstest.Accumulator[*counter] {
	return metricstest.Accumulator[*counter]{
		Scale: zeroToTen,
		New:   func() *counter { return &counter{counts: map[float64]int{}} },
		Add: func(c *counter, s float64) {
			switch {
			case math.IsNaN(s):
				c.missing++
			case s < 0 || s > 10:
				c.offScale++
			default:
				c.counts[s]++
			}
		},
		AddN: func(c *counter, s float64, n int) error {
			if n < 0 || c.n() > math.MaxInt-n {
				return metrics.ErrCount
			}
			c.counts[s] += n
			return nil
		},
		Merge: func(a, b *counter) error {
			if a.n() > math.MaxInt-b.n() {
				return metrics.ErrCount
			}
			for s, n := range b.counts {
				a.counts[s] += n
			}
			a.missing += b.missing
			a.offScale += b.offScale
			return nil
		},
		Sub: func(a, b *counter) error {
			if a.missing < b.missing || a.offScale < b.offScale {
				return metrics.ErrCount
			}
			for s, n := range b.counts {
				if a.counts[s] < n {
					return metrics.ErrCount
				}
			}
			for s, n := range b.counts {
				a.counts[s] -= n
			}
			a.missing -= b.missing
			a.offScale -= b.offScale
			return nil
		},
		Estimate: func(c *counter) (metrics.Estimate, error) {
			t := metrics.NewTally(zeroToTen)
			for s, n := range c.counts {
				if err := t.AddN(s, n); err != nil {
					return metrics.Estimate{Value: math.NaN()}, err
				}
			}
			for range c.missing {
				t.Add(math.NaN())
			}
			for range c.offScale {
				t.Add(11)
			}
			return t.NPS(nil)
		},
	}
}

// Each of these faults was seen in code that people run; each is found by the law that it breaks.
func TestBrokenAccumulatorsAreCaught(t *testing.T) {
	type acc = metricstest.Accumulator[*counter]
	for law, broken := range map[string]func(a *acc){
		"no data is an error": func(a *acc) {
			estimate := a.Estimate
			a.Estimate = func(c *counter) (metrics.Estimate, error) {
				if len(c.counts) == 0 {
					return metrics.Estimate{Metric: "NPS"}, nil
				}
				return estimate(c)
			}
		},
		"NaN is missing": func(a *acc) {
			add := a.Add
			a.Add = func(c *counter, s float64) {
				if math.IsNaN(s) {
					s = 0
				}
				add(c, s)
			}
		},
		"off the scale is counted apart": func(a *acc) {
			add := a.Add
			a.Add = func(c *counter, s float64) { add(c, min(max(s, 0), 10)) }
		},
		"an answer between two points is counted": func(a *acc) {
			add := a.Add
			a.Add = func(c *counter, s float64) {
				if s <= 6 || s >= 7 && s <= 8 || s >= 9 || math.IsNaN(s) { // 6.5 and 8.5 fall between the bands
					add(c, s)
				}
			}
			a.Scale = cxmodel.Scale{Min: 6, Max: 10}
		},
		"merged parts are the whole": func(a *acc) {
			a.Merge = func(a, b *counter) error { maps.Copy(a.counts, b.counts); return nil }
		},
		"Merge leaves its argument alone, later too": func(a *acc) {
			merge := a.Merge
			a.Merge = func(a, b *counter) error {
				if err := merge(a, b); err != nil {
					return err
				}
				b.missing, b.offScale = a.missing, a.offScale
				b.counts = a.counts
				return nil
			}
		},
		"every answer on the scale counts": func(a *acc) {
			estimate := a.Estimate
			a.Estimate = func(c *counter) (metrics.Estimate, error) { e, err := estimate(c); e.N = len(c.counts); return e, err }
		},
		"Merge leaves its argument alone": func(a *acc) {
			merge := a.Merge
			a.Merge = func(a, b *counter) error {
				err := merge(a, b)
				clear(b.counts) // moved, not copied
				return err
			}
		},
		"Sub leaves its argument alone": func(a *acc) {
			sub := a.Sub
			a.Sub = func(a, b *counter) error {
				err := sub(a, b)
				clear(b.counts)
				return err
			}
		},
		"a refused Sub changes nothing": func(a *acc) {
			sub := a.Sub
			a.Sub = func(a, b *counter) error {
				if err := sub(a, b); err != nil {
					a.missing++
					return err
				}
				return nil
			}
		},
		"Sub undoes Merge": func(a *acc) {
			a.Sub = func(a, b *counter) error { a.missing -= b.missing; return nil }
		},
		"Sub refuses what was never added": func(a *acc) {
			a.Sub = func(a, b *counter) error {
				for s, n := range b.counts {
					a.counts[s] = max(a.counts[s]-n, 0)
				}
				a.missing -= b.missing
				a.offScale -= b.offScale
				return nil
			}
		},
		"Estimate changes nothing": func(a *acc) {
			estimate := a.Estimate
			a.Estimate = func(c *counter) (metrics.Estimate, error) { c.missing++; return estimate(c) }
		},
		"AddN is Add so many times": func(a *acc) {
			a.AddN = func(c *counter, s float64, n int) error { c.counts[s]++; return nil }
		},
		"a count that overflows is an error": func(a *acc) {
			a.AddN = func(c *counter, s float64, n int) error { c.counts[s] += n; return nil }
		},
		"a negative count is an error": func(a *acc) {
			a.AddN = func(c *counter, s float64, n int) error { c.counts[s] += n; return nil }
		},
		"huge counts are exact": func(a *acc) {
			a.AddN = func(c *counter, s float64, n int) error { c.counts[s] += int(int8(n)); return nil }
		},
		"the order of answers changes nothing": func(a *acc) {
			add := a.Add
			a.Add = func(c *counter, s float64) {
				if c.counts[10] < 5 { // "enough promoters"
					add(c, s)
				}
			}
		},
		"Unmarshal undoes Marshal": func(a *acc) {
			a.Marshal = func(c *counter) ([]byte, error) { return []byte{byte(c.counts[10])}, nil }
			a.Unmarshal = func(b []byte) (*counter, error) { return &counter{counts: map[float64]int{10: int(b[0])}}, nil }
		},
	} {
		a := counters()
		broken(&a)
		err := metricstest.CheckAccumulator(a)
		require.Error(t, err, law)
		assert.Contains(t, err.Error(), "metricstest: "+law, law)
	}
	whole := counters()
	require.NoError(t, metricstest.CheckAccumulator(whole), "each fault above is the only one")
	whole.AddN, whole.Sub = nil, nil
	require.NoError(t, metricstest.CheckAccumulator(whole), "what an accumulator does not offer is not asked of it")
}

func TestFailuresShowBothEstimates(t *testing.T) {
	a := counters()
	a.Merge = func(*counter, *counter) error { return nil }
	err := metricstest.CheckAccumulator(a)
	require.Error(t, err)
	assert.Regexp(t, `want: NPS [^\n]+n=300[^\n]+\n +got: +NPS`, err.Error())
	assert.Equal(t, 1, strings.Count(err.Error(), "merged parts are the whole: "), "a law is reported once")
}

// What the estimate does not print is told apart too: here a limit in its ninth digit.
func TestFailuresTellWhatDiffers(t *testing.T) {
	a := counters()
	estimate := a.Estimate
	a.Merge = func(a, b *counter) error {
		for s, n := range b.counts {
			a.counts[s] += n
		}
		a.missing, a.offScale, a.merged = a.missing+b.missing, a.offScale+b.offScale, true
		return nil
	}
	a.Estimate = func(c *counter) (metrics.Estimate, error) {
		e, err := estimate(c)
		if c.merged {
			e.Low += 1e-6
		}
		return e, err
	}
	assert.Regexp(t, `\n  Low: want [-\d.]+, got [-\d.]+`, metricstest.CheckAccumulator(a).Error())
}

func TestAnIncompleteDescriptionIsRefused(t *testing.T) {
	for _, broken := range []func(a *metricstest.Accumulator[*counter]){
		func(a *metricstest.Accumulator[*counter]) { a.Add = nil },
		func(a *metricstest.Accumulator[*counter]) { a.Scale = cxmodel.Scale{} },
		func(a *metricstest.Accumulator[*counter]) {
			a.Marshal = func(*counter) ([]byte, error) { return nil, nil }
		},
	} {
		a := counters()
		broken(&a)
		require.Error(t, metricstest.CheckAccumulator(a))
	}
}

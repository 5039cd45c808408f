package metrics_test

import (
	"encoding"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

var (
	_ encoding.BinaryMarshaler   = (*metrics.Tally)(nil)
	_ encoding.BinaryAppender    = (*metrics.Tally)(nil)
	_ encoding.BinaryUnmarshaler = (*metrics.Tally)(nil)
)

var zeroToTen = cxmodel.Scale{Max: 10}

// anyScores draws answers of all kinds: whole, fractions, missing, off the scale.
func anyScores(t *rapid.T, label string) []float64 {
	one := rapid.OneOf(
		rapid.Map(rapid.IntRange(-2, 12), func(i int) float64 { return float64(i) }),
		rapid.Map(rapid.IntRange(0, 40), func(i int) float64 { return float64(i) / 4 }),
		rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 6.999999, 1. / 3, math.Copysign(0, -1), 1e300}),
	)
	return rapid.SliceOfN(one, 0, 60).Draw(t, label)
}

func merged(t require.TestingT, tallies ...*metrics.Tally) *metrics.Tally {
	sum := metrics.NewTally(tallies[0].Scale())
	for _, x := range tallies {
		require.NoError(t, sum.Merge(x))
	}
	return sum
}

func TestTallyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs, ys, zs := anyScores(t, "x"), anyScores(t, "y"), anyScores(t, "z")
		x, y, z := metrics.TallyOf(xs, zeroToTen), metrics.TallyOf(ys, zeroToTen), metrics.TallyOf(zs, zeroToTen)

		// Merge is associative and commutative, and equals one pass in any order.
		all := append(append(append([]float64{}, xs...), ys...), zs...)
		rand.New(rand.NewPCG(1, uint64(len(all)))).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		once := metrics.TallyOf(all, zeroToTen)
		assert.True(t, once.Equal(merged(t, x, y, z)))
		assert.True(t, once.Equal(merged(t, z, merged(t, y, x))))
		assert.Equal(t, len(all), once.N()+once.Missing()+once.OffScale())

		// Sub undoes Merge; the whole less itself is empty.
		back := once.Clone()
		require.NoError(t, back.Sub(y))
		assert.True(t, back.Equal(merged(t, x, z)))
		require.NoError(t, back.Sub(back))
		assert.True(t, back.Equal(metrics.NewTally(zeroToTen)))

		// Merging with itself doubles.
		twice := x.Clone()
		require.NoError(t, twice.Merge(twice))
		assert.True(t, twice.Equal(merged(t, x, x)))

		// The binary form is the identity, and the same bytes for equal tallies.
		b, err := once.MarshalBinary()
		require.NoError(t, err)
		var read metrics.Tally
		require.NoError(t, read.UnmarshalBinary(b))
		assert.True(t, read.Equal(once))
		b2, err := merged(t, y, z, x).MarshalBinary()
		require.NoError(t, err)
		assert.Equal(t, b, b2)

		// Scores come in order and account for every answer.
		n, last := 0, math.Inf(-1)
		for score, c := range once.Scores() {
			assert.Greater(t, score, last)
			assert.Equal(t, c, once.Count(score))
			n, last = n+c, score
		}
		assert.Equal(t, once.N(), n)

		// The metrics of the tally are those of the answers.
		e1, err1 := metrics.NPS(all, nil)
		e2, err2 := once.NPS(nil)
		if err1 != nil {
			assert.Equal(t, err1, err2)
			return
		}
		assert.Equal(t, e1, e2)
	})
}

func TestCloneSharesNothing(t *testing.T) {
	a := metrics.TallyOf([]float64{1, 2.5, 11}, zeroToTen)
	b := a.Clone()
	b.Add(1)
	b.Add(2.5)
	assert.Equal(t, 1, a.Count(1))
	assert.Equal(t, 1, a.Count(2.5))
	assert.Equal(t, 2, b.Count(2.5))
}

func TestTallyRefusesWhatWouldNotAddUp(t *testing.T) {
	a := metrics.TallyOf([]float64{1, 2.5, 2.5, math.NaN(), 99}, zeroToTen)
	before := a.Clone()
	other := metrics.NewTally(cxmodel.Scale{Min: 1, Max: 10})
	require.ErrorIs(t, a.Merge(other), metrics.ErrMismatch)
	require.ErrorIs(t, a.Sub(other), metrics.ErrMismatch)
	require.ErrorIs(t, a.Merge(metrics.NewTally(cxmodel.Scale{Max: 10, LowIsGood: true})), metrics.ErrMismatch)
	for _, more := range [][]float64{{1, 1}, {2.5, 2.5, 2.5}, {3.5}, {math.NaN(), math.NaN()}, {99, 98}} {
		require.ErrorIs(t, a.Sub(metrics.TallyOf(more, zeroToTen)), metrics.ErrCount)
	}
	require.ErrorIs(t, a.AddN(3, -1), metrics.ErrCount)
	require.ErrorIs(t, a.AddN(3, math.MaxInt), metrics.ErrCount)
	require.ErrorIs(t, a.AddMissing(-1), metrics.ErrCount)
	full := metrics.NewTally(zeroToTen)
	require.NoError(t, full.AddN(3, math.MaxInt))
	require.ErrorIs(t, a.Merge(full), metrics.ErrCount)
	assert.True(t, a.Equal(before), "a refused change changes nothing")
	require.NoError(t, a.AddN(4.5, 0))
	assert.True(t, a.Equal(before), "nor does adding none")
}

func TestJSONKeepsATally(t *testing.T) {
	day := struct{ Answers *metrics.Tally }{metrics.TallyOf([]float64{1, 2.5, math.NaN(), 99}, zeroToTen)}
	b, err := json.Marshal(day)
	require.NoError(t, err)
	back := day
	back.Answers = nil
	require.NoError(t, json.Unmarshal(b, &back))
	assert.True(t, back.Answers.Equal(day.Answers))
	for _, bad := range []string{"", "?", "AQ"} {
		require.ErrorIs(t, back.Answers.UnmarshalText([]byte(bad)), metrics.ErrEncoding, "%q", bad)
	}
	_, err = json.Marshal(&metrics.Tally{})
	require.ErrorIs(t, err, cxmodel.ErrScale)
}

// Only Add can go beyond what an int can count, as it has no error to give; then there is no mean.
func TestATallyBeyondCountingHasNoMetric(t *testing.T) {
	full := metrics.NewTally(zeroToTen)
	require.NoError(t, full.AddN(3, math.MaxInt))
	full.Add(3)
	_, err := full.Mean(nil)
	require.ErrorIs(t, err, metrics.ErrCount)
	_, err = full.NPS(nil)
	require.Error(t, err)
	_, err = full.TopBox(2, nil)
	require.Error(t, err)
}

func TestTallyWithoutScaleHasNoMetric(t *testing.T) {
	for _, scale := range []cxmodel.Scale{{}, {Min: 5, Max: 1}, {Max: 1_000_000_000}} {
		a := metrics.NewTally(scale)
		a.Add(0)
		a.Add(math.NaN())
		assert.Equal(t, 1, a.OffScale())
		assert.Equal(t, 1, a.Missing())
		_, err := a.Mean(nil)
		require.ErrorIs(t, err, cxmodel.ErrScale)
		_, err = a.TopBox(2, nil)
		require.ErrorIs(t, err, cxmodel.ErrScale)
		_, err = a.NPS(nil)
		require.Error(t, err)
		_, err = a.MarshalBinary()
		require.ErrorIs(t, err, cxmodel.ErrScale)
		_, err = metrics.TallyOfCounts(scale, []int{1})
		require.ErrorIs(t, err, cxmodel.ErrScale)
	}
}

func TestTallyOfCounts(t *testing.T) {
	a, err := metrics.TallyOfCounts(cxmodel.Scale{Min: 1, Max: 3}, []int{4, 0, 2})
	require.NoError(t, err)
	assert.True(t, a.Equal(metrics.TallyOf([]int{1, 1, 1, 1, 3, 3}, cxmodel.Scale{Min: 1, Max: 3})))
	_, err = metrics.TallyOfCounts(cxmodel.Scale{Min: 1, Max: 3}, []int{4, 0})
	require.ErrorIs(t, err, metrics.ErrCount)
	_, err = metrics.TallyOfCounts(cxmodel.Scale{Min: 1, Max: 3}, []int{4, -1, 0})
	require.ErrorIs(t, err, metrics.ErrCount)
	_, err = metrics.TallyOfCounts(cxmodel.Scale{Min: 1, Max: 3}, []int{math.MaxInt, 1, 0})
	require.ErrorIs(t, err, metrics.ErrCount)
}

func TestTallyCountsEveryTypeAlike(t *testing.T) {
	plusMinus := cxmodel.Scale{Min: -5, Max: 5}
	want := metrics.TallyOf([]float64{1, 5, 0, 6, 255, 3}, plusMinus)
	assert.True(t, want.Equal(metrics.TallyOf([]uint8{1, 5, 0, 6, 255, 3}, plusMinus)))
	assert.True(t, want.Equal(metrics.TallyOf([]uint64{1, 5, 0, 6, math.MaxUint64, 3}, plusMinus)), "the largest number is not -1")
	assert.True(t, want.Equal(metrics.TallyOf([]int{1, 5, 0, 6, math.MinInt, 3}, plusMinus)))
	assert.True(t, want.Equal(metrics.TallyOf([]int8{1, 5, 0, 6, -128, 3}, plusMinus)))
	assert.True(t, want.Equal(metrics.TallyOf([]float32{1, 5, 0, 6, -128, 3}, plusMinus)))
}

func TestDamagedBinaryFormsAreRefused(t *testing.T) {
	a := metrics.TallyOf([]float64{0, 1, 2.5, 7.25, 10, 11, math.NaN()}, zeroToTen)
	good, err := a.MarshalBinary()
	require.NoError(t, err)
	for cut := range good {
		var b metrics.Tally
		require.ErrorIs(t, b.UnmarshalBinary(good[:cut]), metrics.ErrEncoding, "cut at %d", cut)
	}
	kept := a.Clone()
	require.ErrorIs(t, kept.UnmarshalBinary(append(good[:len(good):len(good)], 0)), metrics.ErrEncoding)
	assert.True(t, kept.Equal(a), "a failed read leaves the tally as it was")
	newer := append([]byte{}, good...)
	newer[0] = 2
	require.ErrorContains(t, kept.UnmarshalBinary(newer), "version 2")
	// A fraction without answers at the end: version, flags, 0..1, nothing missing or off, no whole answers, one fraction.
	require.ErrorIs(t, kept.UnmarshalBinary([]byte{1, 0, 0, 2, 0, 0, 0, 0, 1, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0, 0}), metrics.ErrEncoding)
	flagged := append([]byte{}, good...)
	flagged[1] = 2
	require.ErrorIs(t, kept.UnmarshalBinary(flagged), metrics.ErrEncoding)
}

func FuzzTallyUnmarshalBinary(f *testing.F) {
	for _, scores := range [][]float64{nil, {0, 10, 10}, {2.5, 7.25, 11, math.NaN()}} {
		b, err := metrics.TallyOf(scores, zeroToTen).MarshalBinary()
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte{1, 0, 0, 0xd0, 0x0f, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		var a metrics.Tally
		if err := a.UnmarshalBinary(b); err != nil {
			require.ErrorIs(t, err, metrics.ErrEncoding)
			return
		}
		again, err := a.MarshalBinary()
		require.NoError(t, err)
		var c metrics.Tally
		require.NoError(t, c.UnmarshalBinary(again))
		require.True(t, c.Equal(&a))
		sum := 0
		for _, n := range a.Scores() {
			sum += n
		}
		require.Equal(t, a.N(), sum)
	})
}

// TestJSONKeepsATallyByValue, and not an empty object, as it would be if only a pointer had a text.
func TestJSONKeepsATallyByValue(t *testing.T) {
	type document struct{ Tally metrics.Tally }
	tally := metrics.NewTally(cxmodel.Scale{Min: 1, Max: 5})
	tally.Add(4)
	text, err := json.Marshal(document{*tally})
	require.NoError(t, err)
	var back document
	require.NoError(t, json.Unmarshal(text, &back))
	assert.True(t, tally.Equal(&back.Tally), string(text))
}

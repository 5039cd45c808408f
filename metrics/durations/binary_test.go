package durations_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/durations"
)

// Version 1, precision 6, one negative, sum 1 + 130 + 130, three... by hand: bucket 1 holds 1 ns; 130 ns is in bucket
// 129 (128 + (130-128)/2), which is 127 after the bucket that follows bucket 1.
func TestTheBinaryFormIsStable(t *testing.T) {
	h := count(t, []time.Duration{130, 1, -7, 130})
	b := encode(t, h)
	want := []byte{1, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 2, 1, 1, 127, 2}
	assert.Equal(t, want, b)
	var back durations.Histogram
	require.NoError(t, back.UnmarshalBinary(b))
	assert.Equal(t, b, encode(t, &back))
	require.NoError(t, back.Merge(h), "a decoded histogram goes on counting")
	assert.Equal(t, 6, back.N())
}

func TestDamagedBytesAreRefused(t *testing.T) {
	h := count(t, logNormal(rand.New(rand.NewPCG(3, 1)), 500))
	b := encode(t, h)
	for i := range b {
		var d durations.Histogram
		require.ErrorIs(t, d.UnmarshalBinary(b[:i]), durations.ErrEncoding, "cut at %d", i)
		require.Zero(t, d.N())
	}
	for name, bad := range map[string][]byte{
		"version":      append([]byte{9}, b[1:]...),
		"precision":    append([]byte{1, 99}, b[2:]...),
		"no precision": append([]byte{1, 0}, b[2:]...),
		"trailing":     append(append([]byte{}, b...), 0),
		"sum":          {1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 1, 1, 1},
		"empty bucket": {1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0},
		"many buckets": {1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 15},
		"far bucket":   {1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 3, 1},
	} {
		var d durations.Histogram
		require.ErrorIs(t, d.UnmarshalBinary(bad), durations.ErrEncoding, name)
	}
}

// Every bucket of the finest histogram is full: a megabyte of input, and 3.3 MB of counts.
func TestDecodingTakesAtMostFourMegabytes(t *testing.T) {
	h, err := durations.New(.0001)
	require.NoError(t, err)
	for shift := range 63 {
		for i := range 1 << 14 {
			h.Add(time.Duration(uint64(i) << shift & math.MaxInt64))
		}
	}
	b := encode(t, h)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var back durations.Histogram
	require.NoError(t, back.UnmarshalBinary(b))
	runtime.ReadMemStats(&after)
	assert.LessOrEqual(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20))
	assert.Equal(t, b, encode(t, &back))
}

func FuzzUnmarshalBinary(f *testing.F) {
	f.Add(encode(f, new(durations.Histogram)))
	f.Add(encode(f, count(f, []time.Duration{130, 1, -7, 130, time.Hour})))
	fine, err := durations.New(.0001)
	require.NoError(f, err)
	fine.Add(time.Hour)
	fine.Add(1<<63 - 1)
	f.Add(encode(f, fine))
	f.Fuzz(func(t *testing.T, b []byte) {
		var h durations.Histogram
		if err := h.UnmarshalBinary(b); err != nil {
			require.ErrorIs(t, err, durations.ErrEncoding)
			return
		}
		require.Equal(t, b, encode(t, &h), "what is accepted is written back as it was")
		if h.N() > 0 {
			_, err := h.Quantile(.5, nil)
			require.NoError(t, err)
		}
		require.NoError(t, h.Clone().Sub(&h))
	})
}

// TestJSONKeepsAHistogram, by value and by pointer; text that is no histogram is an error and changes nothing.
func TestJSONKeepsAHistogram(t *testing.T) {
	type document struct {
		Value   durations.Histogram
		Pointer *durations.Histogram
	}
	var h durations.Histogram
	for i := range 100 {
		h.Add(time.Duration(i) * time.Second)
	}
	text, err := json.Marshal(document{h, &h})
	require.NoError(t, err)
	var back document
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, encode(t, &h), encode(t, &back.Value))
	assert.Equal(t, encode(t, &h), encode(t, back.Pointer))
	for _, bad := range []string{"!", "AAAA", ""} {
		assert.ErrorIs(t, back.Value.UnmarshalText([]byte(bad)), durations.ErrEncoding, bad)
	}
	assert.Equal(t, encode(t, &h), encode(t, &back.Value))
}

package control_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/refcase"
	"github.com/cxmodel/cxmodel/metrics/control"
)

func TestEveryReferenceCaseHasCode(t *testing.T) {
	refcase.Run(t, "control", map[string]func(*refcase.Case){
		"spc.p": orangeJuice, "spc.ewma": ewmaOfPistonRings, "spc.cusum": cusumOfPistonRings,
		"spc.arl.ewma": ewmaRunLengths, "spc.arl.cusum": cusumRunLengths, "cs.robbins": halfWidth,
	})
}

// numbered returns 1-based indices as our 0-based ones.
func numbered(one []int) []int {
	var zero []int
	for _, i := range one {
		zero = append(zero, i-1)
	}
	return zero
}

func orangeJuice(c *refcase.Case) {
	var in struct{ D, Size []int }
	var out struct {
		Center, LCL, UCL float64
		Violations       []int
	}
	c.Decode(&in, &out)
	chart, err := control.PChart(in.D, in.Size, nil)
	require.NoError(c.T, err)
	c.Near(out.Center, chart.Center, "centre")
	for i, p := range chart.Points {
		c.Near(out.LCL, p.Low, "low", i)
		c.Near(out.UCL, p.High, "high", i)
	}
	c.Same(numbered(out.Violations), chart.Signals(), "signals")
}

type pistonInput struct {
	Rows  [][]float64
	Calib int
}

// asPeer gives the observations what the peer's have: its standard deviation, and means summed without a shift. It
// divides the mean range by a table in which d2(5) is 2.326; the integral is 2.3259289473 (2.32593 in Tippett's table
// of 1925), and that is what Subgroups divides by. Its means are off by 1e-14, which a sum of cusums magnifies: at
// the sixth point the exact value is .14076614787755 (40 digits), the peer has .140766147894377.
func asPeer(t *testing.T, obs []control.Observation, rows [][]float64, sd float64) []control.Observation {
	require.InEpsilon(t, sd*2.326/2.3259289473, obs[0].StdErr*math.Sqrt(5), 1e-10)
	out := slices.Clone(obs)
	for i, row := range rows {
		mean := (row[0] + row[1] + row[2] + row[3] + row[4]) / 5
		require.InDelta(t, obs[i].Value, mean, 3e-14)
		out[i].Value, out[i].StdErr = mean, sd/math.Sqrt(5)
	}
	return out
}

func ewmaOfPistonRings(c *refcase.Case) {
	var in pistonInput
	var out struct {
		Center, SD  float64
		Y, LCL, UCL []float64
		Violations  []int
	}
	c.Decode(&in, &out)
	opts := &control.Options{Baseline: in.Calib}
	obs, err := control.Subgroups(in.Rows, opts)
	require.NoError(c.T, err)
	obs = asPeer(c.T, obs, in.Rows, out.SD)
	chart, err := control.EWMA(obs, opts)
	require.NoError(c.T, err)
	c.Near(out.Center, chart.Center, "centre")
	for i, p := range chart.Points {
		c.Near(out.Y[i], p.Value, "average", i)
		c.Near(out.LCL[i], p.Low, "low", i)
		c.Near(out.UCL[i], p.High, "high", i)
	}
	c.Same(numbered(out.Violations), chart.Signals(), "signals")
}

func cusumOfPistonRings(c *refcase.Case) {
	var in pistonInput
	require.NoError(c.T, json.Unmarshal(refcase.Named(c.T, "spc.ewma.piston").Input, &in)) // the rows
	var out struct {
		Center, SD float64
		Pos, Neg   []float64
		Upper      []int `json:"viol_upper"`
		Lower      []int `json:"viol_lower"`
	}
	calib := in.Calib
	c.Decode(&in, &out)
	require.Equal(c.T, calib, in.Calib)
	opts := &control.Options{Baseline: in.Calib}
	obs, err := control.Subgroups(in.Rows, opts)
	require.NoError(c.T, err)
	chart, err := control.CUSUM(asPeer(c.T, obs, in.Rows, out.SD), opts)
	require.NoError(c.T, err)
	c.Near(out.Center, chart.Center, "centre")
	var up, down []int
	for i, p := range chart.Points {
		c.Near(out.Pos[i], p.Up, "up", i)
		c.Near(out.Neg[i], p.Down, "down", i)
		switch p.Signal {
		case control.Above:
			up = append(up, i)
		case control.Below:
			down = append(down, i)
		}
	}
	c.Same(numbered(out.Upper), up, "signals")
	c.Same(numbered(out.Lower), down, "signals")
}

type runLengthInput struct{ Lambda, L, Mu, K, H []float64 }

func ewmaRunLengths(c *refcase.Case) {
	var in runLengthInput
	var out struct{ ARL []float64 }
	c.Decode(&in, &out)
	require.Len(c.T, out.ARL, len(in.Mu))
	for i, want := range out.ARL {
		got, err := control.EWMARunLength(in.Lambda[i], in.L[i], in.Mu[i])
		require.NoError(c.T, err)
		c.Near(want, got, "EWMA", in.Lambda[i], in.L[i], in.Mu[i])
	}
}

func cusumRunLengths(c *refcase.Case) {
	var in runLengthInput
	var out struct{ One, Two []float64 }
	c.Decode(&in, &out)
	require.Len(c.T, out.One, len(in.Mu))
	for i, want := range out.One {
		one, err := control.OneSidedCUSUMRunLength(in.K[i], in.H[i], in.Mu[i])
		require.NoError(c.T, err)
		c.Near(want, one, "one-sided", in.K[i], in.H[i], in.Mu[i])
		two, err := control.CUSUMRunLength(in.K[i], in.H[i], in.Mu[i])
		require.NoError(c.T, err)
		c.Near(out.Two[i], two, "two-sided", in.K[i], in.H[i], in.Mu[i])
		if in.Mu[i] == 0 {
			h, err := control.CUSUMLimit(in.K[i], two)
			require.NoError(c.T, err)
			assert.InDelta(c.T, in.H[i], h, 1e-7)
		}
	}
}

// halfWidth is the closed form.
func halfWidth(c *refcase.Case) {
	var in struct {
		N, SD, Alpha float64
		Rho2         float64 `json:"rho2"`
	}
	var out struct {
		Half float64 `json:"half_width"`
	}
	c.Decode(&in, &out)
	// The case tunes rho2 to 1000 answers: r = sd² 1000/(-2 ln α + ln(1 - 2 ln α)).
	tuned := in.SD * in.SD * 1000 / (-2*math.Log(in.Alpha) + math.Log1p(-2*math.Log(in.Alpha)))
	require.InEpsilon(c.T, in.Rho2, tuned, 1e-12)
	got, err := control.HalfWidth(in.N, in.SD, &control.SequenceOptions{Level: 1 - in.Alpha, TightAt: 1000})
	require.NoError(c.T, err)
	c.Near(out.Half, got, "half width")
}

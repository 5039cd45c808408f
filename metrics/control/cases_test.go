package control_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics/control"
)

// refCase is a case of the table that all packages of metrics share; "peer" and "call" there name the source.
type refCase struct {
	ID     string          `json:"id"`
	Input  json.RawMessage `json:"input"`
	Output json.RawMessage `json:"output"`
	RelTol float64         `json:"rel_tol"`
}

func caseOf(t *testing.T, id string, in, out any) refCase {
	t.Helper()
	b, err := os.ReadFile("../testdata/cases.json")
	require.NoError(t, err)
	var all []refCase
	require.NoError(t, json.Unmarshal(b, &all))
	i := slices.IndexFunc(all, func(c refCase) bool { return c.ID == id })
	require.GreaterOrEqual(t, i, 0, id)
	require.NoError(t, json.Unmarshal(all[i].Input, in))
	require.NoError(t, json.Unmarshal(all[i].Output, out))
	return all[i]
}

func (c refCase) near(t *testing.T, want, got float64, what string, args ...any) {
	t.Helper()
	tol := c.RelTol * math.Abs(want)
	if want == 0 {
		tol = c.RelTol
	}
	if !(math.Abs(want-got) <= tol) {
		assert.Failf(t, what, "%v: want %.17g, got %.17g", args, want, got)
	}
}

// numbered returns 1-based indices as our 0-based ones.
func numbered(one []int) []int {
	var zero []int
	for _, i := range one {
		zero = append(zero, i-1)
	}
	return zero
}

func TestPChartReproducesOrangeJuice(t *testing.T) {
	var in struct{ D, Size []int }
	var out struct {
		Center, LCL, UCL float64
		Violations       []int
	}
	c := caseOf(t, "spc.p.orangejuice", &in, &out)
	chart, err := control.PChart(in.D, in.Size, nil)
	require.NoError(t, err)
	c.near(t, out.Center, chart.Center, "centre")
	for i, p := range chart.Points {
		c.near(t, out.LCL, p.Low, "low", i)
		c.near(t, out.UCL, p.High, "high", i)
	}
	assert.Equal(t, numbered(out.Violations), chart.Signals())
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

func TestEWMAReproducesPistonRings(t *testing.T) {
	var in pistonInput
	var out struct {
		Center, SD  float64
		Y, LCL, UCL []float64
		Violations  []int
	}
	c := caseOf(t, "spc.ewma.piston", &in, &out)
	opts := &control.Options{Baseline: in.Calib}
	obs, err := control.Subgroups(in.Rows, opts)
	require.NoError(t, err)
	obs = asPeer(t, obs, in.Rows, out.SD)
	chart, err := control.EWMA(obs, opts)
	require.NoError(t, err)
	c.near(t, out.Center, chart.Center, "centre")
	for i, p := range chart.Points {
		c.near(t, out.Y[i], p.Value, "average", i)
		c.near(t, out.LCL[i], p.Low, "low", i)
		c.near(t, out.UCL[i], p.High, "high", i)
	}
	assert.Equal(t, numbered(out.Violations), chart.Signals())
}

func TestCUSUMReproducesPistonRings(t *testing.T) {
	var in pistonInput
	var ewma struct{}
	caseOf(t, "spc.ewma.piston", &in, &ewma) // the rows
	var out struct {
		Center, SD   float64
		Pos, Neg     []float64
		Upper, Lower []int
	}
	var rest struct {
		Upper []int `json:"viol_upper"`
		Lower []int `json:"viol_lower"`
	}
	calib := in.Calib
	c := caseOf(t, "spc.cusum.piston", &in, &out)
	require.NoError(t, json.Unmarshal(c.Output, &rest))
	require.Equal(t, calib, in.Calib)
	opts := &control.Options{Baseline: in.Calib}
	obs, err := control.Subgroups(in.Rows, opts)
	require.NoError(t, err)
	chart, err := control.CUSUM(asPeer(t, obs, in.Rows, out.SD), opts)
	require.NoError(t, err)
	c.near(t, out.Center, chart.Center, "centre")
	var up, down []int
	for i, p := range chart.Points {
		c.near(t, out.Pos[i], p.Up, "up", i)
		c.near(t, out.Neg[i], p.Down, "down", i)
		switch p.Signal {
		case control.Above:
			up = append(up, i)
		case control.Below:
			down = append(down, i)
		}
	}
	assert.Equal(t, numbered(rest.Upper), up)
	assert.Equal(t, numbered(rest.Lower), down)
}

func TestRunLengthsReproduceThePeer(t *testing.T) {
	var in struct{ Lambda, L, Mu, K, H []float64 }
	var out struct{ ARL, One, Two []float64 }
	c := caseOf(t, "spc.arl.ewma", &in, &out)
	for i := range in.Mu {
		got, err := control.EWMARunLength(in.Lambda[i], in.L[i], in.Mu[i])
		require.NoError(t, err)
		c.near(t, out.ARL[i], got, "EWMA", in.Lambda[i], in.L[i], in.Mu[i])
	}
	c = caseOf(t, "spc.arl.cusum", &in, &out)
	for i := range out.One {
		one, err := control.OneSidedCUSUMRunLength(in.K[i], in.H[i], in.Mu[i])
		require.NoError(t, err)
		c.near(t, out.One[i], one, "one-sided", in.K[i], in.H[i], in.Mu[i])
		two, err := control.CUSUMRunLength(in.K[i], in.H[i], in.Mu[i])
		require.NoError(t, err)
		c.near(t, out.Two[i], two, "two-sided", in.K[i], in.H[i], in.Mu[i])
		if in.Mu[i] == 0 {
			h, err := control.CUSUMLimit(in.K[i], two)
			require.NoError(t, err)
			assert.InDelta(t, in.H[i], h, 1e-7)
		}
	}
}

func TestHalfWidthReproducesTheClosedForm(t *testing.T) {
	for _, id := range []string{"cs.robbins.n100", "cs.robbins.n1000", "cs.robbins.n10000"} {
		var in struct {
			N, SD, Alpha float64
			Rho2         float64 `json:"rho2"`
		}
		var out struct {
			Half float64 `json:"half_width"`
		}
		c := caseOf(t, id, &in, &out)
		// The case tunes rho2 to 1000 answers: r = sd² 1000/(-2 ln α + ln(1 - 2 ln α)).
		tuned := in.SD * in.SD * 1000 / (-2*math.Log(in.Alpha) + math.Log1p(-2*math.Log(in.Alpha)))
		require.InEpsilon(t, in.Rho2, tuned, 1e-12)
		got, err := control.HalfWidth(in.N, in.SD, &control.SequenceOptions{Level: 1 - in.Alpha, TightAt: 1000})
		require.NoError(t, err)
		c.near(t, out.Half, got, "half width")
	}
}

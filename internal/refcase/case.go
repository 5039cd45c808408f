package refcase

import (
	_ "embed"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

//go:embed cases.json
var table []byte

// A Case is one case of cases.json, where "peer" and "call" name the tool that gave its output, and the test that runs it.
type Case struct {
	*testing.T `json:"-"`

	ID     string          `json:"id"` // family, method and the input in short
	Input  json.RawMessage `json:"input"`
	Output json.RawMessage `json:"output"`
	RelTol float64         `json:"rel_tol"` // absolute where 0 is expected

	compared, leftOut int
}

// All returns the cases in the order of the file.
func All(t *testing.T) []*Case {
	t.Helper()
	var all []*Case
	require.NoError(t, json.Unmarshal(table, &all))
	for _, c := range all {
		c.T = t
	}
	return all
}

// Named returns one case, such as a data set that others refer to.
func Named(t *testing.T, id string) *Case {
	t.Helper()
	all := All(t)
	i := slices.IndexFunc(all, func(c *Case) bool { return c.ID == id })
	require.GreaterOrEqual(t, i, 0, "no case %q", id)
	return all[i]
}

// Family returns the first one or two words of the name.
func (c *Case) Family() string {
	words := strings.Split(c.ID, ".")
	return strings.Join(words[:min(2, len(words))], ".")
}

// Decode reads the input and the output.
func (c *Case) Decode(in, out any) {
	c.Helper()
	require.NoError(c.T, json.Unmarshal(c.Input, in))
	require.NoError(c.T, json.Unmarshal(c.Output, out))
}

// Near compares a number to the tolerance of the case.
func (c *Case) Near(want, got float64, what string, args ...any) {
	c.Helper()
	tolerance := c.RelTol * math.Abs(want)
	if want == 0 {
		tolerance = c.RelTol
	}
	c.Within(tolerance, want, got, what, args...)
}

// Within compares a number to another tolerance; the caller says why.
func (c *Case) Within(tolerance, want, got float64, what string, args ...any) {
	c.Helper()
	c.compared++
	if !(math.Abs(want-got) <= tolerance) { // also where one is NaN
		assert.Failf(c.T, what, "%v: want %.17g, got %.17g, off by %.2g where %.2g is allowed", args, want, got, math.Abs(want-got), tolerance)
	}
}

// NearOutput compares got with the number, or the list of numbers, that the output has by a name.
func (c *Case) NearOutput(name string, got ...float64) {
	c.Helper()
	var output map[string]json.RawMessage
	require.NoError(c.T, json.Unmarshal(c.Output, &output))
	var want []float64
	if json.Unmarshal(output[name], &want) != nil {
		want = make([]float64, 1)
		require.NoError(c.T, json.Unmarshal(output[name], &want[0]), name)
	}
	require.Len(c.T, got, len(want), name)
	for i := range want {
		c.Near(want[i], got[i], name, i)
	}
}

// Same compares what must be equal, such as counts and names.
func (c *Case) Same(want, got any, what string) {
	c.Helper()
	c.compared++
	assert.Equal(c.T, want, got, what)
}

// LeaveOut notes an output that stays out of the comparison because nothing here computes it.
func (c *Case) LeaveOut() { c.leftOut++ }

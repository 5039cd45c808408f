package canvas_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/canvas"
)

// large returns a canvas of about 5 MB, with every link in use.
func large() []byte {
	var b bytes.Buffer
	b.WriteString("name: Large\n")
	text := strings.Repeat("words that somebody wrote in a workshop, ", 3)
	block := func(name string, item func(i int) string) {
		b.WriteString(name + ":\n")
		for i := range 1800 {
			fmt.Fprintf(&b, "  - {key: %s-%d, name: %s %d, description: \"%s\", performance: good, evidence: [{kind: interview, n: 12, date: 2026-11-02}], %s}\n", name, i, name, i, text, item(i))
		}
	}
	block("segments", func(i int) string { return fmt.Sprintf("pains: [{key: pain-%d, text: Waiting}]", i) })
	block("propositions", func(i int) string {
		return fmt.Sprintf("segments: [segments-%d], relievers: [{text: Fast, pains: [pain-%d]}]", i, i)
	})
	block("channels", func(i int) string {
		return fmt.Sprintf("phases: [awareness, purchase], segments: [segments-%d], propositions: [propositions-%d]", i, i)
	})
	block("relationships", func(i int) string { return fmt.Sprintf("segments: [segments-%d]", i) })
	block("revenue-streams", func(i int) string {
		return fmt.Sprintf("payers: [segments-%d], propositions: [propositions-%d], amount: 12.50 EUR/month", i, i)
	})
	block("resources", func(i int) string { return fmt.Sprintf("serves: [propositions-%d, channel/channels-%d]", i, i) })
	block("activities", func(i int) string { return fmt.Sprintf("serves: [propositions-%d]", i) })
	block("partnerships", func(i int) string { return fmt.Sprintf("supplies: [resources-%d]", i) })
	block("costs", func(i int) string {
		return fmt.Sprintf("pays-for: [resources-%d, activities-%d], amount: 3 EUR/month", i, i)
	})
	return b.Bytes()
}

// Decoding 5 MB is to take less than a second. The parser alone, in the same run, is the ratio to hold it against.
func BenchmarkDecode5MB(b *testing.B) {
	data := large()
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			_, issues, err := canvas.Decode(bytes.NewReader(data), nil)
			require.NoError(b, err)
			require.Empty(b, issues)
		}
	})
	b.Run("parse-only", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			var root yaml.Node
			require.NoError(b, yaml.Unmarshal(data, &root))
		}
	})
}

func BenchmarkValidate5MB(b *testing.B) {
	c := decode(b, string(large()))
	require.Empty(b, c.Validate())
	for b.Loop() {
		c.Validate()
	}
}

func BenchmarkDiff5MB(b *testing.B) {
	c := decode(b, string(large()))
	d := c.Clone()
	d.Costs[700].Performance = new(canvas.Broken)
	for b.Loop() {
		require.Len(b, canvas.Diff(c, d), 1)
	}
}

func BenchmarkEncode5MB(b *testing.B) {
	c := decode(b, string(large()))
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		require.NoError(b, canvas.Encode(&out, c, nil))
	}
}

func TestTheLargeCanvasIsLarge(t *testing.T) {
	assert.InDelta(t, 5_000_000, len(large()), 500_000)
}

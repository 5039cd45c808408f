package journey_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// large returns a journey of about size bytes, as a person would write it.
func large(size int) string {
	var b strings.Builder
	b.WriteString("format: cxmodel/1\nname: Large\nfacets: engagement\nstages:\n")
	for s := 0; b.Len() < size; s++ {
		fmt.Fprintf(&b, "  - key: stage-%d\n    name: Stage %d\n    kind: use\n    touchpoints:\n", s, s)
		for t := range 20 {
			fmt.Fprintf(&b, `      - key: touchpoint-%d-%d
        name: "Touchpoint %d of stage %d"
        channel: website
        layer: frontstage
        action: Looks for something that is not there
        sentiment: %.1f
        systems: [shop, search]
        pains:
          - {key: pain-%d-%d, text: Nothing is found, severity: high, reach: 0.25}
        evidence: [{kind: survey, n: %d, date: 2026-10-01}]
`, s, t, t, s, float64(t%5)-2, s, t, t)
		}
	}
	return b.String()
}

const megabytes5 = 5 << 20

// The bar: 5 MB are decoded in less than a second. Bare is the YAML library alone, on the same text.
func BenchmarkDecode(b *testing.B) {
	text := large(megabytes5)
	b.Run("yaml", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			_, _, err := journey.Decode(strings.NewReader(text), nil)
			require.NoError(b, err)
		}
	})
	b.Run("bare", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			var n yaml.Node
			require.NoError(b, yaml.Load([]byte(text), &n))
		}
	})
	b.Run("json", func(b *testing.B) {
		var asJSON bytes.Buffer
		require.NoError(b, journey.Encode(&asJSON, decode(b, large(megabytes5/2)), &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}))
		b.SetBytes(int64(asJSON.Len()))
		for b.Loop() {
			_, _, err := journey.Decode(bytes.NewReader(asJSON.Bytes()), nil)
			require.NoError(b, err)
		}
	})
}

func BenchmarkValidate(b *testing.B) {
	j := decode(b, large(megabytes5))
	require.Empty(b, j.Validate())
	for b.Loop() {
		j.Validate()
	}
}

func BenchmarkEncode(b *testing.B) {
	j := decode(b, large(megabytes5))
	for b.Loop() {
		require.NoError(b, journey.Encode(io.Discard, j, nil))
	}
}

func BenchmarkDiff(b *testing.B) {
	j := decode(b, large(megabytes5))
	other := j.Clone()
	for b.Loop() {
		require.Empty(b, journey.Diff(j, other))
	}
}

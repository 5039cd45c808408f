package codec_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// Eight times the entries of one mapping take about eight times as long to write back and to find; work that grows with
// the square would take 64 times as long.
func TestLargeMappingsAreWrittenAndFoundInProportion(t *testing.T) {
	type document struct {
		Name string `json:"name"`
		cxmodel.Extra
	}
	work := func(n int) func() time.Duration {
		var b strings.Builder
		b.WriteString("labels:\n")
		var issues cxmodel.Issues
		for i := range n {
			fmt.Fprintf(&b, "  l%d: a\n", i)
			issues = append(issues, cxmodel.Issue{Path: fmt.Sprintf("/labels/l%d", i)})
		}
		doc := new(document)
		origin, read, err := codec.Decode(strings.NewReader(b.String()), doc, nil)
		require.NoError(t, err)
		require.Empty(t, read)
		return func() time.Duration {
			start := time.Now()
			require.NoError(t, codec.Encode(io.Discard, doc, origin, nil))
			for i := range issues {
				issues[i].Pos = cxmodel.Position{}
			}
			origin.Locate(doc, issues)
			took := time.Since(start)
			assert.Equal(t, n+1, issues[n-1].Pos.Line)
			return took
		}
	}
	few, many := work(1_500), work(12_000)
	small, large := time.Hour, time.Hour
	for range 7 { // in turns, and the best of each, so that a busy machine is busy for both
		small, large = min(small, few()), min(large, many())
	}
	assert.Less(t, large, 24*small)
}

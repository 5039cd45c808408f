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

// Four times the entries of one mapping take about four times as long to write back and to find, not sixteen times.
func TestLargeMappingsAreWrittenAndFoundInProportion(t *testing.T) {
	type document struct {
		Name string `json:"name"`
		cxmodel.Extra
	}
	took := func(n int) time.Duration {
		var b strings.Builder
		b.WriteString("labels:\n")
		var issues cxmodel.Issues
		for i := range n {
			fmt.Fprintf(&b, "  l%d: a\n", i)
			issues = append(issues, cxmodel.Issue{Path: fmt.Sprintf("/labels/l%d", i)})
		}
		var doc document
		origin, read, err := codec.Decode(strings.NewReader(b.String()), &doc, nil)
		require.NoError(t, err)
		require.Empty(t, read)
		best := time.Duration(1 << 62)
		for range 3 {
			start := time.Now()
			require.NoError(t, codec.Encode(io.Discard, &doc, origin, nil))
			for i := range issues {
				issues[i].Pos = cxmodel.Position{}
			}
			origin.Locate(&doc, issues)
			best = min(best, time.Since(start))
		}
		assert.Equal(t, n+1, issues[n-1].Pos.Line)
		return best
	}
	assert.Less(t, float64(took(24_000))/float64(took(6_000)), 9.)
}

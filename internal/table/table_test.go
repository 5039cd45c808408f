package table_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/internal/table"
)

func TestDefuseGuardsFormulasAndLeavesNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "+a": "'+a", "-": "'-", "\t=1": "'\t=1", "＝1": "'＝1", "-1+cmd": "'-1+cmd",
		"-1.5": "-1.5", "+3": "+3", "-1.2e-05": "-1.2e-05", "-e5": "'-e5", "+Inf": "'+Inf", "-1-2": "'-1-2", "": "", "a=b": "a=b", "'": "'", "'s": "'s", "'=1": "''=1",
	} {
		assert.Equal(t, want, table.Defuse(in), in)
	}
}

func TestArmUndoesDefuse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`'{0,3}[=+\-@\t\ra1.＝]{0,4}.{0,3}`).Draw(t, "cell")
		assert.Equal(t, s, table.Arm(table.Defuse(s)))
	})
}

func TestMarkdownShowsCellsAsTheyAre(t *testing.T) {
	x := table.Table{Head: []string{"name", "points"}}
	x.Add("![x](http://example.com/x.png) @everyone `*a*` <b> a|b\nc [1, 2]", "−1.5")
	x.Add("plain", "n/a")
	var b strings.Builder
	require.NoError(t, x.WriteMarkdown(&b))
	assert.Equal(t, "| name | points |\n| --- | ---: |\n"+
		"| ![x]\\(http&#58;//example.com/x.png) &#64;everyone \\`\\*a\\*\\` &lt;b&gt; a\\|b c [1, 2] | −1.5 |\n| plain | n/a |\n", b.String())
}

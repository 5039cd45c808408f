package table_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/cxmodel/cxmodel/internal/table"
)

func TestTextAlignsAndCuts(t *testing.T) {
	x := table.Table{Head: []string{"touchpoint", "segment", "NPS", "n"}}
	x.Add("checkout", "", "+35", "812")
	x.Add("order-online-and-pick-up", "", "-5", "9")
	assert.Equal(t, "touchpoint                NPS    n\ncheckout                  +35  812\norder-online-and-pick-up   -5    9", x.Text(80))
	assert.Equal(t, "touchpoint   NPS    n\ncheckout     +35  812\norder-onli…   -5    9", x.Text(21))
	assert.Equal(t, "touch…  NPS    n\ncheck…  +35  812\norder…   -5    9", x.Text(3), "numbers are never cut")
	assert.Equal(t, "a  b", (&table.Table{Head: []string{"a", "b"}}).Text(80))
}

func TestTextKeepsToTheWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := table.Table{Head: []string{"label", "other", "value"}}
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			word := rapid.StringN(0, 60, -1)
			x.Add(word.Draw(t, "a"), word.Draw(t, "b"), rapid.StringMatching(`[+-]?[0-9]{1,6}`).Draw(t, "c"))
		}
		for line := range strings.SplitSeq(x.Text(40), "\n") {
			assert.LessOrEqual(t, utf8.RuneCountInString(line), 40)
			assert.Equal(t, strings.TrimRight(line, " "), line)
		}
	})
}

func TestNotesAreToldOnce(t *testing.T) {
	var n table.Notes
	assert.Equal(t, "", n.Mark(""))
	assert.Equal(t, "aba", n.Mark("few answers")+n.Mark("off the scale, look at it")+n.Mark("few answers"))
	assert.Equal(t, "\na  few answers\nb  off the\n   scale, look\n   at it", n.Text(14))
	for i := range 30 {
		n.Mark(strings.Repeat("x", i+1))
	}
	assert.Equal(t, "af", n.Mark(strings.Repeat("x", 30)))
}

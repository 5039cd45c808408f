package metrics_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

func ExampleTable_String() {
	nps, _ := metrics.NPSOf(150, 350, 500, nil)
	few, _ := metrics.NPSOf(1, 1, 2, nil)
	t := &metrics.Table{Labels: []string{"touchpoint", "segment"}}
	t.Add(nps, "checkout", "new")
	t.Add(few, "order-online-and-pick-up-at-the-shop-or-at-any-other-place", "returning")
	fmt.Println(t)
	// Output:
	// touchpoint                                segment    NPS  95 % interval     n
	// checkout                                  new        +35       +30..+39  1000
	// order-online-and-pick-up-at-the-shop-or…  returning  +25       -50..+78     4  a
	// a  fewer than 5 answers, collect more before acting on it
}

// TestTablesFitATerminal, whatever the labels, with several metrics and levels, without answers and without rows.
func TestTablesFitATerminal(t *testing.T) {
	share, err := metrics.Proportion(3, 4, &metrics.ProportionOptions{Level: .9})
	require.NoError(t, err)
	nps, err := metrics.NPSOf(1, 2, 30, nil)
	require.NoError(t, err)
	none, err := metrics.NPSOf(0, 0, 0, nil)
	require.Error(t, err)
	long := strings.Repeat("word-", 12)
	x := &metrics.Table{Labels: []string{"a", "b", "c"}}
	for _, e := range []metrics.Estimate{share, nps, none} {
		e.Missing, e.Warnings = 12, e.Warnings|metrics.WarnOffScale
		x.Add(e, long, long, long)
	}
	text := x.String()
	for line := range strings.SplitSeq(text, "\n") {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 80, line)
	}
	assert.Contains(t, text, "35.6..94.2 %   90 %")
	assert.Contains(t, text, "n/a")
	assert.NotPanics(t, func() { _ = (&metrics.Table{Labels: []string{"a"}, Rows: []metrics.TableRow{{}}}).String() })
	assert.Equal(t, "a  metric  value  interval  level  n  missing  off scale", (&metrics.Table{Labels: []string{"a"}}).String())
}

func TestNumbersAreWrittenInTheirUnit(t *testing.T) {
	assert.Equal(t, "+35 44.4 % 3.25 n/a", strings.Join([]string{metrics.UnitPoints.Format(35.2), metrics.UnitShare.Format(.4444),
		metrics.UnitScore.Format(3.251), metrics.UnitScore.Format(math.NaN())}, " "))
}

// TestATimeInATableSaysItsUnit: 12 is not told apart from 12 without it.
func TestATimeInATableSaysItsUnit(t *testing.T) {
	x := &metrics.Table{}
	x.Add(metrics.Estimate{Metric: "median time", Unit: metrics.UnitNumber, In: "months", Value: 12, Low: 2, High: 30, Level: .95, N: 10})
	assert.Contains(t, x.String(), "12 months")
}

package survey

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
)

// TestNothingFollowsInThreeDimensions, where blocks are solved for and where they are taken to be too large for that: an
// attacker who writes down every sum and eliminates over the reals finds no suppressed cell.
func TestNothingFollowsInThreeDimensions(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 2))
	for range 60 {
		c, err := NewCube([]MeasureDef{{Key: "nps", Metric: MetricNPS}}, &CubeOptions{Every: EveryDay})
		require.NoError(t, err)
		shape := [3]int{2 + rng.IntN(3), 2 + rng.IntN(3), 2 + rng.IntN(3)}
		for i := range shape[0] * shape[1] * shape[2] {
			a := Answer{Measure: "nps", Score: 9, Touchpoint: cxmodel.Key(fmt.Sprint("t", i%shape[0])), Segment: cxmodel.Key(fmt.Sprint("s", i/shape[0]%shape[1])),
				Time: time.Date(2026, 1, 1+i/shape[0]/shape[1], 0, 0, 0, 0, time.UTC)}
			require.NoError(t, c.AddN(a, rng.IntN(4)*rng.IntN(12)))
		}
		for _, solvable := range []int{0, maxAudit} {
			for _, totals := range []Dimensions{AllDimensions, DimensionSegment | DimensionPeriod, DimensionTouchpoint} {
				x, err := c.lattice(t.Context(), totals)
				require.NoError(t, err)
				require.NoError(t, x.suppress(t.Context(), 5, solvable))
				requireHidden(t, x, totals)
			}
		}
	}
}

func requireHidden(t *testing.T, x *lattice, totals Dimensions) {
	column := map[[3]string]int{}
	for _, c := range x.cells {
		if c.hidden {
			column[c.labels] = len(column)
		} else {
			assert.False(t, c.n > 0 && c.n < 5)
		}
	}
	var rows [][]float64
	for _, sum := range x.cells {
		for d := range 3 {
			if totals&(1<<d) == 0 || sum.labels[d] != AllLabel {
				continue
			}
			row := make([]float64, len(column))
			if sum.hidden {
				row[column[sum.labels]] = -1
			}
			for _, part := range x.cells {
				if labels := part.labels; part.hidden && labels[d] != AllLabel {
					if labels[d] = AllLabel; labels == sum.labels {
						row[column[part.labels]] = 1
					}
				}
			}
			rows = append(rows, row)
		}
	}
	reduced := eliminate(rows)
	for _, row := range reduced {
		unknown := 0
		for _, v := range row {
			if math.Abs(v) > 1e-9 {
				unknown++
			}
		}
		require.NotEqual(t, 1, unknown)
	}
}

// eliminate is Gauss-Jordan elimination with the largest pivot.
func eliminate(m [][]float64) [][]float64 {
	r := 0
	for k := 0; len(m) > 0 && k < len(m[0]) && r < len(m); k++ {
		p := r
		for i := r; i < len(m); i++ {
			if math.Abs(m[i][k]) > math.Abs(m[p][k]) {
				p = i
			}
		}
		if math.Abs(m[p][k]) < 1e-9 {
			continue
		}
		m[r], m[p] = m[p], m[r]
		for i := range m {
			if f := m[i][k] / m[r][k]; i != r && f != 0 {
				for c := range m[i] {
					m[i][c] -= f * m[r][c]
				}
			}
		}
		r++
	}
	return m[:r]
}

package survival

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/cxmodel/cxmodel/metrics"
)

// A riskTable says who was at risk and what happened, by exit time.
type riskTable struct {
	times  []float64 // distinct, ascending
	atRisk []int     // watched just before the time
	counts [][]int   // by cause, then by time; counts[0] are the censored

	entries []float64 // of those that entered late, ascending
}

// at returns the number at risk at any time t.
func (r *riskTable) at(t float64) int {
	i := sort.SearchFloat64s(r.times, t)
	if i == len(r.times) {
		return 0
	}
	entered := sort.SearchFloat64s(r.entries, r.times[i]) - sort.SearchFloat64s(r.entries, t)
	return r.atRisk[i] - entered
}

// riskOf builds the table: it sorts the exit times of each cause and the entry times, and merges them.
func riskOf(subjects []Subject, causes int) (*riskTable, error) {
	if len(subjects) == 0 {
		return nil, fmt.Errorf("%w: no subjects", metrics.ErrNoData)
	}
	size := make([]int, causes+1)
	late := 0
	for i, s := range subjects {
		if err := s.check(i); err != nil {
			return nil, err
		}
		size[min(int(s.Cause), causes)]++
		if s.Entry > 0 {
			late++
		}
	}
	exits := make([][]float64, causes+1)
	for c := range exits {
		exits[c] = make([]float64, 0, size[c])
	}
	entries := make([]float64, 0, late)
	for _, s := range subjects {
		c := min(int(s.Cause), causes)
		exits[c] = append(exits[c], s.Exit+0) // + 0 makes -0 equal to 0 in its bits too
		if s.Entry > 0 {
			entries = append(entries, s.Entry)
		}
	}
	for _, x := range append(exits, entries) {
		sortTimes(x)
	}
	return merge(exits, entries, len(subjects)), nil
}

func merge(exits [][]float64, entries []float64, left int) *riskTable {
	distinct := 0
	for _, x := range exits {
		for i := range x {
			if i == 0 || x[i] != x[i-1] {
				distinct++
			}
		}
	}
	r := &riskTable{times: make([]float64, 0, distinct), atRisk: make([]int, 0, distinct), counts: make([][]int, len(exits)), entries: entries}
	for c := range exits {
		r.counts[c] = make([]int, 0, distinct)
	}
	entered := 0
	for left > 0 {
		t := math.Inf(1)
		for _, x := range exits {
			if len(x) > 0 && x[0] < t {
				t = x[0]
			}
		}
		for entered < len(entries) && entries[entered] < t {
			entered++
		}
		r.times = append(r.times, t)
		r.atRisk = append(r.atRisk, left-(len(entries)-entered))
		for c, x := range exits {
			d := 0
			for d < len(x) && x[d] == t {
				d++
			}
			r.counts[c] = append(r.counts[c], d)
			exits[c] = x[d:]
			left -= d
		}
	}
	return r
}

// sortTimes sorts numbers that are not negative: by radix where there are many, for their bits are in their order.
func sortTimes(x []float64) {
	const digit = 11
	if len(x) < 1<<digit {
		slices.Sort(x)
		return
	}
	from, to := make([]uint64, len(x)), make([]uint64, len(x))
	var all, any uint64 = math.MaxUint64, 0
	for i, v := range x {
		from[i] = math.Float64bits(v)
		all &= from[i]
		any |= from[i]
	}
	for shift := 0; shift < 64; shift += digit {
		if (all^any)>>shift&(1<<digit-1) == 0 {
			continue // every number has the same digit here
		}
		var at [1 << digit]int
		for _, b := range from {
			at[b>>shift&(1<<digit-1)]++
		}
		sum := 0
		for d, n := range at {
			at[d], sum = sum, sum+n
		}
		for _, b := range from {
			d := b >> shift & (1<<digit - 1)
			to[at[d]] = b
			at[d]++
		}
		from, to = to, from
	}
	for i, b := range from {
		x[i] = math.Float64frombits(b)
	}
}

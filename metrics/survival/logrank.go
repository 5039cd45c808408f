package survival

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"gonum.org/v1/gonum/mat"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/table"
	"github.com/cxmodel/cxmodel/metrics"
)

// A Group is a named set of subjects, such as those of one plan.
type Group struct {
	Name     string
	Subjects []Subject
}

// A LogRankGroup is one line of the test.
type LogRankGroup struct {
	Name     string  `json:"name"`
	N        int     `json:"n"`
	Observed int     `json:"observed"` // events
	Expected float64 `json:"expected"` // events, were all groups alike
}

// A LogRankTest says how probable so large a difference between the curves is if there is none.
type LogRankTest struct {
	Groups    []LogRankGroup `json:"groups"`
	ChiSquare float64        `json:"chi-square"`
	DF        int            `json:"df"` // groups with events to expect, less one
	P         float64        `json:"p"`  // in [0, 1]
}

// String returns the test in one line, such as "log-rank chi-square 3.40 on 1 df, p=0.0653".
func (t LogRankTest) String() string {
	p := fmt.Sprintf("=%.4f", t.P)
	if t.P < 1e-4 {
		p = "<0.0001"
	}
	return fmt.Sprintf("log-rank chi-square %.2f on %d df, p%s", t.ChiSquare, t.DF, p)
}

// WriteCSV writes a heading and one line a group, for programs.
func (t LogRankTest) WriteCSV(w io.Writer) error { return t.table().WriteCSV(w) }

// WriteMarkdown writes a pipe table for people; String has the test itself.
func (t LogRankTest) WriteMarkdown(w io.Writer) error { return t.table().WriteMarkdown(w) }

func (t LogRankTest) table() *table.Table {
	out := &table.Table{Head: []string{"group", "n", "observed", "expected"}}
	for _, g := range t.Groups {
		out.Add(g.Name, strconv.Itoa(g.N), strconv.Itoa(g.Observed), strconv.FormatFloat(g.Expected, 'f', 2, 64))
	}
	return out
}

// LogRank tests whether two or more groups have the same curve. With d events among n at risk at each time, of whom d_g
// and n_g in group g,
//
//	U_g  = Σ d_g - d n_g/n
//	V_gh = Σ d (n-d)/(n-1) n_g/n (1{g=h} - n_h/n)
//	χ²   = U' V⁻¹ U without the last group, on G-1 degrees of freedom
//
// (N. Mantel, 1966; R. Peto, J. Peto, Asymptotically efficient rank invariant test procedures, Journal of the Royal
// Statistical Society A 135 (1972), 185-207). It sees hazards that keep their ratio best, and crossing curves badly.
// A group without anybody at risk at any event is left out of the test. It fails with [metrics.ErrNoData] where fewer
// than two groups can be compared or there is no event, and with [ErrSubject].
func LogRank(groups []Group) (LogRankTest, error) {
	t := LogRankTest{ChiSquare: math.NaN(), P: math.NaN()}
	tables := make([]*riskTable, len(groups))
	for g, group := range groups {
		r, err := riskOf(group.Subjects, 1)
		if err != nil {
			return t, fmt.Errorf("survival: group %q: %w", group.Name, err)
		}
		tables[g] = r
		t.Groups = append(t.Groups, LogRankGroup{Name: group.Name, N: len(group.Subjects)})
	}
	k := len(groups)
	v := mat.NewSymDense(max(k, 1), nil)
	walk(tables, func(atRisk, events []int) {
		n, d := 0, 0
		for g := range k {
			n += atRisk[g]
			d += events[g]
			t.Groups[g].Observed += events[g]
		}
		for g := range k {
			share := float64(atRisk[g]) / float64(n)
			t.Groups[g].Expected += float64(d) * share
			if n == 1 {
				continue
			}
			w := float64(d) * float64(n-d) / float64(n-1) * share
			for h := g; h < k; h++ {
				x := -float64(atRisk[h]) / float64(n)
				if h == g {
					x++
				}
				v.SetSym(g, h, v.At(g, h)+w*x)
			}
		}
	})
	var in []int // the groups that the test can see
	for g := range k {
		if v.At(g, g) > 0 {
			in = append(in, g)
		}
	}
	if len(in) < 2 {
		return t, fmt.Errorf("%w: a log-rank test needs two groups at risk while events happen, not %d", metrics.ErrNoData, len(in))
	}
	t.DF = len(in) - 1
	u, part := mat.NewVecDense(t.DF, nil), mat.NewSymDense(t.DF, nil)
	for i := range t.DF {
		g := in[i]
		u.SetVec(i, float64(t.Groups[g].Observed)-t.Groups[g].Expected)
		for j := i; j < t.DF; j++ {
			part.SetSym(i, j, v.At(g, in[j]))
		}
	}
	var c mat.Cholesky
	var x mat.VecDense
	if !c.Factorize(part) || c.Cond() > 1e12 || c.SolveVecTo(&x, u) != nil { // beyond that the matrix is singular but for rounding
		return t, fmt.Errorf("%w: the groups are never at risk together", metrics.ErrNoData)
	}
	t.ChiSquare = mat.Dot(u, &x)
	t.P = dist.GammaTail(t.ChiSquare/2, float64(t.DF)/2)
	return t, nil
}

// walk calls visit for each time with an event in any group, with the numbers at risk and of events by group.
func walk(tables []*riskTable, visit func(atRisk, events []int)) {
	next := make([]int, len(tables))
	atRisk, events := make([]int, len(tables)), make([]int, len(tables))
	for {
		t := math.Inf(1)
		for g, r := range tables {
			for next[g] < len(r.times) && r.counts[1][next[g]] == 0 {
				next[g]++
			}
			if next[g] < len(r.times) {
				t = min(t, r.times[next[g]])
			}
		}
		if math.IsInf(t, 1) {
			return
		}
		for g, r := range tables {
			atRisk[g], events[g] = r.at(t), 0
			if next[g] < len(r.times) && r.times[next[g]] == t {
				events[g] = r.counts[1][next[g]]
				next[g]++
			}
		}
		visit(atRisk, events)
	}
}

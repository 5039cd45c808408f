package clv

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A Transitions says how customers moved between states (segments, tiers, active or not) from one period to the next.
type Transitions struct {
	States []string    `json:"states"` // in the order of the rows and columns
	Counts [][]float64 `json:"counts"` // Counts[i][j] customers went from state i to state j
	New    int         `json:"new"`    // customers seen only in the later period, left out
	Gone   int         `json:"gone"`   // customers seen only in the earlier period, left out: give them a state to count them
}

// maxStates bounds the memory: a matrix of 1000² numbers.
const maxStates = 1000

// CountTransitions joins two periods by customer and counts who went from which state to which. States stand in
// alphabetical order. ErrNoData where no customer is in both, ErrInvalid where there are more than 1000 states.
func CountTransitions(before, after map[string]string) (*Transitions, error) {
	t := &Transitions{}
	names := map[string]int{}
	both := 0
	for id, from := range before {
		to, ok := after[id]
		if !ok {
			t.Gone++
			continue
		}
		both++
		names[from], names[to] = 0, 0
	}
	t.New = len(after) - both
	if both == 0 {
		return nil, fmt.Errorf("clv: %w: no customer is in both periods", ErrNoData)
	}
	if len(names) > maxStates {
		return nil, fmt.Errorf("clv: %w: %d states, at most %d; are the values states that many customers share?", ErrInvalid, len(names), maxStates)
	}
	for name := range names {
		t.States = append(t.States, name)
	}
	slices.Sort(t.States)
	t.Counts = make([][]float64, len(t.States))
	for i, name := range t.States {
		names[name] = i
		t.Counts[i] = make([]float64, len(t.States))
	}
	for id, from := range before {
		if to, ok := after[id]; ok {
			t.Counts[names[from]][names[to]]++
		}
	}
	return t, nil
}

// Probabilities returns the share of each row's customers that went to each state. A state that nobody was in before has
// no shares: NaN.
func (t *Transitions) Probabilities() [][]float64 {
	out := make([][]float64, len(t.Counts))
	for i, row := range t.Counts {
		sum := 0.0
		for _, n := range row {
			sum += n
		}
		out[i] = make([]float64, len(row))
		for j, n := range row {
			out[i][j] = n / sum
		}
	}
	return out
}

// Value returns what a customer in each state is worth, if customers go on moving as they did and bring perPeriod[i] in a
// period in state i, with discount d > 0 per period:
//
//	v = Σ_{t>=0} (P/(1+d))^t r = (I - P/(1+d))^-1 r
//
// the migration model of Dwyer (1989) and Pfeifer & Carraway, "Modeling customer relationships as Markov chains" (2000).
// Pass margins for a CLV, revenues for a lifetime revenue. The worth of moving a customer from state i to state j is
// v[j] - v[i], if the customer then behaves like those who are there. A state without shares is taken as one that is
// left for nowhere. Errors: ErrInvalid for numbers out of range or of another length, ErrInfinite for a value beyond
// the largest float64.
func (t *Transitions) Value(perPeriod []float64, d float64) ([]float64, error) {
	n := len(t.States)
	if n > maxStates || len(t.Counts) != n {
		return nil, fmt.Errorf("clv: %w: %d states and %d rows of counts; as many, and at most %d", ErrInvalid, n, len(t.Counts), maxStates)
	}
	for i, row := range t.Counts {
		if len(row) != n {
			return nil, fmt.Errorf("clv: %w: %d states and %d counts of state %q", ErrInvalid, n, len(row), t.States[i])
		}
		for j, c := range row {
			if !(c >= 0) || math.IsInf(c, 0) {
				return nil, fmt.Errorf("clv: %w: %v customers from state %q to %q; a count is 0 or more", ErrInvalid, c, t.States[i], t.States[j])
			}
		}
	}
	if len(perPeriod) != n || n == 0 {
		return nil, fmt.Errorf("clv: %w: %d states and %d amounts", ErrInvalid, n, len(perPeriod))
	}
	if !(d > 0) || math.IsInf(d, 0) {
		return nil, fmt.Errorf("clv: %w: discount %v; a chain without end needs one above 0", ErrInvalid, d)
	}
	a := mat.NewDense(n, n, nil)
	for i, row := range t.Probabilities() {
		if math.IsNaN(perPeriod[i]) || math.IsInf(perPeriod[i], 0) {
			return nil, fmt.Errorf("clv: %w: amount %v in state %q", ErrInvalid, perPeriod[i], t.States[i])
		}
		for j, p := range row {
			if math.IsNaN(p) {
				p = 0
			}
			v := -p / (1 + d)
			if i == j {
				v++
			}
			a.Set(i, j, v)
		}
	}
	var v mat.VecDense
	if err := v.SolveVec(a, mat.NewVecDense(n, slices.Clone(perPeriod))); err != nil {
		return nil, fmt.Errorf("clv: the values of the states: %w", err)
	}
	out := slices.Clone(v.RawVector().Data)
	for _, x := range out {
		if _, err := finite(x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

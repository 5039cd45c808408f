package feedback

import (
	"encoding/json"
	"fmt"
	"time"
)

// States returns how many loops stand in each state at asOf, and in all received by then: the work in hand. It fails like
// [CloseRate].
func States(loops []*Loop, asOf time.Time) (StateCounts, error) {
	all, err := asKnown(loops, asOf)
	if err != nil {
		return StateCounts{}, err
	}
	var c StateCounts
	for _, k := range all {
		c[k.moves[len(k.moves)-1].To]++
	}
	return c, nil
}

// StateCounts are numbers of loops by State; index 0 is not used.
type StateCounts [Reopened + 1]int

// Total returns the loops in all states.
func (c StateCounts) Total() int {
	n := 0
	for _, x := range c {
		n += x
	}
	return n
}

// countsByName is the JSON form of StateCounts.
type countsByName struct {
	Received     int `json:"received"`
	Acknowledged int `json:"acknowledged"`
	Assigned     int `json:"assigned"`
	Resolved     int `json:"resolved"`
	ToldBack     int `json:"told-back"`
	Reopened     int `json:"reopened"`
}

// MarshalJSON writes the counts by the names of their states, in their order.
func (c StateCounts) MarshalJSON() ([]byte, error) {
	return json.Marshal(countsByName{c[Received], c[Acknowledged], c[Assigned], c[Resolved], c[ToldBack], c[Reopened]})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *StateCounts) UnmarshalJSON(data []byte) error {
	var n countsByName
	if err := json.Unmarshal(data, &n); err != nil {
		return fmt.Errorf("feedback: counts by state: %w", err)
	}
	*c = StateCounts{Received: n.Received, Acknowledged: n.Acknowledged, Assigned: n.Assigned, Resolved: n.Resolved, ToldBack: n.ToldBack, Reopened: n.Reopened}
	return nil
}

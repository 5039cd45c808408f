package feedback

import (
	"maps"
	"slices"
	"time"

	"github.com/cxmodel/cxmodel/internal/nanjson"
	"github.com/cxmodel/cxmodel/metrics"
)

// A ReachResult says how far the voice of the customer carries inside the company.
type ReachResult struct {
	Any     metrics.Estimate `json:"any"`     // share of feedback that reached a team at all
	Several metrics.Estimate `json:"several"` // share of feedback that reached two teams or more
	Teams   []TeamReach      `json:"teams"`   // by name
}

// A TeamReach is what one team gets to hear.
type TeamReach struct {
	Team  string           `json:"team"`
	Share metrics.Estimate `json:"share"` // of all feedback; the shares of teams sum to more than 1 where feedback is handed on
}

// MarshalJSON writes the result; a number that is not available is null.
func (r ReachResult) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *ReachResult) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// String returns the share that reached a team.
func (r ReachResult) String() string { return r.Any.String() }

// Table returns the shares of any and of several teams, then those of each.
func (r ReachResult) Table() *metrics.Table {
	t := &metrics.Table{Labels: []string{"team"}}
	t.Add(r.Any, "any")
	t.Add(r.Several, "two or more")
	for _, team := range r.Teams {
		t.Add(team.Share, team.Team)
	}
	return t
}

// Reach returns which teams the feedback received by asOf has reached: every team named in a move, once for each piece of
// feedback. It fails like [CloseRate].
func Reach(loops []*Loop, asOf time.Time, opts *metrics.ProportionOptions) (ReachResult, error) {
	const metric = "reach"
	r := ReachResult{Any: unavailable(metric), Several: unavailable(metric)}
	all, err := asKnown(loops, asOf)
	if err != nil {
		return r, err
	}
	reached, several := 0, 0
	counts := map[string]int{}
	for _, k := range all {
		teams := map[string]bool{}
		for _, m := range k.moves {
			if m.Team != "" {
				teams[m.Team] = true
			}
		}
		for team := range teams {
			counts[team]++
		}
		if len(teams) > 0 {
			reached++
		}
		if len(teams) > 1 {
			several++
		}
	}
	if r.Any, err = rate(metric, "feedback that reached a team, of feedback received", reached, len(all), 0, opts); err != nil {
		return r, err
	}
	if r.Several, err = rate("reach of several teams", "feedback that reached two teams or more, of feedback received", several, len(all), 0, opts); err != nil {
		return r, err
	}
	for _, team := range slices.Sorted(maps.Keys(counts)) {
		e, err := rate("reach of a team", "feedback that reached the team, of feedback received", counts[team], len(all), 0, opts)
		if err != nil {
			return r, err
		}
		r.Teams = append(r.Teams, TeamReach{team, e})
	}
	return r, nil
}

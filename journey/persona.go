package journey

import (
	"slices"

	"github.com/cxmodel/cxmodel"
)

// A Persona is a kind of customer, made concrete: what they want, and what matters to them more than to others.
type Persona struct {
	Key               cxmodel.Key `json:"key"`
	Name              string      `json:"name"`
	Description       string      `json:"description,omitempty"`
	Role              string      `json:"role,omitempty"`    // in a buying group: user, buyer, decider, influencer, gatekeeper
	Segment           cxmodel.Key `json:"segment,omitempty"` // the canvas segment that they stand for
	Share             *float64    `json:"share,omitempty"`   // of the customers of this journey, in [0, 1]
	Size              *int        `json:"size,omitempty"`    // number of customers
	Says              string      `json:"says,omitempty"`    // in their own words
	Goals             []string    `json:"goals,omitempty"`
	Needs             []string    `json:"needs,omitempty"`
	Expectations      []string    `json:"expectations,omitempty"`
	Behaviours        []string    `json:"behaviours,omitempty"`
	PreferredChannels []Channel   `json:"preferred-channels,omitempty"` // the most preferred first
	// StageWeights and FacetWeights replace those of the journey as a whole: a stage or facet that is not named here
	// has no weight set, whatever the journey says of it (see [Shares]). Nil: the journey's hold.
	StageWeights map[cxmodel.Key]float64 `json:"stage-weights,omitempty"`
	FacetWeights map[cxmodel.Key]float64 `json:"facet-weights,omitempty"`
	Touchpoints  []cxmodel.Key           `json:"touchpoints,omitempty"` // those that they use; none: all
	Evidence     []cxmodel.Evidence      `json:"evidence,omitempty"`
	Aliases      []string                `json:"aliases,omitempty"`
	Formerly     []cxmodel.Key           `json:"formerly,omitempty"`
	cxmodel.Extra
}

// Uses reports whether the persona meets the touchpoint. A nil persona, and one that lists none, uses all.
func (p *Persona) Uses(touchpoint cxmodel.Key) bool {
	return p == nil || len(p.Touchpoints) == 0 || slices.Contains(p.Touchpoints, touchpoint)
}

// Title returns the persona's name, or its key where it has none.
func (p *Persona) Title() string { return title(p.Name, p.Key) }

package journey

import "github.com/cxmodel/cxmodel"

// A Stage is a part of the journey in which the customer wants one thing.
type Stage struct {
	Key         cxmodel.Key        `json:"key" codec:"text"` // unique over the stages of a model
	Name        string             `json:"name"`
	Description string             `json:"description,omitempty"`
	Kind        Kind               `json:"kind,omitempty"`  // which step of a customer's path it is
	Phase       Phase              `json:"phase,omitempty"` // unspecified: that of the kind; see [Stage.EffectivePhase]
	Goal        string             `json:"goal,omitempty"`  // what the customer wants to have reached at its end
	Owner       string             `json:"owner,omitempty"`
	Weight      *float64           `json:"weight,omitempty"` // against the other stages; see [Journey.StageShares]
	Facets      []Facet            `json:"facets,omitempty" codec:"keyed=Weight"`
	AnyOrder    bool               `json:"any-order,omitempty"` // its touchpoints have no order
	Reviewed    bool               `json:"reviewed,omitempty"`  // its links are complete: a missing one means none
	Measures    []Measure          `json:"measures,omitempty"`
	Touchpoints []Touchpoint       `json:"touchpoints,omitempty"` // in the customer's order, unless AnyOrder
	Next        []Transition       `json:"next,omitempty"`        // unset: the stage that follows in the list
	Evidence    []cxmodel.Evidence `json:"evidence,omitempty"`
	Aliases     []string           `json:"aliases,omitempty"`  // codes of other systems
	Formerly    []cxmodel.Key      `json:"formerly,omitempty"` // keys it had before
	cxmodel.Extra
}

// A Transition leads from a stage or touchpoint to one that may follow it.
type Transition struct {
	// To is where it leads. The short form "pay" is an element of the kind that the transition starts from, else
	// one of the other kind; "stage/pay" and "touchpoint/pay" name the kind.
	To    cxmodel.Ref `json:"to" codec:"text"`
	When  string      `json:"when,omitempty"`  // the condition, in words
	Share *float64    `json:"share,omitempty"` // of the customers who are expected to take it, in [0, 1]
	cxmodel.Extra
}

// Title returns the stage's name, or its key where it has none.
func (s *Stage) Title() string { return title(s.Name, s.Key) }

func title(name string, key cxmodel.Key) string {
	if name != "" {
		return name
	}
	return string(key)
}

package journey

import "github.com/cxmodel/cxmodel"

// A Touchpoint is one contact between customer and business, or one step behind the scenes that a contact rests on
// (see [Layer]).
type Touchpoint struct {
	Key         cxmodel.Key    `json:"key" codec:"text"` // unique over the touchpoints of a model
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Kind        TouchpointKind `json:"kind,omitempty"`        // what the contact is for
	Action      string         `json:"action,omitempty"`      // what the customer does
	Thought     string         `json:"thought,omitempty"`     // what the customer thinks
	Expectation string         `json:"expectation,omitempty"` // what the customer expects
	Says        string         `json:"says,omitempty"`        // in the customer's own words
	Messages    []Message      `json:"messages,omitempty"`    // what the business says
	Strategy    string         `json:"strategy,omitempty"`    // how the business means to win here
	Standard    *Standard      `json:"standard,omitempty"`    // what the business promises itself to keep
	Channel     Channel        `json:"channel,omitempty"`
	Layer       Layer          `json:"layer,omitempty"` // unspecified: a contact that the customer sees
	Actors      []Actor        `json:"actors,omitempty"`
	Systems     []string       `json:"systems,omitempty"`
	Owner       string         `json:"owner,omitempty"`
	Weight      *float64       `json:"weight,omitempty"` // against the stage's other touchpoints; see [Stage.TouchpointShares]
	Facets      []Facet        `json:"facets,omitempty" codec:"keyed=Weight"`

	Moment        Moment        `json:"moment,omitempty"`    // of truth
	Sentiment     *float64      `json:"sentiment,omitempty"` // in [-2, 2]: very bad, bad, neither, good, very good
	Emotions      []Emotion     `json:"emotions,omitempty" codec:"keyed=After"`
	Pains         []Pain        `json:"pains,omitempty"`
	Delights      []Delight     `json:"delights,omitempty"`
	Opportunities []Opportunity `json:"opportunities,omitempty"`

	Measures  []Measure    `json:"measures,omitempty"`
	Proactive *bool        `json:"proactive,omitempty"` // true: the business makes the contact; false: the customer does
	Listens   bool         `json:"listens,omitempty"`   // the customer can say something back here; see [Touchpoint.HearsCustomer]
	Optional  bool         `json:"optional,omitempty"`  // customers may leave it out
	Repeats   bool         `json:"repeats,omitempty"`   // customers may come back to it
	Next      []Transition `json:"next,omitempty"`      // unset: the touchpoint that follows in the list
	HandOff   *HandOff     `json:"hand-off,omitempty"`  // what becomes of the customer's case after it

	Lanes      map[cxmodel.Key]string `json:"lanes,omitempty"`       // by the keys of the journey's Lanes
	SubJourney cxmodel.Key            `json:"sub-journey,omitempty"` // the journey that opens here
	Evidence   []cxmodel.Evidence     `json:"evidence,omitempty"`
	Aliases    []string               `json:"aliases,omitempty"`  // codes of survey tools and event logs
	Formerly   []cxmodel.Key          `json:"formerly,omitempty"` // keys it had before
	cxmodel.Extra
}

// A TouchpointKind says what a contact is for. The vocabulary is open.
type TouchpointKind string

// Kinds of touchpoint. The last group listens to the customer.
const (
	TouchpointAdvertising   TouchpointKind = "advertising"
	TouchpointInformation   TouchpointKind = "information"
	TouchpointAdvice        TouchpointKind = "advice"
	TouchpointTrial         TouchpointKind = "trial"
	TouchpointOrder         TouchpointKind = "order"
	TouchpointPayment       TouchpointKind = "payment"
	TouchpointFulfilment    TouchpointKind = "fulfilment"
	TouchpointNotification  TouchpointKind = "notification"
	TouchpointService       TouchpointKind = "service"
	TouchpointSupport       TouchpointKind = "support"
	TouchpointReviewRequest TouchpointKind = "review-request"
	TouchpointSurvey        TouchpointKind = "survey"
	TouchpointComplaint     TouchpointKind = "complaint"
	TouchpointCommunity     TouchpointKind = "community"
)

// Listens reports whether a contact of this kind listens to the customer by its nature.
func (k TouchpointKind) Listens() bool {
	switch k {
	case TouchpointSupport, TouchpointReviewRequest, TouchpointSurvey, TouchpointComplaint, TouchpointCommunity:
		return true
	}
	return false
}

// HearsCustomer reports whether the touchpoint is a listening post: it is marked so, its kind is one, or a question
// is asked there.
func (t *Touchpoint) HearsCustomer() bool {
	if t.Listens || t.Kind.Listens() {
		return true
	}
	for i := range t.Measures {
		if t.Measures[i].Metric.Asked() {
			return true
		}
	}
	return false
}

// Title returns the touchpoint's name, or its key where it has none.
func (t *Touchpoint) Title() string { return title(t.Name, t.Key) }

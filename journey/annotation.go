package journey

import (
	"math"

	"github.com/cxmodel/cxmodel"
)

// A Pain is something that hurts customers at a touchpoint. In a file a lone text stands for it: `pains: [too slow]`.
type Pain struct {
	Key      cxmodel.Key        `json:"key,omitempty"` // lets opportunities and later versions refer to it
	Text     string             `json:"text" codec:"text"`
	Severity *Degree            `json:"severity,omitempty"` // how much it hurts whom it hits
	Reach    *float64           `json:"reach,omitempty"`    // share of customers that it hits, in [0, 1]
	Count    *int               `json:"count,omitempty"`    // complaints, cases
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly []cxmodel.Key      `json:"formerly,omitempty"`
	cxmodel.Extra
}

// A Delight is something that customers love at a touchpoint. In a file a lone text stands for it.
type Delight struct {
	Key      cxmodel.Key        `json:"key,omitempty"`
	Text     string             `json:"text" codec:"text"`
	Strength *Degree            `json:"strength,omitempty"` // how much it pleases whom it reaches
	Reach    *float64           `json:"reach,omitempty"`    // share of customers that it reaches, in [0, 1]
	Count    *int               `json:"count,omitempty"`    // mentions
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly []cxmodel.Key      `json:"formerly,omitempty"`
	cxmodel.Extra
}

// An Opportunity is something that could be better at a touchpoint. In a file a lone text stands for it.
type Opportunity struct {
	Key       cxmodel.Key   `json:"key,omitempty"`
	Text      string        `json:"text" codec:"text"`
	Addresses []cxmodel.Key `json:"addresses,omitempty"` // keys of the pains that it would ease
	Impact    *Degree       `json:"impact,omitempty"`    // on whom it reaches
	Effort    *Degree       `json:"effort,omitempty"`    // that it takes
	Reach     *float64      `json:"reach,omitempty"`     // share of customers that it would reach, in [0, 1]
	Count     *int          `json:"count,omitempty"`     // wishes, requests
	// Importance and Satisfaction of the customer's need, in [0, 10]; see [Opportunity.Score].
	Importance   *float64           `json:"importance,omitempty"`
	Satisfaction *float64           `json:"satisfaction,omitempty"`
	Owner        string             `json:"owner,omitempty"`
	Evidence     []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly     []cxmodel.Key      `json:"formerly,omitempty"`
	cxmodel.Extra
}

// Burden returns severity × reach, in [0, 1]: how much the pain hurts the customers as a whole. NaN unless both are known.
func (p *Pain) Burden() float64 {
	if p.Severity == nil || p.Reach == nil {
		return math.NaN()
	}
	return float64(*p.Severity) * *p.Reach
}

// Score returns the opportunity score of Ulwick (What Customers Want, 2005), in [0, 20]:
//
//	importance + max(importance - satisfaction, 0)
//
// NaN unless both are known. Publications disagree on whether the two are mean answers or shares of the top answers
// times ten; scores of the two kinds do not compare.
func (o *Opportunity) Score() float64 {
	if o.Importance == nil || o.Satisfaction == nil {
		return math.NaN()
	}
	return *o.Importance + max(*o.Importance-*o.Satisfaction, 0)
}

package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// A Product is a product or service that a proposition offers. In documents the name may stand alone.
type Product struct {
	Key      cxmodel.Key        `json:"key,omitempty"`
	Name     string             `json:"name" codec:"text"`
	Type     OfferType          `json:"type,omitempty"`
	Jobs     []cxmodel.Key      `json:"jobs,omitempty"` // the jobs that it helps to get done
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly []cxmodel.Key      `json:"formerly,omitempty"` // keys that it had before
	cxmodel.Extra
}

// A Reliever says how a proposition relieves pains.
type Reliever struct {
	Key      cxmodel.Key        `json:"key,omitempty"`
	Text     string             `json:"text" codec:"text"`
	Pains    []cxmodel.Key      `json:"pains,omitempty"`   // the pains that it relieves
	Through  []cxmodel.Key      `json:"through,omitempty"` // the products that do it
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly []cxmodel.Key      `json:"formerly,omitempty"` // keys that it had before
	cxmodel.Extra
}

// A Creator says how a proposition creates gains.
type Creator struct {
	Key      cxmodel.Key        `json:"key,omitempty"`
	Text     string             `json:"text" codec:"text"`
	Gains    []cxmodel.Key      `json:"gains,omitempty"`   // the gains that it creates
	Through  []cxmodel.Key      `json:"through,omitempty"` // the products that do it
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Formerly []cxmodel.Key      `json:"formerly,omitempty"` // keys that it had before
	cxmodel.Extra
}

// A Competitor is another offer that customers could choose in place of a proposition: the benchmark column.
type Competitor struct {
	Name          string             `json:"name" codec:"text"`
	ValueLevel    ValueLevel         `json:"value-level,omitempty"`
	PricePosition PricePosition      `json:"price-position,omitempty"`
	Performance   *Performance       `json:"performance,omitempty"` // of their offer, on the scale of ours
	Evidence      []cxmodel.Evidence `json:"evidence,omitempty"`
	cxmodel.Extra
}

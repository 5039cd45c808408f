package canvas

import (
	"slices"

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

// Clone returns a deep copy.
func (p Product) Clone() Product {
	p.Jobs = slices.Clone(p.Jobs)
	p.Evidence = slices.Clone(p.Evidence)
	p.Formerly = slices.Clone(p.Formerly)
	p.Extra = p.Extra.Clone()
	return p
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

// Clone returns a deep copy.
func (r Reliever) Clone() Reliever {
	r.Pains = slices.Clone(r.Pains)
	r.Through = slices.Clone(r.Through)
	r.Evidence = slices.Clone(r.Evidence)
	r.Formerly = slices.Clone(r.Formerly)
	r.Extra = r.Extra.Clone()
	return r
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

// Clone returns a deep copy.
func (c Creator) Clone() Creator {
	c.Gains = slices.Clone(c.Gains)
	c.Through = slices.Clone(c.Through)
	c.Evidence = slices.Clone(c.Evidence)
	c.Formerly = slices.Clone(c.Formerly)
	c.Extra = c.Extra.Clone()
	return c
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

// Clone returns a deep copy.
func (c Competitor) Clone() Competitor {
	c.Performance = clonePointer(c.Performance)
	c.Evidence = slices.Clone(c.Evidence)
	c.Extra = c.Extra.Clone()
	return c
}

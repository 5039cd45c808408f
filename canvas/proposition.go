package canvas

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Proposition is a bundle of products and services that creates value for one or more segments.
type Proposition struct {
	Item
	Type          OfferType      `json:"type,omitempty"`
	Elements      []ValueElement `json:"elements,omitempty"` // by what it creates value
	ValueLevel    ValueLevel     `json:"value-level,omitempty"`
	PricePosition PricePosition  `json:"price-position,omitempty"`
	Reasoning     []Reasoning    `json:"reasoning,omitempty"`  // why it is worth something to the customer
	LifeCycle     []LifeCycle    `json:"life-cycle,omitempty"` // when in its life it creates that value
	Products      []Product      `json:"products,omitempty"`
	Relievers     []Reliever     `json:"relievers,omitempty"`
	Creators      []Creator      `json:"creators,omitempty"`
	Competitors   []Competitor   `json:"competitors,omitempty"`
	Segments      []cxmodel.Key  `json:"segments,omitempty"` // for whom it is
}

// An OfferType says what a proposition or a product is. The vocabulary is open.
type OfferType string

// Types of offer.
const (
	OfferProduct    OfferType = "product"
	OfferService    OfferType = "service"
	OfferExperience OfferType = "experience"
	OfferDigital    OfferType = "digital"
	OfferFinancial  OfferType = "financial"
)

// A ValueElement is a way to create value (Osterwalder and Pigneur 2010, p. 23). The vocabulary is open.
type ValueElement string

// Elements of value.
const (
	ElementNewness       ValueElement = "newness"
	ElementPerformance   ValueElement = "performance"
	ElementCustomization ValueElement = "customization"
	ElementJobDone       ValueElement = "getting-the-job-done"
	ElementDesign        ValueElement = "design"
	ElementBrand         ValueElement = "brand"
	ElementPrice         ValueElement = "price"
	ElementCostReduction ValueElement = "cost-reduction"
	ElementRiskReduction ValueElement = "risk-reduction"
	ElementAccessibility ValueElement = "accessibility"
	ElementConvenience   ValueElement = "convenience"
)

// A Reasoning says why an offer is worth something (Osterwalder 2004). The vocabulary is open.
type Reasoning string

// Reasonings.
const (
	ReasoningUse    Reasoning = "use"    // it is worth something in use
	ReasoningRisk   Reasoning = "risk"   // it lowers a risk
	ReasoningEffort Reasoning = "effort" // it saves effort
)

// A LifeCycle is a phase of an offer's life in which it can create value (Osterwalder 2004). The vocabulary is open.
type LifeCycle string

// Phases of an offer's life.
const (
	LifeCycleCreation LifeCycle = "creation"
	LifeCyclePurchase LifeCycle = "purchase"
	LifeCycleUse      LifeCycle = "use"
	LifeCycleRenewal  LifeCycle = "renewal"
	LifeCycleTransfer LifeCycle = "transfer"
)

// A ValueLevel compares an offer with those of competitors (Osterwalder 2004), from low to high.
type ValueLevel int

// Levels of value.
const (
	ValueUnspecified         ValueLevel = iota
	ValueMeToo                          // like the others
	ValueInnovativeImitation            // like the others, with something added
	ValueExcellence                     // the best of its kind
	ValueInnovation                     // the first of its kind
)

var valueLevels = enum.Table{Type: "value level", Names: []string{"", "me-too", "innovative-imitation", "excellence", "innovation"}}

// String returns "me-too", "innovative-imitation", "excellence" or "innovation".
func (v ValueLevel) String() string { return valueLevels.String(int(v)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (v ValueLevel) MarshalText() ([]byte, error) { return valueLevels.Text(int(v)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (v *ValueLevel) UnmarshalText(text []byte) error { return enum.Set(v, &valueLevels, text) }

// A PricePosition compares an offer's price with those of competitors (Osterwalder 2004), from low to high.
type PricePosition int

// Price positions.
const (
	PriceUnspecified PricePosition = iota
	PriceFree
	PriceEconomy // below the market
	PriceMarket  // at the market
	PriceHighEnd // above the market
)

var pricePositions = enum.Table{Type: "price position", Names: []string{"", "free", "economy", "market", "high-end"}}

// String returns "free", "economy", "market" or "high-end".
func (p PricePosition) String() string { return pricePositions.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (p PricePosition) MarshalText() ([]byte, error) { return pricePositions.Text(int(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *PricePosition) UnmarshalText(text []byte) error { return enum.Set(p, &pricePositions, text) }

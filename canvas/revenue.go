package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// A RevenueStream is the cash that the business earns from one or more segments. Its Amount is the revenue of a period.
type RevenueStream struct {
	Item
	Type    RevenueType `json:"type,omitempty"`
	Pricing Pricing     `json:"pricing,omitempty"`
	// Free says that the payers get the propositions for nothing, on purpose; somebody else pays for them.
	Free  bool           `json:"free,omitempty"`
	Price cxmodel.Amount `json:"price,omitzero"` // of one sale, visit, subscription
	// WillingnessToPay is the most that a typical payer would pay, in the unit of Price.
	WillingnessToPay cxmodel.Amount `json:"willingness-to-pay,omitzero"`
	// Elasticity is the price elasticity of demand: the relative change of the quantity sold over the relative change
	// of the price. At -1.5, a price higher by 1 % sells about 1.5 % less. Nil is unknown.
	Elasticity   *float64      `json:"elasticity,omitempty"`
	Payers       []cxmodel.Key `json:"payers,omitempty"`       // segments that pay
	Propositions []cxmodel.Key `json:"propositions,omitempty"` // what they pay for
}

// A RevenueType says what is paid for (Osterwalder and Pigneur 2010, p. 31). The vocabulary is open.
type RevenueType string

// Types of revenue.
const (
	RevenueTransaction  RevenueType = "transaction" // paid once, of whatever type
	RevenueRecurring    RevenueType = "recurring"   // paid again and again, of whatever type
	RevenueSale         RevenueType = "sale"        // ownership of a thing
	RevenueUsage        RevenueType = "usage"       // by use
	RevenueSubscription RevenueType = "subscription"
	RevenueLending      RevenueType = "lending" // use for a time: rent, lease
	RevenueLicensing    RevenueType = "licensing"
	RevenueBrokerage    RevenueType = "brokerage" // a share of a deal between others
	RevenueAdvertising  RevenueType = "advertising"
)

// A Pricing says how the price is found (Osterwalder and Pigneur 2010, p. 33). The vocabulary is open.
type Pricing string

// Ways of pricing: the first five have prices set beforehand, the others have prices that follow the market.
const (
	PricingFixed            Pricing = "fixed-menu" // a list price
	PricingFeatureDependent Pricing = "feature-dependent"
	PricingSegmentDependent Pricing = "segment-dependent"
	PricingVolumeDependent  Pricing = "volume-dependent"
	PricingDifferential     Pricing = "differential" // by segment, volume or features (Osterwalder 2004)
	PricingDynamic          Pricing = "dynamic"      // of whatever way
	PricingNegotiation      Pricing = "negotiation"
	PricingYield            Pricing = "yield-management" // by what is left, and when
	PricingMarket           Pricing = "market-dependent" // by supply and demand
	PricingAuction          Pricing = "auction"
)

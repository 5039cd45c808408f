package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// A Partnership is an agreement with somebody outside whom the business model needs. The four ratings are Osterwalder's
// (2004), from 0 (none at all) to 5; nil is not rated.
type Partnership struct {
	Item
	Type        PartnershipType     `json:"type,omitempty"`
	Motivations []PartnerMotivation `json:"motivations,omitempty"`
	Importance  *int                `json:"importance,omitempty"`  // to the business model, 0 to 5
	Competition *int                `json:"competition,omitempty"` // how much the partner competes with us, 0 to 5
	Integration *int                `json:"integration,omitempty"` // how closely we work together, 0 to 5
	// Substitutability says how easily another partner could take over: 0 nobody could, 5 anybody could.
	Substitutability *int          `json:"substitutability,omitempty"`
	Supplies         []cxmodel.Ref `json:"supplies,omitempty"` // resources, activities and channels that come from the partner
}

// A PartnershipType says what the agreement is; the first four are those of Osterwalder and Pigneur (2010, p. 38). The
// vocabulary is open.
type PartnershipType string

// Types of partnership.
const (
	PartnershipAlliance     PartnershipType = "strategic-alliance" // between firms that do not compete
	PartnershipCoopetition  PartnershipType = "coopetition"        // between competitors
	PartnershipJointVenture PartnershipType = "joint-venture"
	PartnershipSupplier     PartnershipType = "supplier"
	PartnershipDistributor  PartnershipType = "distributor"
	PartnershipTechnology   PartnershipType = "technology"
)

// A PartnerMotivation says why the business has a partner (Osterwalder 2004). The vocabulary is open.
type PartnerMotivation string

// Motivations of partnerships.
const (
	PartnerOptimization  PartnerMotivation = "optimization" // and economy of scale
	PartnerRiskReduction PartnerMotivation = "risk-reduction"
	PartnerAcquisition   PartnerMotivation = "resource-acquisition" // of resources and activities
)

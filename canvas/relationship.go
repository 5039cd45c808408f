package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// A Relationship is the kind of relation that the business keeps with a segment.
type Relationship struct {
	Item
	Type        RelationshipType `json:"type,omitempty"`
	Motivations []Motivation     `json:"motivations,omitempty"`
	CostToServe cxmodel.Amount   `json:"cost-to-serve,omitzero"` // of one customer or contact; Amount is its cost as a whole
	Segments    []cxmodel.Key    `json:"segments,omitempty"`     // with whom
}

// A RelationshipType says who serves the customer, from person to machine (Osterwalder and Pigneur 2010, p. 29). The
// vocabulary is open.
type RelationshipType string

// Types of relationship.
const (
	RelationshipPersonal    RelationshipType = "personal-assistance"
	RelationshipDedicated   RelationshipType = "dedicated-assistance" // one person for one customer
	RelationshipSelfService RelationshipType = "self-service"
	RelationshipAutomated   RelationshipType = "automated-service"
	RelationshipCommunity   RelationshipType = "community"
	RelationshipCoCreation  RelationshipType = "co-creation"
)

// A Motivation says what a relationship is for. The vocabulary is open.
type Motivation string

// Motivations.
const (
	MotivationAcquisition Motivation = "acquisition" // win customers
	MotivationRetention   Motivation = "retention"   // keep them
	MotivationAddOn       Motivation = "add-on"      // sell them more
)

package canvas

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Channel is a way to reach customers and to deliver to them.
type Channel struct {
	Item
	Type         ChannelType   `json:"type,omitempty"`
	Medium       Medium        `json:"medium,omitempty"`
	Phases       []Phase       `json:"phases,omitempty"`       // what customers can do there
	Segments     []cxmodel.Key `json:"segments,omitempty"`     // whom it reaches
	Propositions []cxmodel.Key `json:"propositions,omitempty"` // what it communicates or delivers
}

// A ChannelType says whose a channel is, and whether it meets the customer directly. The vocabulary is open.
type ChannelType string

// Types of channel.
const (
	ChannelDirect   ChannelType = "direct"   // our own people or site meet the customer
	ChannelIndirect ChannelType = "indirect" // somebody stands between
	ChannelOwned    ChannelType = "owned"    // ours, such as a store
	ChannelPartner  ChannelType = "partner"  // a partner's, such as a wholesaler
)

// A Medium says what a channel is. The vocabulary is open.
type Medium string

// Media.
const (
	MediumStore       Medium = "store"
	MediumWeb         Medium = "web"
	MediumApp         Medium = "app"
	MediumSocial      Medium = "social-media"
	MediumEmail       Medium = "email"
	MediumPhone       Medium = "phone"
	MediumChat        Medium = "chat"
	MediumMail        Medium = "mail"
	MediumSalesForce  Medium = "sales-force"
	MediumMarketplace Medium = "marketplace"
	MediumWordOfMouth Medium = "word-of-mouth"
	MediumAdvertising Medium = "advertising"
)

// A Phase is one of the five phases that a channel can serve (Osterwalder and Pigneur 2010, p. 27). They know no
// discovery of a need, no use and no advocacy: stages of a journey of that kind need an explicit link.
type Phase int

// The five phases, in the order in which a customer meets them.
const (
	PhaseUnspecified Phase = iota
	PhaseAwareness
	PhaseEvaluation
	PhasePurchase
	PhaseDelivery
	PhaseAfterSales
)

var phases = enum.Table{Type: "channel phase", Names: []string{"", "awareness", "evaluation", "purchase", "delivery", "after-sales"}}

// String returns "awareness", "evaluation", "purchase", "delivery" or "after-sales".
func (p Phase) String() string { return phases.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (p Phase) MarshalText() ([]byte, error) { return phases.Text(int(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Phase) UnmarshalText(text []byte) error { return enum.Set(p, &phases, text) }

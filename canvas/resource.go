package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// A Resource is an asset that the business model needs.
type Resource struct {
	Item
	Type     ResourceType  `json:"type,omitempty"`
	Enablers []Enabler     `json:"enablers,omitempty"` // technology that it stands for
	Serves   []cxmodel.Ref `json:"serves,omitempty"`   // propositions, channels and relationships that need it
}

// A ResourceType says what a resource is (Osterwalder and Pigneur 2010, p. 35). The vocabulary is open.
type ResourceType string

// Types of resource.
const (
	ResourcePhysical     ResourceType = "physical"     // tangible: buildings, machines, networks
	ResourceIntellectual ResourceType = "intellectual" // intangible: brands, patents, data, partnerships
	ResourceHuman        ResourceType = "human"
	ResourceFinancial    ResourceType = "financial"
)

// An Enabler is a technology that a resource brings to the experience. The vocabulary is open. It says that the
// technology is there, not that it has an effect.
type Enabler string

// Enablers.
const (
	EnablerAI          Enabler = "ai"
	EnablerChatbot     Enabler = "chatbot"
	EnablerSelfService Enabler = "self-service"
	EnablerAutomation  Enabler = "automation"
	EnablerVR          Enabler = "virtual-reality"
	EnablerAR          Enabler = "augmented-reality"
	EnablerIoT         Enabler = "internet-of-things"
	EnablerCRM         Enabler = "crm"
	EnablerAnalytics   Enabler = "analytics"
	EnablerOmnichannel Enabler = "omnichannel-platform"
)

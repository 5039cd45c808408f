package canvas

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Cost is a cost that the business model incurs. Its Amount is the cost of a period, or of one unit of its driver.
type Cost struct {
	Item
	Behaviour CostBehaviour `json:"behaviour,omitempty"`
	Economies []Economy     `json:"economies,omitempty"` // by what the cost of a unit falls
	Driver    string        `json:"driver,omitempty"`    // what makes it grow: orders, visits, staff
	PaysFor   []cxmodel.Ref `json:"pays-for,omitempty"`  // resources, activities, partnerships, channels and relationships
}

// A CostBehaviour says how a cost moves with its driver.
type CostBehaviour int

// Behaviours of costs.
const (
	CostUnspecified CostBehaviour = iota
	CostFixed                     // the same whatever the volume
	CostVariable                  // proportional to the volume
	CostMixed                     // a fixed part and a variable one, or steps
)

var costBehaviours = enum.Table{Type: "cost behaviour", Names: []string{"", "fixed", "variable", "mixed"}}

// String returns "fixed", "variable" or "mixed".
func (b CostBehaviour) String() string { return costBehaviours.String(int(b)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (b CostBehaviour) MarshalText() ([]byte, error) { return costBehaviours.Text(int(b)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *CostBehaviour) UnmarshalText(text []byte) error { return enum.Set(b, &costBehaviours, text) }

// An Economy is a reason for the cost of a unit to fall (Osterwalder and Pigneur 2010, p. 41). The vocabulary is open.
type Economy string

// Economies.
const (
	EconomyScale Economy = "scale" // with volume
	EconomyScope Economy = "scope" // with the breadth of what the business does
)

// A CostFocus says what a business model is built around (Osterwalder and Pigneur 2010, p. 41). The vocabulary is open.
type CostFocus string

// Focuses of a cost structure.
const (
	CostDriven  CostFocus = "cost-driven"
	ValueDriven CostFocus = "value-driven"
)

package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// An Item is what the items of all nine blocks have in common; each block's type embeds it. Everything but the key
// and the name is optional.
type Item struct {
	Key         cxmodel.Key `json:"key"` // unique over all nine blocks
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	Owner       string      `json:"owner,omitempty"`     // who answers for it: a person, or the key of a team
	Functions   []Function  `json:"functions,omitempty"` // departments that work on it
	Work        Work        `json:"work,omitempty"`      // what kind of thing it is to the people who work with it

	// Performance says how well it works today; nil is not rated.
	Performance *Performance `json:"performance,omitempty"`
	// Amount is what a revenue stream brings in, and what any other item costs, never negative.
	Amount cxmodel.Amount `json:"amount,omitzero"`

	Evidence   []cxmodel.Evidence `json:"evidence,omitempty"`   // what the statements about it rest on
	Claims     []cxmodel.Claim    `json:"claims,omitempty"`     // figures quoted without a test; no formula reads them
	ReviewedOn cxmodel.Date       `json:"reviewed-on,omitzero"` // when somebody last looked at it
	Aliases    []string           `json:"aliases,omitempty"`    // what other tools call it
	Formerly   []cxmodel.Key      `json:"formerly,omitempty"`   // keys that it had before

	cxmodel.Extra
}

// Base returns i. The nine types have it by embedding, so that code over any [Entry] reaches the common fields.
func (i *Item) Base() *Item { return i }

// A Function is a department or discipline that works on an item. The vocabulary is open.
type Function string

// Functions that most businesses have.
const (
	FunctionMarketing   Function = "marketing"
	FunctionSales       Function = "sales"
	FunctionProduct     Function = "product" // product development
	FunctionOperations  Function = "operations"
	FunctionSupplyChain Function = "supply-chain"
	FunctionService     Function = "service" // customer service and support
	FunctionTechnology  Function = "technology"
	FunctionPeople      Function = "people" // human resources
	FunctionFinance     Function = "finance"
)

// A Work says what an item is to the people who work with it, across the blocks. The vocabulary is open.
type Work string

// Kinds of work.
const (
	WorkStrategy   Work = "strategy"   // a way chosen to reach a goal
	WorkProcess    Work = "process"    // a sequence of steps
	WorkRole       Work = "role"       // a job that people hold
	WorkTechnology Work = "technology" // a system
	WorkPolicy     Work = "policy"     // a rule or standard
	WorkAsset      Work = "asset"      // a thing, a right, a stock of data
)

package canvas

import (
	"iter"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Block is one of the nine building blocks of the Business Model Canvas, numbered in the order in which
// Osterwalder and Pigneur (2010) present them. The zero Block is unspecified.
type Block int

// The nine blocks.
const (
	BlockUnspecified Block = iota
	CustomerSegments
	ValuePropositions
	Channels
	CustomerRelationships
	RevenueStreams
	KeyResources
	KeyActivities
	KeyPartnerships
	CostStructure
)

var blocks = enum.Table{Type: "block", Names: []string{
	"", "customer-segments", "value-propositions", "channels", "customer-relationships", "revenue-streams",
	"key-resources", "key-activities", "key-partnerships", "cost-structure",
}}

var blockFacts = [...]struct {
	title, code, question string
	field                 string // of Canvas, as documents name it
	perspective           Perspective
	kind                  cxmodel.Kind
}{
	CustomerSegments: {"Customer segments", "CS", "For whom are we creating value?",
		"segments", Deliver, cxmodel.KindSegment},
	ValuePropositions: {"Value propositions", "VP", "What do we offer each segment, and which of its problems does that solve?",
		"propositions", Create, cxmodel.KindProposition},
	Channels: {"Channels", "CH", "Through which ways do we reach each segment and deliver to it?",
		"channels", Deliver, cxmodel.KindChannel},
	CustomerRelationships: {"Customer relationships", "CR", "What relationship does each segment expect, and what does it cost us?",
		"relationships", Deliver, cxmodel.KindRelation},
	RevenueStreams: {"Revenue streams", "RS", "For what do customers pay, how, and how much?",
		"revenue-streams", Capture, cxmodel.KindRevenue},
	KeyResources: {"Key resources", "KR", "What must we have for the other blocks to work?",
		"resources", Create, cxmodel.KindResource},
	KeyActivities: {"Key activities", "KA", "What must we do for the other blocks to work?",
		"activities", Create, cxmodel.KindActivity},
	KeyPartnerships: {"Key partnerships", "KP", "Who supplies what we do not have or do ourselves?",
		"partnerships", Create, cxmodel.KindPartnership},
	CostStructure: {"Cost structure", "C$", "What costs most, and what drives it?",
		"costs", Capture, cxmodel.KindCost},
}

// Blocks iterates over the nine blocks in order.
func Blocks() iter.Seq[Block] {
	return func(yield func(Block) bool) {
		for b := CustomerSegments; b <= CostStructure; b++ {
			if !yield(b) {
				return
			}
		}
	}
}

// BlockOf returns the block whose items have the given kind, BlockUnspecified for any other kind.
func BlockOf(k cxmodel.Kind) Block {
	for b := range Blocks() {
		if b.Kind() == k {
			return b
		}
	}
	return BlockUnspecified
}

// Valid reports whether b is one of the nine.
func (b Block) Valid() bool { return b >= CustomerSegments && b <= CostStructure }

// Title returns the name for people, such as "Customer segments"; "" for no block.
func (b Block) Title() string { return blockFacts[b.index()].title }

// Code returns the abbreviation in use: CS, VP, CH, CR, RS, KR, KA, KP, C$; "" for no block.
func (b Block) Code() string { return blockFacts[b.index()].code }

// Question returns the question that the block answers; "" for no block.
func (b Block) Question() string { return blockFacts[b.index()].question }

// Perspective says whether the block creates, delivers or captures value.
func (b Block) Perspective() Perspective { return blockFacts[b.index()].perspective }

// Kind returns the kind of the block's items in references, such as "segment"; "" for no block.
func (b Block) Kind() cxmodel.Kind { return blockFacts[b.index()].kind }

func (b Block) field() string { return blockFacts[b.index()].field }

func (b Block) index() Block {
	if b.Valid() {
		return b
	}
	return BlockUnspecified
}

// String returns the name in documents, such as "customer-segments".
func (b Block) String() string { return blocks.String(int(b)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (b Block) MarshalText() ([]byte, error) { return blocks.Text(int(b)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (b *Block) UnmarshalText(text []byte) error { return enum.Set(b, &blocks, text) }

// A Perspective groups the blocks by what they do with value: a business model is the rationale of how an
// organization creates, delivers and captures it (Osterwalder and Pigneur 2010, p. 14).
type Perspective int

// Perspectives.
const (
	PerspectiveUnspecified Perspective = iota
	Create                             // propositions, resources, activities, partnerships
	Deliver                            // segments, channels, relationships
	Capture                            // revenue streams, costs
)

var perspectives = enum.Table{Type: "perspective", Names: []string{"", "create", "deliver", "capture"}}

// String returns "create", "deliver" or "capture".
func (p Perspective) String() string { return perspectives.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (p Perspective) MarshalText() ([]byte, error) { return perspectives.Text(int(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Perspective) UnmarshalText(text []byte) error { return enum.Set(p, &perspectives, text) }

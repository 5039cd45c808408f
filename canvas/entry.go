package canvas

import (
	"iter"

	"github.com/cxmodel/cxmodel"
)

// An Entry is an item of whichever block: a pointer to one of the nine types. The set is closed.
type Entry interface {
	// Block returns the block that the item stands in.
	Block() Block
	// Ref returns the full reference, such as "channel/phone".
	Ref() cxmodel.Ref
	// Base returns what the items of all blocks have in common, to read and to change.
	Base() *Item

	// linkFields returns the lists of references of the item; at is the JSON Pointer of the item.
	linkFields(at string) []linkField
}

var (
	_ Entry = (*Segment)(nil)
	_ Entry = (*Proposition)(nil)
	_ Entry = (*Channel)(nil)
	_ Entry = (*Relationship)(nil)
	_ Entry = (*RevenueStream)(nil)
	_ Entry = (*Resource)(nil)
	_ Entry = (*Activity)(nil)
	_ Entry = (*Partnership)(nil)
	_ Entry = (*Cost)(nil)
)

// Block returns CustomerSegments.
func (*Segment) Block() Block { return CustomerSegments }

// Block returns ValuePropositions.
func (*Proposition) Block() Block { return ValuePropositions }

// Block returns Channels.
func (*Channel) Block() Block { return Channels }

// Block returns CustomerRelationships.
func (*Relationship) Block() Block { return CustomerRelationships }

// Block returns RevenueStreams.
func (*RevenueStream) Block() Block { return RevenueStreams }

// Block returns KeyResources.
func (*Resource) Block() Block { return KeyResources }

// Block returns KeyActivities.
func (*Activity) Block() Block { return KeyActivities }

// Block returns KeyPartnerships.
func (*Partnership) Block() Block { return KeyPartnerships }

// Block returns CostStructure.
func (*Cost) Block() Block { return CostStructure }

// Ref returns the reference "segment/key".
func (s *Segment) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindSegment, Key: s.Key} }

// Ref returns the reference "proposition/key".
func (p *Proposition) Ref() cxmodel.Ref {
	return cxmodel.Ref{Kind: cxmodel.KindProposition, Key: p.Key}
}

// Ref returns the reference "channel/key".
func (c *Channel) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindChannel, Key: c.Key} }

// Ref returns the reference "relationship/key".
func (r *Relationship) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindRelation, Key: r.Key} }

// Ref returns the reference "revenue-stream/key".
func (r *RevenueStream) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindRevenue, Key: r.Key} }

// Ref returns the reference "resource/key".
func (r *Resource) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindResource, Key: r.Key} }

// Ref returns the reference "activity/key".
func (a *Activity) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindActivity, Key: a.Key} }

// Ref returns the reference "partnership/key".
func (p *Partnership) Ref() cxmodel.Ref {
	return cxmodel.Ref{Kind: cxmodel.KindPartnership, Key: p.Key}
}

// Ref returns the reference "cost/key".
func (c *Cost) Ref() cxmodel.Ref { return cxmodel.Ref{Kind: cxmodel.KindCost, Key: c.Key} }

// Entries iterates over all items, block by block in order, and within a block as they stand. The entries point into
// c: what is changed through them is changed in c.
func (c *Canvas) Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for b := range Blocks() {
			for e := range c.EntriesOf(b) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// EntriesOf iterates over the items of one block as they stand; over none if b is not one of the nine.
func (c *Canvas) EntriesOf(b Block) iter.Seq[Entry] {
	switch b {
	case CustomerSegments:
		return entries[*Segment](c.Segments)
	case ValuePropositions:
		return entries[*Proposition](c.Propositions)
	case Channels:
		return entries[*Channel](c.Channels)
	case CustomerRelationships:
		return entries[*Relationship](c.Relationships)
	case RevenueStreams:
		return entries[*RevenueStream](c.RevenueStreams)
	case KeyResources:
		return entries[*Resource](c.Resources)
	case KeyActivities:
		return entries[*Activity](c.Activities)
	case KeyPartnerships:
		return entries[*Partnership](c.Partnerships)
	case CostStructure:
		return entries[*Cost](c.Costs)
	}
	return func(func(Entry) bool) {}
}

func entries[P interface {
	*T
	Entry
}, T any](items []T) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for i := range items {
			if !yield(P(&items[i])) {
				return
			}
		}
	}
}

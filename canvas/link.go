package canvas

import (
	"iter"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Link is one reference inside a canvas: a channel that reaches a segment, a cost that pays for a resource.
type Link struct {
	Kind LinkKind
	From cxmodel.Ref // the item, or the part of an item, that refers; a part without key has an empty Key
	To   cxmodel.Ref // what is referred to, by its present kind and key where it exists, else as written
	Item cxmodel.Ref // the item that From is or belongs to
	Path string      // JSON Pointer of the reference from the root of the canvas
}

// A LinkKind says what a link means, read from From to To.
type LinkKind int

// Kinds of link.
const (
	LinkUnspecified LinkKind = iota
	Targets                  // a proposition is for a segment
	Reaches                  // a channel reaches a segment
	Delivers                 // a channel communicates or delivers a proposition
	Keeps                    // a relationship is kept with a segment
	PaidBy                   // a revenue stream is paid by a segment
	Sells                    // a revenue stream is paid for a proposition
	Serves                   // a resource or activity serves a proposition, channel or relationship
	Supplies                 // a partnership supplies a resource, activity or channel
	PaysFor                  // a cost pays for a resource, activity, partnership, channel or relationship
	Relieves                 // a reliever relieves a pain
	Creates                  // a creator creates a gain
	Through                  // a reliever or creator works through a product of its proposition
	Performs                 // a product helps with a job
	Concerns                 // a pain or gain belongs to a job
)

var linkKinds = enum.Table{Type: "kind of link", Names: []string{"", "targets", "reaches", "delivers", "keeps", "paid-by", "sells",
	"serves", "supplies", "pays-for", "relieves", "creates", "through", "performs", "concerns"}}

// String returns the verb, such as "reaches" or "pays-for".
func (k LinkKind) String() string { return linkKinds.String(int(k)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (k LinkKind) MarshalText() ([]byte, error) { return linkKinds.Text(int(k)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (k *LinkKind) UnmarshalText(text []byte) error {
	i, err := linkKinds.Parse(text)
	*k = LinkKind(i)
	return err
}

// wanted lists the kinds of element that a link can lead to.
func (k LinkKind) wanted() []cxmodel.Kind {
	switch k {
	case Targets, Reaches, Keeps, PaidBy:
		return []cxmodel.Kind{cxmodel.KindSegment}
	case Delivers, Sells:
		return []cxmodel.Kind{cxmodel.KindProposition}
	case Serves:
		return []cxmodel.Kind{cxmodel.KindProposition, cxmodel.KindChannel, cxmodel.KindRelation}
	case Supplies:
		return []cxmodel.Kind{cxmodel.KindResource, cxmodel.KindActivity, cxmodel.KindChannel}
	case PaysFor:
		return []cxmodel.Kind{cxmodel.KindResource, cxmodel.KindActivity, cxmodel.KindPartnership, cxmodel.KindChannel, cxmodel.KindRelation}
	case Relieves:
		return []cxmodel.Kind{KindPain}
	case Creates:
		return []cxmodel.Kind{KindGain}
	case Through:
		return []cxmodel.Kind{KindProduct}
	case Performs, Concerns:
		return []cxmodel.Kind{KindJob}
	}
	return nil
}

// Links iterates over all references inside the canvas, in the order of Entries and, within an item, of its fields.
// References that lead nowhere are there too: [Canvas.Validate] names them.
func (c *Canvas) Links() iter.Seq[Link] {
	return func(yield func(Link) bool) {
		r := newResolver(c)
		for l := range c.writtenLinks() {
			if found := r.targets(l); len(found) == 1 {
				l.To = found[0]
			}
			if !yield(l) {
				return
			}
		}
	}
}

// writtenLinks iterates over the links with To as it is written, its kind filled in where only one is possible.
func (c *Canvas) writtenLinks() iter.Seq[Link] {
	return func(yield func(Link) bool) {
		for e, at := range c.placed() {
			if !e.links(at, yield) {
				return
			}
		}
	}
}

// keyLinks yields a link for every key of a field.
func keyLinks(k LinkKind, from, item cxmodel.Ref, at string, keys []cxmodel.Key, yield func(Link) bool) bool {
	for i, key := range keys {
		to := cxmodel.Ref{Kind: k.wanted()[0], Key: key}
		if !yield(Link{k, from, to, item, at + "/" + strconv.Itoa(i)}) {
			return false
		}
	}
	return true
}

// refLinks yields a link for every reference of a field.
func refLinks(k LinkKind, from cxmodel.Ref, at string, refs []cxmodel.Ref, yield func(Link) bool) bool {
	for i, to := range refs {
		if !yield(Link{k, from, to, from, at + "/" + strconv.Itoa(i)}) {
			return false
		}
	}
	return true
}

func (s *Segment) links(at string, yield func(Link) bool) bool {
	item := s.Ref()
	for i, p := range s.Pains {
		from := cxmodel.Ref{Kind: KindPain, Key: p.Key}
		if !keyLinks(Concerns, from, item, at+"/pains/"+strconv.Itoa(i)+"/jobs", p.Jobs, yield) {
			return false
		}
	}
	for i, g := range s.Gains {
		from := cxmodel.Ref{Kind: KindGain, Key: g.Key}
		if !keyLinks(Concerns, from, item, at+"/gains/"+strconv.Itoa(i)+"/jobs", g.Jobs, yield) {
			return false
		}
	}
	return true
}

func (p *Proposition) links(at string, yield func(Link) bool) bool {
	item := p.Ref()
	for i, x := range p.Products {
		from := cxmodel.Ref{Kind: KindProduct, Key: x.Key}
		if !keyLinks(Performs, from, item, at+"/products/"+strconv.Itoa(i)+"/jobs", x.Jobs, yield) {
			return false
		}
	}
	for i, x := range p.Relievers {
		from, here := cxmodel.Ref{Kind: KindReliever, Key: x.Key}, at+"/relievers/"+strconv.Itoa(i)
		if !keyLinks(Relieves, from, item, here+"/pains", x.Pains, yield) || !keyLinks(Through, from, item, here+"/through", x.Through, yield) {
			return false
		}
	}
	for i, x := range p.Creators {
		from, here := cxmodel.Ref{Kind: KindCreator, Key: x.Key}, at+"/creators/"+strconv.Itoa(i)
		if !keyLinks(Creates, from, item, here+"/gains", x.Gains, yield) || !keyLinks(Through, from, item, here+"/through", x.Through, yield) {
			return false
		}
	}
	return keyLinks(Targets, item, item, at+"/segments", p.Segments, yield)
}

func (c *Channel) links(at string, yield func(Link) bool) bool {
	item := c.Ref()
	return keyLinks(Reaches, item, item, at+"/segments", c.Segments, yield) &&
		keyLinks(Delivers, item, item, at+"/propositions", c.Propositions, yield)
}

func (r *Relationship) links(at string, yield func(Link) bool) bool {
	return keyLinks(Keeps, r.Ref(), r.Ref(), at+"/segments", r.Segments, yield)
}

func (r *RevenueStream) links(at string, yield func(Link) bool) bool {
	item := r.Ref()
	return keyLinks(PaidBy, item, item, at+"/payers", r.Payers, yield) &&
		keyLinks(Sells, item, item, at+"/propositions", r.Propositions, yield)
}

func (r *Resource) links(at string, yield func(Link) bool) bool {
	return refLinks(Serves, r.Ref(), at+"/serves", r.Serves, yield)
}

func (a *Activity) links(at string, yield func(Link) bool) bool {
	return refLinks(Serves, a.Ref(), at+"/serves", a.Serves, yield)
}

func (p *Partnership) links(at string, yield func(Link) bool) bool {
	return refLinks(Supplies, p.Ref(), at+"/supplies", p.Supplies, yield)
}

func (c *Cost) links(at string, yield func(Link) bool) bool {
	return refLinks(PaysFor, c.Ref(), at+"/pays-for", c.PaysFor, yield)
}

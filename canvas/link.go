package canvas

import (
	"iter"
	"strconv"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// A Link is one reference inside a canvas: a channel that reaches a segment, a cost that pays for a resource.
type Link struct {
	Kind LinkKind    `json:"kind"`
	From cxmodel.Ref `json:"from"` // the item, or the part of an item, that refers; a part without key has an empty Key
	To   cxmodel.Ref `json:"to"`   // what is referred to, by its present kind and key where it exists, else as written
	Item cxmodel.Ref `json:"item"` // the item that From is or belongs to
	Path string      `json:"path"` // JSON Pointer of the reference from the root of the canvas
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
func (k *LinkKind) UnmarshalText(text []byte) error { return enum.Set(k, &linkKinds, text) }

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
			for _, f := range e.linkFields(at) {
				for l := range f.links(e.Ref()) {
					if !yield(l) {
						return
					}
				}
			}
		}
	}
}

// A linkField is one list of references, as it stands in an item: either keys or refs are set.
type linkField struct {
	kind LinkKind
	from cxmodel.Ref
	path string
	keys []cxmodel.Key
	refs []cxmodel.Ref
}

// links iterates over the references of a field of an item.
func (f linkField) links(item cxmodel.Ref) iter.Seq[Link] {
	return func(yield func(Link) bool) {
		for i, key := range f.keys {
			to := cxmodel.Ref{Kind: f.kind.wanted()[0], Key: key}
			if !yield(Link{f.kind, f.from, to, item, f.path + "/" + strconv.Itoa(i)}) {
				return
			}
		}
		for i, to := range f.refs {
			if !yield(Link{f.kind, f.from, to, item, f.path + "/" + strconv.Itoa(i)}) {
				return
			}
		}
	}
}

func keyField(k LinkKind, from cxmodel.Ref, path string, keys []cxmodel.Key) linkField {
	return linkField{kind: k, from: from, path: path, keys: keys}
}

func refField(k LinkKind, from cxmodel.Ref, path string, refs []cxmodel.Ref) linkField {
	return linkField{kind: k, from: from, path: path, refs: refs}
}

func (s *Segment) linkFields(at string) []linkField {
	var out []linkField
	for i, p := range s.Pains {
		out = append(out, keyField(Concerns, cxmodel.Ref{Kind: KindPain, Key: p.Key}, at+"/pains/"+strconv.Itoa(i)+"/jobs", p.Jobs))
	}
	for i, g := range s.Gains {
		out = append(out, keyField(Concerns, cxmodel.Ref{Kind: KindGain, Key: g.Key}, at+"/gains/"+strconv.Itoa(i)+"/jobs", g.Jobs))
	}
	return out
}

func (p *Proposition) linkFields(at string) []linkField {
	var out []linkField
	for i, x := range p.Products {
		out = append(out, keyField(Performs, cxmodel.Ref{Kind: KindProduct, Key: x.Key}, at+"/products/"+strconv.Itoa(i)+"/jobs", x.Jobs))
	}
	for i, x := range p.Relievers {
		from, here := cxmodel.Ref{Kind: KindReliever, Key: x.Key}, at+"/relievers/"+strconv.Itoa(i)
		out = append(out, keyField(Relieves, from, here+"/pains", x.Pains), keyField(Through, from, here+"/through", x.Through))
	}
	for i, x := range p.Creators {
		from, here := cxmodel.Ref{Kind: KindCreator, Key: x.Key}, at+"/creators/"+strconv.Itoa(i)
		out = append(out, keyField(Creates, from, here+"/gains", x.Gains), keyField(Through, from, here+"/through", x.Through))
	}
	return append(out, keyField(Targets, p.Ref(), at+"/segments", p.Segments))
}

func (c *Channel) linkFields(at string) []linkField {
	return []linkField{
		keyField(Reaches, c.Ref(), at+"/segments", c.Segments),
		keyField(Delivers, c.Ref(), at+"/propositions", c.Propositions),
	}
}

func (r *Relationship) linkFields(at string) []linkField {
	return []linkField{keyField(Keeps, r.Ref(), at+"/segments", r.Segments)}
}

func (r *RevenueStream) linkFields(at string) []linkField {
	return []linkField{
		keyField(PaidBy, r.Ref(), at+"/payers", r.Payers),
		keyField(Sells, r.Ref(), at+"/propositions", r.Propositions),
	}
}

func (r *Resource) linkFields(at string) []linkField {
	return []linkField{refField(Serves, r.Ref(), at+"/serves", r.Serves)}
}

func (a *Activity) linkFields(at string) []linkField {
	return []linkField{refField(Serves, a.Ref(), at+"/serves", a.Serves)}
}

func (p *Partnership) linkFields(at string) []linkField {
	return []linkField{refField(Supplies, p.Ref(), at+"/supplies", p.Supplies)}
}

func (c *Cost) linkFields(at string) []linkField {
	return []linkField{refField(PaysFor, c.Ref(), at+"/pays-for", c.PaysFor)}
}

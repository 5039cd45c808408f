package journey

import (
	"iter"

	"github.com/cxmodel/cxmodel"
)

// An Edge is one way on which customers are meant to go from a touchpoint to the next.
type Edge struct {
	From, To *Touchpoint
	When     string   // the condition, in words
	Share    *float64 // of the customers at From who are expected to take it; nil: not known
	Implied  bool     // by the order of the document
}

// Edges iterates over the ways from touchpoint to touchpoint, in the order of the document. Touchpoints that
// customers do not see take no part.
//
// A touchpoint that says what follows leads there and nowhere else. One that does not leads to the next in its stage,
// the last one to where the stage leads: to the stage that follows in the document, unless it says so itself. To lead
// to a stage is to lead to its first touchpoint. What is optional is also passed over. The touchpoints of a stage
// without order lead to where the stage leads, and each of them may be its first. A stage without touchpoints is
// passed through in the order of the document. A reference that finds nothing leads nowhere.
func (j *Journey) Edges() iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		w := newWays(j)
		for i, seen := range w.visible {
			for k := range seen {
				for _, e := range w.from(i, k) {
					if !yield(e) {
						return
					}
				}
			}
		}
	}
}

// from returns the ways that begin at the k-th visible touchpoint of stage i.
func (w *ways) from(i, k int) []Edge {
	s, seen := &w.j.Stages[i], w.visible[i]
	t := seen[k]
	var out []Edge
	if len(t.Next) > 0 {
		return w.stated(out, t, cxmodel.KindTouchpoint, t.Next)
	}
	if !s.AnyOrder {
		for _, to := range seen[k+1:] {
			out = append(out, Edge{From: t, To: to, Implied: true})
			if !to.Optional {
				return out
			}
		}
	}
	if len(s.Next) > 0 {
		return w.stated(out, t, cxmodel.KindStage, s.Next)
	}
	for _, to := range w.enter(i + 1) {
		out = append(out, Edge{From: t, To: to, Implied: true})
	}
	return out
}

func (w *ways) stated(out []Edge, t *Touchpoint, from cxmodel.Kind, next []Transition) []Edge {
	for _, n := range next {
		targets := w.to(from, n.To)
		if len(targets) > 1 {
			n.Share = nil // it is that of all of them together
		}
		for _, to := range targets {
			out = append(out, Edge{From: t, To: to, When: n.When, Share: n.Share})
		}
	}
	return out
}

// ways finds where transitions lead.
type ways struct {
	j           *Journey
	visible     [][]*Touchpoint // by stage
	stages      map[cxmodel.Key]int
	touchpoints map[cxmodel.Key]*Touchpoint
}

func newWays(j *Journey) *ways {
	w := &ways{j: j, visible: make([][]*Touchpoint, len(j.Stages)), stages: map[cxmodel.Key]int{}, touchpoints: map[cxmodel.Key]*Touchpoint{}}
	for i := range j.Stages {
		s := &j.Stages[i]
		if _, taken := w.stages[s.Key]; !taken {
			w.stages[s.Key] = i
		}
		for k := range s.Touchpoints {
			t := &s.Touchpoints[k]
			if w.touchpoints[t.Key] == nil {
				w.touchpoints[t.Key] = t
			}
			if t.Layer.Visible() {
				w.visible[i] = append(w.visible[i], t)
			}
		}
	}
	return w
}

func (w *ways) to(from cxmodel.Kind, ref cxmodel.Ref) []*Touchpoint {
	r, ok := resolve(from, ref, func(r cxmodel.Ref) bool {
		_, isStage := w.stages[r.Key]
		return r.Kind == cxmodel.KindStage && isStage || r.Kind == cxmodel.KindTouchpoint && w.touchpoints[r.Key] != nil
	})
	switch {
	case !ok:
		return nil
	case r.Kind == cxmodel.KindStage:
		return w.enter(w.stages[r.Key])
	}
	return []*Touchpoint{w.touchpoints[r.Key]}
}

// enter returns the touchpoints that may be the first from stage i on.
func (w *ways) enter(i int) []*Touchpoint {
	var out []*Touchpoint
	for ; i < len(w.visible); i++ {
		must := false
		for _, t := range w.visible[i] {
			out = append(out, t)
			must = must || !t.Optional
			if must && !w.j.Stages[i].AnyOrder {
				break
			}
		}
		if must {
			break
		}
	}
	return out
}

// A ChannelHandOff is a change of channel, or the lack of one, between touchpoints that follow each other.
type ChannelHandOff struct {
	From    Channel `json:"from"`
	To      Channel `json:"to"`
	Carried int     `json:"carried"` // edges on which the next touchpoint knows the customer's case
	Partly  int     `json:"partly"`  // knows a part of it
	Lost    int     `json:"lost"`    // knows nothing
	Unknown int     `json:"unknown"` // the journey does not say
}

// ChannelHandOffs are the hand-offs of a journey.
type ChannelHandOffs []ChannelHandOff

// HandOffs counts the edges by channel of both ends and by what is carried over, in the order in which a pair of
// channels first occurs. Edges with an end whose channel is not named are left out.
func (j *Journey) HandOffs() ChannelHandOffs {
	var out ChannelHandOffs
	at := map[[2]Channel]int{}
	for e := range j.Edges() {
		pair := [2]Channel{e.From.Channel, e.To.Channel}
		if pair[0] == "" || pair[1] == "" {
			continue
		}
		i, ok := at[pair]
		if !ok {
			i = len(out)
			at[pair] = i
			out = append(out, ChannelHandOff{From: pair[0], To: pair[1]})
		}
		switch e.carry() {
		case CarryAll:
			out[i].Carried++
		case CarryPart:
			out[i].Partly++
		case CarryNone:
			out[i].Lost++
		default:
			out[i].Unknown++
		}
	}
	return out
}

// carry returns what is carried over the edge, as far as its start says so.
func (e Edge) carry() Carry {
	h := e.From.HandOff
	if h == nil || h.To != "" && h.To != e.To.Key {
		return CarryUnspecified
	}
	return h.State
}

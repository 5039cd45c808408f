package journey

import (
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
)

// A node is an element with what tells it apart.
type node struct {
	Element
	parent   int // its index among the nodes; -1: the journey
	before   int // the index of what stands before it in its list; -1: it is the first
	text     string
	formerly []cxmodel.Key
}

// A pairing says which elements of two journeys are the same.
type pairing struct {
	old, new     []node
	toOld, toNew []int // index of the counterpart, -1 if there is none
}

func nodes(j *Journey) []node {
	var out []node
	at, last := map[string]int{}, map[string]int{}
	for e := range j.Elements() {
		parent, ok := at[parentPath(e.Path)]
		if !ok {
			parent = -1
		}
		n := node{Element: e, parent: parent, before: -1, formerly: formerKeys(e.Value)}
		list := e.Path[:strings.LastIndexByte(e.Path, '/')]
		if before, ok := last[list]; ok {
			n.before = before
		}
		last[list] = len(out)
		switch x := e.Value.(type) {
		case *Persona:
			n.text = x.Name
		case *Measure:
			n.text = x.Name
		case *Lane:
			n.text = x.Name
		case *Stage:
			n.text = x.Name
		case *Touchpoint:
			n.text = x.Name
		case *Pain:
			n.text = x.Text
		case *Delight:
			n.text = x.Text
		case *Opportunity:
			n.text = x.Text
		}
		at[e.Path] = len(out)
		out = append(out, n)
	}
	return out
}

// formerKeys returns the keys that the value of an Element had before.
func formerKeys(element any) []cxmodel.Key {
	switch x := element.(type) {
	case *Persona:
		return x.Formerly
	case *Measure:
		return x.Formerly
	case *Stage:
		return x.Formerly
	case *Touchpoint:
		return x.Formerly
	case *Pain:
		return x.Formerly
	case *Delight:
		return x.Formerly
	case *Opportunity:
		return x.Formerly
	}
	return nil
}

// parentPath takes the last field and index off a path.
func parentPath(path string) string {
	path = path[:strings.LastIndexByte(path, '/')]
	return path[:strings.LastIndexByte(path, '/')]
}

// pair matches the elements of two journeys: by key, then by former key, then those without key by their text.
func pair(a, b *Journey) *pairing {
	p := &pairing{old: nodes(a), new: nodes(b)}
	p.toOld, p.toNew = make([]int, len(p.new)), make([]int, len(p.old))
	free := make(map[cxmodel.Ref][]int, len(p.old)) // not matched yet; several only where a key is given twice
	for i := range p.old {
		p.toNew[i] = -1
		if ref := p.old[i].Ref; ref.Key != "" {
			free[ref] = append(free[ref], i)
		}
	}
	link := func(ref cxmodel.Ref, i int) {
		if olds := free[ref]; len(olds) > 0 {
			p.toOld[i], p.toNew[olds[0]] = olds[0], i
			free[ref] = olds[1:]
		}
	}
	for i := range p.new {
		p.toOld[i] = -1
		link(p.new[i].Ref, i)
	}
	for i := range p.new {
		for _, f := range p.new[i].formerly {
			if p.toOld[i] < 0 {
				link(cxmodel.Ref{Kind: p.new[i].Ref.Kind, Key: f}, i)
			}
		}
	}
	p.pairTexts(false)
	p.pairTexts(true)
	return p
}

// pairTexts matches the elements without key by their text, inside parents that are matched already; half also with one
// that has a key, so that nothing is lost when it is given a key or loses it.
func (p *pairing) pairTexts(half bool) {
	type text struct {
		parent int // among the old
		kind   cxmodel.Kind
		text   string
		keyed  bool
	}
	free := map[text][]int{}
	for i := range p.old {
		if n := &p.old[i]; p.toNew[i] < 0 && (n.Ref.Key == "" || half && n.text != "") {
			t := text{n.parent, n.Ref.Kind, n.text, n.Ref.Key != ""}
			free[t] = append(free[t], i)
		}
	}
	for i := range p.new {
		n := &p.new[i]
		if p.toOld[i] >= 0 || n.Ref.Key != "" && !half {
			continue
		}
		parent := n.parent
		if parent >= 0 {
			if parent = p.toOld[parent]; parent < 0 {
				continue
			}
		}
		t := text{parent, n.Ref.Kind, n.text, false}
		if len(free[t]) == 0 && n.Ref.Key == "" {
			t.keyed = true
		}
		if olds := free[t]; len(olds) > 0 {
			p.toOld[i], p.toNew[olds[0]] = olds[0], i
			free[t] = olds[1:]
		}
	}
}

// parentChanged reports whether element i of the newer journey stood in another place of the older one.
func (p *pairing) parentChanged(i int) bool {
	was := p.toOld[i]
	if was < 0 {
		return false
	}
	now := p.new[i].parent
	if now >= 0 {
		now = p.toOld[now]
		if now < 0 {
			return true // into something new
		}
	}
	return now != p.old[was].parent
}

// moved says which elements of the newer journey stand in another parent, or in another order: those outside the
// longest run that kept its order, among what stayed in one list.
func (p *pairing) moved() []bool {
	out := make([]bool, len(p.new))
	type list struct {
		parent int
		kind   cxmodel.Kind
	}
	var order []list
	lists := map[list][]int{}
	for i := range p.new {
		switch {
		case p.toOld[i] < 0 || p.new[i].Ref.Key == "":
		case p.parentChanged(i):
			out[i] = true
		default:
			l := list{p.new[i].parent, p.new[i].Ref.Kind}
			if lists[l] == nil {
				order = append(order, l)
			}
			lists[l] = append(lists[l], i)
		}
	}
	for _, l := range order {
		members := lists[l]
		was := make([]int, len(members))
		for k, i := range members {
			was[k] = p.toOld[i]
		}
		kept := longestRising(was)
		for k, i := range members {
			out[i] = !kept[k]
		}
	}
	return out
}

// longestRising marks a longest subsequence of xs, all different, that rises.
func longestRising(xs []int) []bool {
	tails := []int{} // index of the last element of the best run of each length
	before := make([]int, len(xs))
	for i, x := range xs {
		n, _ := slices.BinarySearchFunc(tails, x, func(t, x int) int { return xs[t] - x })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	kept := make([]bool, len(xs))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			kept[i] = true
		}
	}
	return kept
}

package journey

import (
	"slices"

	"github.com/cxmodel/cxmodel"
)

// Stage returns the stage of that name, nil if there is none: by its key, else by a key that it had before, else by
// an alias. The pointer leads into j.
func (j *Journey) Stage(name string) *Stage {
	return find(name, func(yield func(*Stage) bool) {
		for i := range j.Stages {
			if !yield(&j.Stages[i]) {
				return
			}
		}
	}, func(s *Stage) (cxmodel.Key, []cxmodel.Key, []string) { return s.Key, s.Formerly, s.Aliases })
}

// Touchpoint returns the touchpoint of that name with its stage, as [Journey.Stage] finds stages; nil and nil if there is none.
func (j *Journey) Touchpoint(name string) (*Stage, *Touchpoint) {
	found := find(name, func(yield func(*Touchpoint) bool) {
		for _, t := range j.AllTouchpoints() {
			if !yield(t) {
				return
			}
		}
	}, func(t *Touchpoint) (cxmodel.Key, []cxmodel.Key, []string) { return t.Key, t.Formerly, t.Aliases })
	for s, t := range j.AllTouchpoints() {
		if t == found {
			return s, t
		}
	}
	return nil, nil
}

// Persona returns the persona of that name, as [Journey.Stage] finds stages; nil if there is none.
func (j *Journey) Persona(name string) *Persona {
	return find(name, func(yield func(*Persona) bool) {
		for i := range j.Personas {
			if !yield(&j.Personas[i]) {
				return
			}
		}
	}, func(p *Persona) (cxmodel.Key, []cxmodel.Key, []string) { return p.Key, p.Formerly, p.Aliases })
}

// Measure returns the measure of that name with what it is asked about, as [Journey.Stage] finds stages; nil if there is none.
func (j *Journey) Measure(name string) (cxmodel.Ref, *Measure) {
	found := find(name, func(yield func(*Measure) bool) {
		for _, m := range j.AllMeasures() {
			if !yield(m) {
				return
			}
		}
	}, func(m *Measure) (cxmodel.Key, []cxmodel.Key, []string) { return m.Key, m.Formerly, m.Aliases })
	for of, m := range j.AllMeasures() {
		if m == found {
			return of, m
		}
	}
	return cxmodel.Ref{}, nil
}

// find returns the first element whose key is name, else the first that had that key before, else the first that has
// it as an alias.
func find[T any](name string, all func(func(*T) bool), names func(*T) (cxmodel.Key, []cxmodel.Key, []string)) *T {
	var former, alias *T
	if name == "" {
		return nil
	}
	for e := range all {
		key, formerly, aliases := names(e)
		switch {
		case string(key) == name:
			return e
		case former == nil && slices.Contains(formerly, cxmodel.Key(name)):
			former = e
		case alias == nil && slices.Contains(aliases, name):
			alias = e
		}
	}
	if former != nil {
		return former
	}
	return alias
}

// TouchpointNames returns every name under which a file or a log may speak of a touchpoint (key, former keys,
// aliases) with the touchpoint's key. Where a name means two, the key wins over the former key and that over the
// alias, then the first in the document.
func (j *Journey) TouchpointNames() map[string]cxmodel.Key {
	names := map[string]cxmodel.Key{}
	put := func(name string, key cxmodel.Key) {
		if _, taken := names[name]; !taken && name != "" {
			names[name] = key
		}
	}
	for _, t := range j.AllTouchpoints() {
		put(string(t.Key), t.Key)
	}
	for _, t := range j.AllTouchpoints() {
		for _, f := range t.Formerly {
			put(string(f), t.Key)
		}
	}
	for _, t := range j.AllTouchpoints() {
		for _, a := range t.Aliases {
			put(a, t.Key)
		}
	}
	return names
}

// resolve returns the element that a transition leads to: the short form means the kind that it starts from, else
// the other one.
func resolve(from cxmodel.Kind, to cxmodel.Ref, alive func(cxmodel.Ref) bool) (cxmodel.Ref, bool) {
	kinds := []cxmodel.Kind{to.Kind}
	if to.Kind == "" {
		kinds = []cxmodel.Kind{from, cxmodel.KindStage, cxmodel.KindTouchpoint}
	}
	for _, kind := range kinds {
		r := cxmodel.Ref{Kind: kind, Key: to.Key}
		if (kind == cxmodel.KindStage || kind == cxmodel.KindTouchpoint) && alive(r) {
			return r, true
		}
	}
	return to, false
}

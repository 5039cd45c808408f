package journey

import (
	"maps"
	"math"
	"slices"

	"github.com/cxmodel/cxmodel"
)

// weight checks the weight of one element.
func (v *validator) weight(p place, w *float64) bool {
	if w != nil && (!(*w >= 0) || math.IsInf(*w, 1)) {
		v.add(p.at("weight"), cxmodel.SeverityError, CodeBadWeight, ErrWeight, "the weight is %v; a weight is 0 or more", *w)
		return false
	}
	return true
}

// weights checks the weights of a list against each other; each by itself is checked with its element.
func (v *validator) weights(p place, what string, ws []*float64) {
	set, largest := 0, 0.
	for _, w := range ws {
		if w == nil {
			continue
		}
		if !(*w >= 0) || math.IsInf(*w, 1) {
			return
		}
		set, largest = set+1, max(largest, *w)
	}
	switch {
	case set > 0 && largest == 0:
		v.add(p, cxmodel.SeverityError, CodeZeroWeights, ErrWeight, "the %s that have a weight have 0; give at least one a weight above 0, or none any", what)
	case set > 0 && set < len(ws):
		v.warn(p, CodeUnsetWeights, "%d of %d %s have a weight, and the others take its mean; give all of them one, or none", set, len(ws), what)
	}
}

func stageWeights(stages []Stage) []*float64 {
	out := make([]*float64, len(stages))
	for i := range stages {
		out[i] = stages[i].Weight
	}
	return out
}

// touchpointWeights returns the weights of the touchpoints that count.
func touchpointWeights(s *Stage) []*float64 {
	var out []*float64
	for i := range s.Touchpoints {
		if t := &s.Touchpoints[i]; t.Weight != nil || t.Layer.Visible() {
			out = append(out, t.Weight)
		}
	}
	return out
}

func (v *validator) facetList(p place, facets []Facet) {
	if len(facets) == 0 {
		return
	}
	ws := make([]*float64, len(facets))
	by := make(map[cxmodel.Key]cxmodel.Key, len(facets)) // facet: the entry that brought it
	for i, f := range facets {
		at := func(field ...any) place { return p.at(append([]any{"facets", i}, field...)...) }
		ws[i] = f.Weight
		v.weight(at(), f.Weight)
		if !f.Key.Valid() {
			v.add(at("key"), cxmodel.SeverityError, CodeMalformedKey, f.Key.Check(), "%v", f.Key.Check())
			continue
		}
		for _, m := range ExpandFacets(facets[i : i+1]) {
			entry, twice := by[m.Key]
			switch {
			case twice && entry == f.Key:
				v.err(at("key"), CodeDuplicateFacet, "the facet %q stands here twice; remove one", f.Key)
			case twice:
				v.err(at("key"), CodeDuplicateFacet, "the facet %q comes with %q and with %q; list the facets one by one", m.Key, entry, f.Key)
			default:
				by[m.Key] = f.Key
				continue
			}
			break
		}
	}
	v.weights(p.at("facets"), "facets", ws)
}

// collectFacets finds every list of facets that some stage or touchpoint is judged by.
func (v *validator) collectFacets() {
	v.facets = map[cxmodel.Key]bool{}
	seen := map[string]bool{}
	collect := func(fs []Facet) {
		name := ""
		for _, f := range fs {
			name += string(f.Key) + ","
		}
		if seen[name] {
			return
		}
		seen[name] = true
		v.sets = append(v.sets, fs)
		for _, f := range fs {
			v.facets[f.Key] = true
		}
	}
	for i := range v.j.Stages {
		s := &v.j.Stages[i]
		if shares, err := s.TouchpointShares(nil); err == nil && shares == nil {
			collect(v.j.FacetsOf(s, nil))
		}
		for k := range s.Touchpoints {
			if t := &s.Touchpoints[k]; k == 0 || len(t.Facets) > 0 {
				collect(v.j.FacetsOf(s, t))
			}
		}
	}
}

// personaWeights checks the weights that replace those of the journey.
func (v *validator) personaWeights(p place, x *Persona) {
	stages := v.names(cxmodel.KindStage).live
	if x.StageWeights != nil {
		v.replaced(p, "stage-weights", x.StageWeights, len(stages), "stages", func(at func() place, k cxmodel.Key) {
			v.reference(at, cxmodel.KindStage, k)
		})
	}
	if x.FacetWeights != nil {
		v.replaced(p, "facet-weights", x.FacetWeights, len(v.facets), "facets", func(at func() place, k cxmodel.Key) {
			if !v.facets[k] {
				v.warn(at(), CodeUnusedWeight, "nothing is judged by a facet %q; the weight has no effect", clip(string(k)))
			}
		})
		v.zeroFacets(p, x)
	}
	v.usedWeights(p, x)
}

// zeroFacets checks that no list of facets is left with zeros only.
func (v *validator) zeroFacets(p place, x *Persona) {
	if !slices.Contains(slices.Collect(maps.Values(x.FacetWeights)), 0) {
		return
	}
	for _, set := range v.sets {
		listed, largest := 0, 0.
		for _, f := range set {
			if w, ok := x.FacetWeights[f.Key]; ok {
				listed, largest = listed+1, max(largest, w)
			}
		}
		if listed > 0 && largest == 0 && len(set) < len(v.facets) { // all of them is reported with the list itself
			v.add(p.at("facet-weights"), cxmodel.SeverityError, CodeZeroWeights, ErrWeight,
				"something is judged by %q alone, to which this persona gives weight 0; give one of them a weight above 0", keysOf(set))
			return
		}
	}
}

func keysOf(fs []Facet) []cxmodel.Key {
	out := make([]cxmodel.Key, len(fs))
	for i, f := range fs {
		out[i] = f.Key
	}
	return out
}

func (v *validator) replaced(p place, field string, weights map[cxmodel.Key]float64, of int, what string, check func(func() place, cxmodel.Key)) {
	ws := make([]*float64, 0, of)
	for _, k := range sortedKeys(weights) {
		at := func() place { return p.at(field, string(k)) }
		w := weights[k]
		if !(w >= 0) || math.IsInf(w, 1) {
			v.add(at(), cxmodel.SeverityError, CodeBadWeight, ErrWeight, "the weight is %v; a weight is 0 or more", w)
		}
		check(at, k)
		ws = append(ws, &w)
	}
	for len(ws) < of && len(ws) > 0 {
		ws = append(ws, nil)
	}
	v.weights(p.at(field), what, ws)
}

// usedWeights checks that in each stage something of what the persona uses has a weight above 0.
func (v *validator) usedWeights(p place, x *Persona) {
	if len(x.Touchpoints) == 0 {
		return
	}
	if v.contact == nil {
		v.contact = map[cxmodel.Key]contact{}
		for s, t := range v.j.AllTouchpoints() {
			v.contact[t.Key] = contact{s, t}
		}
	}
	sums := map[*Stage]bool{} // whether something counts
	for _, k := range x.Touchpoints {
		if c, ok := v.contact[k]; ok && (c.touchpoint.Layer.Visible() || c.touchpoint.Weight != nil) {
			w := c.touchpoint.Weight
			sums[c.stage] = sums[c.stage] || w == nil || *w > 0
		}
	}
	for i := range v.j.Stages {
		s := &v.j.Stages[i]
		if counts, listed := sums[s]; listed && !counts {
			v.add(p.at("touchpoints"), cxmodel.SeverityError, CodeZeroWeights, ErrWeight,
				"of stage %q this persona uses only touchpoints of weight 0; give one of them a weight, or take them out here", clip(string(s.Key)))
		}
	}
}

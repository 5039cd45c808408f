package journey

import (
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// weight checks the weight of one element.
func (v *validator) weight(p place, w *float64) bool {
	if w != nil && (!(*w >= 0) || math.IsInf(*w, 1)) {
		v.add(p.at("weight"), cxmodel.SeverityError, CodeBadWeight, ErrWeight, "the weight is %v; a weight is 0 or more", *w)
		return false
	}
	return true
}

// weights checks the weights of a list of n things against each other; those that ws leaves out are not set. Each by
// itself is checked with its element.
func (v *validator) weights(p place, what string, ws []*float64, n int) {
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
	case set > 0 && set < n:
		v.warn(p, CodeUnsetWeights, "%d of %d %s have a weight, and the others take its mean; give all of them one, or none", set, n, what)
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
		if guess := misspelt(string(f.Key), v.knownFacets()); guess != "" && f.Name == "" {
			v.warn(at("key"), CodeUnknownFacet, "%q is no facet or set that the library knows; did you mean %q? One of your own has a name", f.Key, guess)
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
	v.weights(p.at("facets"), "facets", ws, len(ws))
}

// knownFacets returns the names of the sets and of their members.
func (v *validator) knownFacets() []string {
	if v.facetNames == nil {
		for _, set := range FacetSets() {
			members, _ := FacetSet(set)
			v.facetNames = append(append(v.facetNames, string(set)), words(keysOf(members))...)
		}
	}
	return v.facetNames
}

// collectFacets finds every list of facets that some stage or touchpoint is judged by.
func (v *validator) collectFacets() {
	v.facets = map[cxmodel.Key]bool{}
	seen := map[string]bool{}
	collect := func(fs []Facet) {
		if name := join(keysOf(fs)); !seen[name] {
			seen[name] = true
			v.sets = append(v.sets, fs)
			for _, f := range fs {
				v.facets[f.Key] = true
			}
		}
	}
	inherited := false // the journey's list, by some stage
	for i := range v.j.Stages {
		s := &v.j.Stages[i]
		own, counts := 0, false
		for k := range s.Touchpoints {
			t := &s.Touchpoints[k]
			counts = counts || t.Weight != nil || t.Layer.Visible()
			if len(t.Facets) > 0 {
				own++
				collect(ExpandFacets(t.Facets))
			}
		}
		switch {
		case counts && own == len(s.Touchpoints):
		case len(s.Facets) > 0:
			collect(ExpandFacets(s.Facets))
		default:
			inherited = true
		}
	}
	if inherited {
		collect(v.j.FacetsOf(nil, nil))
	}
}

// personaWeights checks the weights that replace those of the journey.
func (v *validator) personaWeights(p place, x *Persona) {
	if x.StageWeights != nil {
		ws := v.replaced(p, "stage-weights", x.StageWeights, func(at func() place, k cxmodel.Key) {
			v.reference(at, cxmodel.KindStage, k)
		})
		v.weights(p.at("stage-weights"), "stages", ws, max(len(ws), len(v.names(cxmodel.KindStage).live)))
	}
	if x.FacetWeights != nil {
		v.replaced(p, "facet-weights", x.FacetWeights, func(at func() place, k cxmodel.Key) {
			if !v.facets[k] {
				v.warn(at(), CodeUnusedWeight, "nothing is judged by a facet %q; the weight has no effect", clip.Text(k))
			}
		})
		v.facetSets(p, x)
	}
	v.usedWeights(p, x)
}

// maxPairs bounds the pairs of persona and list of facets that are looked at.
const maxPairs = 1_000_000

// facetSets checks the persona's weights in each list of facets that something is judged by.
func (v *validator) facetSets(p place, x *Persona) {
	if v.pairs += len(v.sets); v.pairs > maxPairs {
		return
	}
	at := p.at("facet-weights")
	partly, zero := false, false
	for _, set := range v.sets {
		listed, largest := 0, 0.
		for _, f := range set {
			if w, ok := x.FacetWeights[f.Key]; ok {
				listed, largest = listed+1, max(largest, w)
			}
		}
		if listed > 0 && largest == 0 && !zero && len(v.issues) < maxIssues {
			zero = true
			v.add(at, cxmodel.SeverityError, CodeZeroWeights, ErrWeight, "where something is judged by %s, this persona gives weight 0 to all; "+
				"give at least one a weight above 0", few(keysOf(set)))
		}
		if listed > 0 && listed < len(set) && !partly {
			partly = true
			v.warn(at, CodeUnsetWeights, "of %s only some have a weight, and the others take its mean; give all of them one, or none", few(keysOf(set)))
		}
	}
}

// few lists keys for a message.
func few(keys []cxmodel.Key) string {
	const shown = 8
	if len(keys) > shown {
		return fmt.Sprintf("%s and %d more", join(keys[:shown]), len(keys)-shown)
	}
	return join(keys)
}

func keysOf(fs []Facet) []cxmodel.Key {
	out := make([]cxmodel.Key, len(fs))
	for i, f := range fs {
		out[i] = f.Key
	}
	return out
}

// replaced checks the entries of a persona's weights, and returns the weights.
func (v *validator) replaced(p place, field string, weights map[cxmodel.Key]float64, check func(func() place, cxmodel.Key)) []*float64 {
	ws := make([]*float64, 0, len(weights))
	for _, k := range sortedKeys(weights) {
		at := func() place { return p.at(field, string(k)) }
		w := weights[k]
		if !(w >= 0) || math.IsInf(w, 1) {
			v.add(at(), cxmodel.SeverityError, CodeBadWeight, ErrWeight, "the weight is %v; a weight is 0 or more", w)
		}
		check(at, k)
		ws = append(ws, &w)
	}
	return ws
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
	var order []*Stage
	for _, k := range x.Touchpoints {
		if c, ok := v.contact[k]; ok && (c.touchpoint.Layer.Visible() || c.touchpoint.Weight != nil) {
			w := c.touchpoint.Weight
			if _, listed := sums[c.stage]; !listed {
				order = append(order, c.stage)
			}
			sums[c.stage] = sums[c.stage] || w == nil || *w > 0
		}
	}
	for _, s := range order {
		if !sums[s] {
			v.add(p.at("touchpoints"), cxmodel.SeverityError, CodeZeroWeights, ErrWeight,
				"of stage %q this persona uses only touchpoints of weight 0; give one of them a weight, or take them out here", clip.Text(s.Key))
		}
	}
}

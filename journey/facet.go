package journey

import "github.com/cxmodel/cxmodel"

// A Facet is a quality that a touchpoint is judged by. In a file a list of facets is written in any of four ways:
//
//	facets: experience                         # a named set
//	facets: [engagement, trust]                # sets and single facets
//	facets: {emotion: 0.3, convenience: 0.7}   # with weights
//	facets:
//	  - {key: calm, name: Peace and quiet}     # one's own
//
// A named set stays one Facet, so that a file is written back as it was read; [Journey.FacetsOf] and [ExpandFacets]
// give its members.
type Facet struct {
	Key         cxmodel.Key `json:"key" codec:"text"` // of a facet, or the name of a set
	Name        string      `json:"name,omitempty"`
	Description string      `json:"description,omitempty"`
	Weight      *float64    `json:"weight,omitempty"` // against the others; a set's weight is divided equally among its members
	cxmodel.Extra
}

// DefaultFacet is the one facet of a journey that names none.
const DefaultFacet cxmodel.Key = "overall"

// FacetSets returns the names of the sets: those that stand alone first, then those that are added to others.
func FacetSets() []cxmodel.Key {
	return []cxmodel.Key{"overall", "experience", "engagement", "clarity", "servqual", "value", "trust", "sustainability", "accessibility"}
}

// FacetSet returns the facets of a named set, without weights, and false if there is no such set.
//
//	overall         the whole, undivided
//	experience      outcome, convenience, emotion, personalization
//	engagement      emotion, convenience, personalization
//	clarity         communication, personalization, branding, navigation
//	servqual        reliability, assurance, tangibles, empathy, responsiveness
//	                (Parasuraman, Zeithaml and Berry 1988)
//	value, trust, sustainability, accessibility
//	                one facet each, to be added to a set
func FacetSet(name cxmodel.Key) ([]Facet, bool) {
	switch name {
	case "overall", "value", "trust", "sustainability", "accessibility":
		return facetsOf(name), true
	case "experience":
		return facetsOf("outcome", "convenience", "emotion", "personalization"), true
	case "engagement":
		return facetsOf("emotion", "convenience", "personalization"), true
	case "clarity":
		return facetsOf("communication", "personalization", "branding", "navigation"), true
	case "servqual":
		return facetsOf("reliability", "assurance", "tangibles", "empathy", "responsiveness"), true
	}
	return nil, false
}

func facetsOf(keys ...cxmodel.Key) []Facet {
	out := make([]Facet, len(keys))
	for i, k := range keys {
		out[i] = Facet{Key: k, Name: string(k[0]-'a'+'A') + string(k[1:])}
	}
	return out
}

// ExpandFacets returns facets with every named set replaced by its members, each with an equal part of the set's
// weight. A facet that comes twice is taken where it comes first; [Journey.Validate] reports it.
func ExpandFacets(facets []Facet) []Facet {
	out := make([]Facet, 0, len(facets))
	seen := make(map[cxmodel.Key]bool, len(facets))
	add := func(f Facet) {
		if !seen[f.Key] {
			seen[f.Key] = true
			out = append(out, f)
		}
	}
	for _, f := range facets {
		members, isSet := FacetSet(f.Key)
		if !isSet || len(members) == 1 {
			add(f)
			continue
		}
		for _, m := range members {
			if f.Weight != nil {
				m.Weight = new(*f.Weight / float64(len(members)))
			}
			add(m)
		}
	}
	return out
}

// FacetsOf returns the facets that a touchpoint is judged by, sets expanded: exactly those that it lists; if it lists
// none, its stage's, else the journey's, else the one facet "overall". A nil t is a stage without touchpoints.
func (j *Journey) FacetsOf(s *Stage, t *Touchpoint) []Facet {
	switch {
	case t != nil && len(t.Facets) > 0:
		return ExpandFacets(t.Facets)
	case s != nil && len(s.Facets) > 0:
		return ExpandFacets(s.Facets)
	case len(j.Facets) > 0:
		return ExpandFacets(j.Facets)
	}
	return facetsOf(DefaultFacet)
}

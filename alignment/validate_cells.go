package alignment

import (
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
)

// weights checks those of the journeys against each other, and that every persona can be assessed.
func (v *validator) weights() {
	set, unset := 0, 0
	for _, j := range v.m.Journeys {
		if j.Weight == nil {
			unset++
		} else {
			set++
		}
	}
	if set > 0 && unset > 0 {
		v.warn(cxmodel.Ref{}, "/journeys", CodeUnsetWeights, "%d of %d journeys have no weight; they count as the mean of the others", unset, set+unset)
	}
	personas := []cxmodel.Key{""}
	for _, j := range v.m.Journeys {
		for i := range j.Personas {
			personas = append(personas, j.Personas[i].Key)
		}
	}
	slices.Sort(personas)
	for _, p := range slices.Compact(personas) {
		if err := newCompiler(v.m, p).stages(); err != nil {
			ref := cxmodel.Ref{}
			if p != "" {
				ref = cxmodel.Ref{Kind: cxmodel.KindPersona, Key: p}
			}
			v.add(cxmodel.SeverityError, ref, v.m.journeyPath(0), CodeBadWeights, err, "%s", strings.TrimPrefix(err.Error(), "alignment: "))
		}
	}
}

// cells looks at the links where they meet.
func (v *validator) cells() {
	p, _, err := newCompiler(v.m, "").compile()
	if err != nil {
		return // reported by weights
	}
	warned := map[[2]int]bool{}
	pair := func(code string, a, b *term, format string, args ...any) {
		if !warned[[2]int{a.link, b.link}] {
			warned[[2]int{a.link, b.link}] = true
			v.warn(p.items[b.item].ref, v.m.linkPath(b.link), code, format, args...)
		}
	}
	for c := range p.cells {
		cell := &p.cells[c]
		needed, helped := -1, false
		for r := range cell.raters {
			rater := &cell.raters[r]
			type role struct {
				item     int
				required bool
			}
			first := map[role]*term{}
			rater.each(func(t *term, required bool) {
				if required {
					needed = t.link
				} else {
					helped = true
				}
				same, other := first[role{t.item, required}], first[role{t.item, !required}]
				switch {
				case same == nil:
					first[role{t.item, required}] = t
				case same.strength != t.strength:
					pair(CodeConflictingLinks, same, t, "%s has two strengths at %s (%s): %q and %q; the best counts for help, the worst for requirements",
						p.items[t.item].ref, cell.touchpoint, cell.facet, same.strength, t.strength)
				}
				if other != nil {
					pair(CodeBothRoles, other, t, "%s contributes to %s (%s) and is required there; both count", p.items[t.item].ref, cell.touchpoint, cell.facet)
				}
			})
		}
		if needed >= 0 && !helped {
			v.warn(cell.touchpoint, v.m.linkPath(needed), CodeNoContributor,
				"%s (%s) requires %s, but nothing delivers it; say what contributes, until then it is unrated", cell.touchpoint, cell.facet, v.m.Links[needed].Item)
		}
	}
}

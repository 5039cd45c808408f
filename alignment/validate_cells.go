package alignment

import (
	"errors"
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
	personas, touchpoints, listed := []cxmodel.Key{""}, 0, map[cxmodel.Key]int{}
	for _, j := range v.m.Journeys {
		for range j.AllTouchpoints() {
			touchpoints++
		}
		for i := range j.Personas {
			personas = append(personas, j.Personas[i].Key)
			listed[j.Personas[i].Key] += len(j.Personas[i].Touchpoints)
		}
	}
	slices.Sort(personas)
	left := 1_000_000 // looks at a touchpoint; a persona beyond them is for Assess to refuse
	for _, p := range slices.Compact(personas) {
		if left -= touchpoints * (1 + listed[p]); left < 0 && p != "" {
			break
		}
		c := &compiler{m: v.m, persona: p, names: v.names, p: &program{}}
		if err := c.stages(); err != nil {
			ref := cxmodel.Ref{}
			if p != "" {
				ref = cxmodel.Ref{Kind: cxmodel.KindPersona, Key: p}
			}
			code := CodeBadWeights
			if errors.Is(err, cxmodel.ErrLimit) {
				code = CodeTooManyCells
			}
			v.add(cxmodel.SeverityError, ref, v.m.journeyPath(0), code, err, "%s", strings.TrimPrefix(err.Error(), "alignment: "))
		}
	}
}

// cells looks at the links where they meet.
func (v *validator) cells() {
	p, _, err := v.names.compiler(v.m, "").compile()
	if err != nil {
		if errors.Is(err, cxmodel.ErrLimit) { // other errors are reported by weights
			v.add(cxmodel.SeverityError, cxmodel.Ref{}, "/links", CodeTooManyCells, err, "%s", strings.TrimPrefix(err.Error(), "alignment: "))
		}
		return
	}
	warned, deaf := map[[2]int]bool{}, map[int]bool{}
	pair := func(code string, a, b *term, format string, args ...any) {
		if !warned[[2]int{a.link, b.link}] {
			warned[[2]int{a.link, b.link}] = true
			v.warn(p.items[b.item].ref, v.m.linkPath(b.link), code, format, args...)
		}
	}
	for c := range p.cells {
		cell := &p.cells[c]
		var silent []int // links that require, of raters who say nothing of what delivers
		helped := false
		for r := range cell.raters {
			rater := &cell.raters[r]
			type role struct {
				item     int
				required bool
			}
			first := map[role]*term{}
			helped = helped || len(rater.helpers) > 0
			rater.each(func(t *term, required bool) {
				if required && len(rater.helpers) == 0 {
					silent = append(silent, t.link)
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
		if len(silent) > 0 && !helped {
			n := silent[len(silent)-1]
			v.warn(cell.touchpoint, v.m.linkPath(n), CodeNoContributor,
				"%s (%s) requires %s, but nothing delivers it; say what contributes, until then it is unrated", cell.touchpoint, cell.facet, v.m.Links[n].Item)
			continue
		}
		for _, n := range silent {
			if l := &v.m.Links[n]; !deaf[n] {
				deaf[n] = true
				v.warn(cell.touchpoint, v.m.linkPath(n), CodeNoContributor,
					"%s (%s) requires %s, but %s does not say what delivers it, so that this does not count beside the raters who do; write it under their names too",
					cell.touchpoint, cell.facet, l.Item, raterName(l.Rater))
			}
		}
	}
}

func raterName(k cxmodel.Key) string {
	if k == "" {
		return "the rater without a name"
	}
	return string(k)
}

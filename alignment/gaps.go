package alignment

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// Codes of the structural gaps of an [Assessment]: what journey and canvas do not have of each other. They are notes.
const (
	GapChannelNotInCanvas     = "channel-not-in-canvas"            // a touchpoint uses a channel that the canvas lacks
	GapChannelUnused          = "channel-without-touchpoint"       // no touchpoint uses a channel of the canvas
	GapChannelPhase           = "channel-phase-without-touchpoint" // a channel promises a phase in which nobody meets it
	GapSegmentWithoutPersona  = "segment-without-persona"          //
	GapPersonaWithoutSegment  = "persona-without-segment"          //
	GapRevenueWithoutPurchase = "revenue-without-purchase"         // money comes in, but no stage of the journey is about paying
	GapStageDeaf              = "stage-listens-nowhere"            // no touchpoint of the stage hears the customer
	GapNoOwner                = "owner-missing"                    //
	GapPainUnaddressed        = "pain-unaddressed"                 // no opportunity, initiative or reliever names a pain
)

// waive applies the model's waivers to its gaps, or to its other issues, and leaves out what is to be said of the waivers
// of the other kind.
func (m *Model) waive(issues cxmodel.Issues, gaps bool) cxmodel.Issues {
	out := issues.Waive(m.Waivers, m.AsOf)
	n := len(issues) // what Waive has to say of the waivers themselves follows
	return append(out[:n:n], slices.DeleteFunc(out[n:], func(i cxmodel.Issue) bool {
		var at int
		if _, err := fmt.Sscanf(i.Path, "/waivers/%d", &at); err != nil {
			return false
		}
		code := m.Waivers[at].Code
		return isGap(code) != gaps || code == GapNoOwner // which is waived by element, see owners
	})...)
}

func isGap(code string) bool {
	switch code {
	case GapChannelNotInCanvas, GapChannelUnused, GapChannelPhase, GapSegmentWithoutPersona, GapPersonaWithoutSegment,
		GapRevenueWithoutPurchase, GapStageDeaf, GapNoOwner, GapPainUnaddressed:
		return true
	}
	return false
}

type gapFinder struct {
	m    *Model
	gaps cxmodel.Issues
}

// structuralGaps compares journey and canvas by names alone; it needs no links.
func structuralGaps(m *Model) cxmodel.Issues {
	g := &gapFinder{m: m}
	if m.Canvas != nil {
		g.channels()
		g.segments()
		g.revenue()
	}
	g.listening()
	g.owners()
	g.pains()
	m.locate(g.gaps)
	return g.gaps
}

func (g *gapFinder) add(ref cxmodel.Ref, path, code, format string, args ...any) {
	g.gaps = append(g.gaps, cxmodel.Issue{Ref: ref, Path: path, Code: code, Severity: cxmodel.SeverityNote, Message: fmt.Sprintf(format, args...)})
}

// longestName is how many columns of a name messages show.
const longestName = 40

// titled calls an element by kind and name, for readers who do not know the keys: the channel "Phone".
func titled(ref cxmodel.Ref, name string) string {
	if name == "" {
		return ref.String()
	}
	return fmt.Sprintf("the %s %q", strings.ReplaceAll(string(ref.Kind), "-", " "), clip(name, longestName))
}

// eachStage calls f with every stage, its kind's phase known, and its path.
func (g *gapFinder) eachStage(f func(s *journey.Stage, path string)) {
	for i, j := range g.m.Journeys {
		for s := range j.Stages {
			f(&j.Stages[s], fmt.Sprintf("%s/stages/%d", g.m.journeyPath(i), s))
		}
	}
}

// channels compares the touchpoints' channels with the canvas's.
func (g *gapFinder) channels() {
	used := map[int][]*journey.Stage{} // by channel of the canvas
	missing := map[journey.Channel]bool{}
	g.eachStage(func(s *journey.Stage, path string) {
		for t := range s.Touchpoints {
			tp := &s.Touchpoints[t]
			if tp.Channel == "" {
				continue
			}
			at := slices.IndexFunc(g.m.Canvas.Channels, func(c canvas.Channel) bool { return meansChannel(&c, tp.Channel) })
			if at >= 0 {
				used[at] = append(used[at], s)
			} else if !missing[tp.Channel] {
				missing[tp.Channel] = true
				g.add(tp.Ref(), fmt.Sprintf("%s/touchpoints/%d/channel", path, t), GapChannelNotInCanvas,
					"%s uses the channel %q, which the canvas does not have; add it, or give a channel of the canvas that alias", titled(tp.Ref(), tp.Name), tp.Channel)
			}
		}
	})
	if len(used) == 0 && len(missing) == 0 {
		return // the journey says nothing of channels
	}
	for i := range g.m.Canvas.Channels {
		c := &g.m.Canvas.Channels[i]
		path := fmt.Sprintf("/canvas/channels/%d", i)
		if len(used[i]) == 0 {
			g.add(c.Ref(), path, GapChannelUnused, "no touchpoint uses %s", titled(c.Ref(), c.Name))
			continue
		}
		for _, phase := range c.Phases {
			if !slices.ContainsFunc(used[i], func(s *journey.Stage) bool { return servesPhase(s, phase) }) {
				g.add(c.Ref(), path, GapChannelPhase, "%s is meant for %s, but no touchpoint of such a stage uses it", titled(c.Ref(), c.Name), phase)
			}
		}
	}
}

// meansChannel reports whether a touchpoint's word means a channel of the canvas: by key, alias, medium or name.
func meansChannel(c *canvas.Channel, word journey.Channel) bool {
	key := cxmodel.KeyFrom(string(word))
	return key != "" && (c.Key == key || cxmodel.KeyFrom(c.Name) == key || cxmodel.Key(c.Medium) == key) ||
		slices.Contains(c.Aliases, string(word)) || slices.Contains(c.Formerly, key)
}

// servesPhase maps the five channel phases to the kinds of stage in which they take place.
func servesPhase(s *journey.Stage, p canvas.Phase) bool {
	switch p {
	case canvas.PhaseAwareness:
		return s.Kind == journey.KindNeed || s.Kind == journey.KindAwareness
	case canvas.PhaseEvaluation:
		return s.Kind == journey.KindConsideration || s.Kind == journey.KindArrangement
	case canvas.PhasePurchase:
		return s.Kind == journey.KindPurchase || s.Kind == journey.KindRenewal
	case canvas.PhaseDelivery:
		return s.Kind == journey.KindDelivery || s.Kind == journey.KindOnboarding || s.Kind == journey.KindUse
	case canvas.PhaseAfterSales:
		return s.Kind == journey.KindCare || s.Kind == journey.KindUse || s.Kind == journey.KindEvaluation || s.Kind == journey.KindLoyalty
	}
	return true
}

func (g *gapFinder) segments() {
	personas := map[cxmodel.Key]bool{}
	segments := map[cxmodel.Key]bool{}
	for i := range g.m.Canvas.Segments {
		segments[g.m.Canvas.Segments[i].Key] = true
	}
	for i, j := range g.m.Journeys {
		for p := range j.Personas {
			pe := &j.Personas[p]
			personas[pe.Segment] = true
			path := fmt.Sprintf("%s/personas/%d", g.m.journeyPath(i), p)
			switch {
			case pe.Segment == "":
				g.add(pe.Ref(), path, GapPersonaWithoutSegment, "%s stands for no segment of the canvas", titled(pe.Ref(), pe.Name))
			case !segments[pe.Segment]:
				g.add(pe.Ref(), path+"/segment", GapPersonaWithoutSegment, "%s stands for segment %q, which the canvas does not have", titled(pe.Ref(), pe.Name), pe.Segment)
			}
		}
	}
	for i := range g.m.Canvas.Segments {
		if s := &g.m.Canvas.Segments[i]; !personas[s.Key] {
			g.add(s.Ref(), fmt.Sprintf("/canvas/segments/%d", i), GapSegmentWithoutPersona, "no persona stands for %s", titled(s.Ref(), s.Name))
		}
	}
}

func (g *gapFinder) revenue() {
	pays := false
	g.eachStage(func(s *journey.Stage, _ string) {
		pays = pays || s.Kind == journey.KindPurchase || s.Kind == journey.KindRenewal
		for t := range s.Touchpoints {
			k := s.Touchpoints[t].Kind
			pays = pays || k == journey.TouchpointOrder || k == journey.TouchpointPayment
		}
	})
	for i := range g.m.Canvas.RevenueStreams {
		if r := &g.m.Canvas.RevenueStreams[i]; !pays {
			g.add(r.Ref(), fmt.Sprintf("/canvas/revenue-streams/%d", i), GapRevenueWithoutPurchase,
				"%s brings in money, but no stage of kind purchase or renewal and no touchpoint of kind order or payment takes it", titled(r.Ref(), r.Name))
		}
	}
}

func (g *gapFinder) listening() {
	g.eachStage(func(s *journey.Stage, path string) {
		asked := slices.ContainsFunc(s.Measures, func(m journey.Measure) bool { return m.Metric.Asked() })
		if len(s.Touchpoints) == 0 || asked {
			return
		}
		for t := range s.Touchpoints {
			if s.Touchpoints[t].HearsCustomer() {
				return
			}
		}
		g.add(s.Ref(), path, GapStageDeaf, "%s listens nowhere: no touchpoint with listens, a listening kind or a question", titled(s.Ref(), s.Name))
	})
}

// owners lists what nobody answers for, in one gap for the journeys and one for the canvas.
func (g *gapFinder) owners() {
	var places, items cxmodel.Issues
	names := map[cxmodel.Ref]string{}
	g.eachStage(func(s *journey.Stage, path string) {
		for t := range s.Touchpoints {
			if tp := &s.Touchpoints[t]; tp.Owner == "" && s.Owner == "" {
				names[tp.Ref()] = tp.Title()
				places = append(places, cxmodel.Issue{Ref: tp.Ref(), Code: GapNoOwner, Path: fmt.Sprintf("%s/touchpoints/%d", path, t)})
			}
		}
	})
	for e := range entries(g.m) {
		if e.Base().Owner == "" && e.Block() != canvas.CustomerSegments && e.Block() != canvas.RevenueStreams && e.Block() != canvas.CostStructure {
			names[e.Ref()] = cmp.Or(e.Base().Name, string(e.Base().Key))
			items = append(items, cxmodel.Issue{Ref: e.Ref(), Code: GapNoOwner, Path: "/canvas"})
		}
	}
	say := func(what string, all cxmodel.Issues) {
		var unowned []string
		first := ""
		for _, i := range all.Waive(g.m.Waivers, g.m.AsOf)[:len(all)] { // what follows is about the waivers themselves
			if i.Waived == "" {
				unowned = append(unowned, strconv.Quote(clip(names[i.Ref], longestName)))
				first = cmp.Or(first, i.Path)
			}
		}
		if len(unowned) > 0 {
			g.add(cxmodel.Ref{}, first, GapNoOwner, "%s without an owner: %s", count(len(unowned), what), listed(unowned))
		}
	}
	say("touchpoint", places)
	say("canvas item", items)
}

// listed joins the first names of a list and counts the rest.
func listed(names []string) string {
	const shown = 6
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
}

// addressed returns the keys of the pains that an opportunity, an initiative or a reliever of the canvas names.
func (m *Model) addressed() map[cxmodel.Key]bool {
	out := map[cxmodel.Key]bool{}
	add := func(keys []cxmodel.Key) {
		for _, k := range keys {
			out[k] = k != ""
		}
	}
	for _, n := range m.Initiatives {
		add(n.Addresses)
	}
	if m.Canvas != nil {
		for i := range m.Canvas.Propositions {
			for _, r := range m.Canvas.Propositions[i].Relievers {
				add(r.Pains)
			}
		}
	}
	for _, j := range m.Journeys {
		for _, t := range j.AllTouchpoints() {
			for _, o := range t.Opportunities {
				add(o.Addresses)
			}
		}
	}
	return out
}

func (g *gapFinder) pains() {
	addressed := g.m.addressed()
	g.eachStage(func(s *journey.Stage, path string) {
		for t := range s.Touchpoints {
			tp := &s.Touchpoints[t]
			for i := range tp.Pains {
				if pain := &tp.Pains[i]; !addressed[pain.Key] {
					g.add(tp.Ref(), fmt.Sprintf("%s/touchpoints/%d/pains/%d", path, t, i), GapPainUnaddressed,
						"nobody works on the pain %q at %s", pain.Text, titled(tp.Ref(), tp.Name))
				}
			}
		}
	})
}

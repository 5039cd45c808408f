package journey

import (
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/codec"
)

func (v *validator) journey() {
	j := v.j
	p := place{ref: j.Ref()}
	v.identity(p, cxmodel.KindJourney, j.Key, j.Name, false, j.Formerly, j.Aliases)
	v.member(p, "state", j.State.MarshalText)
	v.member(p, "basis", j.Basis.MarshalText)
	v.date(func() place { return p.at("as-of") }, j.AsOf)
	v.weight(p, j.Weight)
	if j.Preset != "" && !isPreset(j.Preset) {
		cure := "use one of " + strings.Join(Presets(), ", ")
		if guess := codec.Nearest(j.Preset, Presets()); guess != "" {
			cure = fmt.Sprintf("did you mean %q?", guess)
		}
		v.err(p.at("preset"), CodeUnknownPreset, "there is no preset %q; %s", clip.Text(j.Preset), cure)
	}
	v.collectFacets()
	for i := range j.Personas {
		v.persona(place{p.ref, "/personas/" + itoa(i)}, &j.Personas[i])
	}
	v.facetList(p, j.Facets)
	v.measures(p, j.Measures)
	for i := range j.Lanes {
		l := &j.Lanes[i]
		v.identity(place{p.ref, "/lanes/" + itoa(i)}.of(cxmodel.Ref{Kind: LaneKind, Key: l.Key}), LaneKind, l.Key, l.Name, true, nil, nil)
	}
	switch {
	case len(j.Stages) > 0:
	case isPreset(j.Preset):
		v.err(p.at("stages"), CodeNoStages, "the stages of the preset %q are not put in; call ApplyPreset", j.Preset)
	default:
		v.err(p.at("stages"), CodeNoStages, "the journey has no stage; write its stages, or name a preset: %s", strings.Join(Presets(), ", "))
	}
	v.weights(p.at("stages"), "stages", stageWeights(j.Stages), len(j.Stages))
	for i := range j.Stages {
		v.stage(place{p.ref, "/stages/" + itoa(i)}, &j.Stages[i])
	}
}

func (v *validator) persona(p place, x *Persona) {
	p = p.of(x.Ref())
	v.identity(p, cxmodel.KindPersona, x.Key, x.Name, true, x.Formerly, x.Aliases)
	v.named(p, "persona", x.Key, x.Name)
	if x.Segment != "" && !x.Segment.Valid() {
		v.add(p.at("segment"), cxmodel.SeverityError, CodeMalformedKey, x.Segment.Check(), "%v", x.Segment.Check())
	}
	within(v, p, "share", x.Share, 0, 1)
	v.count(p, "size", x.Size)
	seen := map[Channel]bool{}
	for i, c := range x.PreferredChannels {
		at := func() place { return p.at("preferred-channels", i) }
		v.word(at, "channel", string(c))
		if seen[c] {
			v.warn(at(), CodeTwice, "the channel %q stands here twice; remove one", clip.Text(c))
		}
		seen[c] = true
	}
	v.keys(p, "touchpoints", x.Touchpoints, func(at func() place, k cxmodel.Key) { v.reference(at, cxmodel.KindTouchpoint, k) })
	v.personaWeights(p, x)
	v.evidence(p, x.Evidence)
}

func (v *validator) stage(p place, s *Stage) {
	p = p.of(s.Ref())
	v.identity(p, cxmodel.KindStage, s.Key, s.Name, true, s.Formerly, s.Aliases)
	v.named(p, "stage", s.Key, s.Name)
	v.member(p, "phase", s.Phase.MarshalText)
	if s.Kind != "" && s.EffectivePhase() == PhaseUnspecified {
		v.unknownKind(p.at("kind"), s.Kind)
	} else {
		v.word(func() place { return p.at("kind") }, "kind of stage", string(s.Kind))
	}
	v.weight(p, s.Weight)
	v.facetList(p, s.Facets)
	v.measures(p, s.Measures)
	ws := touchpointWeights(s)
	v.weights(p.at("touchpoints"), "touchpoints", ws, len(ws))
	for i := range s.Touchpoints {
		v.touchpoint(place{p.ref, p.path + "/touchpoints/" + itoa(i)}, &s.Touchpoints[i])
	}
	v.transitions(p, cxmodel.KindStage, s.Next)
	v.evidence(p, s.Evidence)
}

func (v *validator) unknownKind(p place, k Kind) {
	known := join(Kinds())
	if guess := codec.Nearest(string(k), words(Kinds())); guess != "" {
		known = fmt.Sprintf("perhaps %q", guess)
	}
	v.warn(p, CodeUnknownKind, "%q is no kind of stage that the library knows (%s); beside a kind of your own write its phase: pre-sale, sale or post-sale",
		clip.Text(k), known)
}

func (v *validator) touchpoint(p place, t *Touchpoint) {
	p = p.of(t.Ref())
	v.identity(p, cxmodel.KindTouchpoint, t.Key, t.Name, true, t.Formerly, t.Aliases)
	v.named(p, "touchpoint", t.Key, t.Name)
	v.word(func() place { return p.at("kind") }, "kind of touchpoint", string(t.Kind))
	v.word(func() place { return p.at("channel") }, "channel", string(t.Channel))
	v.member(p, "layer", t.Layer.MarshalText)
	v.member(p, "moment", t.Moment.MarshalText)
	for i, m := range t.Messages {
		v.text(p.at("messages", i), "message", m.Text)
		v.keys(p.at("messages", i), "personas", m.Personas, func(at func() place, k cxmodel.Key) { v.reference(at, cxmodel.KindPersona, k) })
		v.keys(p.at("messages", i), "segments", m.Segments, nil)
	}
	if s := t.Standard; s != nil {
		at := p.at("standard")
		v.text(at, "standard", s.Text)
		v.finite(at, "target", s.Target)
		within(v, at, "compliance", s.Compliance, 0, 1)
		within(v, at, "goal", s.Goal, 0, 1)
		v.evidence(at, s.Evidence)
	}
	for i := range t.Actors {
		v.member(p.at("actors", i), "role", t.Actors[i].Role.MarshalText)
	}
	v.weight(p, t.Weight)
	v.facetList(p, t.Facets)
	within(v, p, "sentiment", t.Sentiment, -2, 2)
	v.emotions(p, t.Emotions)
	v.annotations(p, t)
	v.measures(p, t.Measures)
	v.transitions(p, cxmodel.KindTouchpoint, t.Next)
	if h := t.HandOff; h != nil {
		v.member(p.at("hand-off"), "state", h.State.MarshalText)
		if h.To != "" {
			v.reference(func() place { return p.at("hand-off", "to") }, cxmodel.KindTouchpoint, h.To)
		}
	}
	for _, k := range sortedKeys(t.Lanes) {
		if _, ok := v.names(LaneKind).live[k]; !ok {
			v.err(p.at("lanes", string(k)), CodeUnknownLane, "the journey has no lane %q; add it to the journey's lanes", clip.Text(k))
		}
	}
	if t.SubJourney != "" && !t.SubJourney.Valid() {
		v.add(p.at("sub-journey"), cxmodel.SeverityError, CodeMalformedKey, t.SubJourney.Check(), "%v", t.SubJourney.Check())
	}
	v.evidence(p, t.Evidence)
}

func (v *validator) emotions(p place, es []Emotion) {
	seen := make(map[EmotionTag]bool, len(es))
	for i, e := range es {
		at := p.at("emotions", i)
		v.word(func() place { return at }, "feeling", string(e.Tag))
		switch {
		case e.Tag == "":
			v.err(at, CodeMissingText, "this feeling has no tag; write one, such as %q", EmotionAnxiety)
		case seen[e.Tag]:
			v.warn(at, CodeTwice, "the feeling %q stands here twice; remove one", clip.Text(e.Tag))
		}
		seen[e.Tag] = true
		within(v, at, "before", e.Before, 0, 1)
		within(v, at, "after", e.After, 0, 1)
		v.evidence(at, e.Evidence)
	}
}

func (v *validator) annotations(p place, t *Touchpoint) {
	for i, x := range t.Pains {
		at := place{p.ref, p.path + "/pains/" + itoa(i)}.of(cxmodel.Ref{Kind: PainKind, Key: x.Key})
		v.identity(at, PainKind, x.Key, x.Text, false, x.Formerly, nil)
		v.text(at, "pain", x.Text)
		within(v, at, "severity", x.Severity, 0, 1)
		within(v, at, "reach", x.Reach, 0, 1)
		v.count(at, "count", x.Count)
		v.evidence(at, x.Evidence)
	}
	for i, x := range t.Delights {
		at := place{p.ref, p.path + "/delights/" + itoa(i)}.of(cxmodel.Ref{Kind: DelightKind, Key: x.Key})
		v.identity(at, DelightKind, x.Key, x.Text, false, x.Formerly, nil)
		v.text(at, "delight", x.Text)
		within(v, at, "strength", x.Strength, 0, 1)
		within(v, at, "reach", x.Reach, 0, 1)
		v.count(at, "count", x.Count)
		v.evidence(at, x.Evidence)
	}
	for i, x := range t.Opportunities {
		at := place{p.ref, p.path + "/opportunities/" + itoa(i)}.of(cxmodel.Ref{Kind: OpportunityKind, Key: x.Key})
		v.identity(at, OpportunityKind, x.Key, x.Text, false, x.Formerly, nil)
		v.text(at, "opportunity", x.Text)
		v.keys(at, "addresses", x.Addresses, func(p func() place, k cxmodel.Key) { v.reference(p, PainKind, k) })
		within(v, at, "impact", x.Impact, 0, 1)
		within(v, at, "effort", x.Effort, 0, 1)
		within(v, at, "reach", x.Reach, 0, 1)
		within(v, at, "importance", x.Importance, 0, 10)
		within(v, at, "satisfaction", x.Satisfaction, 0, 10)
		v.count(at, "count", x.Count)
		v.evidence(at, x.Evidence)
	}
}

func (v *validator) transitions(p place, from cxmodel.Kind, next []Transition) {
	seen := make(map[cxmodel.Ref]bool, len(next))
	sum := 0.
	for i, n := range next {
		at := func() place { return p.at("next", i, "to") }
		to, ok := resolve(from, n.To, func(r cxmodel.Ref) bool { return v.names(r.Kind).live[r.Key] != "" })
		switch {
		case !ok && n.To.Kind != "" && n.To.Kind != cxmodel.KindStage && n.To.Kind != cxmodel.KindTouchpoint:
			v.err(at(), CodeDangling, "%q is neither a stage nor a touchpoint; write stage/key or touchpoint/key", clip.Text(n.To.String()))
		case !ok && n.To.Kind != "":
			v.reference(at, n.To.Kind, n.To.Key)
		case !ok:
			v.err(at(), CodeDangling, "there is neither a stage nor a touchpoint %q%s", clip.Text(n.To.Key), v.known(from, n.To.Key))
		case seen[to] && n.When == "":
			v.warn(at(), CodeTwice, "%q follows twice; say when, or remove one", to)
		}
		seen[to] = ok
		within(v, place{p.ref, p.path + "/next/" + itoa(i)}, "share", n.Share, 0, 1)
		if n.Share != nil {
			sum += *n.Share
		}
	}
	if sum > 1+1e-9 {
		v.err(p.at("next"), CodeOutOfRange, "the shares of what follows add up to %.4g; together they are at most 1", sum)
	}
}

func (v *validator) named(p place, what string, key cxmodel.Key, name string) {
	if name == "" && key != "" {
		v.note(p, CodeMissingName, "this %s shows its key %q for want of a name", what, clip.Text(key))
	}
}

func (v *validator) text(p place, what, text string) {
	if strings.TrimSpace(text) == "" {
		v.err(p.at("text"), CodeMissingText, "this %s says nothing; write its text", what)
	}
}

package journey

import "github.com/cxmodel/cxmodel"

// Kinds of reference to what only journeys have, beside those of package cxmodel.
const (
	PainKind        cxmodel.Kind = "pain"
	DelightKind     cxmodel.Kind = "delight"
	OpportunityKind cxmodel.Kind = "opportunity"
	LaneKind        cxmodel.Kind = "lane"
)

// Ref returns the reference to the journey; zero if it has no key.
func (j *Journey) Ref() cxmodel.Ref { return refOf(cxmodel.KindJourney, j.Key) }

// Ref returns the reference to the stage.
func (s *Stage) Ref() cxmodel.Ref { return refOf(cxmodel.KindStage, s.Key) }

// Ref returns the reference to the touchpoint.
func (t *Touchpoint) Ref() cxmodel.Ref { return refOf(cxmodel.KindTouchpoint, t.Key) }

// Ref returns the reference to the persona.
func (p *Persona) Ref() cxmodel.Ref { return refOf(cxmodel.KindPersona, p.Key) }

// Ref returns the reference to the measure.
func (m *Measure) Ref() cxmodel.Ref { return refOf(cxmodel.KindMeasure, m.Key) }

func refOf(kind cxmodel.Kind, key cxmodel.Key) cxmodel.Ref {
	if key == "" {
		return cxmodel.Ref{}
	}
	return cxmodel.Ref{Kind: kind, Key: key}
}

package journey

import "github.com/cxmodel/cxmodel"

// A PhaseSummary is what a journey comes to in one phase.
type PhaseSummary struct {
	Phase         Phase         `json:"phase,omitempty"`
	Stages        []cxmodel.Key `json:"stages"`
	Share         float64       `json:"share"`       // how much its stages count, in [0, 1]; see [Journey.StageShares]
	Touchpoints   int           `json:"touchpoints"` // those that customers see
	Moments       int           `json:"moments"`     // of truth
	Pains         int           `json:"pains"`
	Delights      int           `json:"delights"`
	Opportunities int           `json:"opportunities"`
	Sentiment     Index         `json:"sentiment"` // mean of the touchpoints that customers see
}

// PhaseSummaries are the phases of a journey.
type PhaseSummaries []PhaseSummary

// Phases rolls the journey up to pre-sale, sale and post-sale, in this order; stages without a phase follow as
// PhaseUnspecified, if there are any. A persona's weights and touchpoints take the place of the journey's; nil takes
// the journey as it is. The errors are those of [Shares].
func (j *Journey) Phases(p *Persona) (PhaseSummaries, error) {
	shares, err := j.StageShares(p)
	if err != nil {
		return nil, err
	}
	out := PhaseSummaries{{Phase: PhasePreSale}, {Phase: PhaseSale}, {Phase: PhasePostSale}, {Phase: PhaseUnspecified}}
	curves := make([]Curve, len(out))
	index := func(s *Stage) int {
		if phase := s.EffectivePhase(); phase >= PhasePreSale && phase <= PhasePostSale {
			return int(phase - PhasePreSale)
		}
		return len(out) - 1
	}
	for i := range j.Stages {
		s := &j.Stages[i]
		x := &out[index(s)]
		x.Stages = append(x.Stages, s.Key)
		x.Share += shares[i]
		for k := range s.Touchpoints {
			t := &s.Touchpoints[k]
			if !p.Uses(t.Key) {
				continue
			}
			x.Pains += len(t.Pains)
			x.Delights += len(t.Delights)
			x.Opportunities += len(t.Opportunities)
			if t.Moment != MomentUnspecified {
				x.Moments++
			}
			if point, ok := curvePoint(s, t); ok {
				x.Touchpoints++
				curves[index(s)].Points = append(curves[index(s)].Points, point)
			}
		}
	}
	for i := range out {
		out[i].Sentiment = curves[i].MeanIndex()
	}
	if len(out[3].Stages) == 0 {
		out = out[:3]
	}
	return out, nil
}

package journey

import (
	"slices"

	"github.com/cxmodel/cxmodel"
)

// A ChannelFit compares the channels that a persona prefers with those that the journey offers it.
type ChannelFit struct {
	Persona cxmodel.Key `json:"persona"`
	Offered []Channel   `json:"offered,omitempty"` // preferred channels that some touchpoint of the persona is on, the most preferred first
	Lacking []Channel   `json:"lacking,omitempty"` // preferred channels that none of them is on
	// Forced are the stages that the persona can go through only on channels that it does not prefer. Stages that
	// do not name all their channels are left out: what is not known is no fault.
	Forced []cxmodel.Key `json:"forced,omitempty"`
}

// ChannelFits are the comparisons of a journey's personas.
type ChannelFits []ChannelFit

// ChannelFits returns the comparison for every persona that prefers a channel, in the order of the document. Only
// touchpoints that customers see take part.
func (j *Journey) ChannelFits() ChannelFits {
	var out ChannelFits
	for i := range j.Personas {
		p := &j.Personas[i]
		if len(p.PreferredChannels) == 0 {
			continue
		}
		fit := ChannelFit{Persona: p.Key}
		offered := map[Channel]bool{}
		for k := range j.Stages {
			s := &j.Stages[k]
			met, known, open := 0, 0, 0
			for n := range s.Touchpoints {
				t := &s.Touchpoints[n]
				switch {
				case !t.Layer.Visible() || !p.Uses(t.Key):
				case t.Channel == "":
					open++
				default:
					offered[t.Channel] = true
					known++
					if slices.Contains(p.PreferredChannels, t.Channel) {
						met++
					}
				}
			}
			if known > 0 && open == 0 && met == 0 {
				fit.Forced = append(fit.Forced, s.Key)
			}
		}
		for _, c := range p.PreferredChannels {
			if offered[c] {
				fit.Offered = append(fit.Offered, c)
			} else {
				fit.Lacking = append(fit.Lacking, c)
			}
		}
		out = append(out, fit)
	}
	return out
}

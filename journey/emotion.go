package journey

import (
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// An EmotionTag names a feeling. The vocabulary is open.
type EmotionTag string

// Feelings that service research asks for most.
const (
	EmotionAnxiety     EmotionTag = "anxiety"
	EmotionTrust       EmotionTag = "trust"
	EmotionJoy         EmotionTag = "joy"
	EmotionSurprise    EmotionTag = "surprise"
	EmotionRelief      EmotionTag = "relief"
	EmotionPride       EmotionTag = "pride"
	EmotionConfusion   EmotionTag = "confusion"
	EmotionFrustration EmotionTag = "frustration"
	EmotionAnger       EmotionTag = "anger"
	EmotionBoredom     EmotionTag = "boredom"
)

// An Emotion is how strongly customers feel something before and after a touchpoint. In a file:
//
//	emotions:
//	  anxiety: {before: high, after: low}
//	  relief: 0.6 # after it; before is not known
type Emotion struct {
	Tag      EmotionTag         `json:"tag" codec:"text"`
	Before   *Degree            `json:"before,omitempty"`
	After    *Degree            `json:"after,omitempty"`
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	cxmodel.Extra
}

// Change returns After - Before, in [-1, 1]; NaN unless both are known.
func (e Emotion) Change() float64 {
	if e.Before == nil || e.After == nil {
		return math.NaN()
	}
	return float64(*e.After - *e.Before)
}

// An EmotionShift is how a feeling changes over the touchpoints that tell of it.
type EmotionShift struct {
	Tag         EmotionTag `json:"tag"`
	Before      float64    `json:"before"`      // mean over the touchpoints that know both, in [0, 1]; NaN if there is none
	After       float64    `json:"after"`       // the same, after them
	Touchpoints int        `json:"touchpoints"` // that know both
	Missing     int        `json:"missing"`     // that name the feeling and lack one of the two
}

// MarshalJSON implements [json.Marshaler]; a value that is not known is null.
func (s EmotionShift) MarshalJSON() ([]byte, error) { return nanjson.Marshal(s) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (s *EmotionShift) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, s) }

// EmotionShifts are the shifts of a journey.
type EmotionShifts []EmotionShift

// EmotionShifts returns the change of every feeling over the touchpoints that the persona uses, all for a nil persona,
// in the order in which the document first names them.
func (j *Journey) EmotionShifts(p *Persona) EmotionShifts {
	var out EmotionShifts
	at := map[EmotionTag]int{}
	for _, t := range j.AllTouchpoints() {
		if !p.Uses(t.Key) {
			continue
		}
		for _, e := range t.Emotions {
			i, ok := at[e.Tag]
			if !ok {
				i = len(out)
				at[e.Tag] = i
				out = append(out, EmotionShift{Tag: e.Tag})
			}
			if e.Before == nil || e.After == nil {
				out[i].Missing++
				continue
			}
			out[i].Before += float64(*e.Before)
			out[i].After += float64(*e.After)
			out[i].Touchpoints++
		}
	}
	for i := range out {
		out[i].Before /= float64(out[i].Touchpoints) // 0/0 is NaN
		out[i].After /= float64(out[i].Touchpoints)
	}
	return out
}

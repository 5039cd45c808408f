package journey

import (
	"math"

	"github.com/cxmodel/cxmodel"
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

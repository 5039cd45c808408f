package journey

import (
	"errors"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
)

// ErrWeight is wrapped by every error about weights that cannot be used.
var ErrWeight = errors.New("unusable weights")

// Shares returns weights as parts of a whole, in their order; they sum to 1. If none is set all are equal; an unset
// one among set ones is their mean. Zero is legal. A weight that is negative, infinite or NaN, and weights that are
// all zero, give an error that wraps [ErrWeight]. No weights give no shares.
func Shares(weights []*float64) ([]float64, error) {
	largest, set := 0., 0
	for i, w := range weights {
		if w == nil {
			continue
		}
		if !(*w >= 0) || math.IsInf(*w, 1) {
			return nil, fmt.Errorf("journey: %w: number %d is %v; a weight is 0 or more", ErrWeight, i+1, *w)
		}
		largest, set = max(largest, *w), set+1
	}
	if largest == 0 && set > 0 {
		return nil, fmt.Errorf("journey: %w: all of them are 0; give at least one a weight above 0, or none any", ErrWeight)
	}
	out := make([]float64, len(weights))
	sum := 0.
	for i, w := range weights {
		if w != nil {
			out[i] = *w / largest // so that neither sum nor quotient leaves the range of float64
			sum += out[i]
		}
	}
	unset := 1.
	if set > 0 {
		unset = sum / float64(set)
	}
	for i, w := range weights {
		if w == nil {
			out[i] = unset
		}
	}
	total := sum + unset*float64(len(weights)-set)
	for i := range out {
		out[i] /= total
	}
	return out, nil
}

// StageShares returns how much each stage counts; they sum to 1. A persona's stage weights replace those of the
// stages; a nil persona, and one without, leaves them as they are. The errors are those of [Shares].
func (j *Journey) StageShares(p *Persona) ([]float64, error) {
	weights := make([]*float64, len(j.Stages))
	for i := range j.Stages {
		weights[i] = j.Stages[i].Weight
		if p != nil && p.StageWeights != nil {
			weights[i] = lookupWeight(p.StageWeights, j.Stages[i].Key)
		}
	}
	return Shares(weights)
}

// TouchpointShares returns how much each touchpoint of the stage counts; they sum to 1. A touchpoint that customers
// do not see (see [Layer.Visible]) counts 0 unless it has a weight, and one that the persona does not use counts 0.
// The result is nil where no touchpoint is left: the stage then counts as one touchpoint of its own, unless the
// persona uses none of those that it has. The errors are those of [Shares].
func (s *Stage) TouchpointShares(p *Persona) ([]float64, error) {
	var weights []*float64
	var at []int
	for i := range s.Touchpoints {
		t := &s.Touchpoints[i]
		if (t.Weight != nil || t.Layer.Visible()) && p.Uses(t.Key) {
			weights, at = append(weights, t.Weight), append(at, i)
		}
	}
	if len(weights) == 0 {
		return nil, nil
	}
	shares, err := Shares(weights)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(s.Touchpoints))
	for i, n := range at {
		out[n] = shares[i]
	}
	return out, nil
}

// FacetShares returns how much each of the facets counts, as [Journey.FacetsOf] gives them; they sum to 1. A
// persona's facet weights replace those of the facets. The errors are those of [Shares].
func FacetShares(facets []Facet, p *Persona) ([]float64, error) {
	weights := make([]*float64, len(facets))
	for i, f := range facets {
		weights[i] = f.Weight
		if p != nil && p.FacetWeights != nil {
			weights[i] = lookupWeight(p.FacetWeights, f.Key)
		}
	}
	return Shares(weights)
}

func lookupWeight(weights map[cxmodel.Key]float64, k cxmodel.Key) *float64 {
	w, ok := weights[k]
	if !ok {
		return nil
	}
	return &w
}

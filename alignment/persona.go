package alignment

import (
	"context"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A PersonaTable compares personas by stage.
type PersonaTable struct {
	Stages []cxmodel.Ref `json:"stages"` // all stages of the model
	Names  []string      `json:"names"`  // of the stages
	Rows   []PersonaRow  `json:"rows"`
}

// MarshalJSON writes the table; numbers that are not available are null.
func (t PersonaTable) MarshalJSON() ([]byte, error) { return nanjson.Marshal(t) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (t *PersonaTable) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, t) }

// A PersonaRow is the assessment with the weights of one persona; NaN where a stage is not on its way.
type PersonaRow struct {
	Persona    cxmodel.Key `json:"persona"`
	Name       string      `json:"name"`
	Total      float64     `json:"total"`
	Weights    []float64   `json:"weights"`     // by stage, share of the total
	Delivered  []float64   `json:"delivered"`   // by stage
	PointsLost []float64   `json:"points-lost"` // by stage
}

// MarshalJSON writes null for a number that is not available.
func (r PersonaRow) MarshalJSON() ([]byte, error) { return nanjson.Marshal(r) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (r *PersonaRow) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, r) }

// Personas assesses the model once for every persona of its journeys.
func Personas(ctx context.Context, m *Model, opts *Options) (*PersonaTable, error) {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if err := m.Validate().Err(); err != nil {
		return nil, fmt.Errorf("alignment: the model cannot be assessed: %w", err)
	}
	t := &PersonaTable{}
	at := map[cxmodel.Ref]int{}
	for _, j := range m.Journeys {
		for i := range j.Stages {
			at[j.Stages[i].Ref()] = len(t.Stages)
			t.Stages, t.Names = append(t.Stages, j.Stages[i].Ref()), append(t.Names, j.Stages[i].Name)
		}
	}
	seen := map[cxmodel.Key]bool{}
	for _, j := range m.Journeys {
		for i := range j.Personas {
			p := &j.Personas[i]
			if seen[p.Key] {
				continue
			}
			seen[p.Key] = true
			o.Persona = p.Key
			a, err := Assess(ctx, m, &o)
			if err != nil {
				return nil, fmt.Errorf("persona %q: %w", p.Key, err)
			}
			row := PersonaRow{Persona: p.Key, Name: p.Name, Total: a.Total.Delivered,
				Weights: nans(len(t.Stages)), Delivered: nans(len(t.Stages)), PointsLost: nans(len(t.Stages))}
			for _, s := range a.Stages {
				n := at[s.Ref]
				row.Weights[n], row.Delivered[n], row.PointsLost[n] = s.Weight, s.Support.Delivered, s.PointsLost
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t, nil
}

func nans(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}

package journey

import (
	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// A Journey is the path that customers take for one purpose, as the business sees it or wants it.
// A literal builds one, and [Journey.Validate] says what is wrong with it.
type Journey struct {
	ID          uuid.UUID     `json:"id,omitzero"`   // optional; see [cxmodel.ElementID]
	Key         cxmodel.Key   `json:"key,omitempty"` // needed where a model has several journeys
	Name        string        `json:"name,omitempty"`
	Description string        `json:"description,omitempty"`
	Version     string        `json:"version,omitempty"`  // the author's own, such as "2026-Q4"
	State       State         `json:"state,omitempty"`    // as-is or to-be
	Basis       Basis         `json:"basis,omitempty"`    // assumed or researched
	Scenario    string        `json:"scenario,omitempty"` // who comes, and what for
	Purpose     string        `json:"purpose,omitempty"`  // what this map is made for
	AsOf        cxmodel.Date  `json:"as-of,omitzero"`     // the day that it describes
	Owner       string        `json:"owner,omitempty"`    // who answers for the journey as a whole
	Weight      *float64      `json:"weight,omitempty"`   // against the model's other journeys; see [Shares]
	Preset      string        `json:"preset,omitempty"`   // stands for Stages where they are left out; see [Journey.ApplyPreset]
	Personas    []Persona     `json:"personas,omitempty"`
	Facets      []Facet       `json:"facets,omitempty" codec:"keyed=Weight"`
	Measures    []Measure     `json:"measures,omitempty"` // questions about the journey or the whole relationship
	Lanes       []Lane        `json:"lanes,omitempty"`    // rows of the map that the library has no field for
	Stages      []Stage       `json:"stages,omitempty"`   // in the customer's order
	Aliases     []string      `json:"aliases,omitempty"`  // codes of other systems
	Formerly    []cxmodel.Key `json:"formerly,omitempty"` // keys it had before
	cxmodel.Extra

	origin *codec.Origin
}

// A Lane is a row of the map that the library has no field for, such as "legal". Touchpoints fill it by its key.
type Lane struct {
	Key         cxmodel.Key `json:"key" codec:"text"`
	Name        string      `json:"name,omitempty"`
	Description string      `json:"description,omitempty"`
	cxmodel.Extra
}

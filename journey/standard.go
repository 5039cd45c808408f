package journey

import "github.com/cxmodel/cxmodel"

// A Standard is what the business promises itself to keep at a touchpoint: "answer within 2 hours". In a file a lone
// text stands for it.
type Standard struct {
	Text       string             `json:"text" codec:"text"`
	Target     *float64           `json:"target,omitempty"`     // in Unit
	Unit       string             `json:"unit,omitempty"`       // "minutes", "days"
	Compliance *float64           `json:"compliance,omitempty"` // share of contacts that keep it, in [0, 1]
	Goal       *float64           `json:"goal,omitempty"`       // share that ought to keep it, in [0, 1]
	Evidence   []cxmodel.Evidence `json:"evidence,omitempty"`
	cxmodel.Extra
}

package canvas

import (
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/internal/deep"
)

// A Canvas is a business model in nine blocks. Its zero value is an empty canvas.
type Canvas struct {
	ID          uuid.UUID    `json:"id,omitzero"` // optional; see cxmodel.ElementID
	Name        string       `json:"name,omitempty"`
	Description string       `json:"description,omitempty"`
	Version     string       `json:"version,omitempty"`
	AsOf        cxmodel.Date `json:"as-of,omitzero"`       // the day that the canvas describes
	Currency    string       `json:"currency,omitempty"`   // of all amounts, ISO 4217; empty: whichever they share
	CostFocus   CostFocus    `json:"cost-focus,omitempty"` // what the model is built around

	Segments       []Segment       `json:"segments,omitempty"`
	Propositions   []Proposition   `json:"propositions,omitempty"`
	Channels       []Channel       `json:"channels,omitempty"`
	Relationships  []Relationship  `json:"relationships,omitempty"`
	RevenueStreams []RevenueStream `json:"revenue-streams,omitempty"`
	Resources      []Resource      `json:"resources,omitempty"`
	Activities     []Activity      `json:"activities,omitempty"`
	Partnerships   []Partnership   `json:"partnerships,omitempty"`
	Costs          []Cost          `json:"costs,omitempty"`

	cxmodel.Extra

	origin *codec.Origin
}

// Clone returns a deep copy. It remembers the file that c was decoded from, as c does.
func (c *Canvas) Clone() *Canvas { return deep.Copy(c) }

// Decode reads a canvas from YAML or JSON. What does not fit is listed in the Issues, with line, column and cure, and
// the rest is returned; the error means that nothing could be read. Decode checks the form only: call
// [Canvas.Validate] for the content. Nil options are the defaults.
func Decode(r io.Reader, opts *cxmodel.DecodeOptions) (*Canvas, cxmodel.Issues, error) {
	c := new(Canvas)
	origin, issues, err := codec.Decode(r, c, opts)
	if err != nil {
		return nil, nil, fmt.Errorf("canvas: %w", err)
	}
	c.origin = origin
	return c, issues, nil
}

// Encode writes a canvas as YAML, or as JSON where opts say so. The same canvas gives the same bytes; a canvas that was
// decoded from a file keeps its comments, order and spelling wherever the value has not changed, and whatever
// Decode could not read.
func Encode(w io.Writer, c *Canvas, opts *cxmodel.EncodeOptions) error {
	if c == nil {
		return errors.New("canvas: there is no canvas to encode")
	}
	if err := codec.Encode(w, c, c.origin, opts); err != nil {
		return fmt.Errorf("canvas: %w", err)
	}
	return nil
}

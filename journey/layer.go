package journey

import "github.com/cxmodel/cxmodel/internal/enum"

// A Layer is a row of the service blueprint (Shostack 1984; Bitner, Ostrom and Morgan 2008). Between customer and
// front stage runs the line of interaction, below the front stage the line of visibility, below the back stage the
// line of internal interaction.
type Layer int

// Layers, from the customer inwards. An unspecified layer is a contact that the customer sees.
const (
	LayerUnspecified    Layer = iota
	LayerEvidence             // physical evidence: rooms, signs, receipts
	LayerCustomer             // what the customer does alone
	LayerFrontstage           // staff and systems that the customer meets
	LayerBackstage            // work for this customer, out of sight
	LayerSupportProcess       // what all of that rests on
)

var layers = enum.Table{Type: "layer", Names: []string{"", "evidence", "customer", "frontstage", "backstage", "support-process"}}

// Visible reports whether customers see the layer. A touchpoint that they do not see is no point of a curve, and
// counts nothing in a score unless it has a weight of its own.
func (l Layer) Visible() bool { return l != LayerBackstage && l != LayerSupportProcess }

// String returns the layer's name, or "" for LayerUnspecified.
func (l Layer) String() string { return layers.String(int(l)) }

// MarshalText implements [encoding.TextMarshaler].
func (l Layer) MarshalText() ([]byte, error) { return layers.Text(int(l)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (l *Layer) UnmarshalText(text []byte) error { return enum.Set(l, &layers, text) }

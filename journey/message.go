package journey

import "github.com/cxmodel/cxmodel"

// A Message is what the business says at a touchpoint. In a file a lone text stands for it, said to everybody.
type Message struct {
	Text     string        `json:"text" codec:"text"`
	Personas []cxmodel.Key `json:"personas,omitempty"` // whom it is meant for; none and no segments: everybody
	Segments []cxmodel.Key `json:"segments,omitempty"` // segments of the canvas whom it is meant for
	Personal bool          `json:"personal,omitempty"` // it uses what the business knows of the customer
	cxmodel.Extra
}

// For reports whether the message is meant for p, for somebody if p is nil.
func (m Message) For(p *Persona) bool {
	if p == nil || len(m.Personas) == 0 && len(m.Segments) == 0 {
		return true
	}
	return contains(m.Personas, p.Key) || contains(m.Segments, p.Segment)
}

func contains(keys []cxmodel.Key, k cxmodel.Key) bool {
	for _, key := range keys {
		if key == k && k != "" {
			return true
		}
	}
	return false
}

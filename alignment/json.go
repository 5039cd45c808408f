package alignment

import (
	"bytes"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// MarshalJSON implements [encoding/json.Marshaler]: it writes the document that [Encode] writes, keys that begin with "x-" included.
func (m Model) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := Encode(&b, &m, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON})
	return b.Bytes(), err
}

// UnmarshalJSON implements [encoding/json.Unmarshaler]: it reads what [Decode] reads. What does not fit is the error; the
// rest is in m.
func (m *Model) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	read, issues, err := Decode(bytes.NewReader(data), &cxmodel.DecodeOptions{Format: cxmodel.FormatJSON})
	if err != nil {
		return err
	}
	*m = *read
	m.origin = nil // places in data, which is part of something else, help nobody
	if err := issues.Err(); err != nil {
		return fmt.Errorf("alignment: %w", err)
	}
	return nil
}

package canvas

import (
	"bytes"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// MarshalJSON implements [encoding/json.Marshaler]: it writes the document that [Encode] writes, keys that begin with "x-" included.
func (c Canvas) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := Encode(&b, &c, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON})
	return b.Bytes(), err
}

// UnmarshalJSON implements [encoding/json.Unmarshaler]: it reads what [Decode] reads. What does not fit is the error; the
// rest is in c.
func (c *Canvas) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	read, issues, err := Decode(bytes.NewReader(data), &cxmodel.DecodeOptions{Format: cxmodel.FormatJSON})
	if err != nil {
		return err
	}
	*c = *read
	c.origin = nil // places in data, which is part of something else, help nobody
	if err := issues.Err(); err != nil {
		return fmt.Errorf("canvas: %w", err)
	}
	return nil
}

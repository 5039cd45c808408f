package journey

import (
	"bytes"
	"fmt"

	"github.com/cxmodel/cxmodel"
)

// MarshalJSON implements [encoding/json.Marshaler]: it writes the document that [Encode] writes, keys that begin with "x-" included.
func (j Journey) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := Encode(&b, &j, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON})
	return b.Bytes(), err
}

// UnmarshalJSON implements [encoding/json.Unmarshaler]: it reads what [Decode] reads. What does not fit is the error; the
// rest is in j.
func (j *Journey) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	read, issues, err := Decode(bytes.NewReader(data), &cxmodel.DecodeOptions{Format: cxmodel.FormatJSON})
	if err != nil {
		return err
	}
	*j = *read
	j.origin = nil // places in data, which is part of something else, help nobody
	if err := issues.Err(); err != nil {
		return fmt.Errorf("journey: %w", err)
	}
	return nil
}

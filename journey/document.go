package journey

import (
	"errors"
	"fmt"
	"io"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// Decode reads a journey from YAML or JSON. It returns what it could read together with the issues of reading; its
// error means that nothing could be read. Call [Journey.Validate] for the rest.
func Decode(r io.Reader, opts *cxmodel.DecodeOptions) (*Journey, cxmodel.Issues, error) {
	j := new(Journey)
	origin, issues, err := codec.Decode(r, j, opts)
	if err != nil {
		return nil, nil, fmt.Errorf("journey: %w", err)
	}
	j.origin = origin
	_ = j.ApplyPreset() // an unknown name is for Validate to report
	return j, issues, nil
}

// Encode writes the journey. Comments, order and spelling of the file that it was decoded from are kept wherever the
// value is the same, and so is what could not be read.
func Encode(w io.Writer, j *Journey, opts *cxmodel.EncodeOptions) error {
	if j == nil {
		return errors.New("journey: there is no journey to encode")
	}
	if err := codec.Encode(w, j.Written(), j.origin, opts); err != nil {
		return fmt.Errorf("journey: %w", err)
	}
	return nil
}

// Package sentinel makes errors of one package that are errors of another too, so that a service asks errors.Is once.
package sentinel

// New returns an error with a text of its own that errors.Is takes for kin as well.
func New(text string, kin error) error { return &sentinel{text, kin} }

type sentinel struct {
	text string
	kin  error
}

func (s *sentinel) Error() string { return s.text }

func (s *sentinel) Is(err error) bool { return err == s.kin }

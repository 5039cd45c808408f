package metrics

import (
	"encoding/json"
	"iter"
	"strings"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// Warning is a set of reasons to read an estimate with care. A warning never blocks; the zero value is none.
type Warning uint32

// The warnings.
const (
	WarnFewAnswers Warning = 1 << iota // fewer than five answers
	WarnClamped                        // the formula's limit left the range of the metric and was moved to its end
	WarnNoInterval                     // no honest interval exists for this number
	WarnZeroWidth                      // all answers agree and the method calls that certainty
	WarnWald                           // a Wald interval below 100 answers covers far less than it says
	WarnOffScale                       // more than one answer in twenty is off the scale
	WarnOpenEnd                        // the interval has no upper limit within what was observed
	WarnSparse                         // an expected count is below five, so that the p-value of a chi-square test is rough
	WarnBootstrap                      // a percentile bootstrap below 100 answers covers less than it says

	warnEnd
)

var warningCodes = enum.Table{Type: "warning", Names: []string{"", "few-answers", "clamped", "no-interval", "zero-width", "wald", "off-scale", "open-end", "sparse", "bootstrap"}}

var warningTexts = []string{
	"fewer than 5 answers, collect more before acting on it",
	"a limit left the range and was moved to its end, collect more answers or use the default method",
	"no interval: the sampling error of this number is not known",
	"all answers agree, so the interval has no width; the score or Wilson interval shows the doubt that remains",
	"the Wald interval is too narrow below 100 answers, use the default method",
	"more than one answer in 20 is off the scale, check that the scale is the question's",
	"no upper limit within the time observed, observe longer",
	"an expected count is below 5, so the p-value is rough; join categories or collect more answers",
	"the bootstrap interval is too narrow below 100 answers, use the default method",
}

// Has reports whether w contains every warning of v.
func (w Warning) Has(v Warning) bool { return w&v == v }

// All returns the single warnings in w, in the order of their declaration.
func (w Warning) All() iter.Seq[Warning] {
	return func(yield func(Warning) bool) {
		for v := Warning(1); v < warnEnd; v <<= 1 {
			if w&v != 0 && !yield(v) {
				return
			}
		}
	}
}

// String returns what is wrong and what would cure it, joined by semicolons; "" for none.
func (w Warning) String() string { return strings.Join(w.pick(warningTexts), "; ") }

// Codes returns the stable kebab-case codes of the warnings in w, such as "few-answers".
func (w Warning) Codes() []string { return w.pick(warningCodes.Names[1:]) }

func (w Warning) pick(table []string) []string {
	s := []string{}
	for i := range table {
		if w&(1<<i) != 0 {
			s = append(s, table[i])
		}
	}
	return s
}

// MarshalJSON writes the list of codes.
func (w Warning) MarshalJSON() ([]byte, error) { return json.Marshal(w.Codes()) }

// UnmarshalJSON reads a list of codes; an unknown one is an error that lists the known ones.
func (w *Warning) UnmarshalJSON(b []byte) error {
	var codes []string
	if err := json.Unmarshal(b, &codes); err != nil {
		return err
	}
	*w = 0
	for _, c := range codes {
		i, err := enumParse(&warningCodes, []byte(c))
		if err != nil {
			return err
		}
		*w |= 1 << i >> 1
	}
	return nil
}

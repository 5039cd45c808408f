package journey

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// A Degree is how strong something is, from 0 (not at all) to 1 (as strong as can be). In a file it is a number or one
// of the words none, low, medium, high and extreme, which are 0, .25, .5, .75 and 1.
type Degree float64

// Degrees that have a word.
const (
	DegreeNone    Degree = 0
	DegreeLow     Degree = .25
	DegreeMedium  Degree = .5
	DegreeHigh    Degree = .75
	DegreeExtreme Degree = 1
)

var degreeWords = []string{"none", "low", "medium", "high", "extreme"}

// Valid reports whether d is in [0, 1].
func (d Degree) Valid() bool { return d >= 0 && d <= 1 }

// String returns the number.
func (d Degree) String() string { return strconv.FormatFloat(float64(d), 'f', -1, 64) }

// MarshalText implements [encoding.TextMarshaler]; infinity and NaN are errors.
func (d Degree) MarshalText() ([]byte, error) {
	if math.IsNaN(float64(d)) || math.IsInf(float64(d), 0) {
		return nil, fmt.Errorf("a degree cannot be %v", float64(d))
	}
	return []byte(d.String()), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler]. Numbers outside [0, 1] are read: they are for Validate to report.
func (d *Degree) UnmarshalText(text []byte) error {
	for i, word := range degreeWords {
		if string(text) == word {
			*d = Degree(i) / 4
			return nil
		}
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || math.IsInf(f, 0) || strings.ContainsAny(string(text), "xXpP_nN") {
		return fmt.Errorf("%q is not a degree; write a number from 0 to 1, or one of %s", clip.Text(text), strings.Join(degreeWords, ", "))
	}
	*d = Degree(f)
	return nil
}

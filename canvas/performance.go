package canvas

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// A Performance says how well an item works today, from 0 (broken) to 1 (as well as one could wish). It is a
// judgement unless a measurement stands behind it. Documents write a number or one of five words:
//
//	performance: good
//	performance: 0.7
//
// In code, optional performance is a pointer: Performance: new(canvas.Good). That the number lies in [0, 1] is for
// [Canvas.Validate] to check.
type Performance float64

// The five words of performance.
const (
	Broken    Performance = 0
	Poor      Performance = 0.25
	Fair      Performance = 0.5
	Good      Performance = 0.75
	Excellent Performance = 1
)

var performanceWords = []string{"broken", "poor", "fair", "good", "excellent"} // quarters

// Valid reports whether p lies in [0, 1]; NaN does not.
func (p Performance) Valid() bool { return p >= 0 && p <= 1 }

// String returns the word where there is one, else the number.
func (p Performance) String() string {
	if quarters := float64(p) * 4; p.Valid() && quarters == math.Trunc(quarters) {
		return performanceWords[int(quarters)]
	}
	switch {
	case math.IsNaN(float64(p)):
		return ".nan"
	case math.IsInf(float64(p), 1):
		return ".inf"
	case math.IsInf(float64(p), -1):
		return "-.inf"
	}
	return strconv.FormatFloat(float64(p), 'g', -1, 64)
}

// MarshalText implements [encoding.TextMarshaler]; see String.
func (p Performance) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a number or one of the five words. It implements [encoding.TextUnmarshaler].
func (p *Performance) UnmarshalText(text []byte) error {
	s := string(text)
	if i := slices.Index(performanceWords, s); i >= 0 {
		*p = Performance(i) / 4
		return nil
	}
	switch s {
	case ".nan":
		*p = Performance(math.NaN())
		return nil
	case ".inf", "+.inf":
		*p = Performance(math.Inf(1))
		return nil
	case "-.inf":
		*p = Performance(math.Inf(-1))
		return nil
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.Trim(s, "0123456789.eE+-") != "" {
		return fmt.Errorf("canvas: %q is not a performance; write a number from 0 to 1, or one of %s", clip.Text(s), strings.Join(performanceWords, ", "))
	}
	*p = Performance(x)
	return nil
}

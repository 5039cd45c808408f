package alignmentcsv

import (
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// mark stands in a sheet for a link that is not rated.
const mark = "x"

// parseStrength reads a strength as people write it: a word, a number of the scale 0, 1, 3, 9, or a mark.
func parseStrength(text string) (alignment.Strength, error) {
	switch strings.ToLower(text) {
	case "", mark, "✓", "✔", "?":
		return alignment.Unrated, nil
	case "0":
		return alignment.None, nil
	case "1":
		return alignment.Weak, nil
	case "3":
		return alignment.Medium, nil
	case "9":
		return alignment.Strong, nil
	}
	var s alignment.Strength
	if err := s.UnmarshalText([]byte(strings.ToLower(text))); err != nil {
		return 0, fmt.Errorf("%q is no strength; write none, weak, medium, strong, or 0, 1, 3, 9, or x for a link that is not rated", clip.Text(text))
	}
	return s, nil
}

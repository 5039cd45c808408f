package metrics

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/dist"
)

// DefaultLevel is the confidence level where an options struct has none.
const DefaultLevel = .95

// confidence resolves a Level option and returns it with its two-sided normal quantile.
func confidence(level float64) (resolved, z float64, err error) {
	if level == 0 {
		level = DefaultLevel
	}
	if !(level > 0 && level < 1) {
		return 0, 0, fmt.Errorf("%w: level %v is not between 0 and 1; write .95 for 95 %%", ErrOption, level)
	}
	if z = -dist.NormalQuantile((1 - level) / 2); !(z > 0) || (1+level)/2 == 1 {
		return 0, 0, fmt.Errorf("%w: level %v is as good as 0 or 1; write .95 for 95 %%", ErrOption, level)
	}
	return level, z, nil
}

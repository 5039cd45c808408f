package metrics

import (
	"cmp"
	"fmt"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// SimultaneousMethod names the joint intervals of the shares of several categories.
type SimultaneousMethod int

// The methods.
const (
	// Goodman gives each share a Wilson interval at level 1-(1-level)/k for k categories: L. A. Goodman, On simultaneous
	// confidence intervals for multinomial proportions, Technometrics 7 (1965), 247-254. The default.
	Goodman SimultaneousMethod = iota + 1
	// SisonGlaz finds the smallest common distance from the counts whose chance reaches the level: C. P. Sison, J. Glaz,
	// Simultaneous confidence intervals and sample size determination for multinomial proportions, Journal of the
	// American Statistical Association 90 (1995), 366-369. Narrower for seven categories and more of like size.
	SisonGlaz
)

var simultaneousMethods = enum.Table{Type: "simultaneous method", Names: []string{"", "Goodman", "Sison-Glaz"}}

// String returns the name of m, as it stands in Estimate.Method.
func (m SimultaneousMethod) String() string { return simultaneousMethods.String(int(m)) }

// MarshalText implements [encoding.TextMarshaler].
func (m SimultaneousMethod) MarshalText() ([]byte, error) {
	return enumText(&simultaneousMethods, int(m))
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (m *SimultaneousMethod) UnmarshalText(text []byte) error {
	i, err := enumParse(&simultaneousMethods, text)
	if err == nil {
		*m = SimultaneousMethod(i)
	}
	return err
}

// SimultaneousOptions are the choices of joint intervals; nil stands for the defaults.
type SimultaneousOptions struct {
	Level  float64            // chance in (0, 1) that all intervals hold at once; 0 means .95
	Method SimultaneousMethod // 0 means Goodman
}

// SimultaneousShares returns the share of each category, such as detractors, passives and promoters, with intervals that
// hold all at once with the stated level: for a picture of all bands side by side. At least two categories are needed.
// It fails with [ErrCount] or [ErrNoData].
func SimultaneousShares(counts []int, opts *SimultaneousOptions) ([]Estimate, error) {
	const metric = "share"
	if opts == nil {
		opts = &SimultaneousOptions{}
	}
	method := cmp.Or(opts.Method, Goodman)
	level, _, err := confidence(opts.Level)
	if err != nil {
		return nil, err
	}
	if method < 0 || int(method) >= len(simultaneousMethods.Names) {
		return nil, fmt.Errorf("%w: there is no simultaneous method %d", ErrOption, method)
	}
	total := 0
	for i, c := range counts {
		var ok bool
		if c < 0 {
			return nil, fmt.Errorf("%w: count %d is %d", ErrCount, i, c)
		}
		if total, ok = sum(total, c); !ok {
			return nil, fmt.Errorf("%w: the sum overflows", ErrCount)
		}
	}
	if total == 0 || len(counts) < 2 {
		return nil, fmt.Errorf("%w for shares: %d answers in %d categories", ErrNoData, total, len(counts))
	}
	n := float64(total)
	shares := make([]Estimate, len(counts))
	var below, above float64
	if method == SisonGlaz {
		below, above = sisonGlaz(counts, n, level)
	}
	for i, c := range counts {
		x := float64(c)
		e := Estimate{
			Metric: metric, Definition: "one category of all", Unit: UnitShare, Value: x / n, StdErr: binomialStdErr(x, n),
			Level: level, N: total, EffectiveN: n, Method: method.String() + ", simultaneous",
		}
		if method == Goodman {
			e.Low, e.High = wilson(x, n, -dist.NormalQuantile((1-level)/2/float64(len(counts))))
		} else {
			e.Low, e.High = max((x-below)/n, 0), min((x+above)/n, 1)
		}
		if total < 5 {
			e.Warnings |= WarnFewAnswers
		}
		if e.Low == e.High {
			e.Warnings |= WarnZeroWidth
		}
		shares[i] = e
	}
	return shares, nil
}

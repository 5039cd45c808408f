package survival

import (
	"cmp"
	"fmt"
	"math"

	"github.com/cxmodel/cxmodel/internal/dist"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/metrics"
)

// Options are the choices of a curve; nil stands for the defaults.
type Options struct {
	Level     float64   // confidence level in (0, 1); 0 means .95
	Transform Transform // the scale on which the interval is symmetric; 0 means LogLog
	Unit      string    // the unit of the times for printed text, such as "days"; may be empty
}

// Transform names the scale on which the interval of a survival probability S is symmetric: g(S) ± z·SE of g(S). The
// curve is the same under each, the interval is not, so its name is in every result. O. Borgan, K. Liestøl, A note on
// confidence intervals and bands for the survival function based on transformations, Scandinavian Journal of
// Statistics 17 (1990), 35-41.
type Transform int

// The transforms.
const (
	LogLog Transform = iota + 1 // log(-log S): stays inside [0, 1], good from 25 subjects on. The default, as in lifelines
	Log                         // log S: the default of R; clamped to 1
	Logit                       // log(S/(1-S)): stays inside [0, 1]
	Plain                       // S itself; clamped to [0, 1]
)

var transforms = enum.Table{Type: "transform", Names: []string{"", "log-log", "log", "logit", "plain"}}

// String returns the name of t: "log-log", "log", "logit" or "plain".
func (t Transform) String() string { return transforms.String(int(t)) }

// MarshalText implements [encoding.TextMarshaler].
func (t Transform) MarshalText() ([]byte, error) {
	b, err := transforms.Text(int(t))
	if err != nil {
		err = fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	return b, err
}

// UnmarshalText implements [encoding.TextUnmarshaler]; an unknown name is an error that lists the names.
func (t *Transform) UnmarshalText(text []byte) error {
	i, err := transforms.Parse(text)
	if err != nil {
		return fmt.Errorf("%w: %w", metrics.ErrOption, err)
	}
	*t = Transform(i)
	return nil
}

// settings are resolved options.
type settings struct {
	level, z  float64
	transform Transform
	unit      string
}

func (o *Options) resolve() (settings, error) {
	if o == nil {
		o = &Options{}
	}
	s := settings{level: cmp.Or(o.Level, metrics.DefaultLevel), transform: cmp.Or(o.Transform, LogLog), unit: o.Unit}
	if !(s.level > 0 && s.level < 1) {
		return s, fmt.Errorf("%w: level %v is not between 0 and 1; write .95 for 95 %%", metrics.ErrOption, s.level)
	}
	if s.transform < 0 || int(s.transform) >= len(transforms.Names) {
		return s, fmt.Errorf("%w: there is no transform %d", metrics.ErrOption, s.transform)
	}
	return settingsOf(s.level, s.transform, s.unit), nil
}

func settingsOf(level float64, t Transform, unit string) settings {
	return settings{level, -dist.NormalQuantile((1 - level) / 2), t, unit}
}

// at writes a time with its unit.
func (s settings) at(t float64) string {
	if s.unit == "" {
		return fmt.Sprint(t)
	}
	return fmt.Sprintf("%v %s", t, s.unit)
}

// limits returns the interval of a probability p with standard error se, and whether a limit was clamped. There is
// none, NaN, where p is 0; where nothing has happened yet, p = 1 and se = 0, it is [1, 1].
func (s settings) limits(p, se float64) (low, high float64, clamped bool) {
	switch {
	case p <= 0:
		return math.NaN(), math.NaN(), false
	case se == 0:
		return p, p, false
	}
	switch s.transform {
	case Log:
		w := math.Exp(s.z * se / p)
		low, high = p/w, p*w
	case Logit:
		if p >= 1 {
			return p, p, false
		}
		w, odds := math.Exp(s.z*se/(p*(1-p))), p/(1-p)
		low, high = odds/(odds+w), odds*w/(1+odds*w)
	case Plain:
		low, high = p-s.z*se, p+s.z*se
	default:
		l := math.Log(p)
		w := math.Exp(-s.z * se / (p * l)) // l < 0, so w > 1
		low, high = math.Exp(l*w), math.Exp(l/w)
	}
	if low < 0 || high > 1 {
		return max(low, 0), min(high, 1), true
	}
	return low, high, false
}

package metrics

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// An Estimate is a metric with everything that is needed to judge it. On error Value, Low, High and StdErr are NaN;
// where no honest interval exists Low and High are NaN and Warnings has [WarnNoInterval].
type Estimate struct {
	Metric     string  `json:"metric"`               // the published name: "NPS", "CSAT", "cohort churn"
	Definition string  `json:"definition,omitempty"` // what was counted: scale and bands, or numerator and denominator
	Unit       Unit    `json:"unit"`                 // of Value, Low, High and StdErr
	In         string  `json:"in,omitempty"`         // the unit of a time, such as "days", where it is known
	Value      float64 `json:"value"`                // the metric as observed
	Low        float64 `json:"low"`                  // the lower limit of the confidence interval
	High       float64 `json:"high"`                 // the upper limit
	StdErr     float64 `json:"std-err"`              // the standard error by the method's own formula; NaN where it has none
	Level      float64 `json:"level,omitempty"`      // the confidence level of the interval, in (0, 1); 0 without an interval
	N          int     `json:"n"`                    // the answers, customers or contacts that Value is computed from
	EffectiveN float64 `json:"effective-n"`          // the size of the simple random sample that would tell as much; N without weights
	Missing    int     `json:"missing"`              // not answered, not in N
	OffScale   int     `json:"off-scale"`            // answered outside the scale, not in N
	Method     string  `json:"method"`               // how the interval was computed: "score", "Wilson", "t"
	Warnings   Warning `json:"warnings"`
}

// MarshalJSON writes the estimate as an object with kebab-case names; a number that is not available is null.
func (e Estimate) MarshalJSON() ([]byte, error) { return nanjson.Marshal(e) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN, and +Inf where High has no end ([WarnOpenEnd]).
func (e *Estimate) UnmarshalJSON(b []byte) error {
	type plain Estimate
	p := plain(unavailable("", UnitUnspecified))
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	if p.Warnings.Has(WarnOpenEnd) && math.IsNaN(p.High) && !math.IsNaN(p.Low) {
		p.High = math.Inf(1)
	}
	*e = Estimate(p)
	return nil
}

// HasInterval reports whether there is an interval: Low and High are numbers, at a Level. The zero Estimate has none.
func (e Estimate) HasInterval() bool {
	return e.Level > 0 && !math.IsNaN(e.Low) && !math.IsNaN(e.High)
}

// String returns the estimate in one line, such as
//
//	NPS +35 (95 % CI +28..+42, n=812, 14 missing, score)
//	median time 12.00 months (95 % CI 2.00..30.00, n=10, Kaplan-Meier, log-log)
//
// Warnings follow after a semicolon.
func (e Estimate) String() string {
	var b strings.Builder
	b.WriteString(e.Metric)
	b.WriteByte(' ')
	if math.IsNaN(e.Value) {
		b.WriteString("not available")
	} else {
		b.WriteString(e.Unit.format(e.Value, true))
		if e.In != "" {
			b.WriteString(" " + e.In)
		}
	}
	b.WriteString(" (")
	if e.HasInterval() {
		fmt.Fprintf(&b, "%s %% CI %s..%s, ", percent(e.Level), e.Unit.format(e.Low, false), e.Unit.format(e.High, true))
	} else if !math.IsNaN(e.Value) {
		b.WriteString("no interval, ")
	}
	if e.N > 0 || e.HasInterval() || math.IsNaN(e.Value) {
		fmt.Fprintf(&b, "n=%d", e.N)
	} else {
		b.WriteString("n not known")
	}
	if e.EffectiveN > 0 && e.EffectiveN != float64(e.N) {
		fmt.Fprintf(&b, ", effective %.0f", e.EffectiveN)
	}
	if e.Missing > 0 {
		fmt.Fprintf(&b, ", %d missing", e.Missing)
	}
	if e.OffScale > 0 {
		fmt.Fprintf(&b, ", %d off scale", e.OffScale)
	}
	if e.Method != "" {
		b.WriteString(", ")
		b.WriteString(e.Method)
	}
	b.WriteByte(')')
	if w := e.Warnings &^ WarnNoInterval; w != 0 {
		b.WriteString("; ")
		b.WriteString(w.String())
	}
	return b.String()
}

// percent writes a level such as .95 as "95", .999 as "99.9".
func percent(level float64) string { return strconv.FormatFloat(round(level*100, 10), 'g', -1, 64) }

// round rounds to so many decimals, half away from zero.
func round(x float64, decimals int) float64 {
	f := math.Pow(10, float64(decimals))
	return math.Round(x*f) / f
}

// format writes x in the unit; last asks for the unit's sign, which is written once for an interval.
func (u Unit) format(x float64, last bool) string {
	sign := ""
	switch u {
	case UnitPoints:
		if x = round(x, 0); x == 0 {
			return "0"
		}
		return fmt.Sprintf("%+.0f", x)
	case UnitShare, UnitRatio:
		x, sign = round(100*x, 1), " %"
	case UnitRate, UnitNumber:
		return strconv.FormatFloat(x, 'g', 4, 64)
	default:
		x = round(x, 2)
		return strconv.FormatFloat(x+0, 'f', 2, 64)
	}
	if !last {
		sign = ""
	}
	return strconv.FormatFloat(x+0, 'f', 1, 64) + sign
}

// unavailable is the estimate that goes with an error.
func unavailable(metric string, unit Unit) Estimate {
	nan := math.NaN()
	return Estimate{Metric: metric, Unit: unit, Value: nan, Low: nan, High: nan, StdErr: nan}
}

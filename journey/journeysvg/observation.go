package journeysvg

import (
	"math"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel/metrics"
)

// An Observation is a number that was measured on customers, as it is shown. Empty fields are left out.
type Observation struct {
	Metric   string // "NPS"
	Value    string // "+35"
	Interval string // "[+28, +42]", at a level of 95 % unless it says another
	N        int    // answers, customers or contacts behind it; 0 is left out
	Note     string
}

// Observe returns an estimate as an Observation: shares and ratios in per cent, rates and numbers without unit with four
// digits, the rest with two decimals at most, points with none. A time says its
// unit where it knows it. A value that is not available is "n/a". An interval whose
// level is not 95 % says so: "90 %: [+30, +40]". For words or signs of another language, change what it returns.
func Observe(e metrics.Estimate) Observation {
	o := Observation{Metric: e.Metric, Value: number(e.Unit, e.Value), N: e.N}
	if e.In != "" && !math.IsNaN(e.Value) {
		o.Value += "\u00a0" + e.In
	}
	if e.HasInterval() {
		o.Interval = "[" + number(e.Unit, e.Low) + ", " + number(e.Unit, e.High) + "]"
		if level := fixed(100*e.Level, 4); level != "95" {
			o.Interval = level + "\u00a0%: " + o.Interval
		}
	}
	return o
}

func number(u metrics.Unit, x float64) string {
	switch {
	case math.IsNaN(x):
		return "n/a"
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "-∞"
	}
	switch u {
	case metrics.UnitRate, metrics.UnitNumber:
		return strconv.FormatFloat(x, 'g', 4, 64)
	case metrics.UnitPoints:
		if s := fixed(x, 0); s == "0" || s[0] == '-' {
			return s
		}
		return "+" + fixed(x, 0)
	case metrics.UnitShare, metrics.UnitRatio:
		return fixed(100*x, 1) + "\u00a0%"
	}
	return fixed(x, 2)
}

// fixed writes x with so many decimals at most, with a minus sign where it is not 0.
func fixed(x float64, decimals int) string {
	s := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

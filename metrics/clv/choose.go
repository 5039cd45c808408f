package clv

import "slices"

// A Business says how customers deal with it, as far as the choice of a model depends on it.
type Business struct {
	Contract bool // the loss of a customer is seen: a cancellation, a renewal that does not come
	Fixed    bool // orders or renewals fall on fixed dates: a yearly appeal, a monthly fee; false: at any time
	// HeavyFirst: many buy once and never come back, so that leaving right after the first order must be possible.
	HeavyFirst bool
	// NeedsClosedValue: the value for ever is asked for in one number (DERT), not by a horizon.
	NeedsClosedValue bool
}

// A Choice is a model of this package, for whom it is, and why.
type Choice struct {
	Model    string `json:"model"`
	Contract bool   `json:"contract"`
	Fixed    bool   `json:"fixed"`
	Why      string `json:"why"`
	Not      string `json:"not"` // what speaks against it
	Fit      string `json:"fit"` // the function that fits it
}

var choices = []Choice{
	{"BG/NBD", false, false, "orders at any time, the loss is not seen; the quickest to fit and the best documented",
		"takes everybody without a repeat order for alive", "FitBGNBD"},
	{"MBG/NBD", false, false, "as BG/NBD, and a customer may leave right after the first order",
		"leaving is still tied to orders", "FitMBGNBD"},
	{"Pareto/NBD", false, false, "customers may leave at any time, orders or not; residual value for ever in one number (DERT)",
		"slower to fit; s and beta need a long log to tell apart", "FitParetoNBD"},
	{"BG/BB", false, true, "orders can fall on fixed occasions only, taken or not; counts grow with occasions, not with customers",
		"one order an occasion", "FitBGBB"},
	{"sBG", true, true, "renewals at fixed dates, the loss is seen; two parameters explain why retention rises with age",
		"nobody's own risk changes with time", "FitSBG"},
	{"BdW", true, true, "as sBG, and a customer's own risk may rise or fall with time",
		"three parameters: a short cohort does not tell them apart", "FitBdW"},
}

// Choices returns the table of models: who each is for, and why.
func Choices() []Choice { return slices.Clone(choices) }

// Choose returns the models that fit a business, the first choice first. For a contract that can be ended on any day it
// returns none: that is right-censored time, which package survival takes.
func Choose(b Business) []Choice {
	var out []Choice
	for _, c := range choices {
		if c.Contract == b.Contract && c.Fixed == b.Fixed {
			out = append(out, c)
		}
	}
	first := ""
	switch {
	case b.NeedsClosedValue:
		first = "Pareto/NBD"
	case b.HeavyFirst:
		first = "MBG/NBD"
	}
	slices.SortStableFunc(out, func(x, y Choice) int {
		switch {
		case x.Model == first && y.Model != first:
			return -1
		case y.Model == first && x.Model != first:
			return 1
		}
		return 0
	})
	return out
}

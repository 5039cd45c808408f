package journeysvg

import (
	"strings"

	"github.com/cxmodel/cxmodel/internal/svg"
)

// Labels are the fixed words of a map, in one language. A word left empty is English.
type Labels struct {
	Language    string // by BCP 47, for screen readers: "de"
	RightToLeft bool   // the map runs from right to left

	// Of the whole.
	JourneyMap     string // the title of a journey that has no name
	Stages         string // "Stages", before their number, as are the next two
	Touchpoints    string
	MomentsOfTruth string
	NoStages       string // stands where the stages would
	Continued      string // follows the name of a stage that goes on in the next band
	Version        string
	AsOf           string
	Owner          string
	Persona        string

	// Of personas and stages.
	Share    string // of customers
	Size     string // number of customers
	Goals    string
	Needs    string
	Weight   string
	AnyOrder string
	Phases   [3]string // pre-sale, sale, post-sale

	// Names of the lanes.
	Does, Thinks, Feels, Emotions, Says, Expects, Observed, Pains, Delights, Opportunities, Message, Strategy, Standard,
	Channel, HandOff, Next, Actors, Systems, Measures string

	// Of the blueprint.
	Layers                    [5]string // evidence, customer, front stage, back stage, support processes
	LineOfInteraction         string
	LineOfVisibility          string
	LineOfInternalInteraction string

	// Of touchpoints.
	Moments    [5]string // of truth: of any kind, zero, first, second, ultimate
	Optional   string
	Repeats    string
	SubJourney string // stands before the key of the journey that opens here
	Severity   string
	Strength   string
	Impact     string
	Effort     string
	Reach      string
	Count      string // of complaints, mentions, wishes
	Degrees    [5]string
	Compliance string
	OpenQuote  string
	CloseQuote string
	Arrow      string // from before to after

	// Of the curve.
	VeryGood, Neither, VeryBad, Measured, Assumed, Unknown, Peak, End string
	Decimal                                                           string // the decimal sign

	// Terms translates the words of the model's own vocabularies ("website", "lost", "as-is"). A word that is not here
	// stands as it is in the model, with spaces for hyphens.
	Terms map[string]string
}

// English returns the English words, which are the default.
func English() Labels {
	return Labels{
		Language: "en", JourneyMap: "Customer journey", Stages: "Stages", Touchpoints: "Touchpoints", MomentsOfTruth: "Moments of truth",
		NoStages: "This journey has no stages yet.", Continued: "continued", Version: "Version", AsOf: "As of", Owner: "Owner", Persona: "Persona",
		Share: "of customers", Size: "customers", Goals: "Goals", Needs: "Needs", Weight: "Weight", AnyOrder: "in any order",
		Phases: [3]string{"Before the sale", "Sale", "After the sale"},
		Does:   "Does", Thinks: "Thinks", Feels: "Feels", Emotions: "Emotions", Says: "Says", Expects: "Expects", Observed: "Observed",
		Pains: "Pains", Delights: "Delights", Opportunities: "Opportunities", Message: "We say", Strategy: "Strategy", Standard: "Service standard",
		Channel: "Channel", HandOff: "Hand-off", Next: "Leads to", Actors: "Actors", Systems: "Systems", Measures: "What we ask",
		Layers:            [5]string{"Physical evidence", "Customer alone", "Front stage", "Back stage", "Support processes"},
		LineOfInteraction: "Line of interaction", LineOfVisibility: "Line of visibility", LineOfInternalInteraction: "Line of internal interaction",
		Moments:  [5]string{"Moment of truth", "Zero moment of truth", "First moment of truth", "Second moment of truth", "Ultimate moment of truth"},
		Optional: "optional", Repeats: "repeats", SubJourney: "opens",
		Severity: "severity", Strength: "strength", Impact: "impact", Effort: "effort", Reach: "reach", Count: "cases",
		Degrees: [5]string{"none", "low", "medium", "high", "extreme"}, Compliance: "kept", OpenQuote: "“", CloseQuote: "”", Arrow: "→",
		VeryGood: "very good", Neither: "neither", VeryBad: "very bad", Measured: "measured", Assumed: "assumed", Unknown: "not known",
		Peak: "Peak", End: "End", Decimal: ".",
		Terms: map[string]string{"as-is": "As it is", "to-be": "As it shall be", "assumed": "From belief", "researched": "From research", "sms": "SMS",
			"nps": "NPS", "enps": "eNPS", "csat": "CSAT", "csat-mean": "CSAT, mean", "ces": "CES", "ces2": "CES 2.0"},
	}
}

func (o *Options) labels() Labels {
	english := English()
	l := svg.Words(o.Labels, english)
	if l.Terms == nil && l.Language == english.Language {
		l.Terms = english.Terms
	}
	return l
}

// term returns a word of the model's vocabularies in the language of the labels.
func (l *Labels) term(word string) string {
	if t := l.Terms[word]; t != "" {
		return t
	}
	return strings.ReplaceAll(word, "-", " ")
}

func (l *Labels) quoted(s string) string {
	if s = svg.Clean(s); s == "" || strings.HasPrefix(s, l.OpenQuote) {
		return s
	}
	return l.OpenQuote + s + l.CloseQuote
}

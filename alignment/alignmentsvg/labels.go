package alignmentsvg

import (
	"math"
	"strconv"
	"strings"
)

// Labels are the fixed words of a heat map, in one language. A word left empty is English. {1}, {2} and {3} stand for what
// is put in.
type Labels struct {
	Language    string // by BCP 47, for screen readers: "de"
	RightToLeft bool   // the picture runs from right to left

	Title         string    // of a picture whose stages have scores
	Lead          string    // the line below it
	CoverageTitle string    // of a picture without scores
	CoverageLead  string    //
	Persona       string    // {1}: the persona whose weights were used
	Blocks        [9]string // titles, in Osterwalder's order
	All           string    // heads the column of the total

	// Rows below the blocks.
	WorksToday      string
	OnPaper         string
	AfterOneFailure string
	Weight          string
	PointsLost      string

	NotAvailable string // n/a
	Interval     string // {1}, {2}: its ends
	Percent      string // {1}: the number
	Decimal      string // the decimal sign

	// Legend.
	Least        string // beside the lightest colour
	Most         string // beside the darkest one; {1}: points
	Hurts        string // what the mark means
	NoLink       string // what n/a means
	Linked       string // what a dot means
	Unjudged     string // what an interval means
	Judgement    string // the three sentences that stand under every score
	Satisfaction string
	Safety       string

	// For screen readers and on hovering.
	Scores  string // {1}, {2}: a stage and its score
	Covered string // {1}, {2}: a stage and the number of blocks that lead there
	Carries string // {1}, {2}: a block and its points
	Fails   string // {1}, {2}, {3}: an item, a stage, the points that it would lose
	Leads   string // {1}, {2}: a block and a stage
	Nowhere string // {1}, {2}: a block and a stage
	NoStage string // stands where the stages would
}

// English returns the English words, which are the default.
func English() Labels {
	return Labels{
		Language:        "en",
		Title:           "Who carries what",
		Lead:            "Points of each stage's score, 0 to 100, that a block of the business model carries",
		CoverageTitle:   "Who touches what",
		CoverageLead:    "Which blocks of the business model lead to which stage; how well it works is not judged yet",
		Persona:         "as {1} sees it",
		Blocks:          [9]string{"Customer segments", "Value propositions", "Channels", "Customer relationships", "Revenue streams", "Key resources", "Key activities", "Key partnerships", "Cost structure"},
		All:             "All stages",
		WorksToday:      "Works today",
		OnPaper:         "On paper",
		AfterOneFailure: "After one failure",
		Weight:          "Weight",
		PointsLost:      "Points lost",
		NotAvailable:    "n/a",
		Interval:        "{1}–{2}",
		Percent:         "{1} %",
		Decimal:         ".",
		Least:           "0 points",
		Most:            "{1} points",
		Hurts:           "one failure in this block would cost the stage half of its score or more",
		NoLink:          "n/a: no link and no path of needs leads there",
		Linked:          "leads there; how well is not judged yet",
		Unjudged:        "an interval stands where not all is judged yet",
		Judgement:       "The score is judgement unless marked measured.",
		Satisfaction:    "It is not satisfaction, and not comparable with another company's or another set of facets.",
		Safety:          "A second-best helper adds safety, not points.",
		Scores:          "{1} works {2} of 100 today",
		Covered:         "{1} is touched by {2} of 9 blocks",
		Carries:         "{1} {2}",
		Fails:           "If {1} failed, {2} would lose {3} points.",
		Leads:           "{1}: leads to {2}; how well is not judged yet.",
		Nowhere:         "{1}: nothing leads to {2}.",
		NoStage:         "There is no stage.",
	}
}

// put returns a text of the labels with what belongs into it.
func put(text string, args ...string) string {
	pairs := make([]string, 0, 2*len(args))
	for i, a := range args {
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", a)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// whole writes a score of [0, 1] as 0 to 100 without decimals.
func (l *Labels) whole(x float64) string {
	if math.IsNaN(x) {
		return l.NotAvailable
	}
	return strconv.FormatFloat(100*x+0, 'f', 0, 64)
}

// tenth writes points with one decimal.
func (l *Labels) tenth(x float64) string {
	if math.IsNaN(x) {
		return l.NotAvailable
	}
	return strings.Replace(strconv.FormatFloat(x+0, 'f', 1, 64), ".", l.Decimal, 1)
}

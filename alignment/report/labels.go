package report

import (
	"strings"

	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// Labels are the fixed words of a report, in one language. A word left empty is English. {1}, {2} and so on stand for what is
// put in. Messages of Validate and Assess (gaps, warnings, notes, next steps) are English; so are formulas.
type Labels struct {
	Language    string // by BCP 47: "de"
	RightToLeft bool   // the page runs from right to left
	Decimal     string // the decimal sign

	// Terms translates the words of the model's own vocabularies ("convenience", "nps", "as-is"). A word that is not here
	// stands as it is in the model, with spaces for hyphens.
	Terms map[string]string

	// The top of the page.
	Untitled, Version, AsOf, Persona, JourneysCount                             string
	OfHundred, UntilJudged                                                      string // {1}: the score; {1}: its interval
	LegendWorks, LegendThere, LegendMissing, LegendPaper                        string
	BarText, BarPaper                                                           string // the bar in words
	OnlyNames, OnlyMarks, OnlyPaper                                             string // why there is no score
	Judgement, Satisfaction, Safety                                             string // the three sentences that stand under every score
	MostLost, MostLostPerhaps, Lowest, LowestPerhaps, WithinError, NoLowest, Or string
	FlagMost, FlagMostPerhaps, FlagLowest, FlagLowestPerhaps                    string
	OtherStages, OtherPaper, Then, MoreBelow, Contents                          string

	// The stages.
	Stages, Stage, Weight, WorksToday, OnPaper, PointsLost, AfterOneFailure, CustomersSay string
	Coverage, TouchedBy, NothingBehind                                                    string

	// What to do first.
	DoFirst, DoNext, Points, Fix, Build, Protect, Next                            string
	FixWhyJudged, FixWhyMeasured, FixWhyPlaces, BuildWhy, ProtectWhy              string
	NotSure, ScaleDependent, ScaleMost, ScaleLowest, OnScale, Unjudged1, Unjudged string
	Partial, NothingMeasured, SomeMeasured, NobodyAsked, SomeAsked                string
	NothingCosted, SomeCosted, NotInFile, AbsentCanvas, AbsentPersonas            string
	AbsentTouchpoints, AbsentMeasures, AbsentSentiments                           string
	Disagree1, Disagree, Coarse, Warnings1, Warnings, GapsFound1, GapsFound       string

	// Below.
	Pictures, HeatMap, JourneyMap, CanvasMap                            string
	AllStages, NineBlocks, NineBlocksLead                               string
	PassesHere, EarnedHere, SpentHere, Importance                       string
	SpentLittle, SpentMuch, SpentRule, SpentNowhere                     string
	EarnedAmounts, EarnedRule, NoRevenue, NoPersona, SegmentsAlone      string
	OverInvested, WithShare                                             string
	Listening, ListeningLead, Place, Measure, Segment, Period           string
	Value, IntervalHead, Answers, ResponseRate, Reach, Remark           string
	NoAnswers, MeasureAt, SuppressedNote, Suppressed, Below             string
	MissingAnswers, OffScale, Level, Whole, NotAsked, MoreObserved, N   string
	Open, PainsOpen, PainsAllWorked, NoPains, Unowned, AllOwned         string
	UnownedItems, Gaps, Pain, Touchpoint, Severity, Cases               string
	Attention, Targets, Target, Gap, PointsOfTotal, Quality             string
	Uncovered, NoStandIn, AloneBy, Overloaded, Orphans                  string
	BareTouchpoints, UnjudgedCells, Disagreements, Raters, UnnamedRater string
	Trace, TraceLead, Items, Item, Block, Owner, Performance            string
	IfFailed, IfFull, Cost, Evidence, Measured, Judged                  string
	Cells, Links, Required, Works, Gives, Leaves, RatedBy, Grade        string
	Decides, Binds                                                      string
	Method, MethodText, LegendStrengths, LegendStage, LegendFailure     string
	LegendLost, LegendInterval, LegendContribution, LegendScales        string
	LegendMeasured, Grades, Choices                                     string
	Waivers, WaiverCode, WaiverAt, Reason, Until, State                 string
	NoEnd, Ended, Unused, LetsPass, WaivedBecause, Issues, NextStep     string

	// Words in many places.
	Blocks    [9]string // titles, in Osterwalder's order
	Degrees   [5]string // none, low, medium, high, extreme
	Strengths [4]string // none, weak, medium, strong

	NotAvailable, NotKnown, NotRated, Nothing, All, Unnamed                string
	Interval, To, Percent, AYear, AndMore, TitleCount, NameValue, NameNote string
}

// English returns the English words, which are the default.
func English() Labels {
	l := Labels{
		Language: "en", Decimal: ".",

		Untitled: "Customer experience model", Version: "version {1}", AsOf: "as of {1}", Persona: "as {1} sees it", JourneysCount: "{1} journeys",
		OfHundred: "of 100 works today", UntilJudged: "{1} until all is judged",
		LegendWorks: "works today {1}", LegendThere: "there, but not working fully {1}", LegendMissing: "not there {1}", LegendPaper: "on paper {1}",
		BarText: "works today {1} of 100, on paper {2}", BarPaper: "on paper {1} of 100",
		OnlyNames: "No score yet: nothing says which part of the business helps which stage.",
		OnlyMarks: "No score yet: the links are not rated. This is who touches what.",
		OnlyPaper: "How well it works today is not judged yet. This is what it could reach on paper.",
		Judgement: "The score is judgement unless marked measured.", Satisfaction: "It is not satisfaction, and not comparable with another company's or another set of facets.",
		Safety:   "A second-best helper adds safety, not points.",
		MostLost: "Most points lost: {1} ({2} of 100, on every rating scale).", MostLostPerhaps: "Most points lost: {1}, depending on the rating scale ({2} of 100).",
		Lowest: "Lowest score: {1}.", LowestPerhaps: "Lowest score: {1}, depending on the rating scale.",
		WithinError: "By what is measured it could also be {1}.", NoLowest: "No stage is called lowest: none is reviewed and at least half rated.", Or: " or ",
		FlagMost: "loses most", FlagMostPerhaps: "loses most, perhaps", FlagLowest: "lowest", FlagLowestPerhaps: "lowest, perhaps",
		OtherStages: "{1} other stages, with {2} of the weight, lose {3} points together; all stages are below.",
		OtherPaper:  "{1} other stages have {2} of the weight; all stages are below.",
		Then:        "then {1}", MoreBelow: "and {1} more below", Contents: "More on this page",

		Stages: "Stages", Stage: "Stage", Weight: "Weight", WorksToday: "Works today", OnPaper: "On paper", PointsLost: "Points lost",
		AfterOneFailure: "After one failure", CustomersSay: "Customers say",
		Coverage: "Who touches what", TouchedBy: "Touched by", NothingBehind: "Touchpoints with nothing behind them",

		DoFirst: "Do first", DoNext: "Do next", Fix: "Fix", Build: "Build", Protect: "Protect", Next: "Next",
		Points:       "{1} points",
		FixWhyJudged: "if it worked fully (works {1} today, judged)", FixWhyMeasured: "if it worked fully (works {1} today, measured)",
		FixWhyPlaces: "if it worked fully (works as rated in each place)",
		BuildWhy:     "on paper, with something strong", ProtectWhy: "if it failed",
		NotSure:        "Not sure",
		ScaleDependent: "It depends on the rating scale {1}.", ScaleMost: "what loses most: {1}", ScaleLowest: "which stage is lowest: {1}", OnScale: "{1} on {2}",
		Unjudged1: "Nobody has judged {3} ({2} of the weight).", Unjudged: "Nobody has judged {1} qualities of touchpoints ({2} of the weight): {3}.",
		Partial:         "The total is over the stages that have a score; without: {1}.",
		NothingMeasured: "Nothing is measured: every number is somebody's judgement.", SomeMeasured: "{1} of {2} performances are measured, the others are judged.",
		NobodyAsked: "No customer was asked about any stage.", SomeAsked: "About {1} of {2} stages no customer was asked.",
		NothingCosted: "No yearly cost is in the file.", SomeCosted: "Yearly costs are known of {1} of {2} items.",
		NotInFile: "Not in the file: {1}.", AbsentCanvas: "the canvas", AbsentPersonas: "personas", AbsentTouchpoints: "touchpoints", AbsentMeasures: "measures", AbsentSentiments: "what customers feel",
		Disagree1: "Raters disagree on one quality.", Disagree: "Raters disagree on {1} qualities.",
		Coarse:    "Some links name whole touchpoints that have several qualities: the score is coarse, and not comparable with a finer one.",
		Warnings1: "There is a warning about the model; see below.", Warnings: "There are {1} warnings about the model; see below.",
		GapsFound1: "Journey and canvas do not fit in one place; see below.", GapsFound: "Journey and canvas do not fit in {1} places; see below.",

		Pictures: "Pictures", HeatMap: "Who carries what", JourneyMap: "The journey", CanvasMap: "The business model",
		AllStages: "All stages", NineBlocks: "What the other blocks answer",
		NineBlocksLead: "Six blocks carry points. Segments, revenue streams and costs carry none; here is what they say of each stage.",
		PassesHere:     "Who passes here", EarnedHere: "Earned here", SpentHere: "Spent here", Importance: "Importance",
		SpentLittle:   "less than half of its importance",
		SpentMuch:     "more than twice its importance",
		SpentRule:     "Spent: of {1} of known costs, each item's split evenly over the touchpoints that it helps, by itself or through what needs it. A rough cut, to be read beside the importance.",
		SpentNowhere:  "{1} of them pay for nothing that reaches a touchpoint.",
		EarnedAmounts: "Revenue: {1}.", EarnedRule: "Earned: where a stream has a link; without one, where money is taken (stages of kind purchase or renewal, touchpoints of kind order or payment).",
		NoRevenue: "No revenue stream is in the file.", NoPersona: "No persona is in the file.", SegmentsAlone: "No persona stands for: {1}.",
		OverInvested: "{1}: {2} of the costs for {3} of 100 points, and little to gain by working better.", WithShare: "{1} ({2})",

		Listening: "What customers say and do", ListeningLead: "Measured on customers, by touchpoint. Different measures, levels and scales are never put in one number.",
		Place: "Where", Measure: "Measure", Segment: "Segment", Period: "Period", Value: "Value", IntervalHead: "Interval", Answers: "Answers",
		ResponseRate: "Response rate", Reach: "Reach", Remark: "Remark",
		NoAnswers: "Asked for, no answers given to this report", MeasureAt: "{1}, {2}",
		SuppressedNote: "Numbers from fewer than {1} answers are suppressed. Interval: at the confidence level of the estimate, 95 % unless stated.",
		Suppressed:     "suppressed", Below: "below {1}", MissingAnswers: "{1} not answered", OffScale: "{1} off the scale", Level: "interval at {1}", Whole: "the relationship as a whole",
		NotAsked: "not asked", MoreObserved: "{1} more below", N: "n {1}",

		Open: "What nobody works on, what nobody answers for", PainsOpen: "Pains nobody works on",
		PainsAllWorked: "An opportunity, an initiative or a reliever of the canvas names every pain.", NoPains: "No pain is in the file.",
		Unowned: "Touchpoints nobody owns", AllOwned: "Every touchpoint has an owner.", UnownedItems: "Items of the canvas nobody owns",
		Gaps: "Where journey and canvas do not fit", Pain: "Pain", Touchpoint: "Touchpoint", Severity: "Severity", Cases: "Cases",

		Attention: "What to look at", Targets: "Targets", Target: "Target", Gap: "Missing", PointsOfTotal: "Points of the total", Quality: "Quality",
		Uncovered: "Reviewed, and nothing helps", NoStandIn: "No stand-in: one item alone delivers it", AloneBy: "{1}: {2}", Overloaded: "Carries too much",
		Orphans: "Serves nothing yet", BareTouchpoints: "Touchpoints with nothing behind them", UnjudgedCells: "Nobody has judged",
		Disagreements: "Raters disagree", Raters: "By rater", UnnamedRater: "unnamed",

		Trace: "Where the numbers come from", TraceLead: "Every item of the canvas and every quality of every touchpoint, with the links that decide.",
		Items: "Items of the canvas", Item: "Item", Block: "Block", Owner: "Owner", Performance: "Works", IfFailed: "If it failed", IfFull: "If it worked fully",
		Cost: "Cost", Evidence: "Evidence", Measured: "measured", Judged: "judged",
		Cells: "Qualities of touchpoints", Links: "Links", Required: "must not fail", Works: "works {1}", Gives: "gives {1}", Leaves: "leaves {1}", RatedBy: "rated by {1}", Grade: "evidence {1}",
		Decides: "decides", Binds: "marks it down",

		Method: "Method and legend",
		MethodText: "For every step of the customer's journey, and each quality that matters there: what is the best thing that delivers it, and how well does it work today? " +
			"It is marked down if something it cannot do without is failing.",
		LegendStrengths: "A link is worth: strong {1}, medium {2}, weak {3} (scale {4}). An item works: excellent 100, good 75, fair 50, poor 25, broken 0.",
		LegendStage:     "Works today: what is delivered. On paper: the same if every item worked fully. Between the two: there, but not working fully. Above: not there.",
		LegendFailure:   "After one failure: the score after the worst single item of the stage has failed. A low one with a high score means that all hangs on one thing.",
		LegendLost:      "Points lost: weight × (100 − works today). The lowest score and the most points lost are different questions.", LegendInterval: "An interval runs from the worst to the best that is possible until all is judged. It is not a confidence interval.",
		LegendContribution: "Who carries what: the exact Shapley value over the nine blocks; it sums to the stage's score. n/a: nothing leads there.",
		LegendScales:       "Strengths are ordinal. The scales 1-3-9, 1-3-5 and 1-2-3 are always run, and a stage is called first or lowest only if all three agree, and the intervals of what is measured tell it from the others.",
		LegendMeasured:     "Measured: performance from a measure with a stated floor and target, (value − floor) / (target − floor), between 0 and 1.",
		Grades:             "Evidence of the {1} links: {2} measured (A), {3} observed (B), {4} stated (C), {5} assumed (D). Grades never change a score.",
		Choices:            "Choices made for you",
		Waivers:            "Waivers", WaiverCode: "Lets pass", WaiverAt: "At", Reason: "Reason", Until: "Until", State: "State", NoEnd: "without end",
		Ended: "ended", Unused: "covers nothing", LetsPass: "holds ({1})", WaivedBecause: "waived: {1}", Issues: "Warnings and notes about the model", NextStep: "To know more",

		Degrees: [5]string{"none", "low", "medium", "high", "extreme"}, Strengths: [4]string{"none", "weak", "medium", "strong"},
		NotAvailable: "n/a", NotKnown: "not known", NotRated: "not rated", Nothing: "nothing", All: "all", Unnamed: "(no name)",
		Interval: "{1}–{2}", To: "{1} to {2}", Percent: "{1}\u00a0%", AYear: "{1} a year", AndMore: "{1} and {2} more", TitleCount: "{1} ({2})", NameValue: "{1}: {2}", NameNote: "{1} ({2})",
	}
	for b := range canvas.Blocks() {
		l.Blocks[b-1] = b.Title()
	}
	return l
}

func (o *Options) labels() Labels { return svg.Words(o.Labels, English()) }

// term returns a word of the model's vocabularies in the language of the labels.
func (l *Labels) term(word string) string {
	if t := l.Terms[word]; t != "" {
		return t
	}
	return cut(svg.OneLine(strings.ReplaceAll(word, "-", " ")), longest)
}

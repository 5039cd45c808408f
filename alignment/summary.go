package alignment

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

const summaryWidth = 80

// WriteSummary writes the assessment as plain text of at most 80 columns: what works today and on paper, where points
// are lost, what to fix, build and protect first, and what is not sure. On a low rung it shows what that rung has.
func (a *Assessment) WriteSummary(w io.Writer) error {
	if a.model == nil {
		return ErrNoModel
	}
	s := &summary{a: a}
	s.head()
	switch {
	case a.Rung >= RungStrengths:
		s.totals()
		s.stages()
		s.naming()
		s.actions()
	case a.Rung == RungMarks:
		s.coverage()
	}
	s.unsure()
	s.gaps()
	s.next()
	s.foot()
	_, err := io.WriteString(w, s.b.String())
	return err
}

type summary struct {
	a *Assessment
	b strings.Builder
}

func (s *summary) line(format string, args ...any) {
	s.b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// item writes a list entry, wrapped, with its continuation lines indented.
func (s *summary) item(format string, args ...any) {
	s.b.WriteString(wrap("- "+fmt.Sprintf(format, args...), "  "))
}

func (s *summary) head() {
	name := s.a.Name
	if name == "" {
		name = "Assessment"
	}
	s.b.WriteString(wrap(name, ""))
	if s.a.Persona != "" {
		s.line("as %s sees it", s.a.Persona)
	}
	s.line("")
}

func (s *summary) totals() {
	t := s.a.Total
	if s.a.HasScore() {
		s.line("Works today   %3s of 100  %s", whole(t.Delivered), bar(t))
		if whole(t.Low) != whole(t.High) {
			s.line("              %3s to %s, until all is judged", whole(t.Low), whole(t.High))
		}
	}
	s.line("On paper      %3s of 100", whole(t.Design))
	if s.a.HasScore() {
		s.line("There, but not working fully %s; not there %s.", whole(t.ExecutionGap()), whole(t.DesignGap()))
	} else {
		s.line("How it works today is not judged yet.")
	}
	if s.a.Partial && s.a.HasScore() {
		s.line("Only stages where something is rated count in these numbers.")
	}
	s.line("")
}

// bar draws works today, there but not working fully, not there, in forty characters.
func bar(t Support) string {
	works := int(math.Round(40 * t.Delivered))
	paper := max(int(math.Round(40*t.Design)), works)
	return "[" + strings.Repeat("#", works) + strings.Repeat("+", paper-works) + strings.Repeat(".", 40-paper) + "]"
}

func (s *summary) stages() {
	const name = 28
	score := s.a.HasScore()
	row := func(title, weight, works, paper, lost, after string) {
		if score {
			s.line("%s %7s %6s %9s %6s %16s", pad(title, name), weight, works, paper, lost, after)
		} else {
			s.line("%s %7s %9s", pad(title, name), weight, paper)
		}
	}
	row("Stage", "weight ", "works ", "on paper", "lost", "after 1 failure")
	many := len(s.a.model.Journeys) > 1
	last, unsure := cxmodel.Key(""), false
	for i, st := range s.a.Stages {
		indent := ""
		if many {
			indent = "  "
			if i == 0 || st.Journey != last {
				s.line("%s", clip(s.journeyName(st.Journey), summaryWidth))
				last = st.Journey
			}
		}
		mark := " "
		if !st.Support.Certain() {
			mark, unsure = "?", true
		}
		row(indent+clip(st.Name, name-len(indent)), whole(st.Weight)+" %", whole(st.Support.Delivered)+mark,
			whole(st.Support.Design), tenth(st.PointsLost), whole(st.AfterOneFailure))
	}
	if unsure && score {
		s.line("? some of this stage nobody has judged; see the interval of the total")
	}
	s.line("")
}

func (s *summary) journeyName(key cxmodel.Key) string {
	for _, j := range s.a.Journeys {
		if j.Key == key && j.Name != "" {
			return j.Name
		}
	}
	return string(key)
}

func (s *summary) naming() {
	a := s.a
	if !a.HasScore() {
		return
	}
	if n := a.MostLost; len(n.Candidates) > 0 {
		s.b.WriteString(wrap(fmt.Sprintf("Most points lost: %s%s%s.", s.names(n), lostBy(n), s.within(n)), "  "))
	}
	if n := a.Lowest; len(n.Candidates) > 0 {
		s.b.WriteString(wrap(fmt.Sprintf("Lowest score: %s%s.", s.names(n), s.within(n)), "  "))
	} else {
		s.b.WriteString(wrap("No stage is called lowest: none is reviewed and at least half rated.", "  "))
	}
	s.line("")
}

// names lists the candidates: one, or several "by rating scale", in the order in which the scales name them.
func (s *summary) names(n Naming) string {
	var out []string
	seen := map[cxmodel.Ref]bool{}
	for _, by := range n.ByScale {
		if st, ok := s.a.Stage(by.Stage.Key); ok && !seen[by.Stage] {
			seen[by.Stage] = true
			out = append(out, st.Name)
		}
	}
	text := strings.Join(out, " or ")
	if len(out) > 1 {
		text += ", by rating scale"
	}
	return text
}

// within lists the stages that the sampling error does not tell from those that are named.
func (s *summary) within(n Naming) string {
	if len(n.Within) == 0 {
		return ""
	}
	var others []string
	for _, ref := range n.Within {
		st, _ := s.a.Stage(ref.Key)
		others = append(others, st.Name)
	}
	return "; by what is measured it could also be " + listed(others)
}

func lostBy(n Naming) string {
	low, high := math.Inf(1), math.Inf(-1)
	for _, by := range n.ByScale {
		low, high = min(low, by.Value), max(high, by.Value)
	}
	if tenth(low) == tenth(high) {
		return fmt.Sprintf(" (%s of 100)", tenth(low))
	}
	if n.DependsOnScale() { // whose names say so already
		return fmt.Sprintf(" (%s to %s of 100)", tenth(low), tenth(high))
	}
	return fmt.Sprintf(" (%s to %s of 100, by rating scale)", tenth(low), tenth(high))
}

func (s *summary) actions() {
	a := s.a
	first := func(title string, actions []Action, text func(Action) string) {
		if len(actions) == 0 {
			return
		}
		s.line("%s", title)
		for _, x := range actions[:min(3, len(actions))] {
			s.item("%s", text(x))
		}
	}
	if a.HasScore() {
		first("Fix first", a.Fix(), func(x Action) string {
			it, _ := a.Item(x.Item.Key)
			return fmt.Sprintf("%s: +%s points if it worked fully (works %s today%s)", x.Name, tenth(100*x.Points), performance(it.Performance), s.measuredMark(it))
		})
	}
	if !a.HasScore() {
		first("Has no stand-in", a.NoStandIn(), func(x Action) string {
			return fmt.Sprintf("%s: -%s points on paper if it failed", x.Name, tenth(100*x.Points))
		})
	}
	first("Build first", a.Build(), func(x Action) string {
		return fmt.Sprintf("%s, %s: +%s points on paper with something strong", x.Name, x.Cell.Facet, tenth(100*x.Points))
	})
	if a.HasScore() {
		first("Protect first", a.Protect(), func(x Action) string {
			return fmt.Sprintf("%s: -%s points if it failed", x.Name, tenth(100*x.Points))
		})
	}
	s.line("")
}

func performance(p float64) string {
	if math.IsNaN(p) {
		return "as rated in each place"
	}
	return whole(p)
}

// measuredMark says whether the performance is measured, and where.
func (s *summary) measuredMark(it ItemScore) string {
	everywhere, here := ", judged", ""
	for _, m := range s.a.Measured {
		switch {
		case m.Item != it.Ref || math.IsNaN(m.Performance):
		case m.At.Kind == cxmodel.KindJourney:
			everywhere = ", measured"
		case here == "":
			here = fmt.Sprintf("; measured %s at %s", whole(m.Performance), m.At.Key)
		}
	}
	return everywhere + here
}

// coverage shows a model of marks: which blocks touch which stage, and which of its touchpoints.
func (s *summary) coverage() {
	const name = 32
	s.line("%s %s", pad("Stage", name), "touched by")
	var all []canvas.Block
	for _, st := range s.a.Stages {
		var blocks []canvas.Block
		var parts []TouchpointScore
		for _, t := range s.a.Touchpoints {
			if t.Stage == st.Ref {
				blocks = append(blocks, t.Blocks...)
				parts = append(parts, t)
			}
		}
		s.line("%s %s", pad(clip(st.Name, name), name), codes(blocks))
		for _, t := range parts {
			if t.Ref != st.Ref {
				s.line("  %s %s", pad(clip(t.Name, name-2), name-2), codes(t.Blocks))
			}
		}
		all = append(all, blocks...)
	}
	var legend []string
	for _, b := range slices.Compact(slices.Sorted(slices.Values(all))) {
		legend = append(legend, b.Code()+" "+strings.ToLower(b.Title()))
	}
	s.b.WriteString(wrap(strings.Join(legend, ", "), "  "))
	s.line("")
}

// codes lists blocks by their codes, each once, in Osterwalder's order.
func codes(blocks []canvas.Block) string {
	blocks = slices.Compact(slices.Sorted(slices.Values(blocks)))
	if len(blocks) == 0 {
		return "nothing"
	}
	var out []string
	for _, b := range blocks {
		out = append(out, b.Code())
	}
	return strings.Join(out, " ")
}

func (s *summary) unsure() {
	a := s.a
	var lines []string
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if a.HasScore() {
		if a.Lowest.DependsOnScale() || a.MostLost.DependsOnScale() {
			add("the ranking of the stages depends on the rating scale (1-3-9, 1-3-5, 1-2-3 were run)")
		}
		measured, known := 0, 0
		for _, it := range a.Items {
			if it.Measured {
				measured++
			}
			if it.Measured || !math.IsNaN(it.Performance) {
				known++
			}
		}
		if measured == 0 {
			add("no performance is measured: every number above is judgement")
		} else {
			add("%d of %d performances are measured, the others are judged", measured, known)
		}
	}
	if n := len(a.Unjudged); n > 0 && a.Rung >= RungMarks {
		var names []string
		for _, c := range a.Unjudged {
			names = append(names, fmt.Sprintf("%s.%s", c.Touchpoint.Key, c.Facet))
		}
		add("%s nobody judged: %s", count(n, "cell"), listed(names))
	}
	if n := len(a.Uncovered); n > 0 {
		var names []string
		for _, c := range a.Uncovered {
			names = append(names, fmt.Sprintf("%s.%s", c.Touchpoint.Key, c.Facet))
		}
		add("reviewed, and nothing helps: %s", listed(names))
	}
	if n := len(a.Disagreements); n > 0 {
		add("raters disagree in %s", count(n, "cell"))
	}
	if len(a.Orphans) > 0 && a.Rung >= RungMarks {
		var names []string
		for _, o := range a.Orphans {
			names = append(names, string(o.Key))
		}
		add("serves nothing yet: %s", listed(names))
	}
	for _, o := range a.Overloaded {
		add("%s carries too much", o.Key)
	}
	for _, n := range a.Notes {
		add("%s", n)
	}
	if warnings := a.Issues.Of(cxmodel.SeverityWarning); len(warnings) > 0 {
		add("%s about the model; the first: %s", count(len(warnings), "warning"), warnings[0].Message)
	}
	if len(lines) == 0 {
		return
	}
	s.line("Not sure")
	for _, l := range lines {
		s.item("%s", l)
	}
	s.line("")
}

func (s *summary) gaps() {
	open := slices.DeleteFunc(slices.Clone(s.a.Gaps), func(i cxmodel.Issue) bool { return i.Waived != "" })
	if len(open) == 0 {
		return
	}
	const most = 8
	s.line("Gaps between journey and canvas")
	for i, g := range open {
		if i == most {
			s.item("and %d more", len(open)-most)
			break
		}
		s.item("%s", g.Message)
	}
	s.line("")
}

func (s *summary) next() {
	if len(s.a.Next) == 0 {
		return
	}
	s.line("Next")
	for _, n := range s.a.Next {
		s.item("%s", n)
	}
	s.line("")
}

func (s *summary) foot() {
	if s.a.Rung < RungStrengths {
		return
	}
	s.b.WriteString(wrap("The score is judgement unless marked measured. It is not satisfaction, and not comparable with another "+
		"company's or another set of facets. A second-best helper adds safety, not points.", ""))
}

// whole writes a score of [0, 1] as 0 to 100 without decimals.
func whole(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	return fmt.Sprintf("%.0f", 100*x+0)
}

// tenth writes points with one decimal.
func tenth(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	return fmt.Sprintf("%.1f", x+0)
}

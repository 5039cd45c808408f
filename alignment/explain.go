package alignment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// ErrTooMany is wrapped when a cell has more items than an exact division of a block's share can enumerate.
var ErrTooMany = errors.New("too many coalitions")

// An Explanation says where a block's contribution to a stage comes from. Its leaves sum to the contribution.
type Explanation struct {
	Stage        cxmodel.Ref  `json:"stage"`
	Block        canvas.Block `json:"block"`
	Applicable   bool         `json:"applicable"`
	Contribution float64      `json:"contribution"` // points of the stage, in [0, 1]
	Score        float64      `json:"score"`        // of the stage; NaN: nothing is rated
	Leaves       []Leaf       `json:"leaves"`
	Text         string       `json:"text"` // the same for people, in lines of at most 80 columns
}

// MarshalJSON writes null for a number that is not available.
func (e Explanation) MarshalJSON() ([]byte, error) { return nanjson.Marshal(e) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (e *Explanation) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, e) }

// A Leaf is what one item carries in one cell: its Owen value (G. Owen, Values of games with a priori unions, 1977),
// which divides the block's Shapley value among the block's items.
type Leaf struct {
	Touchpoint cxmodel.Ref `json:"touchpoint"`
	Facet      cxmodel.Key `json:"facet"`
	Item       cxmodel.Ref `json:"item"`
	Amount     float64     `json:"amount"` // points of the stage, in [-1, 1]
}

// Explain says where a block's contribution to a stage comes from: which touchpoints and facets, which items, which
// link decides and which requirement binds. It is exact. Where items of a cell need others, several raters judged it, or
// alternatives overlap, it looks at every coalition, and returns ErrTooMany with the name of the cell if these are more
// than 2^16; it returns the context's error if it ends first.
func (a *Assessment) Explain(ctx context.Context, stage cxmodel.Key, block canvas.Block) (*Explanation, error) {
	if a.program == nil {
		return nil, ErrNoModel
	}
	s := slices.IndexFunc(a.Stages, func(s StageScore) bool { return s.Ref.Key == stage })
	if s < 0 {
		var known []cxmodel.Key
		for _, s := range a.Stages {
			known = append(known, s.Ref.Key)
		}
		return nil, fmt.Errorf("alignment: explain: %w: no stage %q; the assessment has %q", ErrDangling, stage, known)
	}
	if !block.Valid() {
		return nil, fmt.Errorf("alignment: explain: %d is none of the nine blocks; use %s to %s", int(block), canvas.CustomerSegments, canvas.CostStructure)
	}
	b := a.Block(block)
	e := &Explanation{Stage: a.Stages[s].Ref, Block: block, Applicable: b.Applicable[s], Contribution: b.Contribution[s], Score: a.base.stages[s]}
	var text strings.Builder
	text.WriteString(wrap(e.headline(a.Stages[s].Name), ""))
	st := &a.program.stages[s]
	bearing := a.program.blocksBearing(a.program.reach)
	for c := st.first; c < st.last; c++ {
		if !a.base.rated[c] || a.program.cells[c].weight == 0 || bearing[c]>>(block-1)&1 == 0 {
			continue
		}
		leaves, err := a.divide(ctx, c, int(block-1), bearing[c])
		if err != nil {
			return nil, fmt.Errorf("alignment: explain: %w", err)
		}
		e.Leaves = append(e.Leaves, leaves...)
		text.WriteString(a.cellText(c, leaves))
	}
	e.Text = text.String()
	return e, nil
}

func (e *Explanation) headline(stage string) string {
	switch {
	case math.IsNaN(e.Score):
		return fmt.Sprintf("Nothing in %s is rated yet.", stage)
	case !e.Applicable:
		return fmt.Sprintf("%s: n/a in %s, no link and no path of needs leads there.", e.Block.Title(), stage)
	}
	return fmt.Sprintf("%s: %s of the %s points of %s.", e.Block.Title(), points(e.Contribution), points(e.Score), stage)
}

// cellText says in words what decides in a cell.
func (a *Assessment) cellText(c int, leaves []Leaf) string {
	cell := a.cell(c)
	var b strings.Builder
	fmt.Fprintf(&b, "- %s, %s (%.0f %% of the stage) scores %s.", a.program.cells[c].name, cell.Facet, 100*cell.Share, points(cell.Support.Delivered))
	var carried []string
	for _, l := range leaves {
		if math.Abs(l.Amount) >= .0005 {
			carried = append(carried, fmt.Sprintf("%s %s", a.program.items[a.itemIndex(l.Item)].name, points(l.Amount)))
		}
	}
	if len(carried) > 0 {
		fmt.Fprintf(&b, " This block's points: %s.", strings.Join(carried, ", "))
	}
	if d := cell.Deciding; d != nil {
		fmt.Fprintf(&b, " %s decides: %s, works %s.%s", d.Name, d.Link.Strength, points(d.Works), a.sources(d))
	}
	if r := cell.Binding; r != nil {
		fmt.Fprintf(&b, " %s marks it down to %s %%: required, %s, works %s.%s", r.Name, points(cell.Gate), r.Link.Strength, points(r.Works), a.sources(r))
	}
	return wrap(b.String(), "  ")
}

// sources names rater, measurement and evidence of a link.
func (a *Assessment) sources(u *LinkUse) string {
	var parts []string
	if u.Link.Rater != "" {
		parts = append(parts, fmt.Sprintf("rated by %s", u.Link.Rater))
	}
	if u.measured > 0 {
		m, replaced := a.Measured[u.measured-1], ""
		if !math.IsNaN(m.Replaced) {
			replaced = fmt.Sprintf(", in place of the judged %s", points(m.Replaced))
		}
		parts = append(parts, fmt.Sprintf("measured: %s%s", m.Estimate, replaced))
	}
	for _, e := range u.Link.Evidence {
		text := string(e.Kind)
		if e.N > 0 {
			text += fmt.Sprintf(", n=%d", e.N)
		}
		if !e.Date.IsZero() {
			text += ", " + e.Date.String()
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", text, e.Kind.Grade()))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

func (a *Assessment) itemIndex(ref cxmodel.Ref) int {
	return slices.IndexFunc(a.program.items, func(i progItem) bool { return i.ref == ref })
}

// points writes a score of [0, 1] as people read it: 0 to 100, with one decimal where it is not a whole number.
func points(x float64) string {
	if math.IsNaN(x) {
		return "n/a"
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", 100*x+0), ".0")
}

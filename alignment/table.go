package alignment

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/enum"
	"github.com/cxmodel/cxmodel/internal/table"
)

// A Part is a part of an assessment that has a table form.
type Part int

// The parts.
const (
	PartUnspecified  Part = iota
	PartStages            // one row a stage
	PartTouchpoints       // one row a touchpoint
	PartItems             // one row a canvas item
	PartContribution      // block × stage: who carries it
	PartStandalone        // block × stage: what a block would reach by itself
	PartCells             // one row a cell
)

var parts = enum.Table{Type: "part", Names: []string{"", "stages", "touchpoints", "items", "contribution", "standalone", "cells"}}

// String returns the part's name, such as "stages".
func (p Part) String() string { return parts.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler].
func (p Part) MarshalText() ([]byte, error) { return parts.Text(int(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Part) UnmarshalText(text []byte) error { return enum.Set(p, &parts, text) }

// WriteCSV writes a part as CSV, scores in [0, 1] in full precision, "" where not available. Cells that a spreadsheet
// would run as a formula are defused.
func (a *Assessment) WriteCSV(w io.Writer, p Part) error {
	t, err := a.table(p, func(x float64) string {
		if math.IsNaN(x) {
			return ""
		}
		return strconv.FormatFloat(x, 'g', -1, 64)
	})
	if err != nil {
		return err
	}
	return t.WriteCSV(w)
}

// WriteMarkdown writes a part for people: scores from 0 to 100 without decimals, "n/a" where not available.
func (a *Assessment) WriteMarkdown(w io.Writer, p Part) error {
	t, err := a.table(p, whole)
	if err != nil {
		return err
	}
	return t.WriteMarkdown(w)
}

// table builds a part; number writes scores.
func (a *Assessment) table(p Part, number func(float64) string) (*table.Table, error) {
	t := &table.Table{}
	switch p {
	case PartStages:
		t.Head = []string{"journey", "stage", "name", "weight", "works today", "low", "high", "on paper", "points lost", "after one failure", "reviewed", "rated"}
		for _, s := range a.Stages {
			t.Add(string(s.Journey), string(s.Ref.Key), s.Name, number(s.Weight), number(s.Support.Delivered), number(s.Support.Low), number(s.Support.High),
				number(s.Support.Design), number(s.PointsLost/100), number(s.AfterOneFailure), strconv.FormatBool(s.Reviewed), number(s.Rated))
		}
	case PartTouchpoints:
		t.Head = []string{"stage", "touchpoint", "name", "weight", "works today", "low", "high", "on paper"}
		for _, s := range a.Touchpoints {
			t.Add(string(s.Stage.Key), string(s.Ref.Key), s.Name, number(s.Weight), number(s.Support.Delivered), number(s.Support.Low), number(s.Support.High), number(s.Support.Design))
		}
	case PartItems:
		t.Head = []string{"block", "item", "name", "owner", "performance", "measured", "if it failed", "if it worked fully", "cost per year"}
		for _, s := range a.Items {
			cost := ""
			if !math.IsNaN(s.CostPerYear) {
				cost = strconv.FormatFloat(s.CostPerYear, 'f', 2, 64)
			}
			t.Add(s.Block.Code(), string(s.Ref.Key), s.Name, s.Owner, number(s.Performance), strconv.FormatBool(s.Measured), number(s.KnockOut), number(s.Leverage), cost)
		}
	case PartContribution, PartStandalone:
		t.Head = []string{"block"}
		for _, s := range a.Stages {
			t.Head = append(t.Head, s.Name)
		}
		for b := range canvas.Blocks() {
			score := a.Block(b)
			values := score.Contribution
			if p == PartStandalone {
				values = score.Standalone
			}
			row := []string{b.Title()}
			for i, v := range values {
				if !score.Applicable[i] {
					v = math.NaN()
				}
				row = append(row, number(v))
			}
			t.Rows = append(t.Rows, row)
		}
	case PartCells:
		if a.program == nil {
			return nil, ErrNoModel
		}
		t.Head = []string{"stage", "touchpoint", "facet", "weight", "works today", "low", "high", "on paper", "decides", "marks down"}
		for c := range a.Cells() {
			name := func(u *LinkUse) string {
				if u == nil {
					return ""
				}
				return string(u.Item.Key)
			}
			t.Add(string(c.Stage.Key), string(c.Touchpoint.Key), string(c.Facet), number(c.Weight), number(c.Support.Delivered), number(c.Support.Low), number(c.Support.High),
				number(c.Support.Design), name(c.Deciding), name(c.Binding))
		}
	default:
		return nil, fmt.Errorf("alignment: %v is not a part of an assessment", p)
	}
	return t, nil
}

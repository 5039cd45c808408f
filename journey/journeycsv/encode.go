package journeycsv

import (
	"fmt"
	"io"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/sheet"
	"github.com/cxmodel/cxmodel/journey"
)

// Headings of the rows that are no lanes.
const (
	headTouchpoint = "touchpoint"
	headStage      = "stage"
	headStageName  = "stage-name"
)

// Encode writes the journey as a table: a column a touchpoint, headed by its key; a row a lane that some touchpoint
// fills, the journey's own lanes last. Cells that a spreadsheet would run as a formula are defused; reading undoes it.
// A journey without stages is [ErrNoTouchpoints], and so is none.
func Encode(w io.Writer, j *journey.Journey, opts *Options) error {
	if j == nil {
		return ErrNoTouchpoints
	}
	o := opts.orDefault()
	head, stage, stageName := []string{o.label(headTouchpoint)}, []string{o.label(headStage)}, []string{o.label(headStageName)}
	var columns []*journey.Touchpoint
	add := func(s *journey.Stage, heading string, t *journey.Touchpoint) {
		head, stage, columns = append(head, heading), append(stage, string(s.Key)), append(columns, t)
		stageName = append(stageName, s.Name)
	}
	for i := range j.Stages {
		s := &j.Stages[i]
		if len(s.Touchpoints) == 0 {
			add(s, s.Ref().String(), nil)
		}
		for k := range s.Touchpoints {
			add(s, string(s.Touchpoints[k].Key), &s.Touchpoints[k])
		}
	}
	if len(columns) == 0 {
		return ErrNoTouchpoints
	}
	rows := [][]string{head, stage}
	if strings.Join(stageName[1:], "") != "" {
		rows = append(rows, stageName)
	}
	all := lanes
	for _, l := range j.Lanes {
		all = append(all[:len(all):len(all)], own(l.Key))
	}
	for _, l := range all {
		row, filled := []string{o.label(l.name)}, false
		for _, t := range columns {
			text := ""
			if t != nil {
				text = l.get(t)
			}
			row, filled = append(row, text), filled || normal(text) != ""
		}
		if filled {
			rows = append(rows, row)
		}
	}
	if err := sheet.Write(w, rows, o.Separator); err != nil {
		return fmt.Errorf("journeycsv: %w", err)
	}
	return nil
}

func (o *Options) label(name string) string {
	if l := o.Labels[name]; l != "" {
		return l
	}
	return name
}

// heading returns a heading in the form in which headings are compared: "Pain points" is "pain-points".
func heading(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if k := cxmodel.KeyFrom(text); k != "" {
		return string(k)
	}
	return text
}

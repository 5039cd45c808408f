package journeycsv

import (
	"fmt"
	"io"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/journey"
)

// Decode makes a new journey of a table. A heading that is no key becomes the touchpoint's name, and a key is made of it;
// a row whose first cell names no lane becomes a lane of the journey's own; a table without a stage row becomes one
// stage. Cells that find no place are Issues with an [UnplacedError]. The error means that nothing could be read.
func Decode(r io.Reader, opts *Options) (*journey.Journey, cxmodel.Issues, error) {
	g, err := read(r, opts.orDefault())
	if err != nil {
		return nil, nil, err
	}
	j := &journey.Journey{}
	g.make(j)
	if len(j.Stages) == 0 {
		return nil, nil, ErrNoTouchpoints
	}
	g.lanes(j, true)
	return j, g.issues, nil
}

// Update brings a table into a journey that has its touchpoints already, and returns the result; j is not changed. Only
// what the table holds is touched: entries of a list whose text is still there keep their severity, evidence and so on,
// and a lane that has no row stays as it is. A column for a touchpoint that j does not have, and a touchpoint that stands
// under another stage, are Issues: the table does not move touchpoints.
func Update(j *journey.Journey, r io.Reader, opts *Options) (*journey.Journey, cxmodel.Issues, error) {
	if j == nil {
		return nil, nil, ErrNoTouchpoints
	}
	g, err := read(r, opts.orDefault())
	if err != nil {
		return nil, nil, err
	}
	j = j.Clone()
	g.find(j)
	g.lanes(j, false)
	return j, g.issues, nil
}

// lanes puts every cell below the headings where it belongs.
func (g *grid) lanes(j *journey.Journey, create bool) {
	known := map[string]lane{}
	name := func(l lane, words ...string) {
		for _, w := range words {
			if _, taken := known[heading(w)]; w != "" && !taken {
				known[heading(w)] = l
			}
		}
	}
	for _, l := range lanes {
		name(l, l.name, g.o.Labels[l.name])
	}
	for _, l := range j.Lanes {
		mine := own(l.Key)
		name(mine, append(mine.words, l.Name, g.o.Labels[string(l.Key)])...)
	}
	for _, l := range lanes {
		name(l, l.words...)
	}
	seen := map[string]int{headTouchpoint: g.head.At(0).Pos.Line}
	for _, row := range g.rows {
		label := row.At(0)
		l, ok := known[heading(label.Text)]
		if head := g.headOf(label.Text); head != "" {
			if _, twice := seen[head]; !twice { // find and make have read it
				seen[head] = label.Pos.Line
				g.beyond(row, head)
				continue
			}
			l, ok = lane{name: head}, true
		}
		if key := cxmodel.KeyFrom(strings.TrimPrefix(label.Text, ownPrefix)); !ok && create && key != "" {
			l, ok = own(key), true
			name(l, append(l.words, label.Text)...)
			lane := journey.Lane{Key: key}
			if string(key) != strings.TrimPrefix(label.Text, ownPrefix) {
				lane.Name = label.Text
			}
			j.Lanes = append(j.Lanes, lane)
			g.issue(label.Pos, CodeNewLane, cxmodel.SeverityNote, fmt.Sprintf("%q is no lane that the library has a field for; it became the journey's own lane %q", clip.Text(label.Text), key), nil)
		}
		reason := ""
		switch line, twice := seen[l.name]; {
		case !ok:
			reason = "no lane has that name; add it to the journey's lanes, or call it by one of the names of Lanes"
			g.issue(label.Pos, CodeUnknownLane, cxmodel.SeverityError, fmt.Sprintf("unknown lane %q; its cells have no place", clip.Text(label.Text)), nil)
		case twice:
			reason = fmt.Sprintf("the lane stands in line %d already", line)
			g.issue(label.Pos, CodeDuplicateLane, cxmodel.SeverityError, fmt.Sprintf("the lane %q stands here and in line %d; the first is read", l.name, line), nil)
		default:
			seen[l.name] = label.Pos.Line
		}
		width := len(row)
		if reason == "" && !create { // cells that are not there are empty, which takes away what was there
			width = max(width, g.width)
		}
		for i := 1; i < width; i++ {
			g.cell(l, reason, label.Text, i, row.At(i).Text, row)
		}
	}
}

package journeycsv

import (
	"cmp"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/sheet"
	"github.com/cxmodel/cxmodel/journey"
)

// make gives an empty journey the stages and touchpoints of the headings.
func (g *grid) make(j *journey.Journey) {
	stages, names := g.row(headStage), g.row(headStageName)
	if stages == nil {
		stages = names
	}
	at := map[string]int{}        // stages by key and by name
	seen := map[cxmodel.Key]int{} // columns by touchpoint
	type place struct{ stage, touchpoint int }
	places := map[int]place{}
	under := ""
	for i := 1; i < g.width; i++ {
		h := g.head.At(i).Text
		if s := stages.At(i).Text; s != "" {
			under = s
		}
		if h == "" {
			continue
		}
		if isStage(h, nil) {
			ref, _ := cxmodel.ParseRef(h)
			g.stage(j, at, i, string(ref.Key), names.At(i))
			continue
		}
		s := g.stage(j, at, i, cmp.Or(under, "journey"), names.At(i))
		key, made := g.key(i, h)
		if first, twice := seen[key]; twice {
			g.skip(i, CodeDuplicateColumn, fmt.Sprintf("the touchpoint %q has this column and column %d; the first is read", key, first+1), fmt.Sprintf("the touchpoint has column %d already", first+1))
			continue
		}
		seen[key] = i
		t := journey.Touchpoint{Key: key}
		if made {
			t.Name = h
		}
		j.Stages[s].Touchpoints = append(j.Stages[s].Touchpoints, t)
		places[i] = place{s, len(j.Stages[s].Touchpoints) - 1}
	}
	for i, p := range places { // only now: the slices have stopped growing
		g.columns[i] = &j.Stages[p.stage].Touchpoints[p.touchpoint]
	}
}

// key returns the key of a heading, and whether it had to be made.
func (g *grid) key(column int, h string) (cxmodel.Key, bool) {
	if ref, err := cxmodel.ParseRef(h); err == nil && (ref.Kind == "" || ref.Kind == cxmodel.KindTouchpoint) {
		return ref.Key, false
	}
	key := cxmodel.KeyFrom(h)
	if key == "" {
		key = cxmodel.Key(fmt.Sprintf("touchpoint-%d", column))
	}
	g.issue(g.head.At(column).Pos, CodeMadeKey, cxmodel.SeverityNote, fmt.Sprintf("%q is no key; the touchpoint is called %q, and this is its name", clip.Text(h), key), nil)
	return key, true
}

// stage returns the index of the stage that a column stands under, and makes it where it is new. A stage that is no key
// is its own name; the row of names gives the others theirs.
func (g *grid) stage(j *journey.Journey, at map[string]int, column int, text string, name sheet.Cell) int {
	i, ok := at[text]
	if !ok { // else the same name again is the same stage
		key, title := cxmodel.Key(text), ""
		if !key.Valid() {
			title = cmp.Or(name.Text, text)
			if key = cxmodel.KeyFrom(text); key == "" {
				key = cxmodel.Key(fmt.Sprintf("stage-%d", column))
			}
		}
		if i, ok = at[string(key)]; !ok {
			i = len(j.Stages)
			j.Stages = append(j.Stages, journey.Stage{Key: key, Name: title})
			at[string(key)] = i
		}
		at[text] = i
	}
	switch s := &j.Stages[i]; {
	case s.Name == "":
		s.Name = name.Text
	case name.Text != "" && name.Text != s.Name:
		g.unplaced(name.Pos, CodeUnplaced, headStageName, column, name.Text, fmt.Sprintf("the stage %q is called %q already", s.Key, clip.Text(s.Name)))
	}
	return i
}

package canvassvg

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// A mark says what has become of an item since the earlier version.
type mark int

const (
	same mark = iota
	added
	changed
	removed
)

// changes are the differences between two versions, by the places of the items.
type changes struct {
	marks    map[place]mark // of items of the newer version
	notes    map[place][]cxmodel.Change
	gone     map[canvas.Block][]canvas.Entry // items of the older version
	document []cxmodel.Change                // of the canvas itself
	count    [4]int
}

// A place is an item by its block and its number there.
type place struct {
	block canvas.Block
	index int
}

func newChanges(before, now *canvas.Canvas) *changes {
	c := &changes{marks: map[place]mark{}, notes: map[place][]cxmodel.Change{}, gone: map[canvas.Block][]canvas.Entry{}}
	olds := map[place]canvas.Entry{}
	for b := range canvas.Blocks() {
		i := 0
		for e := range before.EntriesOf(b) {
			olds[place{b, i}] = e
			i++
		}
	}
	index := now.Index()
	for _, x := range canvas.Diff(before, now) {
		at, whole, ok := placeOf(x.Path)
		switch {
		case !ok:
			c.document = append(c.document, x)
		case x.Kind == cxmodel.ChangeRemoved && whole:
			c.gone[at.block] = append(c.gone[at.block], olds[at])
			c.count[removed]++
		case x.Kind == cxmodel.ChangeRemoved: // a part of an item that is still there; its path is that of the older version
			if old := olds[at]; old != nil {
				if e, err := index.Lookup(cxmodel.Ref{Key: old.Base().Key}); err == nil {
					c.note(placeIn(now, e), x)
				}
			}
		case x.Kind == cxmodel.ChangeAdded && whole:
			c.marks[at] = added
			c.count[added]++
		default:
			c.note(at, x)
		}
	}
	return c
}

func (c *changes) note(at place, x cxmodel.Change) {
	if c.marks[at] == same {
		c.marks[at] = changed
		c.count[changed]++
	}
	c.notes[at] = append(c.notes[at], x)
}

// placeIn returns the place of an item in its canvas.
func placeIn(c *canvas.Canvas, e canvas.Entry) place {
	i := 0
	for other := range c.EntriesOf(e.Block()) {
		if other == e {
			break
		}
		i++
	}
	return place{e.Block(), i}
}

// fields are the names that documents have for the blocks.
var fields = [...]string{"segments", "propositions", "channels", "relationships", "revenue-streams", "resources", "activities", "partnerships", "costs"}

// placeOf reads a JSON Pointer into a canvas; whole says that it leads to an item, not into one.
func placeOf(path string) (at place, whole, ok bool) {
	steps := strings.Split(path, "/")
	if len(steps) < 3 {
		return place{}, false, false
	}
	for i, name := range fields {
		if n, err := strconv.Atoi(steps[2]); err == nil && steps[1] == name {
			return place{canvas.CustomerSegments + canvas.Block(i), n}, len(steps) == 3, true
		}
	}
	return place{}, false, false
}

// say writes a change of an item, or of a part of it, as a line.
func (l *Labels) say(x cxmodel.Change, item cxmodel.Ref) string {
	var words []string
	if x.Ref != item && x.Ref.Kind != "" {
		words = append(words, l.term(string(x.Ref.Kind))+" "+string(x.Ref.Key)+":")
	}
	switch x.Kind {
	case cxmodel.ChangeAdded:
		words = append(words, l.Added)
	case cxmodel.ChangeRemoved:
		words = append(words, l.Removed)
	case cxmodel.ChangeRenamed:
		words = append(words, l.Renamed, x.From)
	case cxmodel.ChangeMoved:
		from := l.term(x.From)
		for b := range canvas.Blocks() {
			if b.String() == x.From {
				from = l.block(b)
			}
		}
		words = append(words, l.Moved, from)
	default:
		words = append(words, l.term(x.Field)+":", cmp.Or(l.Terms[x.From], x.From, l.Nothing), l.Arrow, cmp.Or(l.Terms[x.To], x.To, l.Nothing))
	}
	return strings.Join(words, " ")
}

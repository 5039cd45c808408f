package alignmentsvg

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// ErrNoAssessment is returned for a nil assessment.
var ErrNoAssessment = errors.New("alignmentsvg: there is no assessment to draw")

// ErrOption is wrapped by every error about options that cannot be used. It is the same in all packages that draw.
var ErrOption = svg.ErrOption

// Render draws who carries what. It fails if the options cannot be used, a malformed colour of the theme
// included ([ErrOption]), or with the error of w.
func Render(w io.Writer, a *alignment.Assessment, opts *Options) error {
	if a == nil {
		return ErrNoAssessment
	}
	o, err := opts.withDefaults()
	if err != nil {
		return fmt.Errorf("alignmentsvg: %w", err)
	}
	d := &drawing{a: a, o: &o, l: svg.Words(o.Labels, English()), score: a.HasScore(), paper: a.Rung >= alignment.RungStrengths}
	d.layOut()
	p, err := svg.New(svg.Frame{
		ID: o.ID, Title: d.title(), Description: d.describe(), Language: d.l.Language, RightToLeft: d.l.RightToLeft,
		Width: d.width, Height: d.height, Theme: o.Theme,
	})
	if err != nil {
		return fmt.Errorf("alignmentsvg: %w", err)
	}
	d.p = p
	d.draw()
	if _, err := p.WriteTo(w); err != nil {
		return fmt.Errorf("alignmentsvg: %w", err)
	}
	return nil
}

// Sizes, in pixels.
const (
	margin     = 16
	columnMin  = 74
	columnTiny = 68 // where the picture is narrow
	columnMax  = 118
	rowMin     = 27
	headLines  = 4
	cellGap    = 2
	bandGap    = 26
	totalGap   = 10
	markSize   = 9
	labelWide  = 160
	labelSmall = 84
)

var (
	titleFont   = svg.Font{Size: 18, Bold: true}
	leadFont    = svg.Font{Size: 12.5}
	journeyFont = svg.Font{Size: 13, Bold: true}
	headFont    = svg.Font{Size: 12, Bold: true}
	tinyFont    = svg.Font{Size: 11, Bold: true} // of heads where the picture is narrow
	labelFont   = svg.Font{Size: 12}
	cellFont    = svg.Font{Size: 13}
	scoreFont   = svg.Font{Size: 15, Bold: true}
	smallFont   = svg.Font{Size: 11}
)

// A drawing is a heat map in the making.
type drawing struct {
	a     *alignment.Assessment
	o     *Options
	l     Labels
	p     *svg.Picture
	score bool // any stage has one
	paper bool // links are rated

	width, height float64
	label, column float64 // widths
	top           float64 // of the darkest colour, in [0, 1]
	rows          float64 // height of a block's row
	head          svg.Stack
	names         [9]svg.Block
	below         []row
	bands         []band
	legend        []entry
	foot          svg.Stack
}

// A band is a row of columns, with the name of the journey where there are several.
type band struct {
	columns []column
	journey svg.Block
	heads   []svg.Block
	y, head float64
}

// A row below the blocks says one thing of each stage.
type row struct {
	name   svg.Block
	value  func(*column) string
	small  func(*column) string // below it; nil: nothing
	font   svg.Font
	paint  svg.Paint
	height float64
}

func (d *drawing) title() string {
	parts := []string{d.l.Title}
	if !d.score {
		parts[0] = d.l.CoverageTitle
	}
	if name := short(d.a.Name); name != "" { // so that what is shown is never cut off
		parts = append([]string{name}, parts...)
	}
	return strings.Join(parts, ": ")
}

// layOut finds where everything stands.
func (d *drawing) layOut() {
	cols := columns(d.a)
	inner := d.o.Width - 2*margin
	least, head, pad := float64(columnMin), headFont, 8.
	d.label = labelWide
	if inner < 520 {
		d.label, least, head, pad = labelSmall, columnTiny, tinyFont, 4
	}
	room := inner - d.label
	longest := 0
	for _, b := range bands(cols, max(int(room/least), 1)) {
		d.bands = append(d.bands, band{columns: b})
		longest = max(longest, len(b))
	}
	d.column = min(max((room-totalGap)/float64(max(longest, 1)), least-totalGap), columnMax)
	d.width = min(d.o.Width, max(2*margin+d.label+d.column*float64(longest)+totalGap, 620))
	d.scale(cols)

	y := float64(margin)
	d.head.Width = d.width - 2*margin
	d.head.Add(d.title(), svg.Text{Font: titleFont, Fill: svg.Ink, Lines: 3})
	lead := d.l.Lead
	if !d.score {
		lead = d.l.CoverageLead
	}
	d.head.Add(lead, svg.Text{Font: leadFont, Fill: svg.Muted, Before: 3})
	if d.a.Persona != "" {
		d.head.Add(put(d.l.Persona, string(d.a.Persona)), svg.Text{Font: leadFont, Fill: svg.Muted, Before: 3})
	}
	y += d.head.Height() + 14

	d.rows = rowMin
	for b := range d.names {
		d.names[b] = svg.Wrap(d.l.Blocks[b], labelFont, d.label-10, 3)
		d.rows = max(d.rows, d.names[b].Height()+6)
	}
	d.layOutRows(cols)
	many := len(d.a.Journeys) > 1
	last := cxmodel.Key("")
	for i := range d.bands {
		b := &d.bands[i]
		b.y = y
		if first := b.columns[0]; many && (i == 0 || first.journey != last) {
			b.journey = svg.Wrap(d.journeyName(first.journey), journeyFont, d.width-2*margin, 2)
			y += b.journey.Height() + 6
			last = first.journey
		}
		for k := range b.columns {
			name := b.columns[k].name
			if b.columns[k].total {
				name = d.l.All
			}
			h := svg.Wrap(name, head, d.column-pad, headLines)
			b.heads = append(b.heads, h)
			b.head = max(b.head, h.Height())
		}
		y += b.head + 6 + 9*d.rows + 5
		for _, r := range d.below {
			y += r.height
		}
		y += bandGap
	}
	if len(d.bands) == 0 {
		y += 20
	}
	y = d.layOutLegend(y)
	d.foot.Width = d.width - 2*margin
	if d.paper {
		d.foot.Add(d.l.Judgement+" "+d.l.Satisfaction+" "+d.l.Safety, svg.Text{Font: smallFont, Fill: svg.Muted})
		y += 8
	}
	d.height = y + d.foot.Height() + margin
}

// scale finds the points of the darkest colour: the most that a block carries in a stage, rounded up to tens.
func (d *drawing) scale(cols []column) {
	for i := range cols {
		for _, c := range cols[i].cells {
			if c.points > d.top {
				d.top = c.points
			}
		}
	}
	d.top = max(math.Ceil(d.top*10-1e-9)/10, .2)
}

func (d *drawing) journeyName(key cxmodel.Key) string {
	for _, j := range d.a.Journeys {
		if j.Key == key && j.Name != "" {
			return j.Name
		}
	}
	return string(key)
}

// layOutRows chooses the rows below the blocks: what the model's rung can carry.
func (d *drawing) layOutRows(cols []column) {
	add := func(name string, value, small func(*column) string, font svg.Font, paint svg.Paint) {
		r := row{name: svg.Wrap(name, svg.Font{Size: labelFont.Size, Bold: font.Bold}, d.label-10, 3), value: value, small: small, font: font, paint: paint}
		r.height = font.Size*svg.Leading + 7
		if small != nil {
			r.height += smallFont.Size * svg.Leading
		}
		r.height = max(r.height, r.name.Height()+5)
		d.below = append(d.below, r)
	}
	if d.score {
		var interval func(*column) string
		for i := range cols {
			if cols[i].uncertain() {
				interval = func(c *column) string {
					if !c.uncertain() {
						return ""
					}
					return put(d.l.Interval, d.l.whole(c.support.Low), d.l.whole(c.support.High))
				}
			}
		}
		add(d.l.WorksToday, func(c *column) string { return d.l.whole(c.support.Delivered) }, interval, scoreFont, svg.Ink)
	}
	if d.paper {
		add(d.l.OnPaper, func(c *column) string { return d.l.whole(c.support.Design) }, nil, cellFont, svg.Ink)
	}
	if d.score {
		add(d.l.AfterOneFailure, func(c *column) string { return d.l.whole(c.after) }, nil, cellFont, svg.Ink)
		add(d.l.PointsLost, func(c *column) string { return d.l.tenth(c.lost) }, nil, cellFont, svg.Ink)
	}
	add(d.l.Weight, func(c *column) string { return put(d.l.Percent, d.l.whole(c.weight)) }, nil, cellFont, svg.Muted)
}

// uncertain reports whether the interval differs from the value as it is written.
func (c *column) uncertain() bool {
	return math.Round(100*c.support.Low) != math.Round(100*c.support.High)
}

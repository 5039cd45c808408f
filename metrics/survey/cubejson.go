package survey

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
)

// cubeFormat is what this library writes and reads.
const cubeFormat = "cxmodel-cube/1"

// savedCube is the JSON form of a Cube.
type savedCube struct {
	Format        string       `json:"format"`
	Every         Every        `json:"every,omitzero"`
	Location      string       `json:"location,omitempty"`   // where there are periods
	UTCOffset     *int         `json:"utc-offset,omitempty"` // in seconds, of a location without daylight saving time that is not UTC
	MaxCells      int          `json:"max-cells,omitempty"`
	SkipUnknown   bool         `json:"skip-unknown,omitempty"`
	IgnoreWeights bool         `json:"ignore-weights,omitempty"`
	Weighted      bool         `json:"weighted,omitempty"`
	RolledUp      []string     `json:"rolled-up,omitempty"`
	Skipped       int          `json:"skipped,omitempty"`
	Measures      []MeasureDef `json:"measures"`
	Cells         []savedCell  `json:"cells"`
}

// savedCell is the answers of one weight in a cell.
type savedCell struct {
	Measure    cxmodel.Key     `json:"measure"`
	Touchpoint cxmodel.Key     `json:"touchpoint,omitempty"`
	Segment    cxmodel.Key     `json:"segment,omitempty"`
	Period     Period          `json:"period,omitzero"`
	Weight     float64         `json:"weight,omitempty"` // 0 stands for 1
	Points     []uint32        `json:"points"`           // a count per point of the scale, so that no short text makes a large cube
	Fractions  []savedFraction `json:"fractions,omitempty"`
	Missing    uint32          `json:"missing,omitempty"`
	OffScale   uint32          `json:"off-scale,omitempty"`
	Partial    uint32          `json:"partial,omitempty"`
	Dismissed  uint32          `json:"dismissed,omitempty"`
	Invited    uint32          `json:"invited,omitempty"`
	Bounced    uint32          `json:"bounced,omitempty"`
	Excluded   uint32          `json:"excluded,omitempty"`
}

type savedFraction struct {
	Score float64 `json:"score"`
	N     uint32  `json:"n"`
}

// slots are the counts behind the points, by slot.
func (s *savedCell) slots() [slotEnd]*uint32 {
	return [slotEnd]*uint32{
		slotMissing: &s.Missing, slotOffScale: &s.OffScale, slotPartial: &s.Partial, slotDismissed: &s.Dismissed,
		slotInvited: &s.Invited, slotBounced: &s.Bounced, slotExcluded: &s.Excluded,
	}
}

var dimensionWords = []string{"touchpoint", "segment", "period"} // by bit of a Dimensions

// MarshalJSON writes all that the cube holds, so that a service can keep it in a file or a column and start again: the
// options, the measures, and each cell with its counts by point and by status, those of each weight apart. Equal cubes give
// the same bytes. The names are kebab-case; "format" is "cxmodel-cube/1".
//
// It fails with [ErrShape] for the zero Cube, and with [ErrOption] where the text would mean another cube elsewhere: periods
// in time.Local or in a time zone that time.LoadLocation does not know, and questions that are not UTF-8.
func (c Cube) MarshalJSON() ([]byte, error) {
	if c.byMeasure == nil {
		return nil, fmt.Errorf("%w: the cube is zero; make it with NewCube", ErrShape)
	}
	s := savedCube{
		Format: cubeFormat, Every: c.opts.Every, MaxCells: c.opts.MaxCells, SkipUnknown: c.opts.SkipUnknown,
		IgnoreWeights: c.opts.IgnoreWeights, Weighted: c.opts.Weighted, Skipped: c.skipped, Measures: c.Measures(), Cells: []savedCell{},
	}
	for _, d := range s.Measures {
		if !utf8.ValidString(d.Question) {
			return nil, fmt.Errorf("%w: the question of %s is not UTF-8", ErrOption, d.Key)
		}
	}
	if c.opts.Every != EveryUnspecified {
		s.nameLocation(c.opts.Location)
		if again, err := s.location(); err != nil || !sameLocation(c.opts.Location, again) {
			return nil, fmt.Errorf("%w: the location %q is another elsewhere; give NewCube time.UTC or one that time.LoadLocation gave", ErrOption, clip.Text(s.Location))
		}
	}
	for i, word := range dimensionWords {
		if c.rolledUp&(1<<i) != 0 {
			s.RolledUp = append(s.RolledUp, word)
		}
	}
	for _, id := range c.sorted() {
		i, t, seg, p := id.codes()
		m := c.measures[i]
		at, _ := m.find(id)
		row := m.row(at)
		cell := savedCell{Measure: m.def.Key, Touchpoint: c.touchpoints.keys[t], Segment: c.segments.keys[seg], Period: c.periods[p], Points: row[:m.points]}
		if m.weight != 1 {
			cell.Weight = m.weight
		}
		for slot, n := range cell.slots() {
			*n = row[m.points+slot]
		}
		for _, score := range slices.Sorted(maps.Keys(m.fractions[at])) {
			cell.Fractions = append(cell.Fractions, savedFraction{score, m.fractions[at][score]})
		}
		s.Cells = append(s.Cells, cell)
	}
	return json.Marshal(s)
}

// UnmarshalJSON replaces c with what [Cube.MarshalJSON] wrote; null leaves it as it is, and so does an error, which names
// the cell. It fails with [ErrFormat] where the text is damaged, has an unknown field or is of another format, with
// [ErrMeasure], [ErrOption], [ErrAnswer], [ErrShape] and [ErrWeighted] where no cube holds what it says, and with a
// *cxmodel.LimitError beyond its "max-cells". It takes memory in proportion to the text: bound the text.
func (c *Cube) UnmarshalJSON(data []byte) error {
	if string(bytes.TrimSpace(data)) == "null" {
		return nil
	}
	// The format first: of another one nothing else is known.
	var head struct {
		Format string `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if head.Format != cubeFormat {
		return fmt.Errorf("%w: the format is %q; this library reads %q", ErrFormat, clip.Text(head.Format), cubeFormat)
	}
	var s savedCube
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("%w: something follows the cube", ErrFormat)
	}
	read, err := s.cube()
	if err == nil {
		*c = *read
	}
	return err
}

func (s *savedCube) cube() (*Cube, error) {
	loc, err := s.location()
	if err != nil {
		return nil, err
	}
	c, err := NewCube(s.Measures, &CubeOptions{
		Every: s.Every, Location: loc, MaxCells: s.MaxCells, SkipUnknown: s.SkipUnknown, IgnoreWeights: s.IgnoreWeights, Weighted: s.Weighted,
	})
	if err != nil {
		return nil, err
	}
	for _, word := range s.RolledUp {
		i := slices.Index(dimensionWords, word)
		if i < 0 {
			return nil, fmt.Errorf("%w: the dimension %q that is rolled up is none of %q", ErrFormat, clip.Text(word), dimensionWords)
		}
		c.rolledUp |= 1 << i
	}
	if c.skipped = s.Skipped; s.Skipped < 0 {
		return nil, fmt.Errorf("%w: %d answers skipped", ErrFormat, s.Skipped)
	}
	for i := range s.Cells {
		if err := c.restore(&s.Cells[i]); err != nil {
			return nil, fmt.Errorf("survey: cell %d of the saved cube: %w", i, err)
		}
	}
	return c, nil
}

// restore adds a cell that is not there yet; after an error the cube is of no use.
func (c *Cube) restore(s *savedCell) error {
	measure, known := c.byMeasure[s.Measure]
	if !known {
		return c.unknown(s.Measure)
	}
	if every := s.Period.Every(); every != EveryUnspecified && every != c.opts.Every {
		return fmt.Errorf("%w: %s in a cube of periods %q", ErrShape, s.Period, c.opts.Every)
	}
	switch w := s.Weight; {
	case w == 0 || w == 1:
	case !(w > 0):
		return fmt.Errorf("%w: the weight %v is negative", ErrAnswer, w)
	case !c.opts.Weighted:
		return weighted(w)
	default:
		var err error
		if measure, err = c.class(measure, w); err != nil {
			return err
		}
	}
	t, err := c.touchpoints.add(s.Touchpoint)
	if err != nil {
		return err
	}
	seg, err := c.segments.add(s.Segment)
	if err != nil {
		return err
	}
	p, err := c.period(s.Period)
	if err != nil {
		return err
	}
	id, m := makeID(measure, t, seg, p), c.measures[measure]
	if id&^c.rolledUp.mask() != 0 {
		return fmt.Errorf("%w: it has a key in a dimension that is rolled up", ErrShape)
	}
	if _, twice := m.find(id); twice {
		return fmt.Errorf("%w: it is there twice", ErrFormat)
	}
	if len(s.Points) != m.points {
		return fmt.Errorf("%w: %d counts for the %d points of %v", ErrFormat, len(s.Points), m.points, m.def.Scale)
	}
	at, err := c.cell(id)
	if err != nil {
		return err
	}
	row := m.row(at)
	copy(row, s.Points)
	for slot, n := range s.slots() {
		row[m.points+slot] = *n
	}
	last := math.Inf(-1)
	for _, f := range s.Fractions {
		if !(f.Score > last && m.def.Scale.Contains(f.Score) && f.Score != math.Trunc(f.Score)) || f.N == 0 {
			return fmt.Errorf("%w: %d answers of %v; fractions lie between two points of %v and ascend", ErrFormat, f.N, f.Score, m.def.Scale)
		}
		last = f.Score
		if err := c.count(m, at, f.Score, StatusUnspecified, int(f.N)); err != nil {
			return err
		}
	}
	if m.empty(at) {
		return fmt.Errorf("%w: it holds nothing", ErrFormat)
	}
	return nil
}

// nameLocation writes a location down: by name, and where its clocks never change by its offset, which needs no database.
func (s *savedCube) nameLocation(loc *time.Location) {
	t := time.Unix(0, 0).In(loc)
	start, end := t.ZoneBounds()
	s.Location = loc.String()
	if _, offset := t.Zone(); start.IsZero() && end.IsZero() && !(offset == 0 && s.Location == "UTC") {
		s.UTCOffset = &offset
	}
}

// location returns the location that is written down; without one that is UTC.
func (s *savedCube) location() (*time.Location, error) {
	switch {
	case !utf8.ValidString(s.Location):
		return nil, fmt.Errorf("%w: the name of the location is not UTF-8", ErrOption)
	case s.UTCOffset != nil && (*s.UTCOffset < -24*60*60 || *s.UTCOffset > 24*60*60):
		return nil, fmt.Errorf("%w: an offset of %d seconds from UTC is more than a day", ErrOption, *s.UTCOffset)
	case s.UTCOffset != nil:
		return time.FixedZone(s.Location, *s.UTCOffset), nil
	case s.Location == "Local":
		return nil, fmt.Errorf("%w: the location \"Local\" is another elsewhere", ErrOption)
	}
	loc, err := time.LoadLocation(s.Location)
	if err != nil {
		return nil, fmt.Errorf("%w: time.LoadLocation does not know the location %q", ErrOption, clip.Text(s.Location))
	}
	return loc, nil
}

package journeysvg

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// Options say how a map is drawn. The zero value, and nil, are the defaults.
type Options struct {
	// ID begins every id in the document; it is to be unique among the pictures of a page. Empty: "journey".
	ID     string
	Theme  *Theme  // nil: the library's own, light or dark as the viewer prefers
	Labels *Labels // the fixed words; nil, and words left empty: English

	// Width is how wide the map may be, in pixels, at least 200. Stages that do not fit side by side go on below, in
	// bands. Below 600, a lane's name stands above it. 0: all stages side by side, however wide.
	Width float64
	// ColumnWidth is how wide a touchpoint is at least, in pixels, from 80 to 1000. 0: 168.
	ColumnWidth float64
	// MaxLines is how many lines a text may have before it is cut. 0: 12; negative: any number.
	MaxLines int

	Lanes   []Lane      // the rows, from above; nil: all that have content
	Persona cxmodel.Key // draws the journey of one persona: the touchpoints it uses and its weights; empty: all
	// Observed holds numbers that were measured on customers, by the key of the touchpoint or stage. They are drawn as given.
	Observed map[cxmodel.Key][]Observation
}

// Theme says how pictures look: palettes for light and dark, typeface. It is the same type in all packages that draw.
type Theme = svg.Theme

// Palette holds the colours of a [Theme] by their roles.
type Palette = svg.Palette

// Color is a colour of a [Palette], "#rrggbb".
type Color = svg.Color

// Modes of a [Theme].
const (
	ModeAuto  = svg.ModeAuto // light or dark as the viewer prefers; light in print
	ModeLight = svg.ModeLight
	ModeDark  = svg.ModeDark
)

// A Lane is a row of the map: one of the constants, or the key of one of the journey's own lanes.
type Lane string

// Lanes, in the order in which they are drawn by default. The journey's own lanes follow.
const (
	LaneTouchpoints   Lane = "touchpoints" // or the layers of a service blueprint
	LaneDoes          Lane = "does"
	LaneThinks        Lane = "thinks"
	LaneFeels         Lane = "feels" // the sentiment curve
	LaneEmotions      Lane = "emotions"
	LaneSays          Lane = "says"
	LaneExpects       Lane = "expects"
	LaneObserved      Lane = "observed"
	LanePains         Lane = "pains"
	LaneDelights      Lane = "delights"
	LaneOpportunities Lane = "opportunities"
	LaneMessage       Lane = "message"
	LaneStrategy      Lane = "strategy"
	LaneStandard      Lane = "standard"
	LaneChannel       Lane = "channel"
	LaneHandOff       Lane = "hand-off"
	LaneNext          Lane = "next"
	LaneOwner         Lane = "owner"
	LaneActors        Lane = "actors"
	LaneSystems       Lane = "systems"
	LaneMeasures      Lane = "measures"
)

func standardLanes() []Lane {
	return []Lane{LaneTouchpoints, LaneDoes, LaneThinks, LaneFeels, LaneEmotions, LaneSays, LaneExpects, LaneObserved, LanePains,
		LaneDelights, LaneOpportunities, LaneMessage, LaneStrategy, LaneStandard, LaneChannel, LaneHandOff, LaneNext,
		LaneOwner, LaneActors, LaneSystems, LaneMeasures}
}

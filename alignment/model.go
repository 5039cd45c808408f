package alignment

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/internal/deep"
	"github.com/cxmodel/cxmodel/journey"
)

// A Model is a customer experience model: journeys, the canvas of the business that serves them, and what links the two.
type Model struct {
	ID          uuid.UUID
	Name        string
	Version     string
	AsOf        cxmodel.Date // the day that the model describes; waivers that end before it do not hold
	Journeys    []*journey.Journey
	Canvas      *canvas.Canvas
	Links       []Link
	Needs       []Need
	Teams       []Team
	Objectives  []Objective
	Initiatives []Initiative
	Targets     []Target
	Claims      []cxmodel.Claim
	Waivers     []cxmodel.Waiver
	cxmodel.Extra

	origin *codec.Origin
	places map[linkID]string // JSON Pointers of the links that were decoded
	bare   []rowID           // rows of the matrices that name no target yet
}

// A Link says that a canvas item supports a touchpoint, or every touchpoint of a stage.
type Link struct {
	Item     cxmodel.Ref // a canvas item
	To       cxmodel.Ref // a touchpoint, or a stage: then it goes to each of its touchpoints
	Facet    cxmodel.Key // one quality; empty: each of the target's facets
	Role     Role        // unspecified: Contributes
	Strength Strength

	// Performance of the item in this place, in [0, 1]; nil: the item's own.
	Performance *canvas.Performance
	// Group makes required links of the same cell and group alternatives: the best of them counts.
	Group cxmodel.Key
	// Rater is who rated; links without rater are one rater. Each rater's links make a view of the cell of their own, and the
	// lower median of the views counts, so a requirement holds only in the view of its rater: for the others write it again.
	Rater    cxmodel.Key
	Evidence []cxmodel.Evidence
	Note     string
	cxmodel.Extra
}

// Helps returns a link by which item contributes to a place: "phone", "visit.emotion". Malformed names are for Validate to report.
func Helps(item, to string, s Strength) Link { return newLink(item, to, Contributes, s) }

// MustNotFail returns a link by which a place requires item.
func MustNotFail(item, to string, s Strength) Link { return newLink(item, to, Required, s) }

func newLink(item, to string, r Role, s Strength) Link {
	target, facet, _ := strings.Cut(to, ".")
	return Link{Item: looseRef(item), To: looseRef(target), Facet: cxmodel.Key(facet), Role: r, Strength: s}
}

// looseRef is ParseRef without its checks.
func looseRef(s string) cxmodel.Ref {
	if kind, key, found := strings.Cut(s, "/"); found {
		return cxmodel.Ref{Kind: cxmodel.Kind(kind), Key: cxmodel.Key(key)}
	}
	return cxmodel.Ref{Key: cxmodel.Key(s)}
}

// required reports whether the link's role is Required.
func (l Link) required() bool { return l.Role == Required }

// place returns the text of the link's target, as files write it: "visit.emotion".
func (l Link) place() string {
	if l.Facet == "" {
		return l.To.String()
	}
	return l.To.String() + "." + string(l.Facet)
}

// String returns `host contributes to visit.emotion, medium`.
func (l Link) String() string {
	verb := "contributes to"
	if l.required() {
		verb = "is required by"
	}
	strength := l.Strength.String()
	if l.Strength == Unrated {
		strength = "unrated"
	}
	return fmt.Sprintf("%s %s %s, %s", l.Item, verb, l.place(), strength)
}

// linkID tells links apart in a file.
type linkID struct {
	item, to     cxmodel.Ref
	facet        cxmodel.Key
	required     bool
	group, rater cxmodel.Key
}

func (l Link) id() linkID {
	return linkID{l.Item, l.To, l.Facet, l.required(), l.Group, l.Rater}
}

// A Need says that an item works only as well as another lets it.
type Need struct {
	Item     cxmodel.Ref        `json:"item"`
	Needs    cxmodel.Ref        `json:"needs"`
	Strength Strength           `json:"strength,omitempty"`
	Evidence []cxmodel.Evidence `json:"evidence,omitempty"`
	Note     string             `json:"note,omitempty"`
	cxmodel.Extra
}

// A Team is a group of people that owns items or touchpoints.
type Team struct {
	Key       cxmodel.Key `json:"key"`
	Name      string      `json:"name"`
	Functions []string    `json:"functions,omitempty"` // marketing, development, operations, …
	Owners    []string    `json:"owners,omitempty"`    // the owner names in the model that mean this team
	cxmodel.Extra
}

// An Objective is what the business wants, with the stages or touchpoints that it is about.
type Objective struct {
	Key     cxmodel.Key   `json:"key"`
	Name    string        `json:"name"`
	About   []cxmodel.Ref `json:"about,omitempty"`
	Measure cxmodel.Key   `json:"measure,omitempty"`
	Owner   string        `json:"owner,omitempty"`
	cxmodel.Extra
}

// An Initiative is work that is planned or under way, with the pains that it addresses.
type Initiative struct {
	Key        cxmodel.Key    `json:"key"`
	Name       string         `json:"name"`
	Objectives []cxmodel.Ref  `json:"objectives,omitempty"`
	Addresses  []cxmodel.Key  `json:"addresses,omitempty"` // keys of pains and opportunities
	Items      []cxmodel.Ref  `json:"items,omitempty"`     // canvas items that it changes
	Owner      string         `json:"owner,omitempty"`
	Cost       cxmodel.Amount `json:"cost,omitzero"`
	Start      cxmodel.Date   `json:"start,omitzero"`
	End        cxmodel.Date   `json:"end,omitzero"`
	cxmodel.Extra
}

// A Target is the score that a stage, or a facet of it, is meant to reach. There is no default.
type Target struct {
	Stage  cxmodel.Ref `json:"stage"`
	Facet  cxmodel.Key `json:"facet,omitempty"`
	Score  float64     `json:"score"` // in [0, 1]
	Reason string      `json:"reason,omitempty"`
	cxmodel.Extra
}

// Clone returns a deep copy.
func (m *Model) Clone() *Model { return deep.Copy(m) }

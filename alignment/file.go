package alignment

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/google/uuid"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/codec"
	"github.com/cxmodel/cxmodel/journey"
)

// A modelFile is a Model as files write it: one journey or several, links as matrices or as a list.
type modelFile struct {
	ID          uuid.UUID          `json:"id,omitzero"`
	Name        string             `json:"name,omitempty"`
	Version     string             `json:"version,omitempty"`
	AsOf        cxmodel.Date       `json:"as-of,omitzero"`
	Journey     *journey.Journey   `json:"journey,omitempty" codec:"file"`
	Journeys    []*journey.Journey `json:"journeys,omitempty" codec:"file,was=journey"`
	Canvas      *canvas.Canvas     `json:"canvas,omitempty" codec:"file"`
	Helps       []matrixRow        `json:"helps,omitempty" codec:"keyed=To,file"`
	MustNotFail []matrixRow        `json:"must-not-fail,omitempty" codec:"keyed=To,file"`
	Links       []fileLink         `json:"links,omitempty" codec:"file"`
	Needs       []Need             `json:"needs,omitempty"`
	Teams       []Team             `json:"teams,omitempty"`
	Objectives  []Objective        `json:"objectives,omitempty"`
	Initiatives []Initiative       `json:"initiatives,omitempty"`
	Targets     []Target           `json:"targets,omitempty"`
	Claims      []cxmodel.Claim    `json:"claims,omitempty"`
	Waivers     []cxmodel.Waiver   `json:"waivers,omitempty"`
	cxmodel.Extra
}

// A matrixRow is one row of "helps" or "must-not-fail": item → target → strength.
type matrixRow struct {
	Item cxmodel.Ref  `json:"item"`
	To   []matrixCell `json:"to" codec:"keyed=Strength"`
}

type matrixCell struct {
	To       place    `json:"to" codec:"text"`
	Strength Strength `json:"strength,omitempty"`
}

// A fileLink is a link in the long form.
type fileLink struct {
	Item        cxmodel.Ref         `json:"item"`
	To          place               `json:"to"`
	Facet       cxmodel.Key         `json:"facet,omitempty"`
	Role        Role                `json:"role,omitempty"`
	Strength    Strength            `json:"strength,omitempty"`
	Performance *canvas.Performance `json:"performance,omitempty"`
	Group       cxmodel.Key         `json:"group,omitempty"`
	Rater       cxmodel.Key         `json:"rater,omitempty"`
	Evidence    []cxmodel.Evidence  `json:"evidence,omitempty"`
	Note        string              `json:"note,omitempty"`
	cxmodel.Extra
}

// A place is a target with an optional facet: "visit", "touchpoint/visit.emotion".
type place struct {
	ref   cxmodel.Ref
	facet cxmodel.Key
}

func (p place) MarshalText() ([]byte, error) {
	return []byte(Link{To: p.ref, Facet: p.facet}.place()), nil
}

func (p *place) UnmarshalText(text []byte) error {
	l := Helps("", string(text), Unrated)
	if _, err := cxmodel.ParseRef(l.To.String()); err != nil && !l.To.IsZero() { // a missing target is for Validate to report
		return err
	}
	if l.Facet != "" && !l.Facet.Valid() {
		return fmt.Errorf("%q: %w; write target.facet, such as %q", string(text), l.Facet.Check(), "visit.emotion")
	}
	*p = place{l.To, l.Facet}
	return nil
}

// Decode reads a model from one YAML or JSON document. It returns what it could read together with the issues of
// reading; its error means that nothing could be read. Call Validate for the rest.
func Decode(r io.Reader, opts *cxmodel.DecodeOptions) (*Model, cxmodel.Issues, error) {
	return decode(r, opts, nil)
}

// Load reads a model from a file of fsys and from the files that it names: in place of a journey, the canvas or the
// links there may stand the name of a file that holds them, relative to the model's.
func Load(fsys fs.FS, name string, opts *cxmodel.DecodeOptions) (*Model, cxmodel.Issues, error) {
	if fsys == nil {
		return nil, nil, errors.New("alignment: there is no file system to load from; use os.DirFS")
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("alignment: %w", err)
	}
	defer f.Close()
	o := cxmodel.DecodeOptions{}
	if opts != nil {
		o = *opts
	}
	o.Name = path.Clean(name)
	return decode(f, &o, func(name string) (io.ReadCloser, error) { return fsys.Open(name) })
}

func decode(r io.Reader, opts *cxmodel.DecodeOptions, open func(string) (io.ReadCloser, error)) (*Model, cxmodel.Issues, error) {
	file := new(modelFile)
	origin, issues, err := codec.DecodeFiles(r, file, opts, open)
	if err != nil {
		return nil, nil, fmt.Errorf("alignment: %w", err)
	}
	m := file.model()
	m.origin = origin
	if file.Journey != nil && len(file.Journeys) > 0 {
		issues = append(issues, cxmodel.Issue{Path: "/journey", Code: "journey-and-journeys", Severity: cxmodel.SeverityError,
			Message: "a model has either journey or journeys; both are read, journey first"})
	}
	origin.Locate(file, issues)
	return m, issues, nil
}

func (f *modelFile) model() *Model {
	m := &Model{ID: f.ID, Name: f.Name, Version: f.Version, AsOf: f.AsOf, Journeys: f.Journeys, Canvas: f.Canvas, Needs: f.Needs,
		Teams: f.Teams, Objectives: f.Objectives, Initiatives: f.Initiatives, Targets: f.Targets, Claims: f.Claims, Waivers: f.Waivers,
		Extra: f.Extra, places: map[linkID]string{}}
	if f.Journey != nil {
		m.Journeys = append([]*journey.Journey{f.Journey}, f.Journeys...)
	}
	for _, j := range m.Journeys {
		if j != nil {
			_ = j.ApplyPreset() // an unknown name is for Validate to report
		}
	}
	add := func(l Link, path string) {
		m.Links = append(m.Links, l)
		if _, twice := m.places[l.id()]; !twice {
			m.places[l.id()] = path
		}
	}
	matrix := func(name string, rows []matrixRow, role Role) {
		for _, row := range rows {
			if len(row.To) == 0 {
				m.bare = append(m.bare, rowID{row.Item, role == Required})
			}
			for _, c := range row.To {
				add(Link{Item: row.Item, To: c.To.ref, Facet: c.To.facet, Role: role, Strength: c.Strength},
					"/"+name+"/"+escape(row.Item.String())+"/"+escape(Link{To: c.To.ref, Facet: c.To.facet}.place()))
			}
		}
	}
	matrix("helps", f.Helps, Contributes)
	matrix("must-not-fail", f.MustNotFail, Required)
	for i, l := range f.Links {
		facet := l.Facet
		if facet == "" {
			facet = l.To.facet
		}
		add(Link{Item: l.Item, To: l.To.ref, Facet: facet, Role: l.Role, Strength: l.Strength, Performance: l.Performance,
			Group: l.Group, Rater: l.Rater, Evidence: l.Evidence, Note: l.Note, Extra: l.Extra}, fmt.Sprintf("/links/%d", i))
	}
	return m
}

// file returns the model as files write it. Links that say no more than a strength stand in the matrices, unless they
// came from the long form or the same cell is taken.
func (m *Model) file() *modelFile {
	f := &modelFile{ID: m.ID, Name: m.Name, Version: m.Version, AsOf: m.AsOf, Canvas: m.Canvas, Needs: m.Needs, Teams: m.Teams,
		Objectives: m.Objectives, Initiatives: m.Initiatives, Targets: m.Targets, Claims: m.Claims, Waivers: m.Waivers, Extra: m.Extra}
	for _, j := range m.Journeys {
		f.Journeys = append(f.Journeys, j.Written())
	}
	if len(m.Journeys) == 1 && !m.origin.Has("journeys") {
		f.Journey, f.Journeys = f.Journeys[0], nil
	}
	taken := map[linkID]bool{}
	row := map[rowID]int{} // of an item, in its matrix
	for _, l := range m.Links {
		simple := l.Performance == nil && l.Group == "" && l.Rater == "" && l.Evidence == nil && l.Note == "" && l.Labels == nil && l.Fields == nil
		if !simple || taken[l.id()] || strings.HasPrefix(m.places[l.id()], "/links/") {
			f.Links = append(f.Links, fileLink{Item: l.Item, To: place{l.To, l.Facet}, Role: l.Role, Strength: l.Strength,
				Performance: l.Performance, Group: l.Group, Rater: l.Rater, Evidence: l.Evidence, Note: l.Note, Extra: l.Extra})
			continue
		}
		taken[l.id()] = true
		rows := &f.Helps
		if l.required() {
			rows = &f.MustNotFail
		}
		at, found := row[rowID{l.Item, l.required()}]
		if !found {
			at = len(*rows)
			row[rowID{l.Item, l.required()}] = at
			*rows = append(*rows, matrixRow{Item: l.Item})
		}
		(*rows)[at].To = append((*rows)[at].To, matrixCell{place{l.To, l.Facet}, l.Strength})
	}
	for _, r := range m.bare {
		if _, filled := row[r]; filled {
			continue
		}
		if r.required {
			f.MustNotFail = append(f.MustNotFail, matrixRow{Item: r.item})
		} else {
			f.Helps = append(f.Helps, matrixRow{Item: r.item})
		}
	}
	return f
}

// A rowID names a row of a matrix.
type rowID struct {
	item     cxmodel.Ref
	required bool
}

// Encode writes the model as one document; what Load read from several files becomes part of it. Comments, order and
// spelling of the file that was read are kept wherever the value is the same.
func Encode(w io.Writer, m *Model, opts *cxmodel.EncodeOptions) error {
	if m == nil {
		return errors.New("alignment: there is no model to encode")
	}
	if err := codec.Encode(w, m.file(), m.origin, opts); err != nil {
		return fmt.Errorf("alignment: %w", err)
	}
	return nil
}

// linkPath returns the JSON Pointer of link i.
func (m *Model) linkPath(i int) string {
	if p, ok := m.places[m.Links[i].id()]; ok {
		return p
	}
	return fmt.Sprintf("/links/%d", i)
}

// journeyPath returns the JSON Pointer of journey i.
func (m *Model) journeyPath(i int) string {
	if len(m.Journeys) == 1 && !m.origin.Has("journeys") {
		return "/journey"
	}
	return fmt.Sprintf("/journeys/%d", i)
}

// escape makes a text a segment of a JSON Pointer.
func escape(s string) string { return pointerEscapes.Replace(s) }

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

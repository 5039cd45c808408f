package canvas_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// bmml is a file of the Business Model Markup Language 2.0, as far as these tests read it.
type bmml struct {
	Meta struct{ Name string }
	CS   []struct {
		bmmlItem `yaml:",inline"`
		Jobs     []bmmlItem
		Pains    []bmmlItem
		Gains    []bmmlItem
	} `yaml:"customer_segments"`
	VP []struct {
		bmmlItem  `yaml:",inline"`
		Products  []bmmlItem `yaml:"products_services"`
		Relievers []bmmlItem `yaml:"pain_relievers"`
		Creators  []bmmlItem `yaml:"gain_creators"`
	} `yaml:"value_propositions"`
	Fits []struct {
		For      bmmlRefs
		Mappings [][]cxmodel.Key
	}
	CH []bmmlItem `yaml:"channels"`
	CR []bmmlItem `yaml:"customer_relationships"`
	RS []bmmlItem `yaml:"revenue_streams"`
	KR []bmmlItem `yaml:"key_resources"`
	KA []bmmlItem `yaml:"key_activities"`
	KP []bmmlItem `yaml:"key_partnerships"`
	C  []bmmlItem `yaml:"costs"`
}

type bmmlItem struct {
	ID          cxmodel.Key
	Name        string
	Description string
	For, From   bmmlRefs
}

type bmmlRefs struct {
	CS []cxmodel.Key `yaml:"customer_segments"`
	VP []cxmodel.Key `yaml:"value_propositions"`
	KR []cxmodel.Key `yaml:"key_resources"`
	KA []cxmodel.Key `yaml:"key_activities"`
}

func (i bmmlItem) item() canvas.Item {
	return canvas.Item{Key: i.ID, Name: i.Name, Description: i.Description}
}

func (r bmmlRefs) refs() []cxmodel.Ref {
	var out []cxmodel.Ref
	for _, keys := range [][]cxmodel.Key{r.VP, r.KR, r.KA} {
		for _, k := range keys {
			out = append(out, cxmodel.Ref{Key: k})
		}
	}
	return out
}

// canvas retypes the model into the types of this package.
func (m bmml) canvas() *canvas.Canvas {
	c := &canvas.Canvas{Name: m.Meta.Name}
	for _, s := range m.CS {
		out := canvas.Segment{Item: s.item()}
		for _, j := range s.Jobs {
			out.Jobs = append(out.Jobs, canvas.Job{Key: j.ID, Text: j.Description})
		}
		for _, p := range s.Pains {
			out.Pains = append(out.Pains, canvas.Pain{Key: p.ID, Text: p.Description})
		}
		for _, g := range s.Gains {
			out.Gains = append(out.Gains, canvas.Gain{Key: g.ID, Text: g.Description})
		}
		c.Segments = append(c.Segments, out)
	}
	addressed := map[cxmodel.Key][]cxmodel.Key{}
	for _, fit := range m.Fits {
		for _, pair := range fit.Mappings {
			addressed[pair[0]] = append(addressed[pair[0]], pair[1])
		}
	}
	for _, p := range m.VP {
		out := canvas.Proposition{Item: p.item()}
		for _, x := range p.Products {
			out.Products = append(out.Products, canvas.Product{Key: x.ID, Name: x.Name})
		}
		for _, x := range p.Relievers {
			out.Relievers = append(out.Relievers, canvas.Reliever{Key: x.ID, Text: x.Name, Pains: addressed[x.ID]})
		}
		for _, x := range p.Creators {
			out.Creators = append(out.Creators, canvas.Creator{Key: x.ID, Text: x.Name, Gains: addressed[x.ID]})
		}
		for _, fit := range m.Fits {
			for _, key := range fit.For.VP {
				if key == p.ID {
					out.Segments = append(out.Segments, fit.For.CS...)
				}
			}
		}
		c.Propositions = append(c.Propositions, out)
	}
	for _, x := range m.CH {
		c.Channels = append(c.Channels, canvas.Channel{Item: x.item(), Segments: x.For.CS, Propositions: x.For.VP})
	}
	for _, x := range m.CR {
		c.Relationships = append(c.Relationships, canvas.Relationship{Item: x.item(), Segments: x.For.CS})
	}
	for _, x := range m.RS {
		c.RevenueStreams = append(c.RevenueStreams, canvas.RevenueStream{Item: x.item(), Payers: x.From.CS, Propositions: x.For.VP})
	}
	for _, x := range m.KR {
		c.Resources = append(c.Resources, canvas.Resource{Item: x.item(), Serves: x.For.refs()})
	}
	for _, x := range m.KA {
		c.Activities = append(c.Activities, canvas.Activity{Item: x.item(), Serves: x.For.refs()})
	}
	for _, x := range m.KP {
		c.Partnerships = append(c.Partnerships, canvas.Partnership{Item: x.item(), Supplies: x.For.refs()})
	}
	for _, x := range m.C {
		c.Costs = append(c.Costs, canvas.Cost{Item: x.item(), PaysFor: x.For.refs()})
	}
	return c
}

func readBMML(t *testing.T, name string) *canvas.Canvas {
	t.Helper()
	dir := os.Getenv("CXMODEL_DATA")
	if dir == "" {
		t.Skip("CXMODEL_DATA is not set: the published models are not in this repository")
	}
	data, err := os.ReadFile(filepath.Join(dir, "canvas", "bmml", name+".bmml"))
	require.NoError(t, err)
	var m bmml
	require.NoError(t, yaml.Unmarshal(data, &m))
	return m.canvas()
}

// Six models of hiasinho/bmml (88d45ab, MIT), with the counts of their README: items in the order of the blocks, pains
// and gains addressed and in all, jobs, and how often links are missing.
func TestPublishedModelsFitTheTypesAndTheLinksFindTheirGaps(t *testing.T) {
	for _, want := range []struct {
		name                                                                                       string
		items                                                                                      [9]int
		pains, gains                                                                               [2]int
		jobs, segmentNoStream, propositionNoChannel, propositionNoStream, noCost, resourcesAndActs int
	}{
		{"01-minimal", [9]int{2, 2, 2, 1, 1, 2, 2, 2, 2}, [2]int{0, 0}, [2]int{0, 0}, 0, 0, 0, 0, 2, 4},
		{"airbnb", [9]int{2, 2, 6, 6, 4, 5, 6, 5, 6}, [2]int{10, 10}, [2]int{8, 8}, 8, 0, 0, 0, 4, 11},
		{"freemium", [9]int{2, 2, 7, 4, 4, 5, 6, 5, 5}, [2]int{9, 9}, [2]int{8, 8}, 9, 1, 0, 1, 3, 11},
		{"meal-kit-full", [9]int{2, 2, 4, 2, 2, 4, 4, 3, 4}, [2]int{8, 8}, [2]int{6, 6}, 6, 0, 0, 0, 4, 8},
		{"photo-sharing-v1", [9]int{1, 1, 2, 1, 1, 2, 2, 1, 2}, [2]int{3, 3}, [2]int{3, 3}, 3, 0, 1, 0, 2, 4},
		{"photo-sharing-pivot", [9]int{2, 3, 4, 2, 1, 4, 3, 2, 3}, [2]int{6, 6}, [2]int{6, 6}, 6, 1, 3, 2, 4, 7},
	} {
		t.Run(want.name, func(t *testing.T) {
			c := readBMML(t, want.name)
			assert.NoError(t, c.Validate().Err())

			var items [9]int
			for e := range c.Entries() {
				items[e.Block()-1]++
			}
			assert.Equal(t, want.items, items)

			met := map[canvas.LinkKind]map[cxmodel.Ref]bool{}
			for l := range c.Links() {
				if met[l.Kind] == nil {
					met[l.Kind] = map[cxmodel.Ref]bool{}
				}
				met[l.Kind][l.To] = true
			}
			var pains, gains, jobs, noStream, noChannel, notSold, noCost int
			for _, s := range c.Segments {
				pains, gains, jobs = pains+len(s.Pains), gains+len(s.Gains), jobs+len(s.Jobs)
				if !met[canvas.PaidBy][s.Ref()] {
					noStream++
				}
				assert.True(t, met[canvas.Reaches][s.Ref()] && met[canvas.Keeps][s.Ref()], "every segment has channel and relationship")
			}
			for _, p := range c.Propositions {
				if !met[canvas.Delivers][p.Ref()] {
					noChannel++
				}
				if !met[canvas.Sells][p.Ref()] {
					notSold++
				}
			}
			for e := range c.Entries() {
				if b := e.Block(); (b == canvas.KeyResources || b == canvas.KeyActivities) && !met[canvas.PaysFor][e.Ref()] {
					noCost++
				}
			}
			assert.Equal(t, want.pains, [2]int{len(met[canvas.Relieves]), pains})
			assert.Equal(t, want.gains, [2]int{len(met[canvas.Creates]), gains})
			assert.Equal(t, want.jobs, jobs)
			assert.Equal(t, [3]int{want.segmentNoStream, want.propositionNoChannel, want.propositionNoStream}, [3]int{noStream, noChannel, notSold})
			assert.Equal(t, [2]int{want.noCost, want.resourcesAndActs}, [2]int{noCost, len(c.Resources) + len(c.Activities)})

			back := decode(t, encode(t, c, nil))
			assert.Empty(t, canvas.Diff(c, back))
		})
	}
}

// The pivot of a photo-sharing model: what stays is told by its key, whatever became of the rest.
func TestDiffOfAPublishedPivot(t *testing.T) {
	before, after := readBMML(t, "photo-sharing-v1"), readBMML(t, "photo-sharing-pivot")
	kinds := map[cxmodel.ChangeKind]int{}
	kept := 0
	for _, c := range canvas.Diff(before, after) {
		if canvas.BlockOf(c.Ref.Kind) != canvas.BlockUnspecified {
			kinds[c.Kind]++
		}
	}
	for e := range before.Entries() {
		if _, err := after.Lookup(e.Ref()); err == nil {
			kept++
		}
	}
	// kr-engineering, kr-infrastructure and ka-product-dev have the same id in both files, of 13 and 24 items.
	assert.Equal(t, 3, kept)
	assert.Equal(t, 21, kinds[cxmodel.ChangeAdded])
	assert.Equal(t, 10, kinds[cxmodel.ChangeRemoved])
}

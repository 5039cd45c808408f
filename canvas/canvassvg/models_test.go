package canvassvg_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
)

const cafeFile = `
format: cxmodel/1
name: Café Anna
version: 2026-Q3
as-of: 2026-09-01
segments:
  - {key: neighbours, name: Neighbours, size: 900}
  - {key: offices, name: Offices nearby, size: 40, unit: firms}
propositions:
  - {key: food, name: Home-style food, segments: [neighbours, offices], performance: good, owner: Anna, description: Cooked in the morning from what the market has}
  - {key: delivery, name: Lunch brought to the office, segments: [offices], performance: fair}
channels:
  - {key: phone, name: Phone, phases: [evaluation, purchase], segments: [neighbours], propositions: [food], performance: fair}
  - {key: bike, name: Delivery bike, propositions: [delivery]}
  - {key: cards, name: Review cards, performance: poor}
relationships:
  - {key: host, name: Anna greets everyone, segments: [neighbours], performance: excellent}
revenue-streams:
  - {key: meals, name: Meals, payers: [neighbours], propositions: [food], amount: 9000 EUR/month}
  - {key: contracts, name: Lunch contracts, payers: [offices], propositions: [delivery], amount: 3500 EUR/month}
resources:
  - {key: kitchen, name: Kitchen, serves: [food], performance: 0.7}
activities:
  - {key: dishes, name: Washing up, serves: [food], performance: good}
partnerships:
  - {key: market, name: Farmers at the market, supplies: [kitchen]}
costs:
  - {key: rent, name: Rent, pays-for: [kitchen], amount: 2100 EUR/month}
  - {key: wages, name: Wages, pays-for: [dishes], amount: 5200 EUR/month}
`

const cafeLater = `
format: cxmodel/1
name: Café Anna
version: 2026-Q4
as-of: 2026-12-01
segments:
  - {key: neighbours, name: Neighbours, size: 950}
  - {key: offices, name: Offices nearby, size: 40, unit: firms}
  - {key: students, name: Students}
propositions:
  - {key: food, name: Home-style food, segments: [neighbours, offices, students], performance: excellent, owner: Anna, description: Cooked in the morning from what the market has}
  - {key: late, name: Open until midnight, segments: [students]}
channels:
  - {key: phone, name: Phone, phases: [evaluation, purchase], segments: [neighbours], propositions: [food], performance: fair}
  - {key: ordering-page, name: Ordering page, propositions: [food, late], formerly: [cards]}
relationships:
  - {key: host, name: Anna greets everyone, segments: [neighbours], performance: excellent}
revenue-streams:
  - {key: meals, name: Meals, payers: [neighbours, students], propositions: [food], amount: 11000 EUR/month}
resources:
  - {key: kitchen, name: Kitchen, serves: [food], performance: 0.7}
activities:
  - {key: dishes, name: Washing up, serves: [food], performance: good}
partnerships:
  - {key: market, name: Farmers at the market, supplies: [kitchen]}
costs:
  - {key: rent, name: Rent, pays-for: [kitchen], amount: 2300 EUR/month}
  - {key: wages, name: Wages, pays-for: [dishes], amount: 5200 EUR/month}
`

func decode(file string) *canvas.Canvas {
	c, issues, err := canvas.Decode(strings.NewReader(file), nil)
	if err != nil || len(issues) > 0 {
		panic(fmt.Sprint(err, issues))
	}
	return c
}

func cafe() *canvas.Canvas { return decode(cafeFile) }

// crowded returns a canvas with n items in every block, for so many segments as there are items.
func crowded(n int) *canvas.Canvas {
	words := strings.Fields("Home-style food from the region Delivery within an hour Personal advice A loyalty card Reviews answered the same day Kitchen brigade")
	item := func(block string, i int) canvas.Item {
		var name []string
		for k := range 2 + i%5 {
			name = append(name, words[(i*3+k)%len(words)])
		}
		return canvas.Item{Key: cxmodel.Key(fmt.Sprint(block, "-", i)), Name: strings.Join(name, " "), Performance: new(canvas.Performance(i%11) / 10)}
	}
	c := &canvas.Canvas{Name: "Crowded"}
	for i := range n {
		segment := []cxmodel.Key{cxmodel.Key(fmt.Sprint("cs-", i))}
		offer := []cxmodel.Key{cxmodel.Key(fmt.Sprint("vp-", i))}
		c.Segments = append(c.Segments, canvas.Segment{Item: item("cs", i)})
		c.Propositions = append(c.Propositions, canvas.Proposition{Item: item("vp", i), Segments: segment})
		c.Channels = append(c.Channels, canvas.Channel{Item: item("ch", i), Propositions: append(offer, "vp-0", "vp-1")})
		c.Relationships = append(c.Relationships, canvas.Relationship{Item: item("cr", i), Segments: append(segment, "cs-1", "cs-2")})
		c.RevenueStreams = append(c.RevenueStreams, canvas.RevenueStream{Item: item("rs", i), Payers: segment})
		c.Resources = append(c.Resources, canvas.Resource{Item: item("kr", i), Serves: []cxmodel.Ref{{Key: offer[0]}}})
		c.Activities = append(c.Activities, canvas.Activity{Item: item("ka", i)})
		c.Partnerships = append(c.Partnerships, canvas.Partnership{Item: item("kp", i)})
		c.Costs = append(c.Costs, canvas.Cost{Item: item("cost", i)})
	}
	for i := range c.Segments { // one item that reaches everybody
		c.Propositions[0].Segments = append(c.Propositions[0].Segments, cxmodel.Key(fmt.Sprint("cs-", i)))
	}
	return c
}

func render(t testing.TB, c *canvas.Canvas, opts *canvassvg.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, canvassvg.Render(&b, c, opts))
	return b.Bytes()
}

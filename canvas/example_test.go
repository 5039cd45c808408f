package canvas_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

// A canvas in a file, read, checked and walked.
func Example() {
	file := strings.NewReader(`
name: Café Anna
segments: [{key: neighbours, name: Neighbours}]
propositions: [{key: food, name: Home-style food, segments: [neighbours], performance: good}]
channels: [{key: phone, name: Phone, phases: [purchase], segments: [neighbors], propositions: [food]}]
`)
	c, issues, err := canvas.Decode(file, &cxmodel.DecodeOptions{Name: "cafe.yaml"})
	if err != nil {
		log.Fatal(err)
	}
	issues = append(issues, c.Validate()...)
	fmt.Println(issues.Err())
	for e := range c.Entries() {
		fmt.Printf("%s %s: %s\n", e.Block().Code(), e.Ref(), e.Base().Name)
	}
	// Output:
	// cafe.yaml:5:69: there is no segment "neighbors"; did you mean "neighbours"? [dangling]
	// CS segment/neighbours: Neighbours
	// VP proposition/food: Home-style food
	// CH channel/phone: Phone
}

// A canvas made in code.
func ExampleEncode() {
	c := &canvas.Canvas{
		Name: "Café Anna",
		Channels: []canvas.Channel{
			{Item: canvas.Item{Key: "phone", Name: "Phone", Performance: new(canvas.Fair)}, Phases: []canvas.Phase{canvas.PhasePurchase}},
		},
		Activities: []canvas.Activity{
			{Item: canvas.Item{Key: "dishes", Name: "Washing up"}, Serves: []cxmodel.Ref{{Key: "phone"}}},
		},
	}
	if err := canvas.Encode(os.Stdout, c, nil); err != nil {
		log.Fatal(err)
	}
	// Output:
	// format: cxmodel/1
	// name: Café Anna
	// channels: [{key: phone, name: Phone, performance: fair, phases: [purchase]}]
	// activities: [{key: dishes, name: Washing up, serves: [phone]}]
}

func ExampleDecode() {
	file := strings.NewReader(`
channels:
  - {key: phone, name: Phone, phases: [purchase, chatting], performence: 0.7}
`)
	c, issues, err := canvas.Decode(file, &cxmodel.DecodeOptions{Name: "cafe.yaml"})
	if err != nil {
		log.Fatal(err) // nothing could be read
	}
	for _, issue := range issues {
		fmt.Println(issue)
	}
	fmt.Println("read:", c.Channels[0].Name, c.Channels[0].Phases[0])
	// Output:
	// cafe.yaml:3:50: "chatting" is not a channel phase; use one of awareness, evaluation, purchase, delivery, after-sales [unknown-word]
	// cafe.yaml:3:61: unknown field "performence"; did you mean "performance"? [unknown-field]
	// read: Phone purchase
}

func ExampleCanvas_Validate() {
	c := &canvas.Canvas{
		Currency: "EUR",
		Segments: []canvas.Segment{{Item: canvas.Item{Key: "families", Name: "Families"}, Size: new(-1)}},
		Costs:    []canvas.Cost{{Item: canvas.Item{Key: "Rent", Name: "Rent"}}},
	}
	for _, issue := range c.Validate() {
		fmt.Println(issue.Severity, issue)
	}
	// Output:
	// error /segments/0/size: the size of the segment is -1; write 0 or more, or leave it out if it is not known [out-of-range]
	// error /costs/0/key: malformed key: "Rent"; use lower-case letters, digits and hyphens, such as "rent" [malformed-key]
}

// Which segments does nobody pay for? Every reference inside the canvas is a Link.
func ExampleCanvas_Links() {
	c := &canvas.Canvas{
		Segments: []canvas.Segment{
			{Item: canvas.Item{Key: "readers", Name: "Readers"}},
			{Item: canvas.Item{Key: "advertisers", Name: "Advertisers"}},
		},
		RevenueStreams: []canvas.RevenueStream{
			{Item: canvas.Item{Key: "ads", Name: "Advertisements"}, Payers: []cxmodel.Key{"advertisers"}},
		},
	}
	pays := map[cxmodel.Ref]bool{}
	for l := range c.Links() {
		fmt.Println(l.From, l.Kind, l.To)
		pays[l.To] = pays[l.To] || l.Kind == canvas.PaidBy
	}
	for e := range c.EntriesOf(canvas.CustomerSegments) {
		if !pays[e.Ref()] {
			fmt.Println("nobody pays for", e.Base().Name)
		}
	}
	// Output:
	// revenue-stream/ads paid-by segment/advertisers
	// nobody pays for Readers
}

func ExampleCanvas_Lookup() {
	c := &canvas.Canvas{Channels: []canvas.Channel{{
		Item: canvas.Item{Key: "web-shop", Name: "Web shop", Aliases: []string{"Q3_web"}, Formerly: []cxmodel.Key{"site"}},
	}}}
	for _, name := range []cxmodel.Key{"web-shop", "site", "Q3_web", "webshop"} {
		e, err := c.Lookup(cxmodel.Ref{Key: name})
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(name, "is", e.Ref())
	}
	// Output:
	// web-shop is channel/web-shop
	// site is channel/web-shop
	// Q3_web is channel/web-shop
	// canvas: no such item: "webshop"; did you mean "web-shop"?
}

// What the workshop changed.
func ExampleDiff() {
	before := &canvas.Canvas{
		Segments: []canvas.Segment{{Item: canvas.Item{Key: "families", Name: "Families"}}},
		Channels: []canvas.Channel{{Item: canvas.Item{Key: "phone", Name: "Phone", Performance: new(canvas.Fair)}, Segments: []cxmodel.Key{"families"}}},
	}
	after := before.Clone()
	after.Segments[0].Key, after.Segments[0].Formerly = "parents", []cxmodel.Key{"families"}
	after.Channels[0].Segments[0] = "parents"
	after.Channels[0].Performance = new(canvas.Good)
	after.Activities = []canvas.Activity{{Item: canvas.Item{Key: "booking", Name: "Taking bookings"}}}
	for _, change := range canvas.Diff(before, after) {
		fmt.Println(change)
	}
	// Output:
	// segment/parents: renamed from families to parents
	// channel/phone: performance changed from fair to good
	// activity/booking: added
}

func ExampleBlocks() {
	for b := range canvas.Blocks() {
		if b.Perspective() == canvas.Capture {
			fmt.Printf("%s %s: %s\n", b.Code(), b.Title(), b.Question())
		}
	}
	// Output:
	// RS Revenue streams: For what do customers pay, how, and how much?
	// C$ Cost structure: What costs most, and what drives it?
}

func ExampleSegment_Includes() {
	frequent := canvas.Segment{
		Item: canvas.Item{Key: "frequent", Name: "Frequent shoppers"},
		Predicates: []canvas.Predicate{
			{Basis: canvas.BasisBehavioural, Attribute: "orders", AtLeast: new(4.0), Unit: "a year"},
			{Basis: canvas.BasisGeographic, Attribute: "country", In: []string{"AT", "CH", "DE"}},
		},
	}
	customer := map[string]string{"orders": "7", "country": "CH"}
	fmt.Println(frequent.Includes(func(attribute string) (string, bool) {
		value, known := customer[attribute]
		return value, known
	}))
	// Output: true
}

func ExamplePerformance() {
	var p canvas.Performance
	for _, text := range []string{"good", "0.7", "so-so"} {
		if err := p.UnmarshalText([]byte(text)); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(p, float64(p))
	}
	// Output:
	// good 0.75
	// 0.7 0.7
	// canvas: "so-so" is not a performance; write a number from 0 to 1, or one of broken, poor, fair, good, excellent
}

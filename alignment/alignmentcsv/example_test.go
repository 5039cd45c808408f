package alignmentcsv_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentcsv"
)

func cafe() *alignment.Model {
	m, _, err := alignment.Load(os.DirFS("../../examples/models"), "cafe.yaml", nil)
	if err != nil {
		panic(err)
	}
	return m
}

func ExampleEncodeSheet() {
	if _, err := alignmentcsv.EncodeSheet(os.Stdout, cafe(), nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// item,name,rater,role,enquiry,visit,follow-up
	// # names,,,,Asks for a table,Eats with us,Hears from us
	// phone,Phone,,contributes,strong,,
	// food,Home-style food,,contributes,,strong,
	// host,Anna greets everyone,,contributes,medium,medium,
	// cards,Review cards,,contributes,,,medium
	// dishes,Washing up,,required,,strong,
}

func ExampleEncodeLinks() {
	if err := alignmentcsv.EncodeLinks(os.Stdout, cafe(), nil); err != nil {
		fmt.Println(err)
	}
	// Output:
	// item,to,role,strength,rater
	// phone,enquiry,contributes,strong,
	// food,visit,contributes,strong,
	// host,visit,contributes,medium,
	// host,enquiry,contributes,medium,
	// cards,follow-up,contributes,medium,
	// dishes,visit,required,strong,
}

func ExampleUpdate() {
	const returned = "item;rater;enquiry;visit;folow-up\nphone;ben;3;x;weak\n"
	m, issues, err := alignmentcsv.Update(cafe(), strings.NewReader(returned), &alignmentcsv.ReadOptions{Name: "ben.csv"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range m.Links {
		if l.Rater == "ben" {
			fmt.Println(l)
		}
	}
	fmt.Println(issues.Err())
	// Output:
	// phone contributes to enquiry, medium
	// phone contributes to visit, unrated
	// ben.csv:2:15: the model has no stage or touchpoint "folow-up"; did you mean "follow-up"? [unknown-touchpoint]
}

func ExampleDecode() {
	links, issues, err := alignmentcsv.Decode(strings.NewReader("item,to,role,strength\nhost,visit.emotion,contributes,medium\n"), nil)
	fmt.Println(links, issues, err)
	// Output: [host contributes to visit.emotion, medium] [] <nil>
}

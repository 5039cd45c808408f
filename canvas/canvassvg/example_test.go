package canvassvg_test

import (
	"bytes"
	"fmt"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/internal/golden"
)

func ExampleRender() {
	c := &canvas.Canvas{
		Name:         "Café Anna",
		Segments:     []canvas.Segment{{Item: canvas.Item{Key: "neighbours", Name: "Neighbours"}}},
		Propositions: []canvas.Proposition{{Item: canvas.Item{Key: "food", Name: "Home-style food", Performance: new(canvas.Good)}, Segments: []cxmodel.Key{"neighbours"}}},
		Channels:     []canvas.Channel{{Item: canvas.Item{Key: "cards", Name: "Review cards", Performance: new(canvas.Poor)}}},
	}
	var picture bytes.Buffer
	if err := canvassvg.Render(&picture, c, nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("small.svg", picture.Bytes()))
	// Output: <nil>
}

// The library's own layout, which needs no attribution.
func ExampleRender_grid() {
	var picture bytes.Buffer
	if err := canvassvg.Render(&picture, cafe(), &canvassvg.Options{Layout: canvassvg.LayoutGrid}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("cafe-grid.svg", picture.Bytes()))
	// Output: <nil>
}

// What has changed since the last quarter.
func ExampleRender_diff() {
	var picture bytes.Buffer
	if err := canvassvg.Render(&picture, decode(cafeLater), &canvassvg.Options{Before: cafe()}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("cafe-diff.svg", picture.Bytes()))
	// Output: <nil>
}

// A telephone, in the dark, in German.
func ExampleRender_narrow() {
	var picture bytes.Buffer
	opts := &canvassvg.Options{Width: 390, Labels: german(), Theme: &canvassvg.Theme{Mode: canvassvg.ModeDark}}
	if err := canvassvg.Render(&picture, cafe(), opts); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("cafe-german-390-dark.svg", picture.Bytes()))
	// Output: <nil>
}

// The canvas runs from right to left.
func ExampleRender_rightToLeft() {
	var picture bytes.Buffer
	if err := canvassvg.Render(&picture, cafe(), &canvassvg.Options{Labels: arabic()}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("cafe-arabic.svg", picture.Bytes()))
	// Output: <nil>
}

// Twelve items in each block, for twelve segments.
func ExampleRender_crowded() {
	var picture bytes.Buffer
	if err := canvassvg.Render(&picture, crowded(12), nil); err != nil {
		fmt.Println(err)
	}
	fmt.Println(golden.Check("crowded.svg", picture.Bytes()))
	// Output: <nil>
}

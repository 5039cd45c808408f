package alignmentsvg_test

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/alignment/alignmentsvg"
)

func ExampleRender() {
	model, _, err := alignment.Load(os.DirFS("../../examples/models"), "restaurant.yaml", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	assessment, err := alignment.Assess(context.Background(), model, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var picture bytes.Buffer
	if err := alignmentsvg.Render(&picture, assessment, &alignmentsvg.Options{Width: 800}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(bytes.Contains(picture.Bytes(), []byte("Restaurant: Who carries what")))
	// Output: true
}

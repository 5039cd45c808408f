package alignment_test

import (
	"fmt"

	"github.com/cxmodel/cxmodel/alignment"
)

func ExampleFileType() {
	links, _ := alignment.FileType().FieldByName("Helps")
	fmt.Println(links.Tag.Get("json"))
	// Output: helps,omitempty
}

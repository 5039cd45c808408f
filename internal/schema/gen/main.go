// Gen writes the JSON Schemas of the documents into the current folder, which is docs/schema.
package main

import (
	"log"
	"os"

	"github.com/cxmodel/cxmodel/internal/schema"
)

func main() {
	log.SetFlags(0)
	files, err := schema.Documents("../..")
	if err != nil {
		log.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

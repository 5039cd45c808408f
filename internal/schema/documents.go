package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// Base is where the schemas say that they live.
const Base = "https://raw.githubusercontent.com/cxmodel/cxmodel/main/docs/schema/"

// Documents returns the schemas of all kinds of document, by file name. The descriptions are the doc comments of the Go
// sources under root, the folder of the module.
func Documents(root string) (map[string][]byte, error) {
	docs := map[string]string{}
	for _, folder := range []string{".", "journey", "canvas", "alignment"} {
		if err := comments(filepath.Join(root, folder), docs); err != nil {
			return nil, err
		}
	}
	for name, doc := range docs { // the types that files are read into stand for the exported ones
		for file, model := range map[string]string{"alignment.modelFile": "alignment.Model", "alignment.fileLink": "alignment.Link"} {
			if rest, ok := strings.CutPrefix(name, model); ok && (rest == "" || rest[0] == '.') {
				docs[file+rest] = doc
			}
		}
	}
	out := map[string][]byte{}
	for _, d := range []struct {
		name, title string
		typ         reflect.Type
	}{
		{"journey", "A customer journey", reflect.TypeFor[journey.Journey]()},
		{"canvas", "A business model canvas", reflect.TypeFor[canvas.Canvas]()},
		{"model", "A customer experience model", alignment.FileType()},
	} {
		file := d.name + ".schema.json"
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(Of(d.typ, Base+file, d.title, docs)); err != nil {
			return nil, fmt.Errorf("schema: %s: %w", d.name, err)
		}
		out[file] = b.Bytes()
	}
	return out, nil
}

// Package schema holds the JSON Schemas of the documents, for editors: journey.schema.json, canvas.schema.json and
// model.schema.json. They are generated from the Go types. With the YAML language server a model begins with
//
//	# yaml-language-server: $schema=https://raw.githubusercontent.com/cxmodel/cxmodel/main/docs/schema/model.schema.json
//
// The schemas say what the decoders read; whether a document makes sense is for Validate to say.
package schema

import "embed"

//go:generate go run ../../internal/schema/gen

// Files are the schemas, by file name.
//
//go:embed *.schema.json
var Files embed.FS

package main

import (
	"io"

	"github.com/cxmodel/cxmodel/docs/schema"
)

var schemaCommand = &command{name: "schema", args: "model|journey|canvas", short: "write the JSON Schema of a document, for editors", run: runSchema, long: `
schema writes the JSON Schema (draft 2020-12) of a kind of document. With it an
editor completes fields and words, and marks what is unknown.

Examples:

  cx schema -o model.schema.json model

and in the first line of a model, for editors with the YAML language server:

  # yaml-language-server: $schema=model.schema.json
`}

func runSchema(e *env, args []string) error {
	out := e.flags.String("o", "", "write to `file`; standard output without it")
	rest, err := e.parse(args, 1, 1)
	if err != nil {
		return err
	}
	data, err := schema.Files.ReadFile(rest[0] + ".schema.json")
	if err != nil {
		return usage("there is no schema of %q; use model, journey or canvas", rest[0])
	}
	return e.write(*out, func(w io.Writer) error { _, err := w.Write(data); return err })
}

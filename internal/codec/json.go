package codec

import (
	"bytes"
	"encoding/json"

	"go.yaml.in/yaml/v4"
)

// writeJSON writes the tree as indented JSON, with the fields in the order of the tree.
func writeJSON(b *bytes.Buffer, n *yaml.Node, indent string) {
	inner := indent + "  "
	open, end, step := byte('['), byte(']'), 1
	switch n.Kind {
	case yaml.AliasNode:
		writeJSON(b, n.Alias, indent)
		return
	case yaml.ScalarNode:
		writeScalar(b, n)
		return
	case yaml.MappingNode:
		open, end, step = '{', '}', 2
	}
	b.WriteByte(open)
	for i := 0; i+step <= len(n.Content); i += step {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + inner)
		if step == 2 {
			writeString(b, n.Content[i].Value)
			b.WriteString(": ")
		}
		writeJSON(b, n.Content[i+step-1], inner)
	}
	if len(n.Content) > 0 {
		b.WriteString("\n" + indent)
	}
	b.WriteByte(end)
}

func writeScalar(b *bytes.Buffer, n *yaml.Node) {
	switch n.Tag {
	case "!!int", "!!float", "!!bool":
		if json.Valid([]byte(n.Value)) { // .nan and .inf are not
			b.WriteString(n.Value)
			return
		}
	case "!!null":
		b.WriteString("null")
		return
	}
	writeString(b, n.Value)
}

func writeString(b *bytes.Buffer, s string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	b.Truncate(b.Len() - 1)
}

package codec

import (
	"bytes"

	"go.yaml.in/yaml/v4"
)

// blank stands for an empty line among the comments of a node: the YAML library keeps comments, not empty lines.
const blank = "#\ue000empty line\ue000"

// markBlanks notes the empty lines of data above the entries of block mappings and lists, so that they are written
// again wherever the entry goes.
func markBlanks(root *yaml.Node, data []byte) {
	above := map[int]bool{} // lines with an empty line above them or above their comment
	empty := false
	for i, line := range bytes.Split(data, []byte("\n")) {
		switch line = bytes.TrimSpace(line); {
		case len(line) == 0:
			empty = true
		case line[0] != '#':
			if empty {
				above[i+1] = true
			}
			empty = false
		}
	}
	if len(above) == 0 {
		return
	}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Style&yaml.FlowStyle != 0 {
			return
		}
		step := 1
		if n.Kind == yaml.MappingNode {
			step = 2
		}
		for i := 0; i < len(n.Content); i += step {
			c := n.Content[i]
			first := i == 0 && (n == root || n.Kind == yaml.MappingNode && n.Line == c.Line) // the parent has it
			if above[c.Line] && !first && (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) {
				delete(above, c.Line)
				if c.HeadComment != "" {
					c.HeadComment = "\n" + c.HeadComment
				}
				c.HeadComment = blank + c.HeadComment
			}
			for _, c := range n.Content[i : i+step] {
				walk(c)
			}
		}
	}
	walk(root)
}

// writeBlanks puts the empty lines back.
func writeBlanks(out []byte) []byte {
	if !bytes.Contains(out, []byte(blank)) {
		return out
	}
	lines := bytes.Split(out, []byte("\n"))
	for i, line := range lines {
		if bytes.Equal(bytes.TrimSpace(line), []byte(blank)) {
			lines[i] = nil
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

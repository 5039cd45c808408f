package canvas_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func TestReadingACanvasDoesNotChangeIt(t *testing.T) {
	for name, read := range map[string]func(c *canvas.Canvas){
		"Validate": func(c *canvas.Canvas) { c.Validate() },
		"Links": func(c *canvas.Canvas) {
			for range c.Links() {
			}
		},
		"Lookup":     func(c *canvas.Canvas) { _, _ = c.Lookup(cxmodel.Ref{Key: "k1"}) },
		"Encode":     func(c *canvas.Canvas) { require.NoError(t, canvas.Encode(new(bytes.Buffer), c, nil)) },
		"Diff":       func(c *canvas.Canvas) { canvas.Diff(c, new(canvas.Canvas)) },
		"Diff, from": func(c *canvas.Canvas) { canvas.Diff(new(canvas.Canvas), c) },
		"Diff, renamed": func(c *canvas.Canvas) {
			b := c.Clone()
			for e := range b.Entries() {
				e.Base().Formerly, e.Base().Key = append(e.Base().Formerly, e.Base().Key), e.Base().Key+"-new"
			}
			canvas.Diff(c, b)
		},
		"an edited clone": func(c *canvas.Canvas) {
			b := c.Clone()
			for e := range b.Entries() {
				e.Base().Labels["a"] = "edited"
				e.Base().Evidence[0].N = -1
			}
		},
	} {
		c := filled()
		read(c)
		assert.Equal(t, filled(), c, name)
	}
}

func TestAnyTextSurvives(t *testing.T) {
	for _, text := range []string{"yes", "null", "~", "1", "1e3", "0x1F", "2026-11-02", "- a", "# no comment", "a: b", "a #b", "{a}", "[a]", "*a", "&a", "!a", "'", `"`, "%", "@a",
		" a ", "a\nb", "a\n\nb\n", "\ttab", "Käse 😀", "…", "<script>", "\u0085\u2028", "-", "?", "|", ">"} {
		c := &canvas.Canvas{Name: text, Channels: []canvas.Channel{{Item: canvas.Item{Key: "k", Name: text, Description: text, Owner: text, Aliases: []string{text},
			Functions: []canvas.Function{canvas.Function(text)}, Extra: cxmodel.Extra{Labels: map[string]string{text: text}, Fields: map[string]any{"x-a": text, "x-b": []any{text}}}}}},
			Segments: []canvas.Segment{{Item: canvas.Item{Key: "s"}, Pains: []canvas.Pain{{Text: text}}, Predicates: []canvas.Predicate{{Note: text}}}}}
		for _, format := range []cxmodel.Format{cxmodel.FormatYAML, cxmodel.FormatJSON} {
			out := encode(t, c, &cxmodel.EncodeOptions{Format: format})
			assert.Empty(t, canvas.Diff(c, decode(t, out)), "%q in\n%s", text, out)
		}
	}
}

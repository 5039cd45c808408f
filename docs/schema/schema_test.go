package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/docs/schema"
	generate "github.com/cxmodel/cxmodel/internal/schema"
	"github.com/cxmodel/cxmodel/journey"
)

func TestSchemasAreCurrent(t *testing.T) {
	files, err := generate.Documents("../..")
	require.NoError(t, err)
	for name, want := range files {
		got, err := schema.Files.ReadFile(name)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(want, got), "%s is not current; run go generate ./docs/schema", name)
	}
}

func load(t *testing.T, kind string) *validator {
	data, err := schema.Files.ReadFile(kind + ".schema.json")
	require.NoError(t, err)
	v := &validator{patterns: map[string]*regexp.Regexp{}}
	require.NoError(t, json.Unmarshal(data, &v.root))
	return v
}

// plain returns a YAML document as JSON has it.
func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(n.Content[0])
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.SequenceNode:
		out := []any{}
		for _, c := range n.Content {
			out = append(out, plain(c))
		}
		return out
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			out[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return out
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		if x, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return x
		}
	}
	return n.Value
}

func read(t *testing.T, name string) any {
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	var n yaml.Node
	require.NoError(t, yaml.Unmarshal(data, &n), name)
	return plain(&n)
}

// documents returns the files of the repository by kind.
func documents(t *testing.T) map[string][]string {
	out := map[string][]string{}
	for kind, patterns := range map[string][]string{
		"model":   {"../../examples/models/*.yaml", "../../examples/cx/templates/*.yaml"},
		"journey": {"../../journey/presets/*.yaml", "../../journey/testdata/*.yaml"},
		"canvas":  {"../../canvas/testdata/*.yaml"},
	} {
		for _, p := range patterns {
			files, err := filepath.Glob(p)
			require.NoError(t, err)
			out[kind] = append(out[kind], files...)
		}
		require.NotEmpty(t, out[kind])
	}
	return out
}

func TestEveryExampleIsValid(t *testing.T) {
	for kind, files := range documents(t) {
		v := load(t, kind)
		for _, f := range files {
			assert.NoError(t, v.check(v.root, read(t, f)), f)
		}
	}
}

func TestWhatTheDecodersWriteIsValid(t *testing.T) {
	v := load(t, "model")
	for _, f := range documents(t)["model"] {
		m, issues, err := alignment.Load(os.DirFS(filepath.Dir(f)), filepath.Base(f), nil)
		require.NoError(t, err)
		require.Empty(t, issues)
		var b bytes.Buffer
		require.NoError(t, alignment.Encode(&b, m, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}))
		var x any
		require.NoError(t, json.Unmarshal(b.Bytes(), &x))
		assert.NoError(t, v.check(v.root, x), f)
	}
}

// issuesOf decodes a document of a kind.
func issuesOf(t *testing.T, kind string, x any) (reading, content cxmodel.Issues) {
	data, err := json.Marshal(x)
	require.NoError(t, err)
	opts := &cxmodel.DecodeOptions{Format: cxmodel.FormatJSON}
	switch kind {
	case "journey":
		var j *journey.Journey
		if j, reading, err = journey.Decode(bytes.NewReader(data), opts); err == nil {
			content = j.Validate()
		}
	case "canvas":
		var c *canvas.Canvas
		if c, reading, err = canvas.Decode(bytes.NewReader(data), opts); err == nil {
			content = c.Validate()
		}
	default:
		var m *alignment.Model
		if m, reading, err = alignment.Decode(bytes.NewReader(data), opts); err == nil {
			content = m.Validate()
		}
	}
	require.NoError(t, err, string(data))
	return reading, content
}

// mutate changes one value, name or form somewhere in x, and says what it did.
func mutate(rng *rand.Rand, x any, path string) (any, string) {
	values := []any{nil, true, "yes", "strong", "2026-11-02", "not-a-key", "good", 0.5, 3.0, -1.0, "12.50 EUR", []any{}, []any{"a"}, map[string]any{}, map[string]any{"key": "a"}, "use", "as-is", "", map[string]any{"a": 0.5},
		false, "no", "false", 1e3, "-", "stage/visit", "3 JPY / month", map[string]any{"A key": 0.5}, strings.Repeat("a", 65)}
	switch x := x.(type) {
	case map[string]any:
		if len(x) > 0 && rng.IntN(8) > 0 {
			names := []string{}
			for k := range x {
				names = append(names, k)
			}
			slices.Sort(names)
			k := names[rng.IntN(len(names))]
			if rng.IntN(6) == 0 {
				to := []string{"x-own", "nmae", "weight", "facets", "owner", "A key", ""}[rng.IntN(7)]
				x[to] = x[k]
				return x, path + "/" + k + " as " + to
			}
			var what string
			x[k], what = mutate(rng, x[k], path+"/"+k)
			return x, what
		}
	case []any:
		if len(x) > 0 && rng.IntN(8) > 0 {
			i := rng.IntN(len(x))
			var what string
			x[i], what = mutate(rng, x[i], fmt.Sprintf("%s/%d", path, i))
			return x, what
		}
	}
	if path == "" {
		return x, "nothing"
	}
	v := values[rng.IntN(len(values))]
	b, _ := json.Marshal(v)
	return v, path + " = " + string(b)
}

// unquoted is a number or true; the decoders take them where text is meant, as YAML users leave out the quotes.
var unquoted = regexp.MustCompile(`[=:] ?(-?[0-9.]+|true|false)}?$`)

// The law of the schemas: what they accept the decoders read without an issue, and what the decoders read and Validate
// finds no error in they accept, but for text that looks like a number.
func TestSchemaAndDecoderAgree(t *testing.T) {
	for kind, files := range documents(t) {
		v := load(t, kind)
		for _, f := range files {
			for seed := range uint64(120) {
				rng := rand.New(rand.NewPCG(seed, 3))
				x, what := mutate(rng, read(t, f), "")
				invalid := v.check(v.root, x)
				reading, content := issuesOf(t, kind, x)
				if invalid == nil {
					require.Empty(t, reading, "%s: the schema accepts %s", f, what)
				} else if len(reading) == 0 && content.Err() == nil && !unquoted.MatchString(what) {
					require.NoError(t, invalid, "%s: the decoder reads %s", f, what)
				}
			}
		}
	}
}

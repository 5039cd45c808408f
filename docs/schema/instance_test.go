package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/journey"
)

// texts are what documents may hold in the way of text: good, bad, and at the edges of the patterns.
var texts = []string{"", "a", "visit", "stage/visit", "stage/visit.emotion", "visit.emotion", "visit.", ".emotion", "-/a", "-a", "a-", "a/b/c", "/a", "a/", "A key", "é",
	strings.Repeat("a", 64), strings.Repeat("a", 65), strings.Repeat("k", 65) + "/a", "touchpoint/" + strings.Repeat("a", 65), "journey.yaml", "yes", "no", "true", "0.5", "7", "strong",
	"2026-11-02", "2026-13-02", "2026-02-30", "2026-2-3", "0000-01-01", "12.50 EUR", "12.50EUR", "-3 JPY/month", "+.5 EUR / unit", "1 EUR/week", "1. EUR/", "12 EURO", "1e3 EUR",
	"01990a5d-ac96-774b-bcce-b302099a8057", "{01990a5d-ac96-774b-bcce-b302099a8057}", "01990a5dac96774bbcceb302099a8057", "urn:uuid:01990a5d-ac96-774b-bcce-b302099a8057",
	"01990a5d-ac96774b-bcce-b302099a8057", "{01990a5dac96774bbcceb302099a8057}"}

// A maker makes random values that a schema allows.
type maker struct {
	*validator
	rng *rand.Rand
}

func (m *maker) pick(list []any) any { return list[m.rng.IntN(len(list))] }

// value makes a value for a schema, at most so many levels deep.
func (m *maker) value(schema any, deep int) any {
	s, ok := schema.(map[string]any)
	if !ok || len(s) == 0 {
		return m.pick([]any{nil, true, 3., "free", []any{"a", 1.}, map[string]any{"b": nil}})
	}
	if ref, ok := s["$ref"].(string); ok {
		return m.value(m.root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")], deep)
	}
	if options, ok := s["anyOf"].([]any); ok {
		return m.value(m.pick(options), deep)
	}
	if parts, ok := s["allOf"].([]any); ok { // of one; what stands beside it narrows it
		for {
			if x := m.value(parts[0], deep); m.check(s, x) == nil {
				return x
			}
		}
	}
	if words, ok := s["enum"].([]any); ok {
		return m.pick(words)
	}
	if c, ok := s["const"]; ok {
		return c
	}
	types, ok := s["type"].([]any)
	if !ok {
		types = []any{s["type"]}
	}
	switch t := m.pick(types); t {
	case "null":
		return nil
	case "boolean":
		return m.rng.IntN(2) == 0
	case "integer":
		return m.pick([]any{0., 7., -3., 2026., 1e6, json.Number("3.0"), json.Number("1e2")})
	case "number":
		return m.pick([]any{0., .5, -.25, 3., 1e-9, 1e20})
	case "string":
		return m.text(s)
	case "array":
		out := []any{}
		for range m.rng.IntN(3) * min(deep, 1) {
			out = append(out, m.value(s["items"], deep-1))
		}
		return out
	case "object":
		return m.object(s, deep)
	default:
		panic(fmt.Sprint("no way to make a ", t))
	}
}

func (m *maker) text(s map[string]any) string {
	fit := slices.DeleteFunc(slices.Clone(texts), func(t string) bool {
		pattern, ok := s["pattern"].(string)
		longest, limited := s["maxLength"].(float64)
		return ok && !m.compiled(pattern).MatchString(t) || limited && float64(utf8.RuneCountInString(t)) > longest
	})
	return fit[m.rng.IntN(len(fit))]
}

func (m *maker) object(s map[string]any, deep int) map[string]any {
	out := map[string]any{}
	if deep == 0 {
		return out
	}
	properties, _ := s["properties"].(map[string]any)
	names := slices.Sorted(maps.Keys(properties))
	for range m.rng.IntN(6) {
		if len(names) > 0 {
			name := names[m.rng.IntN(len(names))]
			out[name] = m.value(properties[name], deep-1)
		}
	}
	if _, own := s["patternProperties"]; own && m.rng.IntN(4) == 0 {
		out["x-own"] = m.value(nil, deep)
	}
	if more, ok := s["additionalProperties"].(map[string]any); ok {
		form, _ := s["propertyNames"].(map[string]any)
		for range m.rng.IntN(3) {
			out[m.text(form)] = m.value(more, deep-1)
		}
	}
	return out
}

// The law from the other side: the decoders read whatever the schemas allow, not only what is near to an example. Beyond
// the schemas are days that a month does not have in every year, currencies that ISO 4217 does not list, numbers that no
// machine holds, and a journey beside journeys.
func TestDecodersReadWhatSchemasAllow(t *testing.T) {
	for _, kind := range []string{"journey", "canvas", "model"} {
		v := load(t, kind)
		for seed := range uint64(3000) {
			m := &maker{v, rand.New(rand.NewPCG(seed, 5))}
			x := m.object(v.root, 6)
			require.NoError(t, v.check(v.root, roundTrip(t, x)), "the maker goes beyond the schema")
			reading, _ := issuesOf(t, kind, x)
			for _, i := range reading {
				if i.Code != "journey-and-journeys" && !strings.Contains(i.Message, "2026-02-30") && !strings.Contains(i.Message, "names a file") {
					data, _ := json.Marshal(x)
					require.Fail(t, "the schema allows what the decoder refuses", "%s %d: %s\n%s", kind, seed, i.Error(), data)
				}
			}
		}
	}
}

// survives writes what was read of data in every form, and reads it again: it is the same.
func survives[D any](t *testing.T, data []byte, decode func(io.Reader, *cxmodel.DecodeOptions) (D, cxmodel.Issues, error), encode func(io.Writer, D, *cxmodel.EncodeOptions) error) {
	d, issues, err := decode(bytes.NewReader(data), nil)
	require.NoError(t, err)
	if len(issues) > 0 {
		return
	}
	var want bytes.Buffer
	require.NoError(t, encode(&want, d, &cxmodel.EncodeOptions{Plain: true}))
	for _, o := range []*cxmodel.EncodeOptions{nil, {Plain: true}, {Format: cxmodel.FormatJSON}} {
		var b, got bytes.Buffer
		require.NoError(t, encode(&b, d, o))
		again, issues, err := decode(bytes.NewReader(b.Bytes()), nil)
		require.NoError(t, err, "%s", data)
		require.Empty(t, issues, "%s", data)
		require.NoError(t, encode(&got, again, &cxmodel.EncodeOptions{Plain: true}))
		require.Equal(t, want.String(), got.String(), "%s", data)
	}
}

func TestWhatSchemasAllowIsTheSameAfterWriting(t *testing.T) {
	for _, kind := range []string{"journey", "canvas", "model"} {
		v := load(t, kind)
		for seed := range uint64(1500) {
			m := &maker{v, rand.New(rand.NewPCG(seed, 9))}
			data, err := json.Marshal(m.object(v.root, 7))
			require.NoError(t, err)
			switch kind {
			case "journey":
				survives(t, data, journey.Decode, journey.Encode)
			case "canvas":
				survives(t, data, canvas.Decode, canvas.Encode)
			default:
				survives(t, data, alignment.Decode, alignment.Encode)
			}
		}
	}
}

func roundTrip(t *testing.T, x any) any {
	data, err := json.Marshal(x)
	require.NoError(t, err)
	var out any
	require.NoError(t, json.Unmarshal(data, &out))
	return out
}

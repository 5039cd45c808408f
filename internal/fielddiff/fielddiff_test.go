package fielddiff_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/fielddiff"
)

type base struct {
	Name  string   `json:"name"`
	Score *float64 `json:"score,omitempty"`
}

type element struct {
	base
	Tags     []string           `json:"tags"`
	Price    cxmodel.Amount     `json:"price"`
	Evidence []cxmodel.Evidence `json:"evidence"`
	Inner    any                `json:"-"`
	cxmodel.Extra
}

type other struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

func TestEqualElementsHaveNoDifferences(t *testing.T) {
	full := element{base: base{"A", new(math.NaN())}, Tags: []string{"x"}, Extra: cxmodel.Extra{Fields: map[string]any{"x-a": nil}}}
	assert.Empty(t, fielddiff.Compare(full, &full))
	assert.Empty(t, fielddiff.Compare(element{}, element{Tags: []string{}, Extra: cxmodel.Extra{Labels: map[string]string{}}}))
}

func TestValuesThatLookAlikeDiffer(t *testing.T) {
	with := func(v any) element { return element{Extra: cxmodel.Extra{Fields: map[string]any{"x-a": v}}} }
	values := []any{nil, "", "null", "1", int64(1), "true", true, []any{}, []any{"a", "b"}, []any{"a, b"}, map[string]any{"a": "b"},
		"{a: b}", "[a, b]", " a", "a"}
	for i, a := range values {
		for j, b := range values {
			assert.Equal(t, i == j, len(fielddiff.Compare(with(a), with(b))) == 0, "%#v and %#v", a, b)
		}
	}
	assert.Len(t, fielddiff.Compare(element{Tags: []string{"a, b"}}, element{Tags: []string{"a", "b"}}), 1)
	assert.Equal(t, []fielddiff.Field{{"score", "", "0"}}, fielddiff.Compare(base{}, base{Score: new(0.0)}), "zero is set")
}

func TestDifferencesReadLikeTheDocument(t *testing.T) {
	price, _ := cxmodel.ParseAmount("12.5 EUR/month")
	a := element{base: base{Name: "Old name"}, Tags: []string{"one"}}
	b := element{base: base{Name: "New: name"}, Tags: []string{"one", "two"}, Price: price,
		Evidence: []cxmodel.Evidence{{Kind: "interview", N: 12, Note: "long, useful"}}}
	b.Labels = map[string]string{"region": "north"}
	assert.Equal(t, []fielddiff.Field{
		{"name", "Old name", "New: name"},
		{"tags", "one", "one, two"},
		{"price", "", "12.50 EUR/month"},
		{"evidence", "", `{kind: interview, n: 12, note: "long, useful"}`},
		{"labels", "", "{region: north}"},
	}, fielddiff.Compare(a, b))
	assert.Equal(t, []fielddiff.Field{{"name", "New: name", "C"}, {"size", "", "3"}, {"price", "12.50 EUR/month", ""}},
		fielddiff.Compare(b, other{"C", 3}, "tags", "evidence", "labels"), "two types")
}

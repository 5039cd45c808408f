package deep_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/internal/deep"
)

type leaf struct {
	Number *float64
	Names  []string
}

type tree struct {
	Leaves []leaf
	Branch *tree
	Sets   map[string][]int
	Any    map[string]any
	kept   *int
}

func TestACopySharesNothingThatIsExported(t *testing.T) {
	build := func(kept *int) *tree {
		return &tree{Leaves: []leaf{{Number: new(1.), Names: []string{"a"}}, {}}, Branch: &tree{Leaves: []leaf{}}, Sets: map[string][]int{"x": {1, 2}, "nil": nil},
			Any: map[string]any{"list": []any{map[string]any{"y": 1}}, "nothing": nil}, kept: kept}
	}
	kept := new(7)
	a := build(kept)
	b := deep.Copy(a)
	assert.Equal(t, a, b, "nil stays nil, and empty empty")
	assert.Same(t, kept, b.kept, "what is not exported is kept as it is")

	*b.Leaves[0].Number, b.Leaves[0].Names[0], b.Branch.Leaves, b.Sets["x"][0] = 2, "b", nil, 9
	b.Any["list"].([]any)[0].(map[string]any)["y"] = 2
	b.Any["new"], b.Sets["new"] = 1, nil
	assert.Equal(t, build(kept), a)
	assert.Nil(t, deep.Copy[tree](nil))
}

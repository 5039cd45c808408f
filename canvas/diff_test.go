package canvas_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

func diff(a, b *canvas.Canvas) []string {
	var out []string
	for _, c := range canvas.Diff(a, b) {
		out = append(out, c.String())
	}
	return out
}

func TestDiffSpeaksOfTheModel(t *testing.T) {
	a := decode(t, linked)
	b := a.Clone()
	b.Name = "Family kitchen"
	b.Segments[0].Key, b.Segments[0].Formerly = "parents", []cxmodel.Key{"families"} // the references follow
	b.Segments[0].Size = new(0)
	b.Segments[0].Pains[0].Severity = canvas.LevelHigh
	b.Segments[0].Gains = []canvas.Gain{{Text: "Quiet"}}
	b.Propositions[0].Segments = []cxmodel.Key{"parents", "children"}
	b.Channels[0].Segments[0] = "parents"
	b.Relationships[0].Segments[0] = "parents"
	b.RevenueStreams[0].Payers[0] = "parents"
	b.Activities, b.Resources = nil, append(b.Resources, canvas.Resource{Item: canvas.Item{Key: "cook", Name: "Cook"}, Type: canvas.ResourceHuman})
	b.Costs[0].PaysFor[1] = cxmodel.Ref{Kind: cxmodel.KindResource, Key: "cook"} // the same item
	b.Costs = append(b.Costs, canvas.Cost{Item: canvas.Item{Key: "wages", Name: "Wages"}})
	b.Partnerships = nil
	b.Resources[0].Performance = new(canvas.Broken)
	b.Resources[0].Fields = map[string]any{"x-room": int64(2)}

	assert.Equal(t, []string{
		"canvas: name changed to Family kitchen",
		"segment/parents: renamed from families to parents",
		"segment/parents: size changed to 0",
		"segment/parents: gains changed to {text: Quiet}",
		"pain/waiting: severity changed to high",
		"proposition/food: segments changed from parents to parents, children",
		"resource/oven: performance changed to broken",
		"resource/oven: x-room changed to 2",
		"resource/cook: moved from key-activities to key-resources",
		"resource/cook: type changed to human",
		"resource/cook: serves changed from food",
		"cost/wages: added",
		"gain/rest: removed",
		"partnership/farm: removed",
	}, diff(a, b))

	for _, c := range canvas.Diff(a, b) {
		if c.Kind != cxmodel.ChangeRemoved && c.Field == "" {
			e, err := b.Lookup(c.Ref)
			require.NoError(t, err)
			assert.Equal(t, c.Ref, e.Ref())
		}
	}
}

func TestAPartThatGoesToAnotherItemHasMoved(t *testing.T) {
	a := decode(t, "segments: [{key: s, name: S, pains: [{key: p, text: x}, {key: q, text: y}]}, {key: z, name: Z}]\n")
	b := decode(t, "segments: [{key: t, name: S, formerly: [s], pains: [{key: r, text: y, formerly: [q]}]}, {key: z, name: Z, pains: [{key: p, text: x}]}]\n")
	assert.Equal(t, []string{
		"segment/t: renamed from s to t",
		"pain/r: renamed from q to r",
		"pain/p: moved from segment/t to segment/z",
	}, diff(a, b))
	b.Segments = b.Segments[:1]
	assert.Equal(t, []string{
		"segment/t: renamed from s to t",
		"pain/r: renamed from q to r",
		"pain/p: removed",
		"segment/z: removed",
	}, diff(a, b))
}

func TestDiffTurnsRoundWhenTheVersionsAreExchanged(t *testing.T) {
	empty, full := new(canvas.Canvas), decode(t, linked)
	assert.Len(t, diff(empty, full), 9, "the parts of a new item are not listed beside it")
	assert.Len(t, diff(full, nil), 9)
	for i, c := range canvas.Diff(full, empty) {
		assert.Equal(t, cxmodel.ChangeRemoved, c.Kind)
		assert.Equal(t, canvas.Diff(empty, full)[i].Ref, c.Ref)
		assert.Equal(t, canvas.Diff(empty, full)[i].Path, c.Path)
	}
	assert.Empty(t, diff(nil, nil))
}

func TestOrderWithinABlockHasNoMeaning(t *testing.T) {
	a := decode(t, cafe)
	b := a.Clone()
	b.Channels[0], b.Channels[1] = b.Channels[1], b.Channels[0]
	assert.Empty(t, diff(a, b))
}

func TestNoChangeEscapes(t *testing.T) {
	a := filled()
	require.Empty(t, diff(a, a))
	require.Empty(t, diff(a, a.Clone()))
	b, count := a.Clone(), 0
	leaves(reflect.ValueOf(b).Elem(), "", func(path string, leaf reflect.Value) {
		count++
		restore := alter(leaf)
		assert.NotEmpty(t, canvas.Diff(a, b), "%s", path)
		restore()
	})
	require.Empty(t, diff(a, b))
	assert.Greater(t, count, 500)
}

// alter gives a value another value, and returns what undoes it.
func alter(v reflect.Value) (restore func()) {
	old := reflect.ValueOf(v.Interface())
	if v.Kind() == reflect.Map {
		v.Set(reflect.MakeMap(v.Type()))
	}
	switch x := v.Addr().Interface().(type) {
	case *uuid.UUID:
		x[0] ^= 1
	case *cxmodel.Date:
		*x = x.AddDays(1)
	case *cxmodel.Amount:
		x.Per = cxmodel.PerOnce
	case *cxmodel.Ref:
		x.Key += "0"
	case *map[string]any:
		(*x)["x-own"] = "other"
	case *map[string]string:
		(*x)["a"] = "other"
	default:
		switch v.Kind() {
		case reflect.String:
			v.SetString(v.String() + "0")
		case reflect.Bool:
			v.SetBool(false)
		case reflect.Float64:
			v.SetFloat(v.Float() / 2)
		case reflect.Int:
			v.SetInt(v.Int() + 1)
		default:
			panic(fmt.Sprint("no way to alter ", v.Type()))
		}
	}
	return func() { v.Set(old) }
}

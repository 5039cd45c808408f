package canvas_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/canvas"
)

const named = `
channels:
  - {key: phone, name: Phone, aliases: [Q7 telephone], formerly: [hotline]}
  - {key: twin, name: Twin}
activities:
  - {key: dishes, name: Washing up}
costs:
  - {key: twin, name: Another twin, aliases: [hotline]}
`

func ref(t testing.TB, s string) cxmodel.Ref {
	t.Helper()
	r, err := cxmodel.ParseRef(s)
	require.NoError(t, err)
	return r
}

func TestLookupGoesByKeyThenByFormerKeyAndAlias(t *testing.T) {
	c := decode(t, named)
	for in, want := range map[string]string{
		"phone": "channel/phone", "channel/phone": "channel/phone", "channel/hotline": "channel/phone", "cost/hotline": "cost/twin",
		"channel/twin": "channel/twin", "cost/twin": "cost/twin", "dishes": "activity/dishes",
	} {
		e, err := c.Lookup(ref(t, in))
		require.NoError(t, err, in)
		assert.Equal(t, want, e.Ref().String(), in)
	}
	e, err := c.Lookup(cxmodel.Ref{Key: "Q7 telephone"})
	require.NoError(t, err, "an alias need not be written like a key")
	assert.Same(t, &c.Channels[0], e)
	c.Costs[0].Key = "phone"
	e, err = c.Lookup(ref(t, "phone"))
	require.ErrorIs(t, err, canvas.ErrAmbiguous)
	assert.Nil(t, e)
}

func TestLookupErrorsNameWhatThereIs(t *testing.T) {
	c := decode(t, named)
	for in, want := range map[string]string{
		"phnoe":          `canvas: no such item: "phnoe"; did you mean "phone"?`,
		"channel/dish":   `canvas: no such item: "channel/dish"`,
		"activity/phone": `canvas: no such item: "activity/phone"; there is channel/phone`,
		"table/phone":    `canvas: no such item: "table/phone"; the kinds of item are segment, proposition, channel, relationship, revenue-stream, resource, activity, partnership, cost`,
		"xyz":            `canvas: no such item: "xyz"`,
		"twin":           `canvas: several items have this name: "twin" can be channel/twin, cost/twin`,
		"hotline":        `canvas: several items have this name: "hotline" can be channel/phone, cost/twin`,
	} {
		_, err := c.Lookup(ref(t, in))
		assert.EqualError(t, err, want)
	}
	_, err := c.Lookup(cxmodel.Ref{})
	assert.ErrorIs(t, err, canvas.ErrUnknown)
	_, err = c.Lookup(cxmodel.Ref{Key: "channel"})
	assert.ErrorIs(t, err, canvas.ErrUnknown)
}

func TestAnIndexAnswersAsLookupDoes(t *testing.T) {
	c := filled()
	x := c.Index()
	for e := range c.Entries() {
		got, err := x.Lookup(e.Ref())
		require.NoError(t, err)
		assert.Same(t, e.Base(), got.Base())
	}
}

package journey_test

import (
	"encoding"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

type enumeration interface {
	~int
	fmt.Stringer
	encoding.TextMarshaler
}

// members checks the laws of an enumeration and returns how many words it has.
func members[E enumeration, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T) int {
	t.Helper()
	text, err := E(0).MarshalText()
	require.NoError(t, err)
	assert.Empty(t, text, "unspecified has no word")
	n := 1
	for ; ; n++ {
		text, err := E(n).MarshalText()
		if err != nil {
			break
		}
		var back E
		require.NoError(t, P(&back).UnmarshalText(text))
		assert.Equal(t, E(n), back)
		assert.Equal(t, E(n).String(), string(text))
	}
	_, err = E(-1).MarshalText()
	require.Error(t, err)
	var e E
	require.Error(t, P(&e).UnmarshalText([]byte("no such word")))
	require.NoError(t, P(&e).UnmarshalText(nil))
	assert.Zero(t, e)
	return n - 1
}

func TestEnumerationsRoundTripThroughTheirWords(t *testing.T) {
	assert.Equal(t, 2, members[journey.State](t))
	assert.Equal(t, 2, members[journey.Basis](t))
	assert.Equal(t, 3, members[journey.Phase](t))
	assert.Equal(t, 5, members[journey.Layer](t))
	assert.Equal(t, 5, members[journey.Moment](t))
	assert.Equal(t, 3, members[journey.Carry](t))
	assert.Equal(t, 4, members[journey.ActorRole](t))
	assert.Equal(t, 2, members[journey.Level](t))
}

func TestEveryKnownKindHasItsPhase(t *testing.T) {
	last := journey.PhasePreSale
	for _, k := range journey.Kinds() {
		assert.GreaterOrEqual(t, k.Phase(), last, "the kinds stand in the order of a customer's path")
		last = k.Phase()
	}
	assert.Equal(t, journey.PhasePostSale, last)
	assert.Equal(t, journey.PhaseUnspecified, journey.Kind("unboxing").Phase())
	assert.Equal(t, journey.PhaseSale, (&journey.Stage{Kind: "unboxing", Phase: journey.PhaseSale}).EffectivePhase())
}

func TestDegreesAreWordsOrNumbers(t *testing.T) {
	for text, want := range map[string]journey.Degree{"none": 0, "low": .25, "medium": .5, "high": .75, "extreme": 1, "0.3": .3, "7": 7} {
		var d journey.Degree
		require.NoError(t, d.UnmarshalText([]byte(text)))
		assert.Equal(t, want, d)
		assert.Equal(t, want <= 1, d.Valid())
		back, err := d.MarshalText()
		require.NoError(t, err)
		var again journey.Degree
		require.NoError(t, again.UnmarshalText(back))
		assert.Equal(t, d, again)
	}
	for _, text := range []string{"", "big", "nan", "NaN", "inf", "-Inf", "0x1p-2", "1_0", "1e999"} {
		assert.Error(t, new(journey.Degree).UnmarshalText([]byte(text)), text)
	}
}

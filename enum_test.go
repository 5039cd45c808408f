package cxmodel_test

import (
	"encoding"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
)

type enumeration interface {
	~int
	encoding.TextMarshaler
	String() string
}

// words checks an enumeration that has n members after the unspecified one.
func words[T enumeration, P interface {
	*T
	encoding.TextUnmarshaler
}](t *testing.T, n int) {
	t.Helper()
	for i := range n + 1 {
		text, err := T(i).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, T(i).String(), string(text))
		assert.Equal(t, i == 0, len(text) == 0, "the unspecified value has the empty text")
		back := T(n)
		require.NoError(t, P(&back).UnmarshalText(text))
		assert.Equal(t, T(i), back)
	}
	for _, outside := range []T{-1, T(n + 1)} {
		_, err := outside.MarshalText()
		require.Error(t, err, "no decoder would read it")
		assert.NotEmpty(t, outside.String())
	}
	var kept T = 1
	require.ErrorContains(t, P(&kept).UnmarshalText([]byte("unspecified")), "use one of")
	assert.Equal(t, T(1), kept)
}

func TestEnumerationsAreReadFromWhatTheyWrite(t *testing.T) {
	words[cxmodel.Severity](t, 3)
	words[cxmodel.Grade](t, 4)
	words[cxmodel.ChangeKind](t, 5)
	words[cxmodel.Per](t, 5)
	words[cxmodel.Format](t, 2)
}

func TestUnsetDatesAreLeftOutOfJSON(t *testing.T) {
	for _, v := range []any{cxmodel.Evidence{Kind: cxmodel.EvidenceAudit}, cxmodel.Waiver{Code: "x"}} {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		assert.NotContains(t, string(text), `"date"`)
		assert.NotContains(t, string(text), `"until"`)
	}
}

func TestAChangeIsReadFromItsJSON(t *testing.T) {
	change := cxmodel.Change{Kind: cxmodel.ChangeMoved, Ref: cxmodel.Ref{Kind: cxmodel.KindStage, Key: "visit"}, From: "1", To: "2"}
	text, err := json.Marshal(change)
	require.NoError(t, err)
	var back cxmodel.Change
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, change, back)
}

func TestAnAmountWithASlashNeedsAUnit(t *testing.T) {
	for _, text := range []string{"12 EUR/", "12 EUR/ ", "12 EUR/unspecified", "12 EUR/week"} {
		a, err := cxmodel.ParseAmount(text)
		require.ErrorIs(t, err, cxmodel.ErrAmount, text)
		assert.ErrorContains(t, err, "month, quarter, year")
		assert.Zero(t, a)
	}
}

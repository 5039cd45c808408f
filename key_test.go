package cxmodel_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
)

func TestKeysAreChecked(t *testing.T) {
	for _, good := range []cxmodel.Key{"a", "order-dine", "7-eleven", cxmodel.Key(strings.Repeat("x", 64))} {
		require.NoError(t, good.Check())
	}
	for bad, want := range map[cxmodel.Key]string{"": "empty", "Order+dine": `such as "order-dine"`, "-a": `such as "a"`, "a-": "such as", "ä": "lower-case", "a b": `such as "a-b"`,
		cxmodel.Key(strings.Repeat("x", 65)): "65 bytes", cxmodel.Key(strings.Repeat("é", 40)): "80 bytes"} {
		err := bad.Check()
		require.ErrorIs(t, err, cxmodel.ErrKey)
		assert.Contains(t, err.Error(), want)
	}
}

func TestKeyFromMakesAValidKeyOrNone(t *testing.T) {
	for name, want := range map[string]cxmodel.Key{"Order + dine": "order-dine", "  Café Anna!": "cafe-anna", "Größe, Blé": "grosse-ble", "日本": "", strings.Repeat("ab ", 40): cxmodel.Key(strings.TrimRight(strings.Repeat("ab-", 40)[:64], "-"))} {
		got := cxmodel.KeyFrom(name)
		assert.Equal(t, want, got)
		assert.True(t, got == "" || got.Valid())
	}
}

func TestRefsReadAndMatch(t *testing.T) {
	r, err := cxmodel.ParseRef("touchpoint/search")
	require.NoError(t, err)
	assert.Equal(t, cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: "search"}, r)
	short, err := cxmodel.ParseRef("search")
	require.NoError(t, err)
	assert.True(t, short.Matches(r))
	assert.False(t, cxmodel.Ref{Kind: cxmodel.KindStage, Key: "search"}.Matches(r))
	for _, bad := range []string{"", "/x", "a/", "a/b/c", "A/b"} {
		_, err := cxmodel.ParseRef(bad)
		require.ErrorIs(t, err, cxmodel.ErrKey, bad)
	}
}

func TestElementIDIsStableAndNeedsADocument(t *testing.T) {
	doc := uuid.MustParse("018f3c1a-7b7e-7000-8000-000000000001")
	ref := cxmodel.Ref{Kind: cxmodel.KindTouchpoint, Key: "search"}
	a, err := cxmodel.ElementID(doc, ref)
	require.NoError(t, err)
	b, err := cxmodel.ElementID(doc, ref)
	require.NoError(t, err)
	assert.Equal(t, a, b)
	assert.Equal(t, uuid.NewSHA1(doc, []byte("touchpoint/search")), a, "RFC 9562, version 5: SHA-1 of namespace and name")
	assert.Equal(t, uuid.Version(5), a.Version())
	_, err = cxmodel.ElementID(uuid.Nil, ref)
	require.ErrorIs(t, err, cxmodel.ErrNoDocumentID)
	_, err = cxmodel.ElementID(doc, cxmodel.Ref{Key: "search"})
	require.ErrorIs(t, err, cxmodel.ErrKey)
}

// What MarshalText writes UnmarshalText reads, the zero Ref too.
func TestRefsSurviveJSON(t *testing.T) {
	for _, want := range []cxmodel.Ref{{}, {Key: "search"}, {Kind: cxmodel.KindTouchpoint, Key: "search"}} {
		data, err := json.Marshal(want)
		require.NoError(t, err)
		got := cxmodel.Ref{Key: "other"}
		require.NoError(t, json.Unmarshal(data, &got), "%s", data)
		assert.Equal(t, want, got)
	}
}

package journey_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

func decode(t testing.TB, text string) *journey.Journey {
	t.Helper()
	j, issues, err := journey.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "j.yaml"})
	require.NoError(t, err)
	require.Empty(t, issues)
	return j
}

func encode(t testing.TB, j *journey.Journey, opts *cxmodel.EncodeOptions) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, journey.Encode(&b, j, opts))
	return b.String()
}

func load(t testing.TB, name string) (*journey.Journey, string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return decode(t, string(text)), string(text)
}

func TestTheCafeIsFlawless(t *testing.T) {
	j, _ := load(t, "cafe.yaml")
	assert.Empty(t, j.Validate())
}

func TestEncodeOfAnUnchangedFileIsTheFile(t *testing.T) {
	for _, name := range []string{"cafe.yaml", "running-shoes.yaml"} {
		j, text := load(t, name)
		assert.Equal(t, text, encode(t, j, nil), name)
	}
}

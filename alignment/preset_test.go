package alignment_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
)

func TestAModelsJourneyMayNameAPreset(t *testing.T) {
	const file = "format: cxmodel/1\njourney:\n  name: Ours\n  preset: small\n"
	m, issues, err := alignment.Decode(strings.NewReader(file), nil)
	require.NoError(t, err)
	require.Empty(t, issues)
	require.Len(t, m.Journeys[0].Stages, 3)
	require.NoError(t, m.Journeys[0].Validate().Err())
	var b bytes.Buffer
	require.NoError(t, alignment.Encode(&b, m, nil))
	assert.Equal(t, file, b.String(), "the name stands for the stages as long as they are the preset's")
}

package journey_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

func TestEveryPresetIsValid(t *testing.T) {
	for _, name := range journey.Presets() {
		j, err := journey.Preset(name)
		require.NoError(t, err, name)
		assert.Empty(t, j.Validate(), name)
	}
}

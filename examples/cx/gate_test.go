package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDiffFailsWhereAStageLostMoreThanAskedFor(t *testing.T) {
	const old = "../models/restaurant.yaml"
	text, err := os.ReadFile(old)
	require.NoError(t, err)
	worse := filepath.Join(t.TempDir(), "worse.yaml")
	require.NoError(t, os.WriteFile(worse, []byte(strings.Replace(string(text), "performance: 0.75", "performance: 0.6", 1)), 0o600))

	status, out, stderr := cx(t, "", "diff", "-most-lost", "0", old, worse)
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, out, "Order and dine") // the comparison is written all the same
	assert.Contains(t, stderr, "1 stage lost more than 0 points, or the score: Order and dine (")
	for _, args := range [][]string{{"-most-lost", "50", old, worse}, {"-most-lost", "0", old, old}, {old, worse}} {
		status, _, stderr = cx(t, "", append([]string{"diff"}, args...)...)
		assert.Equal(t, statusOK, status, args)
		assert.Empty(t, stderr, args)
	}
	for _, points := range []string{"", "two", "-1", "NaN"} {
		status, _, stderr = cx(t, "", "diff", "-most-lost", points, old, old)
		assert.Equal(t, statusUsage, status, points)
		assert.Contains(t, stderr, "give a number from 0 to 100", points)
	}
}

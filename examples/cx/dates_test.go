package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// 1792857600 is 2026-10-24T16:00:00Z.
func TestDatesMayBeSecondsSince1970(t *testing.T) {
	file := filepath.Join(t.TempDir(), "answers.csv")
	require.NoError(t, os.WriteFile(file, []byte("measure,time,score\nnps,1792857600,9\n"), 0o600))
	assert.Contains(t, must(t, "metrics", "-measure", "nps=nps", "-every", "month", "-dates", "unix", file), "2026-10")
}

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProgressIsShownAndTakenAway(t *testing.T) {
	var b bytes.Buffer
	p := &progress{r: strings.NewReader("answers"), w: &b, name: "a.csv", size: 2e6, next: time.Now().Add(-time.Second)}
	_, err := io.ReadAll(p)
	require.NoError(t, err)
	p.done()
	p.done()
	assert.Equal(t, "\r\x1b[Ka.csv: 0.0 MB of 2.0 MB\r\x1b[K", b.String())
}

func TestProgressIsSilentInPipesAndFiles(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	require.NoError(t, err)
	defer f.Close()
	for _, w := range []io.Writer{&bytes.Buffer{}, f} {
		assert.Nil(t, (&env{stderr: w}).progress(strings.NewReader(""), "a.csv").w)
	}
}

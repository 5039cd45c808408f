package alignment_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

// decode reads a model that must be read without an issue.
func decode(t testing.TB, text string) *alignment.Model {
	t.Helper()
	m, issues, err := alignment.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: "m.yaml"})
	require.NoError(t, err)
	require.Empty(t, issues)
	return m
}

func assess(t testing.TB, m *alignment.Model, opts *alignment.Options) *alignment.Assessment {
	t.Helper()
	a, err := alignment.Assess(t.Context(), m, opts)
	require.NoError(t, err)
	return a
}

func load(t testing.TB, name string) *alignment.Model {
	t.Helper()
	m, issues, err := alignment.Load(os.DirFS("../examples/models"), name, nil)
	require.NoError(t, err)
	require.Empty(t, issues)
	return m
}

func stage(t testing.TB, a *alignment.Assessment, key cxmodel.Key) alignment.StageScore {
	t.Helper()
	s, ok := a.Stage(key)
	require.True(t, ok, key)
	return s
}

func item(t testing.TB, a *alignment.Assessment, key cxmodel.Key) alignment.ItemScore {
	t.Helper()
	s, ok := a.Item(key)
	require.True(t, ok, key)
	return s
}

// cellAt returns the cell of a touchpoint, or of a stage without touchpoints, and a facet.
func cellAt(t testing.TB, a *alignment.Assessment, touchpoint, facet cxmodel.Key) alignment.Cell {
	t.Helper()
	for c := range a.Cells() {
		if c.Touchpoint.Key == touchpoint && c.Facet == facet {
			return c
		}
	}
	require.Fail(t, "no such cell", "%s %s", touchpoint, facet)
	return alignment.Cell{}
}

func bytesOf(t testing.TB, a *alignment.Assessment) string {
	t.Helper()
	b, err := json.Marshal(a)
	require.NoError(t, err)
	return string(b)
}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

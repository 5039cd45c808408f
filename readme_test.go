package cxmodel_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/alignment"
)

// fenced returns the blocks of a language in a Markdown file.
func fenced(t *testing.T, file, language string) []string {
	t.Helper()
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	var out []string
	for _, part := range strings.Split(string(b), "```"+language+"\n")[1:] {
		code, _, found := strings.Cut(part, "\n```")
		require.True(t, found)
		out = append(out, code+"\n")
	}
	return out
}

func TestTheProgramOfTheReadmeRunsAsPrinted(t *testing.T) {
	main := filepath.Join(t.TempDir(), "main.go")
	require.NoError(t, os.WriteFile(main, []byte(fenced(t, "README.md", "go")[0]), 0o600))
	out, err := exec.Command("go", "run", main).CombinedOutput()
	require.NoError(t, err, string(out))
	for _, line := range []string{"NPS +40 (95 % CI -15..+75, n=10, score)", "Works today    54 of 100", "Key activities: 8.5 of the 68.9 points of Order and dine."} {
		assert.Contains(t, string(out), line)
	}
	picture := strings.Split(fenced(t, "README.md", "text")[0], "\n\n")
	for _, part := range picture {
		assert.Contains(t, string(out), strings.TrimSpace(part), "the picture at the head is what is printed")
	}
}

func TestTheModelsOfTheDocsAreReadWithoutAnError(t *testing.T) {
	for _, file := range []string{"README.md", "docs/file-format.md"} {
		for _, text := range fenced(t, file, "yaml") {
			m, issues, err := alignment.Decode(strings.NewReader(text), &cxmodel.DecodeOptions{Name: file})
			require.NoError(t, err)
			require.NoError(t, issues.Err())
			require.NoError(t, m.Validate().Err())
			_, err = alignment.Assess(t.Context(), m, nil)
			require.NoError(t, err)
		}
	}
}

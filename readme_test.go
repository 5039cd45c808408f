package cxmodel_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// The figures of the months are Tango's limits, by bisection of the score equation outside this library: ±.1761 for 60
// promoters and 60 detractors, .4119 and .5881 for 60 promoters of 120; of the difference, by Newcombe's formula, .3031
// and .6969.
func TestTheProgramsOfTheReadmeRunAsPrinted(t *testing.T) {
	codes, printed := fenced(t, "README.md", "go"), fenced(t, "README.md", "text")
	require.Len(t, codes, 3)
	require.Len(t, printed, 2)
	output := make([]string, len(codes))
	for i, code := range codes {
		name, verb := "main.go", "run"
		if strings.Contains(code, "func Test") {
			name, verb = "service_test.go", "test"
		}
		file := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(file, []byte(code), 0o600))
		out, err := exec.Command("go", verb, file).CombinedOutput()
		require.NoError(t, err, string(out))
		output[i] = string(out)
	}
	for _, line := range []string{"NPS +40 (95 % CI -15..+75, n=10, score)", "Key activities: 8.5 of the 68.9 points of Order and dine."} {
		assert.Contains(t, output[0], line)
	}
	for _, part := range strings.Split(printed[0], "\n\n") {
		assert.Contains(t, output[0], strings.TrimSpace(part))
	}
	assert.Equal(t, printed[1], output[1])
	lines := strings.FieldsFunc(codes[0], func(r rune) bool { return r == '\n' })
	assert.LessOrEqual(t, len(lines), 30, "the first program is thirty lines")
}

func TestTheNamesInTheReadmeExist(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	files, err := filepath.Glob("docs/api/*.txt")
	require.NoError(t, err)
	faces := map[string]string{} // by the last part of the package's path
	for _, file := range files {
		face, err := os.ReadFile(file)
		require.NoError(t, err)
		parts := strings.Split(file, ".")
		faces[strings.TrimPrefix(parts[len(parts)-2], "docs/api/")] = string(face)
		faces[""] += string(face)
	}
	functions := regexp.MustCompile("`([a-z]+)\\.([A-Z]\\w+)").FindAllStringSubmatch(string(text), -1)
	require.Greater(t, len(functions), 30)
	for _, n := range functions {
		assert.Regexp(t, `(?m)^(func|type) `+n[2]+`\b`, faces[n[1]], n[0])
	}
	for _, n := range regexp.MustCompile("`([A-Z]\\w+)\\.([A-Z]\\w+)").FindAllStringSubmatch(string(text), -1) {
		assert.Regexp(t, `(?m)^func \(\w+ \*?`+n[1]+`\) `+n[2]+`\(`, faces[""], n[0])
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

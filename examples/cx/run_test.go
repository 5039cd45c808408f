package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/golden"
)

// cx runs a command in process and returns what it printed.
func cx(t testing.TB, stdin string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &err)
	return status, out.String(), err.String()
}

// must is cx for what has to succeed.
func must(t testing.TB, args ...string) string {
	t.Helper()
	status, stdout, stderr := cx(t, "", args...)
	require.Zero(t, status, "cx %s: %s", strings.Join(args, " "), stderr)
	return stdout
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func check(t *testing.T, name, got string) {
	t.Helper()
	assert.NoError(t, golden.Check(name, []byte(got)))
}

func TestHelpTeachesAndFitsTheScreen(t *testing.T) {
	texts := map[string]string{"": must(t, "help")}
	for _, c := range commands() {
		text := must(t, "help", c.name)
		assert.Equal(t, text, must(t, c.name, "--help"))
		assert.Contains(t, text, "Example", c.name)
		assert.Contains(t, text, "usage: cx "+c.name, c.name)
		texts[c.name] = text
	}
	for name, text := range texts {
		for line := range strings.Lines(text) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, "help %s: %s", name, line)
		}
	}
	check(t, "golden/help.txt", texts[""])
	check(t, "golden/help-diff.txt", texts["diff"])
}

func TestWhatIsNotUnderstoodIsStatusTwo(t *testing.T) {
	for _, args := range [][]string{{}, {"chekc"}, {"help", "chekc"}, {"check"}, {"check", "-format", "xml", "testdata/broken.yaml"}, {"new"}, {"new", "huge"}, {"new", "small", "more"},
		{"report", "-nope", "x"}, {"draw", "painting", "x.yaml"}, {"diff", "one.yaml"}, {"metrics", "answers.csv"}, {"metrics", "-measure", "a=b", "x"}, {"metrics", "-measure", "nps=nps", "-by", "moon", "x"}, {"schema", "house"}, {"report", "-scale", "1-2", "../models/cafe.yaml"}} {
		status, stdout, stderr := cx(t, "", args...)
		assert.Equal(t, statusUsage, status, args)
		assert.Empty(t, stdout, args)
		assert.NotEmpty(t, stderr, args)
	}
}

func TestThreeCommandsToTheFirstReport(t *testing.T) {
	folder := t.TempDir()
	model, page := filepath.Join(folder, "model.yaml"), filepath.Join(folder, "report.html")
	must(t, "new", "-o", model, "-name", "Anna's café", "small")
	must(t, "check", model)
	must(t, "report", "-o", page, model)
	data, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Contains(t, string(data), "<html")
	assert.Contains(t, string(data), "Anna")

	status, _, stderr := cx(t, "", "new", "-o", model, "shop")
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, "is there already; -force replaces it")
}

// closed is a pipe whose reader has gone.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, fmt.Errorf("write: %w", syscall.EPIPE) }

func TestAClosedPipeIsSaid(t *testing.T) {
	for _, args := range [][]string{{"new", "small"}, {"check", "testdata/broken.yaml"}, {"report", "../models/cafe.yaml"}, {"fmt", "../models/cafe.yaml"}, {"links", "../models/cafe.yaml"}, {"schema", "model"}} {
		var stderr bytes.Buffer
		assert.Equal(t, statusFailed, run(args, strings.NewReader(""), closed{}, &stderr), args)
		if args[0] != "check" { // which has errors to report all the same
			assert.Contains(t, stderr.String(), "standard output was closed before all was written", args)
		}
	}
}

func TestFilesAreReplacedWhole(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "a.txt")
	require.NoError(t, os.WriteFile(file, []byte("old"), 0o600))
	link := filepath.Join(folder, "link")
	require.NoError(t, os.Symlink("a.txt", link))

	fails := func(w io.Writer) error { fmt.Fprint(w, "half"); return io.ErrUnexpectedEOF }
	require.ErrorIs(t, replace(link, fails), io.ErrUnexpectedEOF)
	works := func(w io.Writer) error { _, err := fmt.Fprint(w, "new"); return err }
	require.NoError(t, replace(link, works))
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink, "the link stays")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, "new", string(data))
	info, err = os.Stat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "permissions stay")

	require.ErrorContains(t, replace(folder, works), "is a folder")
	require.ErrorContains(t, replace(filepath.Join(folder, "none", "b"), works), "there is no folder")
	require.NoError(t, os.Chmod(file, 0o400))
	require.ErrorContains(t, replace(file, works), "read-only")
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Len(t, entries, 2, "nothing is left behind")
}

func TestAFolderThatCannotBeWritten(t *testing.T) {
	status, _, stderr := cx(t, "", "report", "-o", filepath.Join(t.TempDir(), "no", "r.html"), "../models/cafe.yaml")
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, "there is no folder")
}

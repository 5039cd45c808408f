package golden_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/golden"
)

func TestUpdateMakesTheFileThatCheckThenCompares(t *testing.T) {
	if flag.Lookup("update").Value.String() == "true" {
		t.Skip("with -update nothing is compared")
	}
	t.Chdir(t.TempDir())
	require.ErrorContains(t, golden.Check("a/b.txt", []byte("x")), "-update")

	require.NoError(t, flag.Set("update", "true"))
	require.NoError(t, golden.Check("a/b.txt", []byte("one\ntwo\n")))
	require.NoError(t, flag.Set("update", "false"))

	assert.NoError(t, golden.Check("a/b.txt", []byte("one\ntwo\n")))
	assert.EqualError(t, golden.Check("a/b.txt", []byte("one\nthree\n")),
		`golden: testdata/a/b.txt:2 has "two", the test gave "three"; look at it, then go test -update`)
	long := strings.Repeat("-", 500)
	require.NoError(t, os.WriteFile("testdata/a/long.txt", []byte(long+"a"), 0o600))
	assert.ErrorContains(t, golden.Check("a/long.txt", []byte(long+"b")), `-a", the test gave "--`, "long lines are shown where they differ")
	assert.ErrorContains(t, golden.Check("a/b.txt", []byte("one")), `has "two", the test gave nothing`)
}

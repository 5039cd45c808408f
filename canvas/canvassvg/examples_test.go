package canvassvg_test

import (
	"fmt"
	"io/fs"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
	"github.com/cxmodel/cxmodel/canvas/canvassvg"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
)

// The canvases of the models that come with the library, at the width of a page and of a telephone.
func TestBrowserSeesTheExampleModelsWhole(t *testing.T) {
	files := os.DirFS("../../examples/models")
	names, err := fs.Glob(files, "*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	pictures := map[string][]byte{}
	for _, name := range names {
		m, issues, err := alignment.Load(files, name, nil)
		require.NoError(t, err)
		require.NoError(t, issues.Err())
		for _, width := range []float64{0, 390, 1100} {
			id := fmt.Sprint(name, "-", width)
			pictures[id] = render(t, m.Canvas, &canvassvg.Options{ID: id, Width: width})
			require.NoError(t, svgtest.Check(pictures[id]), id)
		}
	}
	svgtest.Browser(t, pictures)
}

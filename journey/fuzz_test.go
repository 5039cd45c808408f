package journey_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// Whatever is read without an issue is the same after writing and reading it again, as YAML with comments, as plain
// YAML and as JSON; and nothing that can be read makes the rest of the package fail.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"cafe.yaml", "running-shoes.yaml"} {
		text, err := os.ReadFile("testdata/" + name)
		require.NoError(f, err)
		f.Add(text)
	}
	var b bytes.Buffer
	require.NoError(f, journey.Encode(&b, full(1), &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON}))
	f.Add(b.Bytes())
	f.Add([]byte("preset: small\n"))
	f.Add([]byte("facets: {emotion: {weight: .3}, x: }\nstages: [a, {key: b, touchpoints: c, next: b}]\n"))
	f.Add([]byte("personas: [{key: p, stage-weights: {a: .nan}, touchpoints: [a]}]\nstages: [{key: a, touchpoints: [{key: a, emotions: joy}]}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		opts := &cxmodel.DecodeOptions{Limits: cxmodel.Limits{Elements: 20_000}}
		j, issues, err := journey.Decode(bytes.NewReader(data), opts)
		if err != nil {
			return
		}
		j.Validate()
		j.Coverage(nil)
		j.HandOffs()
		j.ChannelFits()
		j.Curve(nil).PeakEndIndex()
		_, _ = j.Phases(nil)
		require.Empty(t, journey.Diff(j, j.Clone()))
		if len(issues) > 0 {
			return
		}
		formats := []*cxmodel.EncodeOptions{nil, {Plain: true}}
		if lower := bytes.ToLower(data); !bytes.Contains(lower, []byte(".nan")) && !bytes.Contains(lower, []byte(".inf")) { // JSON has neither
			formats = append(formats, &cxmodel.EncodeOptions{Format: cxmodel.FormatJSON})
		}
		for _, o := range formats {
			var b bytes.Buffer
			if err := journey.Encode(&b, j, o); err != nil {
				require.ErrorContains(t, err, "a degree cannot be")
				return
			}
			again, issues, err := journey.Decode(bytes.NewReader(b.Bytes()), opts)
			require.NoError(t, err, b.String())
			require.Empty(t, issues, b.String())
			require.Empty(t, journey.Diff(j, again), b.String())
		}
	})
}

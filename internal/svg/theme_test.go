package svg_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/internal/svg"
)

// WCAG 2.2, success criteria 1.4.3 (text 4.5:1) and 1.4.11 (what is needed to understand a graphic 3:1).
func TestTextCanBeReadOnEveryGround(t *testing.T) {
	for name, p := range map[string]svg.Palette{"light": svg.LightPalette(), "dark": svg.DarkPalette()} {
		grounds := append([]svg.Color{p.Page, p.Panel, p.Card}, p.Tints[:]...)
		for _, ground := range grounds {
			for _, text := range []svg.Color{p.Ink, p.Muted, p.Accent, p.Good, p.Bad} {
				assert.GreaterOrEqual(t, svg.Contrast(text, ground), 4.5, "%s: %s on %s", name, text, ground)
			}
		}
		for _, ground := range grounds[:3] {
			assert.GreaterOrEqual(t, svg.Contrast(p.Edge, ground), 3., "%s: edge on %s", name, ground)
		}
		for _, c := range append(p.Categories[:], p.Ramp[:]...) {
			assert.GreaterOrEqual(t, svg.Contrast(c, c.On()), 4.5, "%s: text on %s", name, c)
		}
	}
}

func TestRampRunsOneWay(t *testing.T) {
	light, dark := svg.LightPalette().Ramp, svg.DarkPalette().Ramp
	for i := 1; i < len(light); i++ {
		assert.Less(t, light[i].Luminance(), light[i-1].Luminance())
		assert.Greater(t, dark[i].Luminance(), dark[i-1].Luminance())
	}
	assert.Equal(t, svg.Ramp(0), svg.Ramp(-1))
	assert.Equal(t, svg.Ramp(1), svg.Ramp(7))
	assert.NotEqual(t, svg.Ramp(0), svg.Ramp(.1))
}

// WCAG's own examples: black on white is 21:1, #777777 on white 4.48:1.
func TestContrastIsThatOfWCAG(t *testing.T) {
	assert.InDelta(t, 21, svg.Contrast("#000000", "#ffffff"), 1e-9)
	assert.InDelta(t, 4.48, svg.Contrast("#777777", "#ffffff"), .005)
}

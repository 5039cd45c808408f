package clip_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/internal/clip"
)

func TestTextIsCutBetweenRunesAndNeverLong(t *testing.T) {
	whole := strings.Repeat("x", clip.Most)
	assert.Equal(t, whole, clip.Text(whole))
	assert.Equal(t, whole+"…", clip.Text([]byte(whole+"y")))
	for shift := range 4 {
		got := clip.Text(strings.Repeat("x", shift) + strings.Repeat("😀", 100))
		assert.True(t, utf8.ValidString(got), got)
		assert.LessOrEqual(t, len(got), clip.Most+len("…"))
		assert.GreaterOrEqual(t, len(got), clip.Most-3)
	}
	broken := clip.Text(strings.Repeat("\x80", 1000))
	assert.LessOrEqual(t, len(broken), clip.Most+len("…"), "bytes that are no text")
}

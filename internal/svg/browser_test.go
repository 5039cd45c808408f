package svg_test

import (
	"strings"
	"testing"

	"github.com/cxmodel/cxmodel/internal/svg"
	"github.com/cxmodel/cxmodel/internal/svg/svgtest"
)

// Every character of the table, and samples of the scripts that it does not hold, are as wide in a browser as
// reckoned, or narrower; and hostile texts run no script.
func TestBrowserAgreesWithTheWidths(t *testing.T) {
	var all strings.Builder
	for r := rune('!'); r < 0x2C00; r++ {
		if r == 0x600 {
			r = 0x1E00
		}
		all.WriteRune(r)
		all.WriteByte(' ')
	}
	samples := append([]string{all.String(), "顧客体験の設計、ひらがなとカタカナ。한국어 고객 여정", "العملاء أولا في كل مرحلة من مراحل الرحلة", "חוויית לקוח",
		"ग्राहक अनुभव", "ประสบการณ์ของลูกค้า", "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽 ☎️ ♥️"}, hostile...)
	pictures := map[string][]byte{}
	for i, font := range []svg.Font{{Size: 12}, {Size: 20, Bold: true}, {Size: 12, Italic: true}} {
		var blocks []svg.Block
		height := 20.
		for _, s := range samples {
			b := svg.Wrap(strings.ReplaceAll(s, "\u0301\u0301", ""), font, 700, 0) // a pile of marks leans over
			blocks = append(blocks, b)
			height += b.Height() + 10
		}
		name := string(rune('a' + i))
		pictures[name] = picture(t, svg.Frame{ID: name, Width: 740, Height: height}, func(p *svg.Picture) {
			y := 10.
			for _, b := range blocks {
				p.Text(20, y, 700, b, svg.Ink, svg.Lead)
				y += b.Height() + 10
			}
		})
	}
	svgtest.Browser(t, pictures)
}

package report

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
)

// A slice is a part of a picture from top to bottom, in its pixels.
type slice struct{ Y, Height float64 }

const (
	// pageHeight is how much of a picture goes on a page of A4 or Letter across, at the scale at which pictureWide fills its width.
	pageHeight = 780
	// shrunk is how much more of it goes there if it is made smaller, which beats a cut while it can be read.
	shrunk = 1.25
)

var (
	rootSize = regexp.MustCompile(`^<svg[^>]* width="([0-9.]+)" height="([0-9.]+)"`)
	textAt   = regexp.MustCompile(`<text[^>]* y="([0-9.]+)"`)
	boxAt    = regexp.MustCompile(`<rect[^>]* y="([0-9.]+)"[^>]* height="([0-9.]+)"`)
	curve    = regexp.MustCompile(`<path d="M([^"]*)C([^"]*)"`)
	arrow    = regexp.MustCompile(`<path d="M([^"C]*)Z"`)
	level    = regexp.MustCompile(`<line[^>]* y1="([0-9.]+)"[^>]* stroke-dasharray="2 4"`)
	pair     = regexp.MustCompile(`-?[0-9.]+ (-?[0-9.]+)`)
)

// A gap is where a picture can be cut.
type gap struct{ middle, width float64 }

// gaps finds where nothing stands that is to stay in one piece: lines of text, boxes lower than a quarter of a page,
// curves with the levels that they are read by, heads of stages with the beginning of what stands below them.
func gaps(picture string) []gap {
	type stretch struct{ top, bottom float64 }
	var full []stretch
	number := func(s string) float64 {
		x, _ := strconv.ParseFloat(s, 64)
		return x
	}
	for _, m := range textAt.FindAllStringSubmatch(picture, -1) {
		const above, below = 20, 7 // what a line of text takes beside its base line
		full = append(full, stretch{number(m[1]) - above, number(m[1]) + below})
	}
	for _, m := range boxAt.FindAllStringSubmatch(picture, -1) {
		if h := number(m[2]); h < pageHeight/4 {
			full = append(full, stretch{number(m[1]), number(m[1]) + h})
		}
	}
	over := func(path string) stretch {
		s := stretch{math.Inf(1), math.Inf(-1)}
		for _, p := range pair.FindAllStringSubmatch(path, -1) {
			s.top, s.bottom = min(s.top, number(p[1])), max(s.bottom, number(p[1]))
		}
		return s
	}
	for _, m := range curve.FindAllStringSubmatch(picture, -1) {
		full = append(full, over(m[1]+" "+m[2]))
	}
	for _, m := range level.FindAllStringSubmatch(picture, -1) {
		const apart = 30 // of two levels
		full = append(full, stretch{number(m[1]) - apart, number(m[1]) + apart})
	}
	for _, m := range arrow.FindAllStringSubmatch(picture, -1) {
		if s := over(m[1]); s.bottom-s.top >= 30 { // else it is a mark
			full = append(full, stretch{s.top, s.bottom + 40})
		}
	}
	slices.SortFunc(full, func(a, b stretch) int { return cmp.Compare(a.top, b.top) })
	var out []gap
	end := 0.
	for _, s := range full {
		if w := s.top - end; w > 0 && end > 0 {
			out = append(out, gap{math.Round(end + w/2), w})
		}
		end = max(end, s.bottom)
	}
	return out
}

// sliced cuts a picture that is much too high for a page at the widest gap that leaves pages more than half full. A
// picture that fits, if need be made a little smaller, or that is not one of package svg, is whole: nil.
func sliced(picture string) (width float64, parts []slice) {
	m := rootSize.FindStringSubmatch(picture)
	if m == nil {
		return 0, nil
	}
	width, _ = strconv.ParseFloat(m[1], 64)
	height, _ := strconv.ParseFloat(m[2], 64)
	if height <= shrunk*pageHeight {
		return width, nil
	}
	gaps := gaps(picture)
	for y := 0.; y < height; {
		end := y + pageHeight
		if end >= height {
			end = height
		} else {
			var fit []gap
			for _, g := range gaps {
				if g.middle > y+.55*pageHeight && g.middle <= end {
					fit = append(fit, g)
				}
			}
			if len(fit) > 0 {
				end = slices.MaxFunc(fit, func(a, b gap) int { return cmp.Compare(a.width, b.width) }).middle
			}
		}
		parts = append(parts, slice{y, end - y})
		y = end
	}
	return width, parts
}

package journeycsv

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/sheet"
	"github.com/cxmodel/cxmodel/journey"
)

// list is a lane with one entry a line. An entry whose text is still there keeps all else that the journey knows of it;
// what says more than its text and is no longer there is named as dropped.
func list[T any](name, noun string, field func(*journey.Touchpoint) *[]T, text func(*T) *string, words ...string) lane {
	return lane{name, words,
		func(t *journey.Touchpoint) string {
			entries := *field(t)
			lines := make([]string, len(entries))
			for i := range entries {
				lines[i] = *text(&entries[i])
			}
			return join(lines)
		},
		func(t *journey.Touchpoint, cell string, _ bool) ([]string, error) {
			old := *field(t)
			used := make([]bool, len(old))
			var entries []T
			for _, s := range split(cell) {
				var entry T
				*text(&entry) = s
				for i := range old {
					if !used[i] && normal(*text(&old[i])) == s {
						entry, used[i] = old[i], true
						break
					}
				}
				entries = append(entries, entry)
			}
			*field(t) = entries
			var dropped []string
			for i := range old {
				var bare T
				*text(&bare) = *text(&old[i])
				if !used[i] && !reflect.DeepEqual(bare, old[i]) {
					dropped = append(dropped, fmt.Sprintf("the %s %q with all that was known of it", strings.TrimSpace(noun+" "), *text(&old[i])))
				}
			}
			return dropped, nil
		}}
}

var bullets = []string{"- ", "• ", "* "}

// join writes entries one a line; one that begins like an item of a list gets a hyphen, which split takes off again.
func join(entries []string) string {
	for i, s := range entries {
		s = strings.ReplaceAll(normal(s), "\n", "\n  ")
		if slices.ContainsFunc(bullets, func(b string) bool { return strings.HasPrefix(s, b) }) {
			s = bullets[0] + s
		}
		entries[i] = s
	}
	return strings.Join(entries, "\n")
}

// split returns the entries of a cell: one a line, a line that begins with two blanks continues the one above.
func split(cell string) []string {
	var out []string
	for _, s := range strings.Split(cell, "\n") {
		if more, ok := strings.CutPrefix(s, "  "); ok && len(out) > 0 {
			out[len(out)-1] += "\n" + more
			continue
		}
		for _, b := range bullets {
			if rest, ok := strings.CutPrefix(s, b); ok {
				s = rest
				break
			}
		}
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	for i := range out {
		out[i] = normal(out[i])
	}
	return out
}

// normal returns a text as the table holds it.
func normal(s string) string { return sheet.Plain(s) }

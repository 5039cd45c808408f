// Package nearest finds what a person probably meant who wrote a name that is not known.
package nearest

import "strings"

// longest is the length in bytes beyond which names are not compared: nobody mistypes such a name.
const longest = 64

// Word returns the known name that a person most probably meant, the first of several; "" where they differ by more than a
// third of the letters and one, or by more than half (one slip is always allowed), or have no letter in common. Case,
// underscores and blanks for hyphens, and a plural s do not count.
func Word(word string, known []string) string {
	if len(word) > longest {
		return ""
	}
	word = plain(word)
	best, least := "", max(1, min(len(word)/3+1, len(word)/2))
	for _, k := range known {
		if len(k) > longest {
			continue
		}
		name := plain(k)
		if strings.TrimSuffix(word, "s") == strings.TrimSuffix(name, "s") {
			return k
		}
		if len(name)-len(word) > least || len(word)-len(name) > least {
			continue // the distance is at least the difference in length
		}
		if d := distance(word, name); d <= least && d < max(len(word), len(name)) && (best == "" || d < least) {
			best, least = k, d
		}
	}
	return best
}

var hyphens = strings.NewReplacer("_", "-", " ", "-")

func plain(s string) string { return hyphens.Replace(strings.ToLower(s)) }

// distance counts the insertions, deletions, substitutions and swaps of neighbours that turn a into b
// (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

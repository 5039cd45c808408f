package codec

import "strings"

// Nearest returns the known name that a person most probably meant, the first of several; "" where none has a letter
// in common with it.
func Nearest(word string, known []string) string {
	if len(word) > 64 {
		return ""
	}
	word = strings.ToLower(word)
	best, least := "", len(word)/3+1
	for _, k := range known {
		if strings.ReplaceAll(word, "_", "-") == k || strings.TrimSuffix(word, "s") == strings.TrimSuffix(k, "s") {
			return k
		}
		if len(k)-len(word) > least || len(word)-len(k) > least {
			continue // the distance is at least the difference in length
		}
		if d := distance(word, k); d <= least && d < max(len(word), len(k)) && (best == "" || d < least) {
			best, least = k, d
		}
	}
	return best
}

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

package metrics

import (
	"fmt"
	"slices"
	"strings"
)

// An enumeration is an index into a table of names; these three serve all of them.

func nameOf(names []string, i int, kind string) string {
	if i < 0 || i >= len(names) {
		return fmt.Sprintf("%s(%d)", kind, i)
	}
	return names[i]
}

func textOf(names []string, i int, kind string) ([]byte, error) {
	if i < 0 || i >= len(names) {
		return nil, fmt.Errorf("%w: there is no %s %d", ErrOption, kind, i)
	}
	return []byte(names[i]), nil
}

func indexOf(names []string, name, kind string) (int, error) {
	if i := slices.Index(names, name); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("%w: unknown %s %q; use one of %s", ErrOption, kind, name, strings.Join(slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == "" }), ", "))
}

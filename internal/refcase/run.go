package refcase

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// The owners of the cases that do not belong to package metrics itself: the folder there, by the beginning of the name.
var owners = map[string]string{
	"km": "survival", "cif": "survival", "resp": "survival",
	"lmg": "keydriver", "rwa": "keydriver", "data": "keydriver",
	"spc": "control", "cs": "control",
	"svy": "survey", "rake": "survey", "poststrat": "survey", "sm.descrw": "survey",
}

// Owners returns the packages that own cases.
func Owners() []string {
	return append([]string{"metrics"}, slices.Compact(slices.Sorted(maps.Values(owners)))...)
}

// Owner returns the package whose tests run the case.
func (c *Case) Owner() string {
	if name := longest(c.ID, owners); name != "" {
		return owners[name]
	}
	return "metrics"
}

// longest returns the longest key that is the id, or its beginning up to a dot; "" if none is.
func longest[V any](id string, of map[string]V) string {
	for name := id; name != ""; name = name[:max(strings.LastIndexByte(name, '.'), 0)] {
		if _, ok := of[name]; ok {
			return name
		}
	}
	return ""
}

// Run runs each case of the owner as a subtest, with the function whose key is the longest beginning of its name, and logs
// by family how many there are. See the package for when it fails.
func Run(t *testing.T, owner string, by map[string]func(*Case)) {
	t.Helper()
	type line struct{ cases, run, skipped, compared, leftOut int }
	lines := map[string]*line{}
	used := map[string]bool{}
	for _, c := range All(t) {
		if c.Owner() != owner {
			continue
		}
		l := lines[c.Family()]
		if l == nil {
			l = &line{}
			lines[c.Family()] = l
		}
		l.cases++
		name := longest(c.ID, by)
		used[name] = true
		if !assert.NotEmpty(t, name, "case %s of package %s has no code", c.ID, owner) {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			defer func() {
				if t.Skipped() {
					l.skipped++
				}
			}()
			c.T = t
			by[name](c)
			assert.Positive(t, c.compared, "nothing was compared")
			l.run, l.compared, l.leftOut = l.run+1, l.compared+c.compared, l.leftOut+c.leftOut
		})
	}
	for name := range by {
		assert.True(t, used[name], "no case of package %s begins with %q", owner, name)
	}
	var s strings.Builder
	row := func(family string, l line) {
		fmt.Fprintf(&s, "\n%-22s %6d %5d %8d %8d", family, l.cases, l.run, l.skipped, l.compared)
		if l.leftOut > 0 {
			fmt.Fprintf(&s, "  %d outputs of methods not offered", l.leftOut)
		}
	}
	fmt.Fprintf(&s, "\n%-22s %6s %5s %8s %8s", "family", "cases", "run", "skipped", "numbers")
	var sum line
	for _, family := range slices.Sorted(maps.Keys(lines)) {
		l := *lines[family]
		row(family, l)
		sum.cases, sum.run, sum.skipped, sum.compared = sum.cases+l.cases, sum.run+l.run, sum.skipped+l.skipped, sum.compared+l.compared
	}
	row("sum", sum)
	t.Log(s.String())
}

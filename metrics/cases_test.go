package metrics_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/metrics"
)

// A refCase is one case of testdata/cases.json: numbers printed by another tool, which its peer and call name.
type refCase struct {
	ID     string          `json:"id"`
	Input  json.RawMessage `json:"input"`
	Output json.RawMessage `json:"output"`
	RelTol float64         `json:"rel_tol"`
}

// familyOf returns the family of a case: the first one or two words of its name.
func familyOf(id string) string {
	words := strings.Split(id, ".")
	return strings.Join(words[:min(2, len(words))], ".")
}

// check compares the numbers of one case.
type check struct {
	*testing.T
	c              refCase
	compared, left int
}

func (k *check) near(want, got float64, what string) {
	k.Helper()
	k.compared++
	tol := k.c.RelTol * math.Abs(want)
	if want == 0 {
		tol = k.c.RelTol
	}
	assert.LessOrEqual(k.T, math.Abs(want-got), tol, "%s: want %.17g, got %.17g", what, want, got)
}

// p compares a p-value that the peer computed as 1 - Φ(z): to the case's tolerance or the last bit of 1, whichever is more.
func (k *check) p(want, got float64) {
	k.Helper()
	k.compared++
	assert.LessOrEqual(k.T, math.Abs(want-got), max(k.c.RelTol*want, 0x1p-52), "p: want %.17g, got %.17g", want, got)
}

// limits compares an interval with a peer's that may leave [-max, max]: then ours must be clamped there, and say so.
func (k *check) limits(want [2]float64, low, high, least, most float64, warnings metrics.Warning, what string) {
	k.Helper()
	k.near(max(want[0], least), low, what+" low")
	k.near(min(want[1], most), high, what+" high")
	assert.Equal(k.T, want[0] < least || want[1] > most, warnings.Has(metrics.WarnClamped), "%s: clamped", what)
}

func (k *check) decode(in, out any) {
	k.Helper()
	require.NoError(k.T, json.Unmarshal(k.c.Input, in))
	require.NoError(k.T, json.Unmarshal(k.c.Output, out))
}

// The runners, by family. A family that is not here belongs to one of the owners.
var runners = map[string]func(*check){
	"nps.wald": func(k *check) { k.npsWald(metrics.NPSWald) }, "nps.aw34": func(k *check) { k.npsWald(metrics.NPSAdjustedWald) },
	"nps.tango": (*check).npsTango, "nps.diff": (*check).npsDiff, "nps.paired": (*check).npsPaired,
	"bayes.jeffreys": (*check).bayes, "bayes.uniform": (*check).bayes,
	"prop.ci": (*check).propCI, "sm.prop": (*check).smProp, "sp.binomtest": (*check).binomTest, "sm.diff": (*check).smDiff,
	"csat.delighted": (*check).delighted, "rate.pois": (*check).poisson,
	"def.nrr": (*check).nrr, "def.fcr": (*check).fcr, "def.csat": (*check).defCSAT, "def.ces": (*check).defCES, "def.enps": (*check).defENPS,
	"def.nps": (*check).defNPS, "def.repeat": (*check).defRepeat, "def.retention": (*check).defRetention,
	"sm.ratio": (*check).ratio, "sm.multinom": (*check).bothSimultaneous, "multinom.goodman": func(k *check) { k.simultaneous(metrics.Goodman) },
	"multinom.sison": func(k *check) { k.simultaneous(metrics.SisonGlaz) }, "padjust": (*check).adjust, "sm.multipletests": (*check).adjust,
	"chisq.bands": (*check).chiSquare, "prop.trend": (*check).trend, "mw": (*check).mannWhitney, "alpha.attitude": (*check).alpha,
	"data.attitude": (*check).attitude, "nps.n": (*check).npsSampleSize, "power.prop": (*check).powerProportion, "power.t": (*check).powerMean,
	"sm.n": (*check).proportionSampleSize, "boot.ideal": (*check).bootstrap, "def.war": (*check).wallet, "def.servqual": (*check).servqual,
}

// The owners of the other families: the folder of the package whose tests must run each case, by its family.
var owners = map[string]string{
	"km": "survival", "cif": "survival", "resp": "survival",
	"lmg": "keydriver", "rwa": "keydriver", "data": "keydriver",
	"spc": "control", "cs": "control",
	"svy": "survey", "rake": "survey", "poststrat": "survey", "sm.descrw": "survey",
}

// ownerOf returns the folder of the package that runs a case, by the longest name in owners that it begins with.
func ownerOf(id string) string {
	for name := id; name != ""; name = name[:max(strings.LastIndexByte(name, '.'), 0)] {
		if folder, ok := owners[name]; ok {
			return folder
		}
	}
	return ""
}

// namedIn reports whether the tests in a folder have the name of the case as a string, or its beginning up to and with a dot.
func namedIn(t *testing.T, folder, id string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	require.NoError(t, err)
	for _, file := range files {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		for name := id; name != ""; name = name[:max(strings.LastIndexByte(name, '.'), 0)] {
			literal := `"` + name + `."` // the beginning of several names
			if name == id {
				literal = `"` + id + `"`
			}
			if strings.Contains(string(source), literal) {
				return true
			}
		}
	}
	return false
}

func TestEveryReferenceCaseHasCode(t *testing.T) {
	b, err := os.ReadFile("testdata/cases.json")
	require.NoError(t, err)
	var cases []refCase
	require.NoError(t, json.Unmarshal(b, &cases))
	require.Len(t, cases, 146)
	type line struct {
		cases, run, compared, left int
		owner                      string
	}
	table := map[string]*line{}
	for _, c := range cases {
		family := familyOf(c.ID)
		if table[family] == nil {
			table[family] = &line{}
		}
		l := table[family]
		l.cases++
		run := runners[family]
		if run == nil {
			l.owner = ownerOf(c.ID)
			assert.True(t, l.owner != "" && namedIn(t, l.owner, c.ID), "case %s has no code; its owner is package %q", c.ID, l.owner)
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			k := &check{T: t, c: c}
			run(k)
			assert.Positive(t, k.compared)
			l.run++
			l.compared += k.compared
			l.left += k.left
		})
	}
	var s strings.Builder
	fmt.Fprintf(&s, "%-22s %6s %4s %8s %s\n", "family", "cases", "run", "numbers", "elsewhere, or not offered")
	var sum line
	for _, family := range slices.Sorted(maps.Keys(table)) {
		l := table[family]
		left := ""
		switch {
		case l.run == 0:
			left = "package " + l.owner
		case l.left > 0:
			left = fmt.Sprintf("%d outputs of methods not offered", l.left)
		}
		fmt.Fprintf(&s, "%-22s %6d %4d %8d %s\n", family, l.cases, l.run, l.compared, left)
		sum.cases, sum.run, sum.compared = sum.cases+l.cases, sum.run+l.run, sum.compared+l.compared
	}
	fmt.Fprintf(&s, "%-22s %6d %4d %8d\n", "sum", sum.cases, sum.run, sum.compared)
	t.Log("\n" + s.String())
	assert.GreaterOrEqual(t, sum.run, 110)
}

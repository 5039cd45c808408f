package metrics_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/internal/refcase"
	"github.com/cxmodel/cxmodel/metrics"
)

// check runs one reference case.
type check struct{ *refcase.Case }

// p compares a p-value that the peer computed as 1 - Φ(z): to the case's tolerance or the last bit of 1, whichever is more.
func (k *check) p(want, got float64) {
	k.Helper()
	k.Within(max(k.RelTol*want, 0x1p-52), want, got, "p")
}

// limits compares an interval with a peer's that may leave [-max, max]: then ours must be clamped there, and say so.
func (k *check) limits(want [2]float64, low, high, least, most float64, warnings metrics.Warning, what string) {
	k.Helper()
	k.Near(max(want[0], least), low, what+" low")
	k.Near(min(want[1], most), high, what+" high")
	assert.Equal(k.T, want[0] < least || want[1] > most, warnings.Has(metrics.WarnClamped), "%s: clamped", what)
}

// The runners, by family.
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
	"nps.n": (*check).npsSampleSize, "power.prop": (*check).powerProportion, "power.t": (*check).powerMean,
	"sm.n": (*check).proportionSampleSize, "boot.ideal": (*check).bootstrap, "def.war": (*check).wallet, "def.servqual": (*check).servqual,
}

func TestEveryReferenceCaseHasCode(t *testing.T) {
	by := map[string]func(*refcase.Case){}
	for name, run := range runners {
		by[name] = func(c *refcase.Case) { run(&check{c}) }
	}
	refcase.Run(t, "metrics", by)
}

// The packages below own cases too; their tests must run them, which refcase.Run proves there.
func TestEveryOwnerOfReferenceCasesRunsThem(t *testing.T) {
	owned := map[string]int{}
	for _, c := range refcase.All(t) {
		owned[c.Owner()]++
	}
	assert.Equal(t, map[string]int{"metrics": 113, "survival": 7, "keydriver": 10, "control": 8, "survey": 8}, owned)
	for _, owner := range refcase.Owners() {
		folder := owner
		if owner == "metrics" {
			folder = "."
		}
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		require.NoError(t, err)
		assert.True(t, slices.ContainsFunc(files, func(file string) bool {
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			return strings.Contains(string(source), `refcase.Run(t, "`+owner+`", `)
		}), "no test of package %s calls refcase.Run", owner)
	}
}

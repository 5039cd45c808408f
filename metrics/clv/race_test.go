//go:build race

package clv_test

// raceEnabled makes the slow tests smaller: the race detector slows arithmetic tenfold and finds as much in a tenth.
const raceEnabled = true

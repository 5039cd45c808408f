package metricstest

import (
	"math/rand/v2"
	"time"
)

// exponential draws an exponential number of mean 1 by comparing uniform ones, without a logarithm: of the functions of
// package math only a few give the same last digit on every processor. Where the run
// u_1 >= u_2 >= ... has odd length, u_1 is the fraction; else the whole part grows by one, and a new run is drawn (J. von Neumann, Various techniques used
// in connection with random digits, National Bureau of Standards Applied Mathematics Series 12 (1951), 36-38).
func exponential(r *rand.Rand) float64 {
	for whole := 0.; ; whole++ {
		first := r.Float64()
		odd := true // so is the length of the run
		for last := first; ; odd = !odd {
			next := r.Float64()
			if next > last {
				break
			}
			last = next
		}
		if odd {
			return whole + first
		}
	}
}

// at returns the place of row i of n in the span.
func at(span time.Duration, i, n int) time.Duration {
	return time.Duration(float64(span) / float64(n) * float64(i))
}

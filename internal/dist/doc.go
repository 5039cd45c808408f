// Package dist holds the few distribution functions and quantiles that the metrics need: normal, Student's t,
// beta and gamma, accurate to about 1e-13 relative in both tails. It is not a statistics library: arguments
// outside a function's domain give NaN, and there is no sampling.
//
//  1. Take the distribution function: [NormalCDF], [TCDF], [BetaCDF], [GammaCDF].
//  2. Take the upper tail where 1-CDF would lose digits: [GammaTail]; the others are symmetric
//     (NormalCDF(-x), TCDF(-t, nu), BetaCDF(1-x, b, a)).
//  3. Invert with [NormalQuantile], [TQuantile], [BetaQuantile], [GammaQuantile] or [GammaTailQuantile].
package dist

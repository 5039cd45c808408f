package metrics

import "errors"

// The errors of this package wrap one of these; test with [errors.Is].
var (
	// ErrNoData: there is no answer to compute from. An empty sample has no score.
	ErrNoData = errors.New("metrics: no data")
	// ErrOffScale: there are answers, and none of them lies on the scale.
	ErrOffScale = errors.New("metrics: all answers are off the scale")
	// ErrCount: a count is negative, larger than the whole it is part of, or too large to add.
	ErrCount = errors.New("metrics: impossible count")
	// ErrOption: a confidence level, method or number of boxes that does not exist.
	ErrOption = errors.New("metrics: bad option")
	// ErrBands: the bands of detractors, passives and promoters are not given, or do not fit the scale.
	ErrBands = errors.New("metrics: bands do not fit the scale")
	// ErrMismatch: two tallies or estimates that are not of the same kind.
	ErrMismatch = errors.New("metrics: not comparable")
	// ErrNoInterval: a comparison needs two intervals, and an estimate has none.
	ErrNoInterval = errors.New("metrics: no interval")
	// ErrValue: an input that must be a finite number is not, or a p-value, weight or rank is outside its range.
	ErrValue = errors.New("metrics: unusable value")
	// ErrUndefined: there are data, and they do not determine the number asked for, such as a ratio to zero.
	ErrUndefined = errors.New("metrics: not defined for these data")
	// ErrEncoding: the binary form of a Tally is damaged or of an unknown version.
	ErrEncoding = errors.New("metrics: unreadable tally")
)

package metrics

import "golang.org/x/exp/constraints"

// Number is the type of an answer: any integer or floating-point type, named types included. In floating-point
// input NaN means "not answered".
type Number interface {
	constraints.Integer | constraints.Float
}

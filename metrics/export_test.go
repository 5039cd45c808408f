package metrics

// Integrate and Root are tested on functions with known answers.
var (
	Integrate = integrate
	Root      = root
)

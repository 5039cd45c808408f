package keydriver

import (
	"errors"
	"fmt"
	"strings"

	"github.com/cxmodel/cxmodel"
)

// The errors of this package wrap one of these, or one of package metrics; test with [errors.Is].
var (
	// ErrTooFewRows: not enough customers answered everything for so many drivers.
	ErrTooFewRows = errors.New("keydriver: too few complete rows")
	// ErrConstant: an outcome or driver is the same for everybody.
	ErrConstant = errors.New("keydriver: no variation")
	// ErrColumns: columns of unequal length, an infinite value or one whose square is, one off the scale, a key twice or none.
	ErrColumns = errors.New("keydriver: bad columns")
	// ErrTooManyDrivers: more than 20 drivers for LMG, or more than 500 at all.
	ErrTooManyDrivers = errors.New("keydriver: too many drivers")
	// ErrNoTarget: a driver has no target, which moments of truth need.
	ErrNoTarget = errors.New("keydriver: no target")
	// ErrNoScale: a driver has no scale, without which it cannot be held against the others.
	ErrNoScale = errors.New("keydriver: no scale")
)

// A CollinearError says that a driver is a linear combination of others, or so nearly that no analysis can tell them apart.
type CollinearError struct {
	Driver cxmodel.Key
	With   []cxmodel.Key // the drivers that make it up
}

// Error names the driver and those that make it up.
func (e *CollinearError) Error() string {
	with := make([]string, len(e.With))
	for i, k := range e.With {
		with[i] = fmt.Sprintf("%q", string(k))
	}
	return fmt.Sprintf("keydriver: driver %q is a combination of %s; leave one of them out, or average them", string(e.Driver), strings.Join(with, ", "))
}

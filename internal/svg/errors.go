package svg

import "errors"

// ErrOption is wrapped by every error about options that cannot be used: one sentinel for all packages that draw.
var ErrOption = errors.New("unusable option")

package durations

import "errors"

// ErrEncoding says that the binary form of a Histogram is damaged or has an unknown version. The other errors of this package
// wrap those of package metrics.
var ErrEncoding = errors.New("durations: unreadable histogram")

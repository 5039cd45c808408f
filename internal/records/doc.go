// Package records cuts files into records, in memory that does not grow with the file: separated text as RFC 4180 has it,
// and JSON objects, in an array or one a line. A record that cannot be cut is a [Rejection], and the next call goes on
// behind it; whatever else goes wrong ends the reading.
//
// In three steps: [Open] a source, take its [Source.Text] or [Source.Objects], and call Next until [ErrEnd]. What the
// caller leaves out it hands to [Rejects], so that all readers list it alike.
package records

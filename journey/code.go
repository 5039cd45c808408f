package journey

// Codes of the issues that [Journey.Validate] finds, with their severity. They are stable: waivers name them.
const (
	CodeNoStages       = "no-stages"       // error: the journey has no stage
	CodeUnknownPreset  = "unknown-preset"  // error: no preset has that name
	CodeMissingKey     = "missing-key"     // error: an element that others refer to has no key
	CodeMalformedKey   = "malformed-key"   // error: a key that is not lower-case letters, digits and hyphens
	CodeDuplicateKey   = "duplicate-key"   // error: two elements of one kind have one key
	CodeFormerKey      = "former-key"      // error: a former key is the key of a living element of its kind
	CodeSharedFormer   = "shared-former"   // warning: two elements had one key before; history goes to the first
	CodeAmbiguousAlias = "ambiguous-alias" // error: an alias means two elements of one kind
	CodeMissingName    = "missing-name"    // note: a stage, touchpoint or persona shows its key for want of a name
	CodeMissingText    = "missing-text"    // error: a pain, delight, opportunity, message or standard says nothing
	CodeUnknownValue   = "unknown-value"   // error: a number that is no member of its enumeration
	CodeMalformedWord  = "malformed-word"  // warning: a channel, kind, metric or feeling that is not written like a key
	CodeUnknownKind    = "unknown-kind"    // warning: a stage kind of one's own without a phase
	CodeUnknownMetric  = "unknown-metric"  // warning: a metric of one's own that reads like a misspelt one
	CodeUnknownFacet   = "unknown-facet"   // warning: a facet of one's own, without a name, that reads like a misspelt one
	CodeBadWeight      = "bad-weight"      // error: a weight is negative, infinite or NaN
	CodeZeroWeights    = "zero-weights"    // error: the weights of a list are all zero
	CodeUnsetWeights   = "unset-weights"   // warning: some weights of a list are set and some are not; those take the mean
	CodeOutOfRange     = "out-of-range"    // error: a sentiment, degree, share or count outside its range
	CodeDuplicateFacet = "duplicate-facet" // error: a facet comes twice, by itself or in two sets
	CodeUnusedWeight   = "unused-weight"   // warning: a persona weighs a facet by which nothing is judged
	CodeDangling       = "dangling"        // error: a reference to something that the journey does not have
	CodeTwice          = "twice"           // warning: a list names one thing twice
	CodeUnknownLane    = "unknown-lane"    // error: a touchpoint fills a lane that the journey does not have
	CodeMissingMetric  = "missing-metric"  // error: a measure without metric
	CodeMissingScale   = "missing-scale"   // error: a question whose answers have no scale
	CodeBadScale       = "bad-scale"       // error: a scale on which nothing can be answered
	CodeFloorIsTarget  = "floor-is-target" // error: floor and target are the same value
	CodeHalfTarget     = "half-target"     // warning: floor without target, or the reverse; both make a performance
	CodeTargetSide     = "target-side"     // warning: the target lies on the bad side of the floor
	CodeMissingLevel   = "missing-level"   // note: a question without relationship or transaction
	CodeNoDecision     = "no-decision"     // note: nothing is decided by the measure
	CodeBadEvidence    = "bad-evidence"    // warning: evidence without kind
	CodeBadDate        = "bad-date"        // error: a day that the calendar does not have
	CodeTooMany        = "too-many-issues" // error: the list ends here; the count of the rest
)

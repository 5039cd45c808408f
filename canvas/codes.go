package canvas

// Codes of the issues that [Canvas.Validate] finds. Errors make the canvas unfit to compute with; warnings and notes
// never block.
const (
	CodeNoCanvas            = "no-canvas"            // error: there is no canvas to validate, it is nil
	CodeMissingKey          = "missing-key"          // error: an item has no key
	CodeMalformedKey        = "malformed-key"        // error: a key that is not lower-case letters, digits and hyphens
	CodeDuplicateKey        = "duplicate-key"        // error: two items, or two parts of one kind, have one key
	CodeFormerKey           = "former-key"           // error: a former key is the key of a living element of its kind
	CodeSharedFormer        = "shared-former"        // warning: two items had one key before
	CodeAmbiguousAlias      = "ambiguous-alias"      // error: an alias is a name of another item too
	CodeMissingName         = "missing-name"         // note: an item or product shows its key for want of a name
	CodeMissingText         = "missing-text"         // error: a job, pain, gain, reliever or creator says nothing
	CodeDangling            = "dangling"             // error: a reference to something that the canvas does not have
	CodeAmbiguous           = "ambiguous"            // error: a reference that means several elements
	CodeWrongKind           = "wrong-kind"           // error: a reference to an element of a kind that does not fit
	CodeSelfLink            = "self-link"            // error: an item refers to itself
	CodeFormerReference     = "former-reference"     // note: a reference by a former key or an alias
	CodeOutOfScope          = "out-of-scope"         // warning: a proposition addresses a pain of a segment that it is not for, or a part refers to another item's part
	CodeTwice               = "twice"                // warning: a list names one thing twice
	CodeOutOfRange          = "out-of-range"         // error: a performance, size, rating, count, bound or amount outside its range, or NaN
	CodeEmptyRange          = "empty-range"          // error: a lower bound above the upper one
	CodeUnknownValue        = "unknown-value"        // error: a number that is no member of its enumeration
	CodeMalformedWord       = "malformed-word"       // warning: a type or another open word that is not written like a key
	CodeUnknownCurrency     = "unknown-currency"     // error: not an ISO 4217 code
	CodeMixedCurrencies     = "mixed-currencies"     // error: amounts in more than one currency
	CodeAmountUnit          = "amount-without-unit"  // warning: neither a month, quarter or year, nor a unit or once
	CodeContradiction       = "contradiction"        // warning: two fields of an item that cannot both be true
	CodeIncompletePredicate = "incomplete-predicate" // warning: a comparison without attribute, or a predicate that says nothing
	CodeBadEvidence         = "bad-evidence"         // warning: evidence without kind
	CodeBadDate             = "bad-date"             // error: a day that the calendar does not have
	CodeTooMany             = "too-many-issues"      // error or warning, as the worst of the rest: the list ends here; the count of the rest
)

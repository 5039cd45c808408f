package canvas

// Codes of the issues that [Canvas.Validate] finds. Errors make the canvas unfit to compute with; warnings and notes
// never block.
const (
	// Errors.

	CodeMalformedKey       = "malformed-key"       // a key is missing or not made of lower-case letters, digits and hyphens
	CodeDuplicateKey       = "duplicate-key"       // two items, or two parts of one kind, have the same key
	CodeFormerKey          = "former-key-in-use"   // a former key is another item's key, or another's former key too
	CodeAliasInUse         = "alias-in-use"        // an alias is another item's key, former key or alias
	CodeDanglingReference  = "dangling-reference"  // a reference leads nowhere
	CodeAmbiguousReference = "ambiguous-reference" // a reference can mean several elements
	CodeWrongKind          = "wrong-kind"          // a reference leads to an element of a kind that does not fit
	CodeSelfLink           = "self-link"           // an item refers to itself
	CodeOutOfRange         = "out-of-range"        // a number outside its range, NaN included
	CodeEmptyRange         = "empty-range"         // the lower bound is not below the upper one
	CodeUnknownCurrency    = "unknown-currency"    // not an ISO 4217 code
	CodeMixedCurrencies    = "mixed-currencies"    // amounts in more than one currency
	CodeInvalidDate        = "invalid-date"        // a day that the calendar does not have
	CodeUnknownWord        = "unknown-word"        // an enumeration's number that has no name

	// Warnings.

	CodeMissingName         = "missing-name"         // an item or part without name or text
	CodeRepeated            = "repeated-entry"       // the same entry twice in a list
	CodeAmountUnit          = "amount-without-unit"  // neither per month, quarter or year nor per unit or once
	CodeContradiction       = "contradiction"        // two fields of an item that cannot both be true
	CodeOutOfScope          = "out-of-scope"         // a proposition addresses a pain, gain or job of a segment that it is not for
	CodeIncompletePredicate = "incomplete-predicate" // a comparison without attribute, or a predicate that says nothing

	// Notes.

	CodeFormerReference = "former-reference" // a reference by a former key or an alias
)

// Package codec reads and writes the documents of this library: YAML and JSON into structs, strictly, with an
// issue and its line and column for whatever does not fit, and back to stable bytes that keep the comments of
// the file that was read.
//
// Struct fields are named by their json tag. Four words in a codec tag add what people write:
//
//	codec:"x-"            the map that keeps keys beginning with "x-"
//	codec:"text"          the field that a lone scalar stands for: pains: [too slow]
//	codec:"keyed=Weight"  on a slice: a mapping may stand for it, {emotion: 0.3} is {key: emotion, weight: 0.3}
//	codec:"file"          a scalar names a file that holds the value, where the reader can open files
package codec

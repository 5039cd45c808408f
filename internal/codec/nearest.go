package codec

import "github.com/cxmodel/cxmodel/internal/nearest"

// Nearest is [nearest.Word], at hand for the packages that read documents.
func Nearest(word string, known []string) string { return nearest.Word(word, known) }

package alignment

import "reflect"

// FileType returns the type that model files are decoded into. Its fields carry the names and short forms of the format
// in their json and codec tags; the JSON Schema of the format is generated from it.
func FileType() reflect.Type { return reflect.TypeFor[modelFile]() }

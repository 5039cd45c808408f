package journey

import "github.com/cxmodel/cxmodel/internal/deep"

// Clone returns a deep copy. It remembers the file that j was decoded from, as j does.
func (j *Journey) Clone() *Journey { return deep.Copy(j) }

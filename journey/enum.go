package journey

import (
	"fmt"

	"github.com/cxmodel/cxmodel/internal/enum"
)

// textOf is the MarshalText of every enumeration: a number outside the table is an error, not a word that no
// decoder reads.
func textOf(t *enum.Table, i int) ([]byte, error) {
	if i < 0 || i >= len(t.Names) {
		return nil, fmt.Errorf("%d is not a %s", i, t.Type)
	}
	return []byte(t.Names[i]), nil
}

package codec

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/cxmodel/cxmodel"
)

// An Elsewhere is the cause of an issue whose message speaks of a second place of the document, as "at /stages/0".
// [Origin.Locate] puts its line there where the document comes from a file.
type Elsewhere struct{ Path string }

// Error names the place.
func (e *Elsewhere) Error() string { return "see " + e.at() }

func (e *Elsewhere) at() string { return "at " + e.Path }

// Adopt makes an issue of a part one of the whole in which the part stands at path.
func Adopt(path string, i cxmodel.Issue) cxmodel.Issue {
	i.Path = path + i.Path
	if e, ok := errors.AsType[*Elsewhere](i.Err); ok {
		there := &Elsewhere{path + e.Path}
		i.Message, i.Err = strings.Replace(i.Message, e.at(), there.at(), 1), there
	}
	return i
}

// locateOther puts the line of the second place of an issue in its message.
func (o *Origin) locateOther(doc reflect.Value, i *cxmodel.Issue, names index) {
	e, ok := errors.AsType[*Elsewhere](i.Err)
	if !ok {
		return
	}
	line := "in line "
	pos := o.position(doc, e.Path, names)
	if pos.File != i.Pos.File {
		line = "in " + pos.File + ", line "
	}
	i.Message = strings.Replace(i.Message, e.at(), line+fmt.Sprint(pos.Line), 1)
}

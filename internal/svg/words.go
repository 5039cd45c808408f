package svg

import "reflect"

// Words returns own, a struct of words, with the words that it leaves empty taken from standard. A nil own is all
// empty. Fields of other types are own's.
func Words[T any](own *T, standard T) T {
	if own == nil {
		return standard
	}
	out := *own
	fill(reflect.ValueOf(&out).Elem(), reflect.ValueOf(&standard).Elem())
	return out
}

func fill(own, standard reflect.Value) {
	for i := range own.NumField() {
		switch f := own.Field(i); f.Kind() {
		case reflect.String:
			if f.String() == "" {
				f.SetString(standard.Field(i).String())
			}
		case reflect.Array:
			for k := range f.Len() {
				if f.Index(k).Kind() == reflect.String && f.Index(k).String() == "" {
					f.Index(k).SetString(standard.Field(i).Index(k).String())
				}
			}
		case reflect.Struct:
			fill(f, standard.Field(i))
		}
	}
}

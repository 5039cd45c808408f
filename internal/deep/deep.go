// Package deep copies documents.
package deep

import "reflect"

// Copy returns a copy of what p points to that shares no slice, map or pointer in exported fields with it; unexported fields
// are copied as they are. Nil stays nil, and so does what is nil inside.
func Copy[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	unshare(reflect.ValueOf(&c).Elem())
	return &c
}

// unshare replaces what v, a copy, has in common with its original: slices, maps and pointers in exported fields.
func unshare(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				unshare(f)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(v.Elem())
			unshare(p.Elem())
			v.Set(p)
		}
	case reflect.Slice:
		if !v.IsNil() {
			s := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(s, v)
			for i := range s.Len() {
				unshare(s.Index(i))
			}
			v.Set(s)
		}
	case reflect.Map:
		if !v.IsNil() {
			m := reflect.MakeMapWithSize(v.Type(), v.Len())
			for it := v.MapRange(); it.Next(); {
				m.SetMapIndex(it.Key(), unshared(it.Value()))
			}
			v.Set(m)
		}
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(unshared(v.Elem()))
		}
	}
}

// unshared returns a deep copy of a value that cannot be changed where it stands.
func unshared(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	unshare(c)
	return c
}

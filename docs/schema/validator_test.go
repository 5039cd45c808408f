package schema_test

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A validator checks values against the keywords that the generated schemas use. Another keyword is an error, so that
// none is passed over.
type validator struct {
	root     map[string]any
	patterns map[string]*regexp.Regexp
}

func (v *validator) compiled(pattern string) *regexp.Regexp {
	r := v.patterns[pattern]
	if r == nil {
		r = regexp.MustCompile(pattern)
		v.patterns[pattern] = r
	}
	return r
}

func (v *validator) check(s any, x any) error {
	if all, ok := s.(bool); ok {
		if !all {
			return fmt.Errorf("not allowed")
		}
		return nil
	}
	for key, arg := range s.(map[string]any) {
		if err := v.keyword(s.(map[string]any), key, arg, x); err != nil {
			return err
		}
	}
	return nil
}

func (v *validator) keyword(s map[string]any, key string, arg, x any) error {
	switch key {
	case "$schema", "$id", "$defs", "title", "description", "properties", "patternProperties":
		if key != "properties" {
			return nil
		}
		object, _ := x.(map[string]any)
		for name, value := range object {
			if p, ok := arg.(map[string]any)[name]; ok {
				if err := v.check(p, value); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
		}
	case "$ref":
		return v.check(v.root["$defs"].(map[string]any)[strings.TrimPrefix(arg.(string), "#/$defs/")], x)
	case "additionalProperties":
		object, _ := x.(map[string]any)
		for name, value := range object {
			known := false
			if p, ok := s["properties"].(map[string]any); ok {
				_, known = p[name]
			}
			if p, ok := s["patternProperties"].(map[string]any); ok {
				for pattern := range p {
					known = known || v.compiled(pattern).MatchString(name)
				}
			}
			if !known {
				if err := v.check(arg, value); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
		}
	case "propertyNames":
		object, _ := x.(map[string]any)
		for name := range object {
			if err := v.check(arg, name); err != nil {
				return err
			}
		}
	case "items":
		list, _ := x.([]any)
		for i, value := range list {
			if err := v.check(arg, value); err != nil {
				return fmt.Errorf("%d: %w", i, err)
			}
		}
	case "anyOf":
		var errs []string
		for _, option := range arg.([]any) {
			err := v.check(option, x)
			if err == nil {
				return nil
			}
			errs = append(errs, err.Error())
		}
		return fmt.Errorf("none of (%s)", strings.Join(errs, " | "))
	case "allOf":
		for _, option := range arg.([]any) {
			if err := v.check(option, x); err != nil {
				return err
			}
		}
	case "enum":
		for _, option := range arg.([]any) {
			if reflect.DeepEqual(option, x) {
				return nil
			}
		}
		return fmt.Errorf("%v is none of %v", x, arg)
	case "const":
		if !reflect.DeepEqual(arg, x) {
			return fmt.Errorf("%v is not %v", x, arg)
		}
	case "pattern":
		if text, ok := x.(string); ok && !v.compiled(arg.(string)).MatchString(text) {
			return fmt.Errorf("%q does not match %s", text, arg)
		}
	case "maxLength":
		if text, ok := x.(string); ok && float64(utf8.RuneCountInString(text)) > arg.(float64) {
			return fmt.Errorf("%q is too long", text)
		}
	case "type":
		types, ok := arg.([]any)
		if !ok {
			types = []any{arg}
		}
		for _, t := range types {
			if isType(t.(string), x) {
				return nil
			}
		}
		return fmt.Errorf("%v is no %v", x, arg)
	default:
		return fmt.Errorf("the validator does not know the keyword %q", key)
	}
	return nil
}

func isType(t string, x any) bool {
	switch x := x.(type) {
	case nil:
		return t == "null"
	case bool:
		return t == "boolean"
	case string:
		return t == "string"
	case float64:
		return t == "number" || t == "integer" && x == math.Trunc(x)
	case []any:
		return t == "array"
	case map[string]any:
		return t == "object"
	}
	return false
}

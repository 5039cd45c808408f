package cxmodel

import "maps"

// Extra is what every element of a model carries for its users: labels to group by, and fields of their own.
type Extra struct {
	Labels map[string]string `json:"labels,omitempty"`
	// Fields holds the keys that begin with "x-", as decoded; they survive decoding and encoding.
	Fields map[string]any `json:"-" codec:"x-"`
}

// Clone returns a deep copy.
func (e Extra) Clone() Extra {
	return Extra{Labels: maps.Clone(e.Labels), Fields: cloneTree(e.Fields)}
}

func cloneTree(m map[string]any) map[string]any {
	if m == nil {
		return nil
	}
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = cloneValue(v)
	}
	return out
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return cloneTree(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = cloneValue(v[i])
		}
		return out
	}
	return v
}

package cxmodel

// Extra is what every element of a model carries for its users: labels to group by, and fields of their own.
type Extra struct {
	Labels map[string]string `json:"labels,omitempty"`
	// Fields holds the keys that begin with "x-", as decoded; they survive decoding and encoding.
	Fields map[string]any `json:"-" codec:"x-"`
}

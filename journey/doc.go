// Package journey describes the path of a customer: stages, touchpoints, personas, moments of truth, feelings, pains and
// opportunities, and the questions that are asked on the way. It is the customer's half of a model; the business's half
// is package canvas, and package alignment scores how the one serves the other.
//
// A journey is a document. In three steps:
//
//	j, issues, err := journey.Decode(file, nil)         // or a literal, or journey.Preset("small")
//	issues = append(issues, j.Validate()...)            // what is wrong, where, and how to mend it
//	fmt.Println(issues.Err(), j.Curve(nil).PeakEndIndex(), j.Coverage(nil).Listening)
//
// It is written back with [Encode], which keeps the comments, the order and the spelling of the file wherever the value
// is the same, and compared with [Diff].
//
// # What a file says
//
//	format: cxmodel/1
//	scenario: A neighbour comes for lunch
//	facets: engagement                 # the qualities that touchpoints are judged by; see Facet
//	stages:
//	  - key: visit
//	    name: Eats with us
//	    kind: use                      # one of Kinds, or a word of one's own with phase: post-sale
//	    touchpoints:
//	      - key: welcome
//	        name: Is shown to the table
//	        channel: store
//	        moment: first              # of truth
//	        sentiment: 1               # from -2 to 2
//	        pains: [nobody at the door]
//	      - {key: dishes, name: Washing up, layer: backstage}
//
// Short forms are read wherever they say enough: a key for a stage or touchpoint, a text for a pain, one value for a
// list of one. Every element takes labels, and keys of one's own that begin with "x-".
//
// # What is not known
//
// Nothing is made up. A touchpoint without sentiment is a gap in the curve, not a zero; weights that are not set are
// equal, and Validate says where only some are; a share of nothing is NaN.
//
// # What it is not for
//
// It does not hold what customers did: answers are package survey's, events a log's. It does not score: the support
// score needs the canvas. It draws nothing.
package journey

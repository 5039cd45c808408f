// Package cxmodel holds the words that the packages of this library share: keys and references, issues with their
// place, evidence, money, dates and answer scales. It computes nothing by itself.
//
// The library in one walk:
//
//   - [github.com/cxmodel/cxmodel/journey] describes the path of a customer: stages, touchpoints, personas, moments of truth.
//   - [github.com/cxmodel/cxmodel/canvas] describes the business that serves it: the nine blocks of the Business Model Canvas.
//   - [github.com/cxmodel/cxmodel/metrics] turns answers and counts into estimates with an interval: NPS, CSAT, CES, churn,
//     retention. Its sub-packages read survey answers (survey) and value customers (clv).
//   - [github.com/cxmodel/cxmodel/alignment] links canvas and journey, and scores how each block supports each stage, why,
//     and how sure that is.
//
// Most programs begin in one of two ways. From a model file:
//
//	model, issues, err := alignment.Load(os.DirFS("."), "model.yaml", nil)
//	...
//	assessment, err := alignment.Assess(ctx, model, nil)
//
// From answers or counts:
//
//	nps, err := metrics.NPS([]int{10, 9, 7, 3}, nil)
//
// # Reading files
//
// Every document type has Decode, Encode, Validate, Clone and Diff. Decode returns what it could read together with
// [Issues], so that a broken file can be loaded, listed and mended; its error means that nothing could be read.
// Validate returns all issues of a document in memory, and [Issues.Err] is the gate: warnings never block.
//
// # Numbers
//
// Where data are missing the result is an error or NaN, never a plausible number. Optional numbers of a model are
// pointers, because zero is a legal weight; write new(0.7).
package cxmodel

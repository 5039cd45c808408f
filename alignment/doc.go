// Package alignment links a business model canvas to the customer's journeys and scores how well each block of the
// canvas supports each stage: works today, on paper, after one failure, and why.
//
// # The score
//
// A cell is a touchpoint and a facet (a quality such as convenience) of positive weight. A link goes from a canvas item
// to a cell, or to all cells of a stage. Its item contributes to the cell (it delivers the quality) or is required there
// (the quality fails without it). A need goes from an item to one that it depends on. With strengths r (none, weak,
// medium, strong = 0, 1/9, 3/9, 1) and performance p of items in [0, 1]:
//
//	q_i           = p_i · min over needs i → k of (1 - r (1 - q_k))
//	G(t, f)       = min over required, one term a group of alternatives: the best of its members' (1 - r (1 - q))
//	support(t, f) = G(t, f) · max over contributes (r q)
//	support(t)    = Σ_f u_f support(t, f)     support(stage)   = Σ_t v_t support(t)
//	support(j)    = Σ_s w_s support(stage)    total            = Σ_j w_j support(j)
//
// An empty min is 1, an empty max is 0, weights are normalised at each level. The maximum makes the score safe against
// duplicates: a second-best helper adds safety, shown as "after one failure", and no points. The requirement makes the
// back room count: nobody is delighted by clean plates, but without them the meal fails.
//
// Where several people rate a cell, each one's links are a view of their own (links without a rater are one view), and the
// lower median of the views that have a value counts. A requirement therefore binds in the view of its rater alone.
//
// What nobody has rated is left out of the value and widens its interval: no data is never a number. Strengths are
// ordinal, so three scales (1-3-9, 1-3-5, 1-2-3) are always run, and a stage is called lowest only if they agree,
// and the intervals of what is measured tell it from the others.
//
// # What it is not
//
// The score is judgement unless marked measured. It is not satisfaction, and not comparable with another company's or
// with another set of facets. It proves no cause.
//
// # Three steps
//
//	model, issues, err := alignment.Load(os.DirFS("."), "model.yaml", nil) // what could be read, and what could not
//	assessment, err := alignment.Assess(ctx, model, nil)                   // the errors of Validate, if there are any
//	err = assessment.WriteSummary(os.Stdout)                               // or its fields, tables and JSON
package alignment

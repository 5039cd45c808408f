package alignment

import (
	"context"
	"fmt"
	"slices"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/journey"
)

// Options are the options of Assess. Nil means the defaults.
type Options struct {
	// Scale gives strengths their numbers; the zero Scale means 1-3-9. Whatever it is, 1-3-9, 1-3-5 and 1-2-3 are
	// run as well to see whether the ranking of the stages depends on it.
	Scale StrengthScale
	// Persona names a persona whose weights replace the journeys' own. Journeys without that persona are left out.
	Persona cxmodel.Key
	// Measured holds estimates for the measures of the journeys. Where a measure has floor, target and an item, it
	// replaces the judged performance of that item.
	Measured []Measurement
}

// scoreless are the codes of errors with which no score is defined.
var scoreless = []string{CodeNoJourney, CodeNeedCycle, CodeOutOfRange, CodeUnknownValue, CodeBadWeights, CodeTooManyCells, journey.CodeBadWeight}

// Assess scores how well the canvas supports the journeys. It returns the errors of Validate where there are any, also
// waived ones with which no score is defined (a cycle of needs, a value outside its range); links and needs whose dangling
// ends are waived are left out. It returns the context's error if it ends first. The same model gives the same bytes on any number of cores.
func Assess(ctx context.Context, m *Model, opts *Options) (*Assessment, error) {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	if o.Scale == (StrengthScale{}) {
		o.Scale = Scale139()
	}
	if err := o.Scale.check(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	issues := m.Validate()
	if err := issues.Err(); err != nil {
		return nil, fmt.Errorf("alignment: the model cannot be assessed: %w", err)
	}
	for _, i := range issues { // a waiver lets an issue pass; it does not give a number to what has none
		if i.Severity == cxmodel.SeverityError && slices.Contains(scoreless, i.Code) {
			return nil, fmt.Errorf("alignment: the model cannot be assessed, waived or not: %w", i)
		}
	}
	m = m.Clone() // cells and explanations are read from it, whatever the caller does with the model meanwhile
	c := newCompiler(m, o.Persona)
	uses, err := c.measure(o.Measured)
	if err != nil {
		return nil, err
	}
	p, notes, err := c.compile()
	if err != nil {
		return nil, err
	}
	a := &Assessment{Name: m.Name, Persona: o.Persona, Scale: o.Scale.Name, Measured: uses, Notes: notes,
		Coarse: c.coarse, Issues: issues, model: m, program: p, scale: o.Scale}
	a.world = p.world(known, o.Scale)
	a.base = p.score(a.world)
	a.low = p.score(p.world(lowest, o.Scale))
	a.high = p.score(p.world(highest, o.Scale))
	a.paper = p.score(p.world(onPaper, o.Scale))

	a.scoreTotal()
	a.scoreStages()
	if err := a.scoreItems(ctx); err != nil {
		return nil, err
	}
	if err := a.scoreBlocks(ctx); err != nil {
		return nil, err
	}
	ends, err := edges(m, o, uses)
	if err != nil {
		return nil, err
	}
	a.nameStages(ends)
	a.findCells()
	a.findItems()
	a.measureTargets()
	a.Gaps = m.waive(structuralGaps(m), true)
	a.climb()
	a.weighCosts()
	return a, ctx.Err()
}

package metrics

import "fmt"

// NPS returns the Net Promoter Score of the answers, in points. On a scale other than 0 to 10 opts.Bands is needed.
func (t *Tally) NPS(opts *NPSOptions) (Estimate, error) { return t.nps("NPS", opts) }

// ENPS is [Tally.NPS] asked of employees.
func (t *Tally) ENPS(opts *NPSOptions) (Estimate, error) { return t.nps("eNPS", opts) }

func (t *Tally) nps(metric string, opts *NPSOptions) (Estimate, error) {
	s, err := opts.resolve(t.scale)
	if err != nil {
		return unavailable(metric, UnitPoints), err
	}
	c := bandCounts{missing: t.missing, offScale: t.offScale}
	for score, n := range t.Scores() {
		c.add(s.bands, score, n)
	}
	return s.of(metric, c)
}

// TopBox returns the share of answers on the given number of points at the good end: TopBox(2) on 1 to 5 is the share
// of 4 and more.
func (t *Tally) TopBox(boxes int, opts *ProportionOptions) (Estimate, error) {
	return t.box(fmt.Sprintf("top-%d box", boxes), boxes, !t.scale.LowIsGood, opts)
}

// BottomBox returns the share of answers on the given number of points at the bad end: the negative share.
func (t *Tally) BottomBox(boxes int, opts *ProportionOptions) (Estimate, error) {
	return t.box(fmt.Sprintf("bottom-%d box", boxes), boxes, t.scale.LowIsGood, opts)
}

// box returns the share of answers on so many points at the high or the low end.
func (t *Tally) box(metric string, boxes int, high bool, opts *ProportionOptions) (Estimate, error) {
	if err := t.scale.Check(); err != nil {
		return unavailable(metric, UnitShare), fmt.Errorf("metrics: %w", err)
	}
	if boxes < 1 || boxes >= t.scale.Points() {
		return unavailable(metric, UnitShare), fmt.Errorf("%w: %d boxes on %v; want 1 to %d", ErrOption, boxes, t.scale, t.scale.Points()-1)
	}
	from, to := float64(t.scale.Max-boxes+1), float64(t.scale.Max)
	definition := fmt.Sprintf("%v, share from %v", t.scale, from)
	if !high {
		from, to = float64(t.scale.Min), float64(t.scale.Min+boxes-1)
		definition = fmt.Sprintf("%v, share up to %v", t.scale, to)
	}
	x := 0
	for score, n := range t.Scores() {
		if score >= from && score <= to {
			x += n
		}
	}
	if t.n == 0 {
		e := unavailable(metric, UnitShare)
		e.Missing, e.OffScale = t.missing, t.offScale
		return e, noAnswers(metric, t.scale, t.missing, t.offScale)
	}
	e, err := share(metric, definition, x, t.n, opts)
	t.note(&e)
	return e, err
}

// note writes what is missing and off the scale into an estimate.
func (t *Tally) note(e *Estimate) {
	e.Missing, e.OffScale = t.missing, t.offScale
	if t.offScale > t.n/19 {
		e.Warnings |= WarnOffScale
	}
}

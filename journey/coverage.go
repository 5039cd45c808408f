package journey

import "github.com/cxmodel/cxmodel"

// A Coverage says how much of a journey has been thought of. Every entry is over the touchpoints that customers see,
// unless it says otherwise.
type Coverage struct {
	Listening Share `json:"listening"` // hear the customer; see [Touchpoint.HearsCustomer]
	Proactive Share `json:"proactive"` // the business makes the contact; of those that say who does
	Messages  Share `json:"messages"`  // say something
	Personal  Share `json:"personal"`  // say something that uses what the business knows of the customer
	Standards Share `json:"standards"` // promise something
	Measured  Share `json:"measured"`  // have a measure
	Rated     Share `json:"rated"`     // have a sentiment
	Evidenced Share `json:"evidenced"` // rest on evidence of any grade but assumed
	Delights  Share `json:"delights"`  // are rated 2, or name a delight; of those that are rated or name a delight or a pain
	Owners    Share `json:"owners"`    // have an owner, by themselves or through their stage; of all touchpoints, seen or not
	Decisions Share `json:"decisions"` // say what is decided; of all measures
	Kept      Share `json:"kept"`      // reach the share of contacts that their standard asks for; of the standards that state both
	Eased     Share `json:"eased"`     // are addressed by an opportunity; of all pains
}

// Coverage counts over the touchpoints that the persona uses, all for a nil persona. A message counts for a persona
// if it is meant for it. Measures of the journey and its stages count among Decisions.
func (j *Journey) Coverage(p *Persona) Coverage {
	var c Coverage
	addressed := map[cxmodel.Key]bool{}
	for _, t := range j.AllTouchpoints() {
		for _, o := range t.Opportunities {
			for _, k := range o.Addresses {
				addressed[k] = k != ""
			}
		}
	}
	for of, m := range j.AllMeasures() {
		if of.Kind != cxmodel.KindTouchpoint || p.Uses(of.Key) {
			c.Decisions.add(m.Ref(), m.Decision != "")
		}
	}
	for s, t := range j.AllTouchpoints() {
		if !p.Uses(t.Key) {
			continue
		}
		ref := t.Ref()
		c.Owners.add(ref, t.Owner != "" || s.Owner != "")
		for i := range t.Pains {
			pain := refOf(PainKind, t.Pains[i].Key)
			if pain.IsZero() {
				pain = ref
			}
			c.Eased.add(pain, addressed[t.Pains[i].Key])
		}
		if x := t.Standard; x != nil && x.Compliance != nil && x.Goal != nil {
			c.Kept.add(ref, *x.Compliance >= *x.Goal)
		}
		if !t.Layer.Visible() {
			continue
		}
		says, personal := t.messages(p)
		c.Listening.add(ref, t.HearsCustomer())
		if t.Proactive != nil {
			c.Proactive.add(ref, *t.Proactive)
		}
		c.Messages.add(ref, says)
		c.Personal.add(ref, personal)
		c.Standards.add(ref, t.Standard != nil)
		c.Measured.add(ref, len(t.Measures) > 0)
		c.Rated.add(ref, t.Sentiment != nil)
		c.Evidenced.add(ref, cxmodel.BestGrade(t.Evidence) != cxmodel.GradeAssumed)
		if t.Sentiment != nil || len(t.Delights)+len(t.Pains) > 0 {
			c.Delights.add(ref, len(t.Delights) > 0 || t.Sentiment != nil && *t.Sentiment == 2)
		}
	}
	return c
}

// messages reports whether the touchpoint says something to the persona, and something personal.
func (t *Touchpoint) messages(p *Persona) (says, personal bool) {
	for _, m := range t.Messages {
		if m.For(p) {
			says, personal = true, personal || m.Personal
		}
	}
	return says, personal
}

package journey

import "github.com/cxmodel/cxmodel"

// renamed returns a copy of the older journey in which references go by the newer keys, so that what only follows a
// rename is no change. Where nothing was renamed it is the journey itself.
func (p *pairing) renamed(a *Journey) *Journey {
	keys := map[cxmodel.Ref]cxmodel.Key{}
	for i, was := range p.toOld {
		if was >= 0 && p.renames(was, i) {
			keys[p.old[was].Ref] = p.new[i].Ref.Key
		}
	}
	if len(keys) == 0 {
		return a
	}
	a = a.Clone()
	live := make(map[cxmodel.Ref]bool, len(p.old))
	for i := range p.old {
		live[p.old[i].Ref] = true
	}
	key := func(kind cxmodel.Kind, k *cxmodel.Key) {
		if to, ok := keys[cxmodel.Ref{Kind: kind, Key: *k}]; ok {
			*k = to
		}
	}
	each := func(kind cxmodel.Kind, ks []cxmodel.Key) {
		for i := range ks {
			key(kind, &ks[i])
		}
	}
	next := func(from cxmodel.Kind, ts []Transition) {
		for i := range ts {
			to, _ := resolve(from, ts[i].To, func(r cxmodel.Ref) bool { return live[r] })
			key(to.Kind, &ts[i].To.Key)
		}
	}
	for i := range a.Personas {
		x := &a.Personas[i]
		each(cxmodel.KindTouchpoint, x.Touchpoints)
		x.StageWeights = rekeyed(x.StageWeights, func(k *cxmodel.Key) { key(cxmodel.KindStage, k) })
	}
	for i := range a.Stages {
		s := &a.Stages[i]
		next(cxmodel.KindStage, s.Next)
		for k := range s.Touchpoints {
			t := &s.Touchpoints[k]
			next(cxmodel.KindTouchpoint, t.Next)
			if t.HandOff != nil {
				key(cxmodel.KindTouchpoint, &t.HandOff.To)
			}
			for m := range t.Messages {
				each(cxmodel.KindPersona, t.Messages[m].Personas)
			}
			for o := range t.Opportunities {
				each(PainKind, t.Opportunities[o].Addresses)
			}
		}
	}
	return a
}

// renames reports whether a pair has two keys, and they differ.
func (p *pairing) renames(was, i int) bool {
	from, to := p.old[was].Ref.Key, p.new[i].Ref.Key
	return from != to && from != "" && to != ""
}

func rekeyed[V any](m map[cxmodel.Key]V, key func(*cxmodel.Key)) map[cxmodel.Key]V {
	if m == nil {
		return nil
	}
	out := make(map[cxmodel.Key]V, len(m))
	for k, v := range m {
		key(&k)
		out[k] = v
	}
	return out
}

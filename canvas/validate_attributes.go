package canvas

import (
	"math"
	"strconv"
)

// attributes checks what only one of the nine types has.
func (v *validator) attributes(e Entry, at string) {
	switch e := e.(type) {
	case *Segment:
		v.segment(e, at)
	case *Proposition:
		v.proposition(e, at)
	case *Channel:
		repeated(v, at+"/phases", e.Phases)
		for n, p := range e.Phases {
			v.word(at+"/phases/"+strconv.Itoa(n), &phases, int(p))
		}
	case *Relationship:
		repeated(v, at+"/motivations", e.Motivations)
		v.amount(at+"/cost-to-serve", e.CostToServe)
	case *RevenueStream:
		v.stream(e, at)
	case *Resource:
		repeated(v, at+"/enablers", e.Enablers)
	case *Partnership:
		repeated(v, at+"/motivations", e.Motivations)
		v.rating(at+"/importance", e.Importance)
		v.rating(at+"/competition", e.Competition)
		v.rating(at+"/integration", e.Integration)
		v.rating(at+"/substitutability", e.Substitutability)
	case *Cost:
		v.word(at+"/behaviour", &costBehaviours, int(e.Behaviour))
		repeated(v, at+"/economies", e.Economies)
	}
}

func (v *validator) segment(s *Segment, at string) {
	v.count(at+"/size", s.Size, "the size of the segment")
	for n, p := range s.Predicates {
		path := at + "/predicates/" + strconv.Itoa(n)
		compares := len(p.In)+len(p.NotIn) > 0 || p.AtLeast != nil || p.Below != nil
		switch {
		case compares && p.Attribute == "":
			v.warn(CodeIncompletePredicate, path, "this predicate compares nothing; name the attribute, such as attribute: age")
		case !compares && p.Note == "" && p.Attribute != "":
			v.warn(CodeIncompletePredicate, path, "what should %q be? write in, not-in, at-least or below, or a note", clip(p.Attribute))
		case !compares && p.Note == "":
			v.warn(CodeIncompletePredicate, path, "this predicate says nothing; write a note, or an attribute and what it should be")
		}
		repeated(v, path+"/in", p.In)
		repeated(v, path+"/not-in", p.NotIn)
		v.bounds(path, p.AtLeast, p.Below, true)
	}
	for n, j := range s.Jobs {
		v.level(at+"/jobs/"+strconv.Itoa(n)+"/importance", j.Importance)
		v.evidence(at+"/jobs/"+strconv.Itoa(n)+"/evidence", j.Evidence)
	}
	for n, p := range s.Pains {
		v.level(at+"/pains/"+strconv.Itoa(n)+"/severity", p.Severity)
		v.evidence(at+"/pains/"+strconv.Itoa(n)+"/evidence", p.Evidence)
	}
	for n, g := range s.Gains {
		v.level(at+"/gains/"+strconv.Itoa(n)+"/importance", g.Importance)
		v.evidence(at+"/gains/"+strconv.Itoa(n)+"/evidence", g.Evidence)
	}
}

func (v *validator) level(path string, l Level) { v.word(path, &levels, int(l)) }

func (v *validator) proposition(p *Proposition, at string) {
	repeated(v, at+"/elements", p.Elements)
	v.word(at+"/value-level", &valueLevels, int(p.ValueLevel))
	v.word(at+"/price-position", &pricePositions, int(p.PricePosition))
	repeated(v, at+"/reasoning", p.Reasoning)
	repeated(v, at+"/life-cycle", p.LifeCycle)
	for n, x := range p.Products {
		v.evidence(at+"/products/"+strconv.Itoa(n)+"/evidence", x.Evidence)
	}
	for n, x := range p.Relievers {
		v.evidence(at+"/relievers/"+strconv.Itoa(n)+"/evidence", x.Evidence)
	}
	for n, x := range p.Creators {
		v.evidence(at+"/creators/"+strconv.Itoa(n)+"/evidence", x.Evidence)
	}
	for n, x := range p.Competitors {
		path := at + "/competitors/" + strconv.Itoa(n)
		if x.Name == "" {
			v.warn(CodeMissingName, path, "this competitor has no name; say who it is")
		}
		v.word(path+"/value-level", &valueLevels, int(x.ValueLevel))
		v.word(path+"/price-position", &pricePositions, int(x.PricePosition))
		if x.Performance != nil {
			v.performance(path+"/performance", *x.Performance)
		}
		v.evidence(path+"/evidence", x.Evidence)
	}
}

func (v *validator) stream(r *RevenueStream, at string) {
	v.amount(at+"/price", r.Price)
	v.amount(at+"/willingness-to-pay", r.WillingnessToPay)
	if x := r.Elasticity; x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) {
		v.fail(CodeOutOfRange, at+"/elasticity", "the elasticity is %v; write a number such as -1.5, or leave it out", *x)
	}
	if r.Free && (r.Amount.Money.Sign() > 0 || r.Price.Money.Sign() > 0) {
		v.warn(CodeContradiction, at+"/free", "%s is free, and yet has an amount or a price; remove one of the two", v.ref)
	}
}

package canvas

import (
	"math"
	"strconv"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// attributes checks what only one of the nine types has.
func (v *validator) attributes(e Entry, at string) {
	switch e := e.(type) {
	case *Segment:
		v.segment(e, at)
	case *Proposition:
		v.proposition(e, at)
	case *Channel:
		word(v, at+"/type", e.Type)
		word(v, at+"/medium", e.Medium)
		for n, p := range e.Phases {
			v.value(at+"/phases/"+strconv.Itoa(n), &phases, int(p))
		}
		repeated(v, at+"/phases", e.Phases)
	case *Relationship:
		word(v, at+"/type", e.Type)
		words(v, at+"/motivations", e.Motivations)
		v.amount(at+"/cost-to-serve", e.CostToServe)
	case *RevenueStream:
		v.stream(e, at)
	case *Resource:
		word(v, at+"/type", e.Type)
		words(v, at+"/enablers", e.Enablers)
	case *Activity:
		word(v, at+"/type", e.Type)
	case *Partnership:
		word(v, at+"/type", e.Type)
		words(v, at+"/motivations", e.Motivations)
		v.rating(at+"/importance", e.Importance)
		v.rating(at+"/competition", e.Competition)
		v.rating(at+"/integration", e.Integration)
		v.rating(at+"/substitutability", e.Substitutability)
	case *Cost:
		v.value(at+"/behaviour", &costBehaviours, int(e.Behaviour))
		words(v, at+"/economies", e.Economies)
	}
}

func (v *validator) segment(s *Segment, at string) {
	word(v, at+"/type", s.Type)
	v.count(at+"/size", s.Size, "the size of the segment")
	for n, p := range s.Predicates {
		v.predicate(p, at+"/predicates/"+strconv.Itoa(n))
	}
	for n, j := range s.Jobs {
		path := at + "/jobs/" + strconv.Itoa(n)
		word(v, path+"/type", j.Type)
		v.value(path+"/importance", &levels, int(j.Importance))
		v.evidence(path+"/evidence", j.Evidence)
	}
	for n, p := range s.Pains {
		path := at + "/pains/" + strconv.Itoa(n)
		word(v, path+"/type", p.Type)
		v.value(path+"/severity", &levels, int(p.Severity))
		v.evidence(path+"/evidence", p.Evidence)
	}
	for n, g := range s.Gains {
		path := at + "/gains/" + strconv.Itoa(n)
		word(v, path+"/type", g.Type)
		v.value(path+"/importance", &levels, int(g.Importance))
		v.evidence(path+"/evidence", g.Evidence)
	}
}

func (v *validator) predicate(p Predicate, path string) {
	compares := len(p.In)+len(p.NotIn) > 0 || p.AtLeast != nil || p.Below != nil
	switch {
	case compares && p.Attribute == "":
		v.warn(CodeIncompletePredicate, path, "this predicate compares nothing; name the attribute, such as attribute: age")
	case !compares && p.Note == "" && p.Attribute != "":
		v.warn(CodeIncompletePredicate, path, "what should %q be? write in, not-in, at-least or below, or a note", clip.Text(p.Attribute))
	case !compares && p.Note == "":
		v.warn(CodeIncompletePredicate, path, "this predicate says nothing; write a note, or an attribute and what it should be")
	}
	word(v, path+"/basis", p.Basis)
	repeated(v, path+"/in", p.In)
	repeated(v, path+"/not-in", p.NotIn)
	v.bounds(path, p.AtLeast, p.Below, true)
}

func (v *validator) proposition(p *Proposition, at string) {
	word(v, at+"/type", p.Type)
	words(v, at+"/elements", p.Elements)
	v.value(at+"/value-level", &valueLevels, int(p.ValueLevel))
	v.value(at+"/price-position", &pricePositions, int(p.PricePosition))
	words(v, at+"/reasoning", p.Reasoning)
	words(v, at+"/life-cycle", p.LifeCycle)
	for n, x := range p.Products {
		word(v, at+"/products/"+strconv.Itoa(n)+"/type", x.Type)
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
			v.note(CodeMissingName, path, "this competitor has no name; say who it is")
		}
		v.value(path+"/value-level", &valueLevels, int(x.ValueLevel))
		v.value(path+"/price-position", &pricePositions, int(x.PricePosition))
		if x.Performance != nil {
			v.performance(path+"/performance", *x.Performance)
		}
		v.evidence(path+"/evidence", x.Evidence)
	}
}

func (v *validator) stream(r *RevenueStream, at string) {
	word(v, at+"/type", r.Type)
	word(v, at+"/pricing", r.Pricing)
	v.amount(at+"/price", r.Price)
	v.amount(at+"/willingness-to-pay", r.WillingnessToPay)
	if x := r.Elasticity; x != nil && (math.IsNaN(*x) || math.IsInf(*x, 0)) {
		v.fail(CodeOutOfRange, at+"/elasticity", "the elasticity is %v; write a number such as -1.5, or leave it out", *x)
	}
	if r.Free && (r.Amount.Money.Sign() > 0 || r.Price.Money.Sign() > 0) {
		v.warn(CodeContradiction, at+"/free", "%s is free, and yet has an amount or a price; remove one of the two", called(v.ref))
	}
}

package journey

import "github.com/cxmodel/cxmodel/internal/enum"

// A Kind says which step of a customer's path a stage is. The vocabulary is open: another word does as well, with a
// Phase beside it.
type Kind string

// Kinds, in the order of a customer's path.
const (
	KindNeed          Kind = "need"          // something is missing
	KindAwareness     Kind = "awareness"     // this business could have it
	KindConsideration Kind = "consideration" // comparing, asking, trying
	KindArrangement   Kind = "arrangement"   // booking, financing, making ready
	KindPurchase      Kind = "purchase"
	KindDelivery      Kind = "delivery"
	KindOnboarding    Kind = "onboarding"
	KindUse           Kind = "use"
	KindCare          Kind = "care"       // help, repair, complaint
	KindEvaluation    Kind = "evaluation" // drawing conclusions
	KindRenewal       Kind = "renewal"
	KindLoyalty       Kind = "loyalty"
	KindAdvocacy      Kind = "advocacy"
	KindExit          Kind = "exit"
)

// Kinds returns the known kinds, in the order of a customer's path.
func Kinds() []Kind {
	return []Kind{KindNeed, KindAwareness, KindConsideration, KindArrangement, KindPurchase, KindDelivery, KindOnboarding,
		KindUse, KindCare, KindEvaluation, KindRenewal, KindLoyalty, KindAdvocacy, KindExit}
}

// Phase returns the phase of a known kind, PhaseUnspecified for any other. The sale is the purchase itself: what
// leads to it is pre-sale, and all that follows, renewal too, is post-sale.
func (k Kind) Phase() Phase {
	switch k {
	case KindNeed, KindAwareness, KindConsideration, KindArrangement:
		return PhasePreSale
	case KindPurchase:
		return PhaseSale
	case KindDelivery, KindOnboarding, KindUse, KindCare, KindEvaluation, KindRenewal, KindLoyalty, KindAdvocacy, KindExit:
		return PhasePostSale
	}
	return PhaseUnspecified
}

// A Phase is one of the three parts to which every journey rolls up.
type Phase int

// Phases.
const (
	PhaseUnspecified Phase = iota
	PhasePreSale
	PhaseSale
	PhasePostSale
)

var phases = enum.Table{Type: "phase", Names: []string{"", "pre-sale", "sale", "post-sale"}}

// String returns "pre-sale", "sale", "post-sale", or "" for PhaseUnspecified.
func (p Phase) String() string { return phases.String(int(p)) }

// MarshalText implements [encoding.TextMarshaler].
func (p Phase) MarshalText() ([]byte, error) { return phases.Text(int(p)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (p *Phase) UnmarshalText(text []byte) error { return enum.Set(p, &phases, text) }

// EffectivePhase returns the stage's phase, or that of its kind where it states none.
func (s *Stage) EffectivePhase() Phase {
	if s.Phase != PhaseUnspecified {
		return s.Phase
	}
	return s.Kind.Phase()
}

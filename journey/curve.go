package journey

import (
	"fmt"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/nanjson"
)

// A Curve is the sentiment of a journey from touchpoint to touchpoint, in the order of the document. It holds the
// touchpoints that customers see. One without a sentiment is a gap: it has a point whose Value is NaN, and is never
// taken as zero.
type Curve struct {
	Points []CurvePoint `json:"points"`
}

// A CurvePoint is one touchpoint on a Curve.
type CurvePoint struct {
	Stage      cxmodel.Key   `json:"stage"`
	Touchpoint cxmodel.Key   `json:"touchpoint"`
	Value      float64       `json:"value"` // in [-2, 2]; NaN: not known
	Grade      cxmodel.Grade `json:"grade"` // of the best evidence that the touchpoint gives; GradeAssumed if it gives none
	Moment     Moment        `json:"moment,omitempty"`
}

// MarshalJSON implements [json.Marshaler]; a value that is not known is null.
func (p CurvePoint) MarshalJSON() ([]byte, error) { return nanjson.Marshal(p) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (p *CurvePoint) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, p) }

// Known reports whether the touchpoint has a sentiment.
func (p CurvePoint) Known() bool { return !math.IsNaN(p.Value) }

// Assumed reports whether the sentiment is known without having been measured on customers. Pictures dot it.
func (p CurvePoint) Assumed() bool { return p.Known() && p.Grade != cxmodel.GradeMeasured }

// Curve returns the sentiment curve of a persona over the touchpoints that it uses, in all for a nil persona.
func (j *Journey) Curve(p *Persona) Curve {
	var c Curve
	for s, t := range j.AllTouchpoints() {
		if point, ok := curvePoint(s, t); ok && p.Uses(t.Key) {
			c.Points = append(c.Points, point)
		}
	}
	return c
}

// curvePoint returns the point of a touchpoint, and false if customers do not see it.
func curvePoint(s *Stage, t *Touchpoint) (CurvePoint, bool) {
	p := CurvePoint{Stage: s.Key, Touchpoint: t.Key, Value: math.NaN(), Grade: cxmodel.BestGrade(t.Evidence), Moment: t.Moment}
	if t.Sentiment != nil {
		p.Value = *t.Sentiment
	}
	return p, t.Layer.Visible()
}

// Best returns the point of the highest sentiment, the first of equals, and false if none is known.
func (c Curve) Best() (CurvePoint, bool) {
	return c.extreme(func(x, than float64) bool { return x > than })
}

// Worst returns the point of the lowest sentiment, the first of equals, and false if none is known.
func (c Curve) Worst() (CurvePoint, bool) {
	return c.extreme(func(x, than float64) bool { return x < than })
}

// Peak returns the point that is farthest from 0, and false if none is known. Of two that are equally far the lower
// one is the peak, because bad is stronger than good (Baumeister, Bratslavsky, Finkenauer and Vohs 2001); of equals
// the first.
func (c Curve) Peak() (CurvePoint, bool) {
	return c.extreme(func(x, than float64) bool {
		return math.Abs(x) > math.Abs(than) || math.Abs(x) == math.Abs(than) && x < than
	})
}

func (c Curve) extreme(beats func(x, than float64) bool) (CurvePoint, bool) {
	best, found := CurvePoint{Value: math.NaN()}, false
	for _, p := range c.Points {
		if p.Known() && (!found || beats(p.Value, best.Value)) {
			best, found = p, true
		}
	}
	return best, found
}

// End returns the last point, and false if its sentiment is not known: the end is where the customer leaves, not
// where the knowledge ends.
func (c Curve) End() (CurvePoint, bool) {
	if len(c.Points) == 0 {
		return CurvePoint{Value: math.NaN()}, false
	}
	end := c.Points[len(c.Points)-1]
	return end, end.Known()
}

// An Index sums a Curve up in one number.
type Index struct {
	Method  string  `json:"method"`  // "mean", "peak-end", "worst"
	Value   float64 `json:"value"`   // in [-2, 2]; NaN where the method lacks a value that it needs
	Known   int     `json:"known"`   // touchpoints with a sentiment
	Assumed int     `json:"assumed"` // of those, not measured
	Missing int     `json:"missing"` // touchpoints without a sentiment
}

// MarshalJSON implements [json.Marshaler]; a value that is not known is null.
func (x Index) MarshalJSON() ([]byte, error) { return nanjson.Marshal(x) }

// UnmarshalJSON reads what MarshalJSON writes; null becomes NaN.
func (x *Index) UnmarshalJSON(data []byte) error { return nanjson.Unmarshal(data, x) }

// MeanIndex is the mean of the known sentiments.
func (c Curve) MeanIndex() Index {
	sum, n := 0., 0
	for _, p := range c.Points {
		if p.Known() {
			sum, n = sum+p.Value, n+1
		}
	}
	return c.index("mean", sum/float64(n))
}

// PeakEndIndex is what customers remember by the peak-end rule (Kahneman, Fredrickson, Schreiber and Redelmeier 1993):
//
//	(peak + end) / 2
//
// NaN if the end is not known.
func (c Curve) PeakEndIndex() Index {
	value := math.NaN()
	if end, ok := c.End(); ok {
		peak, _ := c.Peak()
		value = (peak.Value + end.Value) / 2
	}
	return c.index("peak-end", value)
}

// WorstIndex is the lowest known sentiment.
func (c Curve) WorstIndex() Index {
	worst, _ := c.Worst()
	return c.index("worst", worst.Value)
}

func (c Curve) index(method string, value float64) Index {
	x := Index{Method: method, Value: value}
	for _, p := range c.Points {
		switch {
		case !p.Known():
			x.Missing++
		case p.Assumed():
			x.Assumed++
			x.Known++
		default:
			x.Known++
		}
	}
	return x
}

// String returns a line such as "peak-end sentiment -0.75 of 10 touchpoints, 9 of them assumed, 1 more not known".
func (x Index) String() string {
	var b strings.Builder
	value := "not known"
	if !math.IsNaN(x.Value) {
		value = fmt.Sprintf("%.4g", x.Value)
	}
	fmt.Fprintf(&b, "%s sentiment %s of %d touchpoints", x.Method, value, x.Known)
	if x.Assumed > 0 {
		fmt.Fprintf(&b, ", %d of them assumed", x.Assumed)
	}
	if x.Missing > 0 {
		fmt.Fprintf(&b, ", %d more not known", x.Missing)
	}
	return b.String()
}

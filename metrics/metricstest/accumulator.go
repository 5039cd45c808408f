package metricstest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
)

// An Accumulator describes how to use anybody's accumulator of answers: a type that counts them and gives an estimate. A is
// a reference to one, such as a pointer, because adding changes it.
type Accumulator[A any] struct {
	Scale     cxmodel.Scale                         // of the answers
	New       func() A                              // an empty one
	Add       func(a A, score float64)              // counts one answer; NaN is not answered
	Merge     func(a, b A) error                    // adds the answers of b to a, and leaves b alone
	Estimate  func(a A) (metrics.Estimate, error)   // the metric; it leaves a alone
	Sub       func(a, b A) error                    // takes the answers of b out of a; nil: it cannot
	AddN      func(a A, score float64, n int) error // counts n answers of one score at once, were they 2^40; nil: it cannot
	Marshal   func(a A) ([]byte, error)             // with Unmarshal the form in a file or column; nil: there is none
	Unmarshal func(data []byte) (A, error)
}

// CheckAccumulator holds an accumulator to the laws that make counting by shard, by day and by segment safe, and returns
// what it breaks, all of it, joined; nil if nothing:
//
//   - empty, and nothing but missing or off-scale answers: an error and no number
//   - NaN is counted in Missing, and what lies off the scale in OffScale; neither moves the estimate
//   - an answer between two points, such as an average, is counted: in N, or in OffScale
//   - the order of the answers, and of merging their parts, changes nothing; merging an empty one neither
//   - Merge leaves its second argument alone, Estimate its only one
//   - Sub undoes Merge, and refuses answers that were never added
//   - AddN equals adding one by one; a number too large to count, or negative, is an error, not a wrapped count
//   - Unmarshal undoes Marshal
//
// Estimates are equal if their counts are and their numbers agree to 1e-9 of their size. A law is reported once, where it is
// first broken, with both estimates and what differs between them. The answers are drawn with a fixed seed.
func CheckAccumulator[A any](acc Accumulator[A]) error {
	if acc.New == nil || acc.Add == nil || acc.Merge == nil || acc.Estimate == nil {
		return errors.New("metricstest: New, Add, Merge and Estimate are needed")
	}
	if err := acc.Scale.Check(); err != nil {
		return fmt.Errorf("metricstest: %w", err)
	}
	if (acc.Marshal == nil) != (acc.Unmarshal == nil) {
		return errors.New("metricstest: Marshal and Unmarshal come together")
	}
	k := &checker[A]{Accumulator: acc, broken: map[string]bool{}}
	r := rand.New(rand.NewPCG(1, 5))
	for range 300 {
		k.scores = append(k.scores, float64(acc.Scale.Min+r.IntN(acc.Scale.Points())))
	}
	k.empty()
	k.missingAndOffScale()
	k.order(r)
	k.merging(r)
	k.subtraction()
	k.many()
	k.roundTrip()
	return errors.Join(k.failures...)
}

// checker collects what an accumulator breaks.
type checker[A any] struct {
	Accumulator[A]
	scores   []float64
	failures []error
	broken   map[string]bool
}

func (k *checker[A]) fail(law, format string, args ...any) {
	if k.broken[law] {
		return
	}
	k.broken[law] = true
	k.failures = append(k.failures, fmt.Errorf("metricstest: %s: %s", law, fmt.Sprintf(format, args...)))
}

// of returns an accumulator of scores.
func (k *checker[A]) of(scores ...float64) A {
	a := k.New()
	for _, s := range scores {
		k.Add(a, s)
	}
	return a
}

// same reports a difference between the estimates of two accumulators.
func (k *checker[A]) same(law string, want, got A) {
	w, errWant := k.Estimate(want)
	g, errGot := k.Estimate(got)
	k.equal(law, "the estimates differ", w, errWant, g, errGot)
}

func (k *checker[A]) equal(law, what string, want metrics.Estimate, errWant error, got metrics.Estimate, errGot error) {
	if d := differences(want, got); (errWant == nil) != (errGot == nil) || d != "" {
		k.fail(law, "%s\n  want: %s\n  got:  %s%s", what, told(want, errWant), told(got, errGot), d)
	}
}

// told writes an estimate with the error that came with it.
func told(e metrics.Estimate, err error) string {
	if err != nil {
		return fmt.Sprintf("%v, error %v", e, err)
	}
	return e.String() + ", no error"
}

// differences lists what two estimates differ in, a line each; "" if they are the same.
func differences(want, got metrics.Estimate) string {
	var b strings.Builder
	note := func(what string, same bool, w, g any) {
		if !same {
			fmt.Fprintf(&b, "\n  %s: want %v, got %v", what, w, g)
		}
	}
	note("Metric", want.Metric == got.Metric, want.Metric, got.Metric)
	for _, c := range []struct {
		what string
		w, g int
	}{{"N", want.N, got.N}, {"Missing", want.Missing, got.Missing}, {"OffScale", want.OffScale, got.OffScale}} {
		note(c.what, c.w == c.g, c.w, c.g)
	}
	for _, c := range []struct {
		what string
		w, g float64
	}{
		{"Value", want.Value, got.Value}, {"Low", want.Low, got.Low}, {"High", want.High, got.High},
		{"StdErr", want.StdErr, got.StdErr}, {"EffectiveN", want.EffectiveN, got.EffectiveN},
	} {
		near := c.w == c.g || math.IsNaN(c.w) && math.IsNaN(c.g) || math.Abs(c.w-c.g) <= 1e-9*max(math.Abs(c.w), math.Abs(c.g), 1e-3)
		note(c.what, near, c.w, c.g)
	}
	return b.String()
}

func (k *checker[A]) merge(law string, a, b A) {
	if err := k.Merge(a, b); err != nil {
		k.fail(law, "Merge: %v", err)
	}
}

func (k *checker[A]) empty() {
	for _, c := range []struct {
		what string
		a    A
	}{
		{"nothing", k.New()},
		{"nothing but NaN", k.of(math.NaN())},
		{"nothing but off the scale", k.of(float64(k.Scale.Max) + 1)},
	} {
		if e, err := k.Estimate(c.a); err == nil || !math.IsNaN(e.Value) {
			k.fail("no data is an error", "%s gives %s; want NaN and an error such as metrics.ErrNoData", c.what, told(e, err))
		}
	}
}

func (k *checker[A]) missingAndOffScale() {
	plain := k.of(k.scores...)
	want, err := k.Estimate(plain)
	if err != nil {
		k.fail("answers give an estimate", "error %v", err)
		return
	}
	if want.N != len(k.scores) {
		k.fail("every answer on the scale counts", "n is %d for %d answers: %v", want.N, len(k.scores), want)
	}
	low, high := float64(k.Scale.Min), float64(k.Scale.Max)
	for _, c := range []struct {
		law               string
		odd               []float64
		missing, offScale int
	}{
		{"NaN is missing", []float64{math.NaN(), math.NaN()}, 2, 0},
		{"off the scale is counted apart", []float64{low - 1, high + 1, high + .5, math.Inf(1), math.Inf(-1)}, 0, 5},
	} {
		a := k.of(append(append([]float64{}, c.odd...), k.scores...)...)
		e, err := k.Estimate(a)
		w := want
		w.Missing, w.OffScale = c.missing, c.offScale
		k.equal(c.law, fmt.Sprintf("%v among the answers", c.odd), w, nil, e, err)
	}
	between := k.of(append([]float64{low + .5}, k.scores...)...)
	if e, err := k.Estimate(between); err != nil || e.N+e.OffScale != len(k.scores)+1 {
		k.fail("an answer between two points is counted", "N and OffScale make %d of %d answers, one of them %v: %s", e.N+e.OffScale, len(k.scores)+1, low+.5, told(e, err))
	}
	k.same("Estimate changes nothing", k.of(k.scores...), plain)
}

func (k *checker[A]) order(r *rand.Rand) {
	for range 5 {
		shuffled := append([]float64{}, k.scores...)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		k.same("the order of answers changes nothing", k.of(k.scores...), k.of(shuffled...))
	}
}

func (k *checker[A]) merging(r *rand.Rand) {
	scores := append([]float64{math.NaN(), float64(k.Scale.Max) + 1}, k.scores...)
	whole := k.of(scores...)
	const law = "merged parts are the whole"
	parts := func() []A { // of very different sizes, one of them empty
		return []A{k.of(scores[:1]...), k.of(scores[1:3]...), k.New(), k.of(scores[3:40]...), k.of(scores[40:]...)}
	}
	for range 6 { // one after the other, in any order, into the first or into a new one
		p := parts()
		r.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
		sum := p[0]
		for _, b := range p[1:] {
			k.merge(law, sum, b)
		}
		k.same(law, whole, sum)
	}
	p := parts() // as a tree
	k.merge(law, p[0], p[1])
	k.merge(law, p[3], p[4])
	k.merge(law, p[2], p[3])
	k.merge(law, p[0], p[2])
	k.same(law+", in any grouping", whole, p[0])

	a, b := k.of(scores[:40]...), k.of(scores[40:]...)
	k.merge("Merge leaves its argument alone", a, b)
	k.same("Merge leaves its argument alone", k.of(scores[40:]...), b)
	k.Add(a, float64(k.Scale.Min))
	k.same("Merge leaves its argument alone, later too", k.of(scores[40:]...), b)
}

func (k *checker[A]) subtraction() {
	if k.Sub == nil {
		return
	}
	const law = "Sub undoes Merge"
	scores := append([]float64{math.NaN(), float64(k.Scale.Max) + 1}, k.scores...)
	a, b := k.of(scores[100:]...), k.of(scores[:100]...)
	k.merge(law, a, b)
	if err := k.Sub(a, b); err != nil {
		k.fail(law, "Sub: %v", err)
		return
	}
	k.same(law, k.of(scores[100:]...), a)
	k.same("Sub leaves its argument alone", k.of(scores[:100]...), b)
	less := k.of(float64(k.Scale.Min))
	if err := k.Sub(less, k.of(float64(k.Scale.Max))); err == nil {
		k.fail("Sub refuses what was never added", "no error; the estimate is now %s", told(k.Estimate(less)))
	} else {
		k.same("a refused Sub changes nothing", k.of(float64(k.Scale.Min)), less)
	}
}

func (k *checker[A]) many() {
	if k.AddN == nil {
		return
	}
	top, bottom := float64(k.Scale.Max), float64(k.Scale.Min)
	addN := func(law string, a A, score float64, n int) {
		if err := k.AddN(a, score, n); err != nil {
			k.fail(law, "AddN(%v, %d): %v", score, n, err)
		}
	}
	law := "AddN is Add so many times"
	a := k.New()
	addN(law, a, top, 7)
	addN(law, a, bottom, 5)
	addN(law, a, top, 0)
	k.same(law, k.of(top, top, top, top, top, top, top, bottom, bottom, bottom, bottom, bottom), a)

	law = "huge counts are exact"
	const n = math.MaxInt>>23 + 1 // 2^40, or 2^8 where an int has 32 bits
	huge := k.New()
	addN(law, huge, top, n)
	addN(law, huge, bottom, n)
	small, huger := k.of(top, bottom), k.New()
	k.merge(law, huger, huge)
	want, errWant := k.Estimate(small)
	got, errGot := k.Estimate(huger)
	if errWant == nil && (errGot != nil || got.N != 2*n || math.Abs(got.Value-want.Value) > 1e-9*max(math.Abs(want.Value), 1)) {
		k.fail(law, "%d answers at each end\n  want: %v, n=%d\n  got:  %v, n=%d, error %v", n, want.Value, 2*n, got.Value, got.N, errGot)
	}

	law = "a count that overflows is an error"
	full := k.New()
	addN(law, full, top, math.MaxInt)
	if err := k.AddN(full, bottom, 1); err == nil {
		k.fail(law, "AddN of one more than the largest int gives no error; the estimate is now %s", told(k.Estimate(full)))
	}
	if err := k.Merge(full, k.of(bottom)); err == nil {
		k.fail(law, "Merge of one more than the largest int gives no error; the estimate is now %s", told(k.Estimate(full)))
	}
	if err := k.AddN(k.New(), top, -1); err == nil {
		k.fail("a negative count is an error", "AddN(%v, -1) gives none", top)
	}
}

func (k *checker[A]) roundTrip() {
	if k.Marshal == nil {
		return
	}
	const law = "Unmarshal undoes Marshal"
	for _, a := range []A{k.New(), k.of(append([]float64{math.NaN(), float64(k.Scale.Min) - 1}, k.scores...)...)} {
		data, err := k.Marshal(a)
		if err != nil {
			k.fail(law, "Marshal: %v", err)
			continue
		}
		back, err := k.Unmarshal(data)
		if err != nil {
			k.fail(law, "Unmarshal: %v", err)
			continue
		}
		k.same(law, a, back)
	}
}

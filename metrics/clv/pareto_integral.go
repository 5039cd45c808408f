package clv

import "math"

// gaussNodes and gaussWeights are the 16-point Gauss-Legendre rule on [-1, 1], positive half (Abramowitz & Stegun,
// Table 25.4).
var (
	gaussNodes = [8]float64{.0950125098376374402, .2816035507792589132, .4580167776572273863, .6178762444026437484,
		.7554044083550030339, .8656312023878317439, .9445750230732325761, .9894009349916499326}
	gaussWeights = [8]float64{.1894506104550684963, .1826034150449235889, .1691565193950025382, .1495959888165767321,
		.1246289712555338720, .0951585116824927848, .0622535239386478929, .0271524594117540949}
)

// A deathTime holds what the Pareto/NBD likelihood needs of the unseen time of leaving y, which has the density
//
//	f(y) ∝ (α+y)^-(r+x) (β+y)^-(s+1)   on [t_x, T]
//
// logMass is ln ∫ f dy; the others are means under f of ln(α+y), ln(β+y), 1/(α+y), 1/(β+y) and of their products.
type deathTime struct {
	logMass                      float64
	la, lb, ia, ib               float64
	lala, lalb, laia, laib, lblb float64
	lbia, lbib, iaia, iaib, ibib float64
}

// integrate fills d. The variable is u = ln(min(α, β) + y), in which the integrand is log-concave and analytic in a strip
// of half-width π, whatever the parameters; panels are at most 4 wide and see an exponent that changes by at most 20, so
// that 16 nodes reach 1e-14. Without moments only logMass is computed.
func (d *deathTime) integrate(r, alpha, s, beta, x, tx, age float64, moments bool) {
	*d = deathTime{logMass: math.Inf(-1)}
	if !(age > tx) {
		return
	}
	k, q, m := r+x, s+1, min(alpha, beta)
	u, end := math.Log(m+tx), math.Log(m+age)
	// slope is the derivative of the exponent; it falls with u.
	slope := func(e float64) float64 { return 1 - k*e/(alpha-m+e) - q*e/(beta-m+e) }
	left := slope(m + tx)
	ref := math.Inf(-1)
	sum := 0.0
	for u < end {
		width := min(4, end-u)
		right := slope(math.Exp(u + width))
		for width*max(math.Abs(left), math.Abs(right)) > 20 {
			width /= 2
			right = slope(math.Exp(u + width))
		}
		if u+width == u { // parameters beyond all measure: the panel is narrower than a float64 tells apart
			d.logMass = math.NaN()
			return
		}
		before := sum
		mid, half := u+width/2, width/2
		for i := range 16 {
			node, weight := gaussNodes[i>>1], gaussWeights[i>>1]
			if i&1 == 1 {
				node = -node
			}
			at := mid + half*node
			e := math.Exp(at)
			va, vb := alpha-m+e, beta-m+e
			la, lb := at, at
			if alpha > beta {
				la = math.Log(va)
			} else {
				lb = math.Log(vb)
			}
			h := at - k*la - q*lb
			if h > ref { // scale to the largest exponent seen
				f := math.Exp(ref - h)
				before *= f
				d.scale(f)
				sum *= f
				ref = h
			}
			w := weight * half * math.Exp(h-ref)
			sum += w
			if moments {
				ia, ib := 1/va, 1/vb
				wla, wlb := w*la, w*lb
				wia, wib := w*ia, w*ib
				d.la += wla
				d.lb += wlb
				d.ia += wia
				d.ib += wib
				d.lala += wla * la
				d.lalb += wla * lb
				d.laia += wla * ia
				d.laib += wla * ib
				d.lblb += wlb * lb
				d.lbia += wlb * ia
				d.lbib += wlb * ib
				d.iaia += wia * ia
				d.iaib += wia * ib
				d.ibib += wib * ib
			}
		}
		u += width
		left = right
		if left < 0 && sum-before <= 1e-18*sum {
			break
		}
		if end-u < 1e-15*math.Abs(end) {
			break
		}
	}
	d.logMass = ref + math.Log(sum)
	d.scale(1 / sum)
}

func (d *deathTime) scale(f float64) {
	d.la *= f
	d.lb *= f
	d.ia *= f
	d.ib *= f
	d.lala *= f
	d.lalb *= f
	d.laia *= f
	d.laib *= f
	d.lblb *= f
	d.lbia *= f
	d.lbib *= f
	d.iaia *= f
	d.iaib *= f
	d.ibib *= f
}

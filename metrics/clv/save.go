package clv

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
)

// settable is implemented by a pointer to each model.
type settable interface {
	set(p []float64)
	Name() string
	ParameterNames() []string
	Parameters() []float64
}

func (m *BGNBD) set(p []float64)      { *m = BGNBD{p[0], p[1], p[2], p[3]} }
func (m *MBGNBD) set(p []float64)     { *m = MBGNBD{p[0], p[1], p[2], p[3]} }
func (m *ParetoNBD) set(p []float64)  { *m = ParetoNBD{p[0], p[1], p[2], p[3]} }
func (m *BGBB) set(p []float64)       { *m = BGBB{p[0], p[1], p[2], p[3]} }
func (m *GammaGamma) set(p []float64) { *m = GammaGamma{p[0], p[1], p[2]} }
func (m *SBG) set(p []float64)        { *m = SBG{p[0], p[1]} }
func (m *BdW) set(p []float64)        { *m = BdW{p[0], p[1], p[2]} }

// saved is the JSON form of a Fit: some hundred bytes, without the customers.
type saved struct {
	Model         string             `json:"model"`
	Unit          Unit               `json:"unit,omitzero"`
	Currency      string             `json:"currency,omitempty"`
	Parameters    map[string]float64 `json:"parameters"`
	Covariance    [][]*float64       `json:"covariance,omitempty"` // lower triangle; null where there is none
	LogLikelihood float64            `json:"log-likelihood"`
	Status        Status             `json:"status"`
	Iterations    int                `json:"iterations"`
	Gradient      float64            `json:"gradient"`
	Customers     float64            `json:"customers"`
	Rows          int                `json:"rows"`
	Omitted       int                `json:"omitted,omitempty"`
	Unidentified  []string           `json:"unidentified,omitempty"`
}

// MarshalJSON writes the model with its name, unit and everything of the fit, in some hundred bytes.
func (f Fit[M]) MarshalJSON() ([]byte, error) {
	m, ok := any(&f.Model).(settable)
	if !ok {
		return nil, fmt.Errorf("clv: %w: %T is no model of this package", ErrInvalid, f.Model)
	}
	out := saved{Model: m.Name(), Unit: f.Unit, Currency: f.Currency, Parameters: map[string]float64{}, LogLikelihood: f.LogLikelihood, Status: f.Status,
		Iterations: f.Iterations, Gradient: f.Gradient, Customers: f.Customers, Rows: f.Rows, Omitted: f.Omitted, Unidentified: f.Unidentified}
	for i, v := range m.Parameters() {
		out.Parameters[m.ParameterNames()[i]] = v
	}
	for i, row := range f.Covariance {
		line := make([]*float64, i+1)
		for j := range line {
			if !math.IsNaN(row[j]) {
				line[j] = &row[j]
			}
		}
		out.Covariance = append(out.Covariance, line)
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes. A model of another name, a parameter that is missing, unknown or not
// positive, and a covariance of another size are errors: parameters of one model are never taken for those of another.
func (f *Fit[M]) UnmarshalJSON(b []byte) error {
	var in saved
	if err := json.Unmarshal(b, &in); err != nil {
		return fmt.Errorf("clv: a saved fit: %w", err)
	}
	var out Fit[M]
	m, ok := any(&out.Model).(settable)
	if !ok {
		return fmt.Errorf("clv: %w: %T is no model of this package", ErrInvalid, f.Model)
	}
	if in.Model != m.Name() {
		return fmt.Errorf("clv: %w: the saved model is %q, not %q", ErrInvalid, clip.Text(in.Model), m.Name())
	}
	names := m.ParameterNames()
	p := make([]float64, len(names))
	for i, name := range names {
		v, ok := in.Parameters[name]
		if !ok || !positive(v) {
			return fmt.Errorf("clv: %w: parameter %q of %s is missing or not positive; it has %s", ErrInvalid, name, m.Name(), strings.Join(names, ", "))
		}
		p[i] = v
	}
	if len(in.Parameters) != len(names) || in.Covariance != nil && len(in.Covariance) != len(names) {
		return fmt.Errorf("clv: %w: %s has the parameters %s and a covariance of them", ErrInvalid, m.Name(), strings.Join(names, ", "))
	}
	m.set(p)
	out.Names, out.Unit, out.LogLikelihood, out.Status, out.Iterations = names, in.Unit, in.LogLikelihood, in.Status, in.Iterations
	out.Currency = in.Currency
	out.Gradient, out.Customers, out.Rows, out.Omitted, out.Unidentified = in.Gradient, in.Customers, in.Rows, in.Omitted, slices.Clone(in.Unidentified)
	for i, line := range in.Covariance {
		if len(line) != i+1 {
			return fmt.Errorf("clv: %w: row %d of the covariance has %d numbers; the lower triangle is kept", ErrInvalid, i, len(line))
		}
		out.Covariance = append(out.Covariance, make([]float64, len(names)))
		for j, v := range line {
			x := math.NaN()
			if v != nil {
				x = *v
			}
			out.Covariance[i][j] = x
			out.Covariance[j][i] = x
		}
		out.StdErr = append(out.StdErr, math.Sqrt(out.Covariance[i][i]))
	}
	*f = out
	return nil
}

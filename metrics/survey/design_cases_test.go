package survey_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// A refCase is one of the cases of R's survey 4.1.1; its call stands in the file.
type refCase struct {
	ID     string                     `json:"id"`
	Input  json.RawMessage            `json:"input"`
	Output map[string]json.RawMessage `json:"output"`
	RelTol float64                    `json:"rel_tol"`
}

func readCase(t *testing.T, id string) refCase {
	b, err := os.ReadFile("../testdata/cases.json")
	require.NoError(t, err)
	var cases []refCase
	require.NoError(t, json.Unmarshal(b, &cases))
	for _, c := range cases {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no case %q", id)
	return refCase{}
}

// near compares got with a number of the case, or with one of a list.
func (c refCase) near(t *testing.T, name string, got ...float64) {
	t.Helper()
	var want []float64
	if json.Unmarshal(c.Output[name], &want) != nil {
		want = make([]float64, 1)
		require.NoError(t, json.Unmarshal(c.Output[name], &want[0]), name)
	}
	require.Len(t, got, len(want))
	for i := range want {
		assert.InEpsilon(t, want[i], got[i], c.RelTol, "%s: %s", c.ID, name)
	}
}

// schools reads a file of the California Academic Performance Index as columns.
func schools(t *testing.T, name string) func(column string) []string {
	folder := os.Getenv("CXMODEL_DATA")
	if folder == "" {
		t.Skip("CXMODEL_DATA is not set: the schools are not in this repository")
	}
	f, err := os.Open(filepath.Join(folder, "metrics", name))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	return func(column string) []string {
		for i, head := range rows[0] {
			if head == column {
				var out []string
				for _, r := range rows[1:] {
					out = append(out, r[i])
				}
				return out
			}
		}
		t.Fatalf("no column %q", column)
		return nil
	}
}

func numbers(t *testing.T, texts []string) []float64 {
	out := make([]float64, len(texts))
	for i, s := range texts {
		var err error
		out[i], err = strconv.ParseFloat(s, 64)
		require.NoError(t, err)
	}
	return out
}

// bands makes a promoter of a school from 700 points on, a detractor of one below 600.
func bands(points []float64) []float64 {
	out := make([]float64, len(points))
	for i, p := range points {
		switch out[i] = 8; {
		case p >= 700:
			out[i] = 10
		case p < 600:
			out[i] = 0
		}
	}
	return out
}

var npsOf = survey.MeasureDef{Key: "nps", Metric: survey.MetricNPS}

// stratified is the sample of 200 schools, with the population of each stratum where asked.
func stratified(t *testing.T, finite bool) (*survey.Sample, func(string) []string) {
	column := schools(t, "apistrat.csv")
	s := &survey.Sample{Measure: npsOf, Scores: bands(numbers(t, column("api00"))), Weights: numbers(t, column("pw")), Strata: column("stype")}
	if finite {
		s.Population = map[string]float64{}
		for i, n := range numbers(t, column("fpc")) {
			s.Population[s.Strata[i]] = n
		}
	}
	return s, column
}

// clustered is the sample of 15 school districts of 757.
func clustered(t *testing.T) (*survey.Sample, func(string) []string) {
	column := schools(t, "apiclus1.csv")
	return &survey.Sample{
		Measure: npsOf, Scores: bands(numbers(t, column("api00"))), Weights: numbers(t, column("pw")), Clusters: column("dnum"),
		Population: map[string]float64{"": 757},
	}, column
}

func points(e survey.DesignEstimate) (value, stdErr float64) {
	return e.Estimate.Value / 100, e.Estimate.StdErr / 100
}

func TestStratifiedSampleAgreesWithR(t *testing.T) {
	c := readCase(t, "svy.strat.nofpc")
	s, _ := stratified(t, false)
	e, err := s.Estimate(t.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(t, err)
	value, stdErr := points(e)
	c.near(t, "nps", value)
	c.near(t, "se", stdErr)
	c.near(t, "deff", e.DesignEffect)
	c.near(t, "ci_t", e.Estimate.Low/100, e.Estimate.High/100)
	assert.Equal(t, 197., e.DF)
}

func TestClusterSampleAgreesWithR(t *testing.T) {
	c := readCase(t, "svy.clus.nps")
	s, _ := clustered(t)
	e, err := s.Estimate(t.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(t, err)
	value, stdErr := points(e)
	c.near(t, "nps", value)
	c.near(t, "se", stdErr)
	c.near(t, "deff", e.DesignEffect)
	c.near(t, "ci_t", e.Estimate.Low/100, e.Estimate.High/100)
	c.near(t, "df", e.DF)
}

func TestDomainsAgreeWithR(t *testing.T) {
	s, column := stratified(t, true)
	c := readCase(t, "svy.strat.by")
	domains, err := s.By(context.Background(), column("stype"), nil)
	require.NoError(t, err)
	var values, stdErrs []float64
	for i, d := range domains {
		assert.Equal(t, []string{"E", "H", "M"}[i], d.Key)
		value, stdErr := points(d.Result)
		values, stdErrs = append(values, value), append(stdErrs, stdErr)
	}
	c.near(t, "nps", values...)
	c.near(t, "se", stdErrs...)

	c = readCase(t, "svy.strat.subpop")
	domains, err = s.By(context.Background(), column("comp.imp"), nil)
	require.NoError(t, err)
	require.Equal(t, "Yes", domains[1].Key)
	value, stdErr := points(domains[1].Result)
	c.near(t, "nps", value)
	c.near(t, "se", stdErr)
}

func TestMissingAnswersStayInTheDesignAsInR(t *testing.T) {
	c := readCase(t, "svy.small")
	var in struct {
		Rows []struct {
			Score   *float64
			W       float64
			Account int
		}
	}
	require.NoError(t, json.Unmarshal(c.Input, &in))
	s := &survey.Sample{Measure: npsOf}
	var accounts []string
	for _, r := range in.Rows {
		score := math.NaN()
		if r.Score != nil {
			score = *r.Score
		}
		s.Scores, s.Weights = append(s.Scores, score), append(s.Weights, r.W)
		accounts = append(accounts, strconv.Itoa(r.Account))
	}
	e, err := s.Estimate(t.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(t, err)
	value, stdErr := points(e)
	c.near(t, "n", float64(e.Estimate.N))
	c.near(t, "nps", value)
	c.near(t, "se_iid", stdErr)
	c.near(t, "deff", e.DesignEffect)
	c.near(t, "kish_neff", e.KishN)
	c.near(t, "kish_deff", float64(e.Estimate.N)/e.KishN)
	c.near(t, "ci_iid_t", e.Estimate.Low/100, e.Estimate.High/100)
	c.near(t, "df_iid", e.DF)
	assert.Equal(t, 3, e.Estimate.Missing)
	s.Clusters = accounts
	e, err = s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	_, stdErr = points(e)
	c.near(t, "se_cluster", stdErr)
	s.Weights, s.Clusters = nil, nil
	e, err = s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	value, _ = points(e)
	c.near(t, "nps_unweighted", value)
}

func TestPostStratificationAgreesWithR(t *testing.T) {
	c := readCase(t, "poststrat.apiclus1")
	s, column := clustered(t)
	fitted, err := s.PostStratify(t.Context(), survey.Margin{Name: "type", Keys: column("stype"), Totals: map[string]float64{"E": 4421, "H": 755, "M": 1018}})
	require.NoError(t, err)
	assert.Equal(t, survey.CalibrationConverged, fitted.Status)
	e, err := fitted.Sample.Estimate(t.Context(), nil)
	require.NoError(t, err)
	value, stdErr := points(e)
	c.near(t, "nps", value)
	c.near(t, "se", stdErr)
}

func TestRakingAgreesWithR(t *testing.T) {
	c := readCase(t, "rake.apiclus1")
	s, column := clustered(t)
	s.Measure = survey.MeasureDef{Key: "points", Metric: survey.MetricMean, Scale: cxmodel.Scale{Min: 200, Max: 1000}}
	s.Scores = numbers(t, column("api00"))
	fitted, err := s.Rake(context.Background(), []survey.Margin{
		{Name: "type", Keys: column("stype"), Totals: map[string]float64{"E": 4421, "H": 755, "M": 1018}},
		{Name: "school-wide", Keys: column("sch.wide"), Totals: map[string]float64{"No": 1072, "Yes": 5122}},
	}, nil)
	require.NoError(t, err)
	assert.Equal(t, survey.CalibrationConverged, fitted.Status)
	e, err := fitted.Sample.Estimate(t.Context(), nil)
	require.NoError(t, err)
	c.near(t, "mean_api00", e.Estimate.Value)
	c.near(t, "se", e.Estimate.StdErr)
	total, err := fitted.Sample.TotalOf(t.Context(), numbers(t, column("enroll")), nil)
	require.NoError(t, err)
	c.near(t, "total_enroll", total.Value)
	c.near(t, "se_total", total.StdErr)
}

// TestWeightsAreNoFrequencies: the standard error of statsmodels' DescrStatsW takes them for such; the case gives the
// linearised one beside it.
func TestWeightsAreNoFrequencies(t *testing.T) {
	c := readCase(t, "sm.descrw")
	var in struct{ X, W []float64 }
	require.NoError(t, json.Unmarshal(c.Input, &in))
	s := &survey.Sample{Measure: npsOf, Weights: in.W}
	for _, x := range in.X {
		s.Scores = append(s.Scores, 8+2*x) // 6, 8 or 10
	}
	e, err := s.Estimate(t.Context(), nil)
	require.NoError(t, err)
	value, stdErr := points(e)
	c.near(t, "mean", value)
	c.near(t, "taylor_se_wr", stdErr)
	c.near(t, "kish_neff", e.KishN)
	c.near(t, "var_ddof0", e.Estimate.EffectiveN*stdErr*stdErr)
}

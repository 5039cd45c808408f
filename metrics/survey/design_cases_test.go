package survey_test

import (
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
	"github.com/cxmodel/cxmodel/internal/refcase"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// The cases of R's survey 4.1.1, and one of statsmodels; the calls stand in the file.
func TestEveryReferenceCaseHasCode(t *testing.T) {
	refcase.Run(t, "survey", map[string]func(*refcase.Case){
		"svy.strat.nofpc": stratifiedSample, "svy.clus.nps": clusterSample, "svy.strat.by": domainsOfSample, "svy.strat.subpop": subpopulation,
		"svy.small": missingAnswersInADesign, "poststrat": postStratification, "rake": raking, "sm.descrw": weightsAreNoFrequencies,
	})
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

func stratifiedSample(c *refcase.Case) {
	s, _ := stratified(c.T, false)
	e, err := s.Estimate(c.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(c.T, err)
	value, stdErr := points(e)
	c.NearOutput("nps", value)
	c.NearOutput("se", stdErr)
	c.NearOutput("deff", e.DesignEffect)
	c.NearOutput("ci_t", e.Estimate.Low/100, e.Estimate.High/100)
	assert.Equal(c.T, 197., e.DF)
}

func clusterSample(c *refcase.Case) {
	s, _ := clustered(c.T)
	e, err := s.Estimate(c.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(c.T, err)
	value, stdErr := points(e)
	c.NearOutput("nps", value)
	c.NearOutput("se", stdErr)
	c.NearOutput("deff", e.DesignEffect)
	c.NearOutput("ci_t", e.Estimate.Low/100, e.Estimate.High/100)
	c.NearOutput("df", e.DF)
}

func domainsOfSample(c *refcase.Case) {
	s, column := stratified(c.T, true)
	domains, err := s.By(c.Context(), column("stype"), nil)
	require.NoError(c.T, err)
	var keys []string
	var values, stdErrs []float64
	for _, d := range domains {
		value, stdErr := points(d.Result)
		keys, values, stdErrs = append(keys, d.Key), append(values, value), append(stdErrs, stdErr)
	}
	c.Same([]string{"E", "H", "M"}, keys, "types of school")
	c.NearOutput("nps", values...)
	c.NearOutput("se", stdErrs...)
}

func subpopulation(c *refcase.Case) {
	s, column := stratified(c.T, true)
	domains, err := s.By(c.Context(), column("comp.imp"), nil)
	require.NoError(c.T, err)
	require.Equal(c.T, "Yes", domains[1].Key)
	value, stdErr := points(domains[1].Result)
	c.NearOutput("nps", value)
	c.NearOutput("se", stdErr)
}

func missingAnswersInADesign(c *refcase.Case) {
	var in struct {
		Rows []struct {
			Score   *float64
			W       float64
			Account int
		}
	}
	require.NoError(c.T, json.Unmarshal(c.Input, &in))
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
	e, err := s.Estimate(c.Context(), &survey.DesignOptions{Interval: survey.IntervalT})
	require.NoError(c.T, err)
	value, stdErr := points(e)
	c.NearOutput("n", float64(e.Estimate.N))
	c.NearOutput("nps", value)
	c.NearOutput("se_iid", stdErr)
	c.NearOutput("deff", e.DesignEffect)
	c.NearOutput("kish_neff", e.KishN)
	c.NearOutput("kish_deff", float64(e.Estimate.N)/e.KishN)
	c.NearOutput("ci_iid_t", e.Estimate.Low/100, e.Estimate.High/100)
	c.NearOutput("df_iid", e.DF)
	assert.Equal(c.T, 3, e.Estimate.Missing)
	s.Clusters = accounts
	e, err = s.Estimate(c.Context(), nil)
	require.NoError(c.T, err)
	_, stdErr = points(e)
	c.NearOutput("se_cluster", stdErr)
	s.Weights, s.Clusters = nil, nil
	e, err = s.Estimate(c.Context(), nil)
	require.NoError(c.T, err)
	value, _ = points(e)
	c.NearOutput("nps_unweighted", value)
}

func postStratification(c *refcase.Case) {
	s, column := clustered(c.T)
	fitted, err := s.PostStratify(c.Context(), survey.Margin{Name: "type", Keys: column("stype"), Totals: map[string]float64{"E": 4421, "H": 755, "M": 1018}})
	require.NoError(c.T, err)
	assert.Equal(c.T, survey.CalibrationConverged, fitted.Status)
	e, err := fitted.Sample.Estimate(c.Context(), nil)
	require.NoError(c.T, err)
	value, stdErr := points(e)
	c.NearOutput("nps", value)
	c.NearOutput("se", stdErr)
}

func raking(c *refcase.Case) {
	s, column := clustered(c.T)
	s.Measure = survey.MeasureDef{Key: "points", Metric: survey.MetricMean, Scale: cxmodel.Scale{Min: 200, Max: 1000}}
	s.Scores = numbers(c.T, column("api00"))
	fitted, err := s.Rake(c.Context(), []survey.Margin{
		{Name: "type", Keys: column("stype"), Totals: map[string]float64{"E": 4421, "H": 755, "M": 1018}},
		{Name: "school-wide", Keys: column("sch.wide"), Totals: map[string]float64{"No": 1072, "Yes": 5122}},
	}, nil)
	require.NoError(c.T, err)
	assert.Equal(c.T, survey.CalibrationConverged, fitted.Status)
	e, err := fitted.Sample.Estimate(c.Context(), nil)
	require.NoError(c.T, err)
	c.NearOutput("mean_api00", e.Estimate.Value)
	c.NearOutput("se", e.Estimate.StdErr)
	total, err := fitted.Sample.TotalOf(c.Context(), numbers(c.T, column("enroll")), nil)
	require.NoError(c.T, err)
	c.NearOutput("total_enroll", total.Value)
	c.NearOutput("se_total", total.StdErr)
}

// weightsAreNoFrequencies: the standard error of statsmodels' DescrStatsW takes them for such; the case gives the
// linearised one beside it.
func weightsAreNoFrequencies(c *refcase.Case) {
	var in struct{ X, W []float64 }
	require.NoError(c.T, json.Unmarshal(c.Input, &in))
	s := &survey.Sample{Measure: npsOf, Weights: in.W}
	for _, x := range in.X {
		s.Scores = append(s.Scores, 8+2*x) // 6, 8 or 10
	}
	e, err := s.Estimate(c.Context(), nil)
	require.NoError(c.T, err)
	value, stdErr := points(e)
	c.NearOutput("mean", value)
	c.NearOutput("taylor_se_wr", stdErr)
	c.NearOutput("kish_neff", e.KishN)
	c.NearOutput("var_ddof0", e.Estimate.EffectiveN*stdErr*stdErr)
}

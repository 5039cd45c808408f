package survey_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// throughJSON returns what is read of the JSON of a cube, which gives the same bytes again.
func throughJSON(t require.TestingT, c *survey.Cube) *survey.Cube {
	b, err := json.Marshal(c)
	require.NoError(t, err)
	again := new(survey.Cube)
	require.NoError(t, json.Unmarshal(b, again))
	twice, err := json.Marshal(again)
	require.NoError(t, err)
	require.Equal(t, string(b), string(twice))
	return again
}

func plainCube(t *testing.T, opts *survey.CubeOptions) *survey.Cube {
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, opts)
	require.NoError(t, err)
	return cube
}

// The bytes are those of the doc comment of CubeOptions and Count, written by hand.
func TestACubeIsAnObjectWithKebabCaseNames(t *testing.T) {
	scale := cxmodel.Scale{Min: 1, Max: 3}
	cube, err := survey.NewCube([]survey.MeasureDef{{
		Key: "nps", Metric: survey.MetricNPS, Level: survey.LevelTransaction, Question: "Would you?", Scale: scale,
		Bands: metrics.Bands{Scale: scale, Passive: 2, Promoter: 3}, Invitations: true,
	}}, &survey.CubeOptions{Every: survey.EveryWeek, Weighted: true, SkipUnknown: true, MaxCells: 9})
	require.NoError(t, err)
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	for _, a := range []survey.Answer{
		{Measure: "nps", Touchpoint: "shop", Segment: "gold", Time: day, Score: 3, Weight: 2.5, Status: survey.StatusPartial},
		{Measure: "nps", Score: 1.5},
		{Measure: "nps", Score: 4},
		{Measure: "nps", Score: math.NaN()},
		{Measure: "other", Score: 3},
	} {
		require.NoError(t, cube.Add(a))
	}
	for status, n := range map[survey.Status]int{survey.StatusDismissed: 2, survey.StatusInvited: 3, survey.StatusBounced: 4, survey.StatusExcluded: 5} {
		require.NoError(t, cube.AddN(survey.Answer{Measure: "nps", Score: math.NaN(), Status: status}, n))
	}
	b, err := json.Marshal(*cube) // not addressable
	require.NoError(t, err)
	assert.Equal(t, `{"format":"cxmodel-cube/1","every":"week","location":"UTC","max-cells":9,"skip-unknown":true,"weighted":true,"skipped":1,`+
		`"measures":[{"key":"nps","metric":"nps","level":"transaction","question":"Would you?","scale":{"min":1,"max":3},`+
		`"bands":{"scale":{"min":1,"max":3},"passive":2,"promoter":3},"invitations":true}],`+
		`"cells":[{"measure":"nps","points":[0,0,0],"fractions":[{"score":1.5,"n":1}],"missing":1,"off-scale":1,"dismissed":2,"invited":3,"bounced":4,"excluded":5},`+
		`{"measure":"nps","touchpoint":"shop","segment":"gold","period":"2026-W45","weight":2.5,"points":[0,0,1],"partial":1}]}`, string(b))
	requireEqual(t, cube, throughJSON(t, cube))
}

// What was counted by weight and status is taken away again, by weight and status.
func TestEraseAfterARestart(t *testing.T) {
	cube := plainCube(t, &survey.CubeOptions{Weighted: true})
	anna := []survey.Answer{
		{Measure: "nps", Score: 9, Weight: 3, Customer: "anna", Status: survey.StatusPartial},
		{Measure: "nps", Score: math.NaN(), Weight: 2, Customer: "anna", Status: survey.StatusInvited},
		{Measure: "nps", Score: 4.5, Weight: .1, Customer: "anna"},
	}
	require.NoError(t, cube.Add(survey.Answer{Measure: "nps", Score: 9}))
	before := slices.Collect(throughJSON(t, cube).Cells())
	addEach(t, cube, anna)
	again := throughJSON(t, cube)
	n, err := again.Erase(t.Context(), stream(anna, nil), "anna")
	require.NoError(t, err)
	assert.Equal(t, 3, n)
	assert.Equal(t, before, slices.Collect(again.Cells()))
	require.ErrorIs(t, again.Sub(cube), survey.ErrNegative)
}

func TestALocationIsTheSameAfterwards(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, loc := range []*time.Location{
		nil, time.UTC, berlin, time.FixedZone("Berlin", 3600), time.FixedZone("UTC", -3600), time.FixedZone("", 90), time.FixedZone("Local", 60),
	} {
		cube := plainCube(t, &survey.CubeOptions{Every: survey.EveryDay, Location: loc})
		late := survey.Answer{Measure: "nps", Score: 9, Time: time.Date(2026, 7, 1, 22, 59, 0, 0, time.UTC)}
		require.NoError(t, cube.Add(late))
		again := throughJSON(t, cube)
		require.NoError(t, cube.Add(late))
		require.NoError(t, again.Add(late))
		requireEqual(t, cube, again)
		require.NoError(t, again.Sub(cube), "%v", loc)
	}
}

func TestWhatWouldMeanAnotherCubeIsNotWritten(t *testing.T) {
	for name, opts := range map[string]*survey.CubeOptions{
		"an offset of two days": {Every: survey.EveryDay, Location: time.FixedZone("far", 48*3600)},
		"a name that is none":   {Every: survey.EveryDay, Location: time.FixedZone("\xff", 3600)},
	} {
		_, err := json.Marshal(plainCube(t, opts))
		require.ErrorIs(t, err, survey.ErrOption, name)
	}
	_, err := json.Marshal(plainCube(t, &survey.CubeOptions{Location: time.FixedZone("far", 48*3600)}))
	require.NoError(t, err, "without periods the location is of no use")
	cube, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS, Question: "\xff"}}, nil)
	require.NoError(t, err)
	_, err = json.Marshal(cube)
	require.ErrorIs(t, err, survey.ErrOption)
	_, err = json.Marshal(new(survey.Cube))
	require.ErrorIs(t, err, survey.ErrShape)
}

func TestNullAndErrorsLeaveTheCubeAlone(t *testing.T) {
	cube := plainCube(t, nil)
	require.NoError(t, cube.Add(survey.Answer{Measure: "nps", Score: 9}))
	require.NoError(t, json.Unmarshal([]byte("null"), cube))
	require.Error(t, json.Unmarshal([]byte("{}"), cube))
	assert.Equal(t, 1, cube.Len())
}

func TestADamagedCubeIsRefusedWithItsPlace(t *testing.T) {
	const (
		head    = `{"format":"cxmodel-cube/1",`
		measure = `"measures":[{"key":"nps","metric":"stars"}]`
		points  = `"points":[0,0,0,0,1]`
	)
	cells := func(options string, cells ...string) string {
		return head + options + measure + `,"cells":[` + strings.Join(cells, ",") + `]}`
	}
	whole := `{"measure":"nps",` + points + `}`
	require.NoError(t, json.Unmarshal([]byte(cells("", whole)), new(survey.Cube)))
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"no format":              {`{` + measure + `}`, survey.ErrFormat, `the format is ""; this library reads "cxmodel-cube/1"`},
		"a later format":         {`{"format":"cxmodel-cube/2","new":1}`, survey.ErrFormat, `"cxmodel-cube/2"`},
		"a model":                {`{"format":"cxmodel/1"}`, survey.ErrFormat, `"cxmodel/1"`},
		"not an object":          {`[]`, survey.ErrFormat, "array"},
		"an unknown field":       {head + `"cels":[]}`, survey.ErrFormat, `"cels"`},
		"an unknown field below": {cells("", `{"measure":"nps","note":"",`+points+`}`), survey.ErrFormat, `"note"`},
		"an unknown period":      {cells(`"every":"fortnight",`), survey.ErrFormat, `"fortnight"`},
		"an unknown dimension":   {cells(`"rolled-up":["channel"],`), survey.ErrFormat, `"channel"`},
		"skipped below none":     {cells(`"skipped":-1,`), survey.ErrFormat, "-1"},
		"an unusable measure":    {head + `"measures":[{"key":"nps","metric":"nps2"}],"cells":[]}`, survey.ErrMeasure, `"nps2"`},
		"a measure twice":        {head + `"measures":[{"key":"a","metric":"nps"},{"key":"a","metric":"nps"}]}`, survey.ErrMeasure, "twice"},
		"a location unknown":     {cells(`"every":"day","location":"Nowhere/At-All",`), survey.ErrOption, `"Nowhere/At-All"`},
		"a location of the host": {cells(`"every":"day","location":"Local",`), survey.ErrOption, "elsewhere"},
		"an offset of two days":  {cells(`"every":"day","location":"far","utc-offset":172800,`), survey.ErrOption, "172800"},
		"the least offset":       {cells(`"every":"day","utc-offset":-9223372036854775808,`), survey.ErrOption, "day"},
		"cells below none":       {cells(`"max-cells":-1,`), survey.ErrOption, "-1"},
		"too many cells":         {cells(`"max-cells":1,`, whole, `{"measure":"nps","segment":"gold",`+points+`}`), cxmodel.ErrLimit, "cell 1 of"},
		"too many fractions":     {cells(`"max-cells":1,`, `{"measure":"nps","fractions":[{"score":1.5,"n":1}],`+points+`}`), cxmodel.ErrLimit, "cell 0 of"},
		"a measure not defined":  {cells("", `{"measure":"npss",`+points+`}`), survey.ErrUnknownMeasure, `did you mean "nps"`},
		"another period":         {cells(`"every":"week",`, `{"measure":"nps","period":"2026-01",`+points+`}`), survey.ErrShape, "2026-01"},
		"a period that is none":  {cells(`"every":"week",`, `{"measure":"nps","period":"2026-W54",`+points+`}`), survey.ErrFormat, "2026-W54"},
		"a touchpoint no key":    {cells("", `{"measure":"nps","touchpoint":"A B",`+points+`}`), survey.ErrAnswer, `"A B"`},
		"a segment rolled up":    {cells(`"rolled-up":["segment"],`, `{"measure":"nps","segment":"gold",`+points+`}`), survey.ErrShape, "rolled up"},
		"a cell twice":           {cells("", whole, whole), survey.ErrFormat, "cell 1 of the saved cube"},
		"a cell without points":  {cells("", `{"measure":"nps","missing":1}`), survey.ErrFormat, "0 counts for the 5 points"},
		"a cell too long":        {cells("", `{"measure":"nps","points":[1,1,1,1,1,1]}`), survey.ErrFormat, "6 counts for the 5 points"},
		"an empty cell":          {cells("", `{"measure":"nps","points":[0,0,0,0,0]}`), survey.ErrFormat, "holds nothing"},
		"a negative count":       {cells("", `{"measure":"nps","points":[0,0,0,0,-1]}`), survey.ErrFormat, "-1"},
		"a count too large":      {cells("", `{"measure":"nps","points":[0,0,0,0,4294967296]}`), survey.ErrFormat, "4294967296"},
		"half an answer":         {cells("", `{"measure":"nps","points":[0,0,0,0,0.5]}`), survey.ErrFormat, "0.5"},
		"a weight, not weighted": {cells("", `{"measure":"nps","weight":2,`+points+`}`), survey.ErrWeighted, "2"},
		"a negative weight":      {cells(`"weighted":true,`, `{"measure":"nps","weight":-2,`+points+`}`), survey.ErrAnswer, "-2"},
		"weights by and ignored": {cells(`"weighted":true,"ignore-weights":true,`), survey.ErrOption, "ignored"},
		"a whole fraction":       {cells("", `{"measure":"nps","fractions":[{"score":2,"n":1}],`+points+`}`), survey.ErrFormat, "between two points"},
		"a fraction off scale":   {cells("", `{"measure":"nps","fractions":[{"score":5.5,"n":1}],`+points+`}`), survey.ErrFormat, "5.5"},
		"a fraction twice":       {cells("", `{"measure":"nps","fractions":[{"score":1.5,"n":1},{"score":1.5,"n":1}],`+points+`}`), survey.ErrFormat, "ascend"},
		"a fraction of nobody":   {cells("", `{"measure":"nps","fractions":[{"score":1.5,"n":0}],`+points+`}`), survey.ErrFormat, "0 answers of 1.5"},
	} {
		err := json.Unmarshal([]byte(c.text), new(survey.Cube))
		require.ErrorIs(t, err, c.want, name)
		assert.Contains(t, err.Error(), c.says, name)
	}
	require.ErrorIs(t, new(survey.Cube).UnmarshalJSON([]byte(cells("", whole)+" 1")), survey.ErrFormat)
}

// FuzzCubeJSON: no text makes the reader panic, and what it takes is written and read again as it is.
func FuzzCubeJSON(f *testing.F) {
	f.Add([]byte(`{"format":"cxmodel-cube/1","every":"week","location":"CET","utc-offset":3600,"weighted":true,"skipped":1,"rolled-up":["segment"],` +
		`"measures":[{"key":"nps","metric":"stars"}],"cells":[{"measure":"nps","touchpoint":"a","period":"2026-W45","weight":2.5,"points":[0,0,0,0,1],` +
		`"fractions":[{"score":1.5,"n":1}],"missing":1,"off-scale":1,"partial":3,"invited":4}]}`))
	f.Add([]byte(`{"format":"cxmodel-cube/1","every":"day","location":"Europe/Berlin","measures":[{"key":"c","metric":"csat","scale":{"min":1,"max":5}}],"cells":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := new(survey.Cube)
		if c.UnmarshalJSON(data) != nil {
			assert.Zero(t, c.Len())
			return
		}
		again := throughJSON(t, c)
		requireEqual(t, c, again)
		require.NoError(t, again.Sub(c))
		assert.Empty(t, slices.Collect(again.Cells()))
	})
}

func ExampleCube_MarshalJSON() {
	today, err := survey.NewCube([]survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}, &survey.CubeOptions{Every: survey.EveryDay})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, score := range []float64{10, 9, 7} {
		err := today.Add(survey.Answer{Measure: "nps", Touchpoint: "checkout", Time: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC), Score: score})
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	kept, err := json.Marshal(today) // for a file or a column
	if err != nil {
		fmt.Println(err)
		return
	}

	var restarted survey.Cube
	if err := json.Unmarshal(kept, &restarted); err != nil {
		fmt.Println(err)
		return
	}
	for cell := range restarted.Cells() {
		nps, err := cell.Estimate(nil)
		fmt.Println(cell.Touchpoint, cell.Period, nps, err)
	}
	// Output: checkout 2026-11-02 NPS +67 (95 % CI -27..+94, n=3, score); fewer than 5 answers, collect more before acting on it <nil>
}

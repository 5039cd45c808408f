package main

import (
	_ "embed"
	htmlpage "html/template"
	"io"
	"math"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/clv"
	"github.com/cxmodel/cxmodel/metrics/clv/clvsvg"
)

//go:embed templates/value.html
var valuePage string

// page writes the valuation as one HTML page that needs nothing but itself.
func (v *valuation) page(w io.Writer) error {
	t, err := htmlpage.New("value").Parse(valuePage)
	if err != nil {
		return err
	}
	var pictures strings.Builder
	if err := v.pictures(&pictures); err != nil {
		return err
	}
	type section struct {
		Title string
		Head  []string
		Rows  [][]string
	}
	models, holdout, best := v.tables()
	data := struct {
		Overview, Notes []string
		Sections        []section
		Pictures        htmlpage.HTML
	}{
		Overview: strings.Split(strings.TrimSpace(v.Overview.String()), "\n"),
		Notes:    append([]string{v.sums() + "."}, v.legend()...),
		Sections: []section{{"Most valuable customers, next " + v.horizon + " (" + v.Forecast.Model + ")", best.head, best.rows}},
		Pictures: htmlpage.HTML(pictures.String()), // drawn by this library, which escapes text
	}
	if len(v.Holdout) > 0 {
		data.Sections = append(data.Sections, section{"After the models' last day: actual and expected", holdout.head, holdout.rows})
	}
	data.Sections = append(data.Sections, section{"Models of buying and leaving, the likeliest first", models.head, models.rows})
	return t.Execute(w, data)
}

// valuePictures draws the tracking curve by week and the map of who is still a customer.
func valuePictures[M clv.Model](w io.Writer, fit *clv.Fit[M], s *clv.Summary, holdout cxmodel.Date) error {
	rows, err := clv.Track(fit, s, 7)
	if err != nil {
		return err
	}
	end := cxmodel.Date{}
	if !holdout.IsZero() {
		end = holdout.AddDays(-1)
	}
	if len(rows) > 0 {
		if err := clvsvg.Tracking(w, rows, end, false, &clvsvg.Options{ID: "tracking"}); err != nil {
			return err
		}
	}
	age, most := 0., 1
	for _, c := range s.Customers {
		age, most = math.Max(age, c.Age), max(most, c.Frequency)
	}
	return clvsvg.HeatMap(w, fit.Model, clvsvg.Map{Age: age, Most: min(most, 20)}, &clvsvg.Options{ID: "alive"})
}

package survey_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// A service takes answers by POST and gives the score of a segment by GET.
type service struct {
	mu   sync.RWMutex
	cube *survey.Cube
}

var asked = []survey.MeasureDef{{Key: "nps", Metric: survey.MetricNPS}}

// take counts a body in a cube of its own, so that one that breaks off counts nothing, and merges that.
func (s *service) take(w http.ResponseWriter, r *http.Request) {
	body, err := survey.NewCube(asked, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	reader := survey.NewReader(http.MaxBytesReader(w, r.Body, 1<<20), nil)
	if err := body.AddReader(r.Context(), reader); err != nil {
		status := http.StatusBadRequest // whatever is wrong with the body, its reading included
		if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, err.Error(), status)
		return
	}
	s.mu.Lock()
	err = s.cube.Merge(body)
	s.mu.Unlock()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	issues, rejected := reader.Rejected()
	_ = json.NewEncoder(w).Encode(map[string]any{"rows": reader.Rows(), "rejected": rejected, "issues": issues})
}

// give writes an estimate. Without answers that is an estimate too: its numbers are null, and its counts say why.
func (s *service) give(w http.ResponseWriter, r *http.Request) {
	segment, err := cxmodel.ParseKey(r.URL.Query().Get("segment"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.mu.RLock()
	slice, err := s.cube.Slice(survey.Filter{Segments: []cxmodel.Key{segment}})
	s.mu.RUnlock()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	count, err := slice.Total("nps")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	nps, err := count.Estimate(nil)
	if err != nil && !errors.Is(err, metrics.ErrNoData) && !errors.Is(err, metrics.ErrOffScale) {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(nps)
}

// A service: answers come in by POST, CSV or JSON, from many clients at once, and estimates go out as JSON.
func Example_service() {
	cube, err := survey.NewCube(asked, nil)
	if err != nil {
		log.Fatal(err)
	}
	s := &service{cube: cube}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /answers", s.take)
	mux.HandleFunc("GET /nps", s.give)

	for _, body := range []string{
		"measure,segment,score\nnps,gold,9\nnps,gold,ten\nnps,gold,3\n",
		`[{"measure": "nps", "segment": "gold", "score": 10}, {"measure": "nps", "segment": "gold", "score": null}]`,
		"measure,score\nnps,\"9\n",
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/answers", strings.NewReader(body)))
		fmt.Print(w.Code, " ", w.Body)
	}
	for _, segment := range []string{"gold", "silver"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/nps?segment="+segment, nil))
		var e metrics.Estimate // a client reads it back
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
			log.Fatal(err)
		}
		fmt.Println(w.Code, segment, e)
	}
	// Output:
	// 200 {"issues":[{"pos":{"line":3},"code":"bad-score","severity":"warning","message":"column \"score\": \"ten\" is not a number; name what it means in the Words of the column, or in Missing"}],"rejected":1,"rows":3}
	// 200 {"issues":null,"rejected":0,"rows":2}
	// 400 survey: the rest of the file is inside one field: 2:5: the quote that opens here is never closed
	// 200 gold NPS +33 (95 % CI -58..+88, n=3, 1 missing, score); fewer than 5 answers, collect more before acting on it
	// 200 silver NPS not available (n=0)
}

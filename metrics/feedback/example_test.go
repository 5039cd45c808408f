package feedback_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/feedback"
	"github.com/cxmodel/cxmodel/metrics/survival"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// closedAfter makes loops of customers who were told back after so many days; 0 is still open.
func closedAfter(days ...int) []*feedback.Loop {
	var loops []*feedback.Loop
	for i, d := range days {
		l := must(feedback.Open(feedback.Feedback{ID: fmt.Sprintf("f-%d", i+1), Customer: fmt.Sprint(i % 3), Received: monday, Touchpoint: "checkout"}))
		if d > 0 {
			at := monday.AddDate(0, 0, d)
			for _, m := range []feedback.Move{
				{To: feedback.Assigned, At: monday, Team: "care"}, {To: feedback.Resolved, At: at}, {To: feedback.ToldBack, At: at},
			} {
				if err := l.Move(m); err != nil {
					panic(err)
				}
			}
		}
		loops = append(loops, l)
	}
	return loops
}

func ExampleOpen() {
	l, err := feedback.Open(feedback.Feedback{ID: "f-1", Received: monday, Verbatim: "Waited forty minutes."})
	fmt.Println(l.State(), l.State().Next(), err)
	_, err = feedback.Open(feedback.Feedback{Verbatim: "Too slow."})
	fmt.Println(err)
	// Output:
	// received [acknowledged assigned resolved] <nil>
	// feedback: unusable feedback: it has no ID
}

func ExampleLoop() {
	l, err := feedback.Open(feedback.Feedback{
		ID: "f-1", Customer: "anna", Received: monday, Source: feedback.SourceReview, Verbatim: "Waited forty minutes.",
		Touchpoint: "order", Segment: "families", Themes: []cxmodel.Key{"waiting"}, Score: new(2.0),
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Move(feedback.Move{To: feedback.Assigned, At: monday.Add(time.Hour), Team: "kitchen"}))
	err = l.Move(feedback.Move{To: feedback.ToldBack, At: monday.Add(2 * time.Hour)})
	fmt.Println(err, errors.Is(err, feedback.ErrMove))
	fmt.Println(l.State(), l.Team(), l.StateAt(monday))
	// Output:
	// <nil>
	// feedback: move not allowed: "f-1" is assigned and cannot become "told-back"; it can become acknowledged, assigned, resolved true
	// assigned kitchen received
}

// A loop lives in a column as JSON, and is held to its rules when it is read.
func ExampleReplay() {
	l, err := feedback.Replay(feedback.Feedback{ID: "f-1", Received: monday}, []feedback.Move{{To: feedback.Resolved, At: monday.Add(time.Hour), By: "kim"}})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(must(json.Marshal(l))))
	// Output: {"feedback":{"id":"f-1","received":"2026-03-02T09:00:00Z"},"moves":[{"to":"resolved","at":"2026-03-02T10:00:00Z","by":"kim"}]}
}

func ExampleCloseRate() {
	e, err := feedback.CloseRate(closedAfter(1, 2, 2, 5, 0), monday.AddDate(0, 0, 4), nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: close rate 60.0 % (95 % CI 23.1..88.2 %, n=5, Wilson)
}

func ExampleCloseRateWithin() {
	e, err := feedback.CloseRateWithin(closedAfter(1, 2, 2, 5, 0), 48*time.Hour, monday.AddDate(0, 0, 10), nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(e)
	// Output: close rate within 2 days 60.0 % (95 % CI 23.1..88.2 %, n=5, Wilson)
}

func ExampleTimeToClose() {
	subjects, err := feedback.TimeToClose(closedAfter(1, 2, 2, 5, 0, 8, 3), monday.AddDate(0, 0, 6), 24*time.Hour)
	if err != nil {
		panic(err)
	}
	curve := must(survival.KaplanMeier(subjects, &survival.Options{Unit: "days"}))
	fmt.Println(must(curve.Median()).Value, "days")
	// Output: 3 days
}

func ExampleTimeTo() {
	subjects, err := feedback.TimeTo(feedback.Assigned, closedAfter(1, 2, 0), monday.AddDate(0, 0, 6), time.Hour)
	if err != nil {
		panic(err)
	}
	fmt.Println(subjects)
	// Output: [{0 0 1} {0 0 1} {0 144 0}]
}

func ExampleRecurrence() {
	loops := closedAfter(1, 2, 2)
	again := must(feedback.Open(feedback.Feedback{ID: "again", Customer: "0", Received: monday.AddDate(0, 0, 9), Touchpoint: "checkout"}))
	e, err := feedback.Recurrence(append(loops, again), monday.AddDate(0, 3, 0), nil)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.3f of %d\n", e.Value, e.N)
	// Output: 0.333 of 3
}

func ExampleReach() {
	r, err := feedback.Reach(closedAfter(1, 2, 0, 0), monday.AddDate(0, 0, 9), nil)
	if err != nil {
		panic(err)
	}
	fmt.Println(r.Any.Value, r.Several.Value, r.Teams[0].Team)
	// Output: 0.5 0 care
}

func ExampleStates() {
	c, err := feedback.States(closedAfter(1, 2, 0, 0), monday.AddDate(0, 0, 1))
	if err != nil {
		panic(err)
	}
	fmt.Println(c[feedback.Received], c[feedback.Assigned], c[feedback.ToldBack], c.Total())
	// Output: 2 1 1 4
}

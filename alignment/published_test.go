package alignment_test

import (
	"testing"
	"testing/fstest"

	"os"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/alignment"
)

// The canvas is Airbnb's of 2019, retyped from its Form S-1 of 2020 (see package canvas). The journey is the guest's as
// Airbnb's own pages tell it: search, book, stay, review. Which item supports which stage is our reading, and nothing is
// judged, so the model stands on the rung of strengths.
func TestAPublishedCaseIsAssessedWithoutAnError(t *testing.T) {
	canvas, err := os.ReadFile("../canvas/testdata/airbnb.yaml")
	require.NoError(t, err)
	m, issues, err := alignment.Load(fstest.MapFS{
		"canvas.yaml": {Data: canvas},
		"model.yaml": {Data: []byte(`
format: cxmodel/1
name: A guest of Airbnb
canvas: canvas.yaml
journey:
  personas: [{key: guest, name: A travelling family, segment: guests}]
  stages:
    - {key: search, name: Search, kind: consideration, touchpoints: [{key: results, name: Search results, channel: site}, {key: listing, name: A home's page, channel: site}]}
    - {key: book, name: Book, kind: purchase, touchpoints: [{key: pay, name: Pay, channel: site, kind: payment}]}
    - {key: stay, name: Stay, kind: use, touchpoints: [{key: arrive, name: Arrive, channel: home}, {key: trouble, name: Something is wrong, kind: support, optional: true}]}
    - {key: review, name: Review, kind: evaluation, touchpoints: [{key: rate, name: Rate each other, channel: site, kind: review-request}]}
helps:
  platform: {results: strong, listing: medium}
  review-data: {listing: strong, rate: medium}
  stays: {arrive: strong}
  site: {results: medium, pay: strong}
  support: {trouble: strong}
  community: {rate: strong}
must-not-fail:
  payments: {pay: strong}
needs:
  - {item: payments, needs: processors, strength: strong}
`)}}, "model.yaml", nil)
	require.NoError(t, err)
	require.NoError(t, issues.Err())
	require.NoError(t, m.Validate().Err())
	a := assess(t, m, nil)
	assert.Equal(t, alignment.RungStrengths, a.Rung)
	assert.False(t, a.HasScore(), "nobody has judged how anything works")
	assert.InDelta(t, 1, a.Total.Design, 1e-12, "on paper every touchpoint has something strong")
	risks := map[string]float64{}
	for _, x := range a.NoStandIn() {
		risks[string(x.Item.Key)] = x.Points
	}
	assert.InDelta(t, .25, risks["processors"], 1e-12, "a partner behind the payment can stop a quarter of the journey")
}

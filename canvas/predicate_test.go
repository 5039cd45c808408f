package canvas_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/canvas"
)

// Frequent, occasional and new shoppers, told apart by what they do, who they are and what they think.
const shoppers = `
segments:
  - key: frequent
    name: Frequent shoppers
    size: 1200
    predicates:
      - {basis: behavioural, attribute: orders, at-least: 4, unit: a year}
      - {basis: psychographic, attribute: attitude, not-in: [thrifty]}
      - likes to be known by name
  - key: occasional
    name: Occasional shoppers
    predicates: [{basis: behavioural, attribute: orders, at-least: 1, below: 4}]
  - key: young
    name: Young shoppers
    predicates: [{basis: demographic, attribute: age-group, in: [18-24, 25-34]}]
  - {key: all, name: Everybody, predicates: [comes by]}
`

func TestPredicatesSayWhoBelongsToASegment(t *testing.T) {
	c := decode(t, shoppers)
	assert.Empty(t, c.Validate())
	customer := func(pairs ...string) func(string) (string, bool) {
		return func(name string) (string, bool) {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1], true
				}
			}
			return "", false
		}
	}
	frequent, occasional, young, all := c.Segments[0], c.Segments[1], c.Segments[2], c.Segments[3]
	assert.True(t, frequent.Includes(customer("orders", "4", "attitude", "curious")), "the lower bound belongs to the range")
	assert.False(t, frequent.Includes(customer("orders", "4", "attitude", "thrifty")))
	assert.False(t, frequent.Includes(customer("orders", "4")), "a condition on what is not known does not hold")
	assert.False(t, frequent.Includes(customer("orders", "many", "attitude", "curious")))
	assert.False(t, frequent.Includes(customer("orders", "NaN", "attitude", "curious")))
	assert.True(t, occasional.Includes(customer("orders", "3.9")))
	assert.False(t, occasional.Includes(customer("orders", "4")), "the upper bound does not, so that ranges tile")
	assert.True(t, young.Includes(customer("age-group", "25-34")))
	assert.False(t, young.Includes(customer("age-group", "35-44")))
	assert.False(t, all.Includes(customer("orders", "4")), "words alone include nobody")
	assert.True(t, all.Predicates[0].Holds("4"), "but exclude nobody either")
	assert.False(t, canvas.Predicate{Attribute: "age"}.Computable())
}

func TestAPredicateWithoutAttributeHoldsForEverybody(t *testing.T) {
	assert.True(t, canvas.Predicate{In: []string{"thrifty"}}.Holds("curious"), "there is nothing to compare")
	assert.False(t, canvas.Predicate{Attribute: "attitude", In: []string{"thrifty"}}.Holds("curious"))
	for _, word := range []string{"inf", "NaN", "Infinity", "many"} { // words, whatever ParseFloat says
		assert.False(t, canvas.Predicate{Attribute: "orders", AtLeast: new(1.)}.Holds(word), word)
	}
}

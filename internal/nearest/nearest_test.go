package nearest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/cxmodel/cxmodel/internal/nearest"
)

func TestWordOffersWhatWasMeant(t *testing.T) {
	known := []string{"score", "measure", "touchpoint", "Question 1", "order-date", strings.Repeat("y", 100)}
	for word, want := range map[string]string{
		"scroe": "score", "Qustion 1": "Question 1", "question_1": "Question 1", "touchpoints": "touchpoint",
		"order date": "order-date", "Order_Date": "order-date", "weight": "", "": "",
		strings.Repeat("x", 100): "", strings.Repeat("y", 99): "",
	} {
		assert.Equal(t, want, nearest.Word(word, known), word)
	}
}

func TestWordsWithoutACommonLetterAreNotOffered(t *testing.T) {
	assert.Empty(t, nearest.Word("a", []string{"b", "cd"}))
	assert.Equal(t, "ab", nearest.Word("ba", []string{"cd", "ab"}), "a swap of neighbours is one slip")
	assert.Equal(t, "bat", nearest.Word("cat", []string{"bat", "hat"}), "the first of several")
}

func TestAnotherWordIsNotOffered(t *testing.T) {
	assert.Empty(t, nearest.Word("ces", []string{"csat", "nps"}))
	assert.Equal(t, "nps", nearest.Word("npz", []string{"csat", "nps"}), "one slip")
	assert.Equal(t, "month", nearest.Word("Monat", []string{"month", "year"}))
}

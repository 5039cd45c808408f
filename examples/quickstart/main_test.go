package main

import (
	"bytes"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAModelWithAnswersAndOrdersFitsTheScreen(t *testing.T) {
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	answers := file("answers.csv", "measure,touchpoint,score\ncheckout-csat,payment,5\ncheckout-csat,payment,9\ncheckout-csat,payment,often\nnps,,9\nnps,,3\nother,,1\n")
	orders := file("orders.csv", "customer,time,amount,currency\na,2026-01-01,10,EUR\na,2026-02-01,14,EUR\nb,2026-02-01,12,EUR\nb,soon,1,EUR\n")
	var out, notes bytes.Buffer
	log.SetOutput(&notes)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	require.NoError(t, run(t.Context(), &out, "../models/shop.yaml", answers, orders))
	for line := range strings.Lines(out.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 80, line)
	}
	for _, want := range []string{"Answers (rejected: 1; to questions that the model does not ask: 1)", "- checkout-csat at payment: CSAT 100.0 %", "n=1, 1 off\n  scale",
		"Works today", "Orders (rejected: 1)", "3 orders of 2 customers"} {
		assert.Contains(t, out.String(), want)
	}
	assert.Contains(t, notes.String(), answers+":4: ")
	assert.Contains(t, notes.String(), orders+":5: ")
	out.Reset()
	require.NoError(t, run(t.Context(), &out, "", "", ""))
	assert.Contains(t, out.String(), "Restaurant\n")
	assert.Error(t, run(t.Context(), &out, "../models/none.yaml", "", ""))
}

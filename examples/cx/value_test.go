package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// cdnow writes CDNOW's purchases as a CSV file of orders.
func cdnow(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CXMODEL_DATA")
	if dir == "" {
		t.Skip("CXMODEL_DATA is not set: CDNOW's purchases are not part of the repository")
	}
	b, err := os.ReadFile(filepath.Join(dir, "clv", "CDNOW_sample.txt"))
	require.NoError(t, err)
	var out strings.Builder
	out.WriteString("customer,time,amount,currency\n")
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		fmt.Fprintf(&out, "%s,%s,%s,USD\n", f[0], f[2], f[4])
	}
	return write(t, "orders.csv", out.String())
}

// On the calibration of 39 weeks the log-likelihoods are -9582.14 (MBG/NBD), -9582.43 (BG/NBD) and -9594.98 (Pareto/NBD),
// and MBG/NBD expects 1576.7 orders in the next 39 weeks (Fader, Hardie and Lee 2005; recomputed to 50 digits). The
// actual means by frequency 0, 1 and 2 are .2367, .6970 and 1.3925 (BTYD's vignette).
func TestValueSaysWhatCustomersAreWorth(t *testing.T) {
	orders := cdnow(t)
	text := must(t, "value", "-holdout", "1997-10-01", "-horizon", "39", orders)
	for _, want := range []string{"6919 orders of 2357 customers", "MBG/NBD           -9582.14", "BG/NBD            -9582.43", "Pareto/NBD        -9594.98",
		"1577 orders expected within 39 weeks", "0.24", "0.70", "1.39"} {
		assert.Contains(t, text, want)
	}
	for line := range strings.Lines(text) {
		assert.LessOrEqual(t, len([]rune(strings.TrimRight(line, "\n"))), 80, line)
	}

	page := filepath.Join(t.TempDir(), "value.html")
	must(t, "value", "-margin", "0.3", "-discount", "0.1", "-o", page, orders)
	b, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(b), "<svg"))
	assert.Contains(t, string(b), "customer lifetime value")
	assert.NotContains(t, string(b), "<script")

	var v struct {
		Best []struct {
			Customer struct {
				CLV float64 `json:"clv"`
			}
			Orders struct{ Low, Value, High float64 }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(must(t, "value", "-margin", "0.3", "-discount", "0.9", "-top", "300", "-format", "json", orders)), &v))
	require.Len(t, v.Best, 300)
	for i := range v.Best[1:] {
		assert.GreaterOrEqual(t, v.Best[i].Customer.CLV, v.Best[i+1].Customer.CLV, i)
	}
	assert.Less(t, v.Best[0].Orders.Low, v.Best[0].Orders.Value)
	assert.Equal(t, 2358, strings.Count(must(t, "value", "-format", "csv", orders), "\n"))
}

func TestValueReadsFilesOfOtherHeadings(t *testing.T) {
	var b strings.Builder
	b.WriteString("Kunde;Datum;Betrag\n")
	for i := range 40 { // every second customer comes back, the later the higher the number
		fmt.Fprintf(&b, "k%d;%02d.01.2026;%d,50\n", i, 1+i%28, 10+i)
		for n := range i % 4 {
			fmt.Fprintf(&b, "k%d;%02d.%02d.2026;%d,25\n", i, 1+(i*7)%28, 3+2*n, 12+i%9)
		}
	}
	orders := write(t, "orders.csv", b.String())
	text := must(t, "value", "-column", "Kunde=customer", "-column", "Datum=time", "-column", "Betrag=amount", "-dates", "dd.mm.yyyy", "-decimal", "comma", "-currency", "EUR", orders)
	assert.Contains(t, text, "100 orders of 40 customers, 2026-01-01") // 40 + (0 + 1 + 2 + 3) × 10
	assert.Contains(t, text, "boundary: these orders do not determine all of the model.", "what the status means")
	status, _, stderr := cx(t, "", "value", "-column", "Kunde=client", orders)
	assert.Equal(t, statusUsage, status)
	assert.Contains(t, stderr, "customer, time, amount or currency")
}

func TestValueRefusesWhatItCannotForecast(t *testing.T) {
	once := write(t, "once.csv", "customer,time,amount,currency\na,2026-01-01,10,EUR\nb,2026-02-01,12,EUR\n")
	status, stdout, stderr := cx(t, "", "value", once)
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stdout, "2 orders of 2 customers", "what the orders show is shown all the same")
	assert.NotEmpty(t, stderr, "nobody came back: there is nothing to fit")
	status, _, stderr = cx(t, "", "value", write(t, "x.csv", "customer,amount\na,1\n"))
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, "time")
	for _, args := range [][]string{{"-horizon", "0"}, {"-margin", "2"}, {"-discount", "-1"}, {"-format", "pdf"}, {"-holdout", "soon"}} {
		status, _, stderr = cx(t, "", append(append([]string{"value"}, args...), once)...)
		if args[0] != "-format" {
			assert.Equal(t, statusUsage, status, args)
		} else {
			assert.NotZero(t, status)
		}
		assert.NotEmpty(t, stderr)
	}
}

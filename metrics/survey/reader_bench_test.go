package survey_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/metrics/survey"
)

// writeWide writes a wide file: respondent, time, segment and nine questions, a tenth of them not answered.
func writeWide(w io.Writer, rows int) error {
	rng := rand.New(rand.NewPCG(3, 4))
	b := bufio.NewWriterSize(w, 1<<20)
	b.WriteString("respondent,time,segment,Q1,Q2,Q3,Q4,Q5,Q6,Q7,Q8,Q9\n")
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var line []byte
	for i := range rows {
		line = append(line[:0], "customer-"...)
		line = strconv.AppendInt(line, int64(i), 10)
		line = append(line, ',')
		line = start.Add(time.Duration(i)*31*time.Second).AppendFormat(line, time.RFC3339)
		line = append(line, ",segment-"...)
		line = strconv.AppendInt(line, int64(rng.IntN(20)), 10)
		for range 9 {
			line = append(line, ',')
			if rng.IntN(10) > 0 {
				line = strconv.AppendInt(line, int64(rng.IntN(11)), 10)
			}
		}
		b.Write(append(line, '\n'))
	}
	return b.Flush()
}

// wideColumns maps Q1 to Q9 to nine touchpoints.
func wideColumns() map[string]survey.Column {
	c := map[string]survey.Column{}
	for q := 1; q <= 9; q++ {
		c["Q"+strconv.Itoa(q)] = survey.Column{Measure: "nps", Touchpoint: cxmodel.Key("touchpoint-" + strconv.Itoa(q))}
	}
	return c
}

const wideRows = 1_000_000

var wideFile []byte

func wide(b *testing.B) []byte {
	if wideFile == nil {
		var buf bytes.Buffer
		require.NoError(b, writeWide(&buf, wideRows))
		wideFile = buf.Bytes()
	}
	return wideFile
}

// bareCSV is the plain work: encoding/csv with ReuseRecord, records thrown away.
func bareCSV(b *testing.B, data []byte) {
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAddReader reads and counts a million rows of twelve columns.
func BenchmarkAddReader(b *testing.B) {
	data := wide(b)
	versus(b, func() { bareCSV(b, data) }, func() {
		c := weekly(b)
		require.NoError(b, c.AddReader(context.Background(), survey.NewReader(bytes.NewReader(data), &survey.ReaderOptions{Columns: wideColumns()})))
	})
}

// BenchmarkAddAll does the same by way of an Answer for each of the nine million cells.
func BenchmarkAddAll(b *testing.B) {
	data := wide(b)
	versus(b, func() { bareCSV(b, data) }, func() {
		c := weekly(b)
		require.NoError(b, c.AddAll(context.Background(), survey.NewReader(bytes.NewReader(data), &survey.ReaderOptions{Columns: wideColumns()}).All()))
	})
}

// TestMemoryDoesNotGrowWithTheFile: all that reading and counting a file of 20 MB allocates, what is freed at once
// included, is the cells and the buffers.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const rows = 300_000
	name := filepath.Join(t.TempDir(), "wide.csv")
	f, err := os.Create(name)
	require.NoError(t, err)
	require.NoError(t, writeWide(f, rows))
	require.NoError(t, f.Close())
	f, err = os.Open(name)
	require.NoError(t, err)
	defer f.Close()

	c, err := survey.NewCube([]survey.MeasureDef{npsDef}, &survey.CubeOptions{Every: survey.EveryMonth})
	require.NoError(t, err)
	r := survey.NewReader(f, &survey.ReaderOptions{Columns: wideColumns()})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.NoError(t, c.AddReader(context.Background(), r))
	runtime.ReadMemStats(&after)
	require.Equal(t, rows, r.Rows())
	require.Equal(t, 4*20*9, c.Len()) // months, segments, questions
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(2<<20))
}

// TestMemoryOfACell: 26,000 cells of eleven points in at most 150 bytes each, the index and its slack included.
func TestMemoryOfACell(t *testing.T) {
	cols := grid(200_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	c := weekly(t)
	require.NoError(t, c.AddColumns(context.Background(), cols))
	runtime.GC()
	runtime.ReadMemStats(&after)
	require.InDelta(t, 26_000, c.Len(), 50)
	perCell := float64(after.HeapAlloc-before.HeapAlloc) / float64(c.Len())
	t.Logf("%.0f bytes a cell", perCell)
	require.Less(t, perCell, 150.)
	runtime.KeepAlive(c)
	runtime.KeepAlive(cols)
}

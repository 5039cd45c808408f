// Package golden compares what a test produces with files that were looked at by a person. The flag -update writes
// the files anew:
//
//	go test ./journey/journeysvg -update
package golden

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Check compares got with the file testdata/name of the package under test. The error says where they differ first; it
// is nil if they are the same, or were made so by -update.
func Check(name string, got []byte) error {
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		return os.WriteFile(path, got, 0o644)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("golden: %w; go test -update writes it", err)
	}
	if bytes.Equal(want, got) {
		return nil
	}
	wants, gots := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	at := 0
	for at < len(wants) && at < len(gots) && bytes.Equal(wants[at], gots[at]) {
		at++
	}
	from := 0 // where long lines begin to differ, and a little before
	if at < len(wants) && at < len(gots) {
		a, b := wants[at], gots[at]
		for from < len(a) && from < len(b) && a[from] == b[from] {
			from++
		}
		from = max(0, from-40)
	}
	line := func(lines [][]byte) string {
		if at >= len(lines) {
			return "nothing"
		}
		return fmt.Sprintf("%.200q", lines[at][from:])
	}
	return fmt.Errorf("golden: %s:%d has %s, the test gave %s; look at it, then go test -update", path, at+1, line(wants), line(gots))
}

package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// A progress counts what is read and, on a terminal and after a second, says how far it is. In pipes and files it is
// silent.
type progress struct {
	r          io.Reader
	w          io.Writer // nil: silent
	name       string
	read, size int64
	next       time.Time
	shown      bool
}

func (e *env) progress(r io.Reader, name string) *progress {
	p := &progress{r: r, name: name}
	if !isTerminal(e.stderr) {
		return p
	}
	p.w, p.next = e.stderr, time.Now().Add(time.Second)
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			p.size = info.Size()
		}
	}
	return p
}

// isTerminal reports whether w is a character device, which a pipe or a file is not.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (p *progress) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.read += int64(n)
	if p.w != nil {
		if now := time.Now(); now.After(p.next) {
			p.next, p.shown = now.Add(200*time.Millisecond), true
			line := fmt.Sprintf("%s: %.1f MB", p.name, float64(p.read)/1e6)
			if p.size > 0 {
				line += fmt.Sprintf(" of %.1f MB", float64(p.size)/1e6)
			}
			say(p.w, "\r\x1b[K%.79s", line)
		}
	}
	return n, err
}

// done takes the line away.
func (p *progress) done() {
	if p.shown {
		say(p.w, "\r\x1b[K")
		p.shown = false
	}
}

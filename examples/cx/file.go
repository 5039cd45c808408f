package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// formatOf returns the format that is asked for; without that the one that the name of the file asks for, or text.
func formatOf(form, name string, known ...string) (string, error) {
	asked, how := form, fmt.Sprintf("there is no format %q", form)
	if form == "" {
		asked, how = strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."), fmt.Sprintf("the name %s says no format; give -format", name)
	}
	if usual, ok := map[string]string{"": "text", "txt": "text", "markdown": "md", "htm": "html"}[asked]; ok {
		asked = usual
	}
	if !slices.Contains(known, asked) {
		return "", usage("%s; use %s", how, strings.Join(known, ", "))
	}
	return asked, nil
}

// write gives what f writes to the file of that name, or to standard output where the name is empty or "-". The file is
// replaced in one step, when all of it is there; until then, and on an error, it stays as it was.
func (e *env) write(name string, f func(w io.Writer) error) error {
	if name == "" || name == "-" {
		var b bytes.Buffer
		if err := f(&b); err != nil {
			return err
		}
		_, err := e.stdout.Write(b.Bytes())
		return err
	}
	return replace(name, f)
}

// replace writes a file by way of a new one beside it. A symbolic link stays, and the file that it leads to is replaced;
// permissions stay. What is no regular file, such as a device, is written to directly.
func replace(name string, f func(w io.Writer) error) error {
	target := name
	if real, err := filepath.EvalSymlinks(name); err == nil {
		target = real
	} else if to, err := os.Readlink(name); err == nil { // a link to what is not there yet
		if target = to; !filepath.IsAbs(to) {
			target = filepath.Join(filepath.Dir(name), to)
		}
	}
	mode := fs.FileMode(0)
	switch info, err := os.Stat(target); {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a folder; name a file in it", name)
	case err == nil && !info.Mode().IsRegular():
		w, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(f(w), w.Close())
	case err == nil && info.Mode().Perm()&0o222 == 0:
		return fmt.Errorf("%s is read-only; nothing was written", name)
	case err == nil:
		mode = info.Mode().Perm()
	}
	w, err := besides(target)
	if err != nil {
		return err
	}
	err = f(w)
	if err == nil && mode != 0 {
		err = w.Chmod(mode)
	}
	if err == nil {
		err = w.Sync()
	}
	if closing := w.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(w.Name(), target)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%s: nothing was written: %w", name, err), os.Remove(w.Name()))
	}
	return nil
}

// besides makes a new file in the folder of target, with the permissions that new files have.
func besides(target string) (*os.File, error) {
	for {
		name := filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%08x", filepath.Base(target), rand.Uint32()))
		w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		switch {
		case err == nil:
			return w, nil
		case errors.Is(err, fs.ErrExist):
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("cannot write %s: there is no folder %s", target, filepath.Dir(target))
		case errors.Is(err, fs.ErrPermission):
			return nil, fmt.Errorf("cannot write %s: the folder %s may not be written to", target, filepath.Dir(target))
		default:
			return nil, fmt.Errorf("cannot write %s: %w", target, err)
		}
	}
}

// source opens a file to be read, with its progress shown; "-" is standard input. done, which may be called twice, ends both.
func (e *env) source(name string) (r io.Reader, done func(), err error) {
	if name == "-" {
		return e.stdin, func() {}, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %s", name, reason(err))
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, nil, errors.Join(fmt.Errorf("%s is a folder; name a file in it", name), f.Close())
	}
	var first [4]byte
	if n, _ := f.ReadAt(first[:], 0); n == len(first) && string(first[:]) == "PK\x03\x04" {
		return nil, nil, errors.Join(fmt.Errorf("%s is a spreadsheet or an archive; save it as CSV in UTF-8", name), f.Close())
	}
	p := e.progress(f, name)
	return p, func() { p.done(); _ = f.Close() }, nil
}

// called is the name of a file in messages.
func called(name string) string {
	if name == "-" {
		return "stdin"
	}
	return name
}

// read returns what a file holds; "-" is standard input.
func (e *env) read(name string) ([]byte, error) {
	r, done, err := e.source(name)
	if err != nil {
		return nil, err
	}
	defer done()
	return io.ReadAll(r)
}

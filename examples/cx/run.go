package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/cxmodel/cxmodel"
)

// Exit statuses.
const (
	statusOK     = 0
	statusFailed = 1 // errors in the input, or something could not be read or written
	statusUsage  = 2 // the command was not understood
)

// A command is one word of cx. Its function runs in process: it neither exits nor touches anything but its arguments
// and the files that they name.
type command struct {
	name  string
	args  string // what follows the flags, for the usage line
	short string
	long  string // what --help teaches, examples last
	run   func(e *env, args []string) error
}

// commands are listed in the order in which a newcomer needs them. A function, because help reads the list.
func commands() []*command {
	return []*command{newCommand, checkCommand, reportCommand, drawCommand, diffCommand, linksCommand, metricsCommand, valueCommand, fmtCommand, schemaCommand}
}

// An env is what a command works with.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	flags          *flag.FlagSet
	args           []string // the names of what follows the flags
}

// errUsage is an error of how a command was called.
type errUsage struct{ message string }

func (e errUsage) Error() string { return e.message }

func usage(format string, args ...any) error { return errUsage{fmt.Sprintf(format, args...)} }

// errFound says that the input has errors, all of which are printed already.
var errFound = errors.New("errors found")

// run runs cx with its arguments and returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		overview(stderr)
		return statusUsage
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(rest) == 0 {
			overview(stdout)
			return statusOK
		}
		name, rest = rest[0], []string{"-help"}
	}
	for _, c := range commands() {
		if c.name == name {
			return c.start(rest, stdin, stdout, stderr)
		}
	}
	say(stderr, "cx: there is no command %q; cx help lists them\n", name)
	return statusUsage
}

func (c *command) start(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &output{w: stdout}
	e := &env{stdin: stdin, stdout: out, stderr: stderr, flags: flag.NewFlagSet(c.name, flag.ContinueOnError), args: strings.Fields(c.args)}
	e.flags.SetOutput(io.Discard)
	err := c.run(e, args)
	var bad errUsage
	switch {
	case out.err != nil && !errors.Is(err, errFound):
		say(stderr, "cx %s: %v\n", c.name, out.reason())
		return statusFailed
	case errors.Is(err, flag.ErrHelp):
		c.help(e.flags, stdout)
		return statusOK
	case errors.As(err, &bad):
		say(stderr, "cx %s: %s\nusage: cx %s [flags] %s; cx help %s explains\n", c.name, visible(inWords(bad.message)), c.name, c.args, c.name)
		return statusUsage
	case errors.Is(err, errFound):
		return statusFailed
	case err != nil:
		say(stderr, "cx %s: %s\n", c.name, visible(inWords(err.Error())))
		return statusFailed
	}
	return statusOK
}

// parse reads the flags, wherever they stand, and returns the other arguments, of which there are from least to most.
func (e *env) parse(args []string, least, most int) ([]string, error) {
	var rest []string
	for {
		if err := e.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, errUsage{err.Error()}
		}
		if args = e.flags.Args(); len(args) == 0 {
			break
		}
		rest, args = append(rest, args[0]), args[1:]
	}
	switch {
	case len(rest) < least:
		return nil, usage("%s is missing", strings.TrimSuffix(e.args[len(rest)], "..."))
	case most >= 0 && len(rest) > most:
		return nil, usage("%q is too much", rest[most])
	}
	return rest, nil
}

// output remembers the first failure to write, which many printing functions do not return.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	o.err = err
	return n, err
}

func (o *output) reason() error {
	if errors.Is(o.err, syscall.EPIPE) || errors.Is(o.err, io.ErrClosedPipe) {
		return errors.New("standard output was closed before all was written")
	}
	return fmt.Errorf("standard output: %w", o.err)
}

// say prints to w. What it cannot write to standard output is remembered there, see output; what it cannot write to
// standard error nobody could be told.
func say(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

// list prints issues as compilers do.
func list(w io.Writer, issues cxmodel.Issues) {
	for _, i := range issues {
		say(w, "%s\n", visible(i.Error()))
	}
}

// visible shows what could steer a terminal as text.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return '\uFFFD'
		}
		return r
	}, s)
}

package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// overview prints what cx is for, and its commands.
func overview(w io.Writer) {
	say(w, "%s", `cx works on customer experience models in files: the customer's journey, the
business model canvas that serves it, and what links the two.

Begin with three commands:

  cx new -o model.yaml small        a small model, to be made your own
  cx check model.yaml               what is wrong with it, line by line
  cx report -o report.html model.yaml

The commands:

`)
	for _, c := range commands() {
		say(w, "  %-8s %s\n", c.name, c.short)
	}
	say(w, "%s", `
cx help COMMAND explains one, with examples. A file named - is standard input.
Exit status: 0 all is well, 1 errors were found, 2 the command made no sense.
`)
}

// help prints what a command does, its flags and its examples.
func (c *command) help(flags *flag.FlagSet, w io.Writer) {
	say(w, "usage: cx %s [flags] %s\n\n%s\n", c.name, c.args, strings.TrimSpace(c.long))
	first := true
	flags.VisitAll(func(f *flag.Flag) {
		if first {
			say(w, "\nFlags:\n\n")
			first = false
		}
		name, text := flag.UnquoteUsage(f)
		head := strings.TrimRight("-"+f.Name+" "+name, " ")
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			text += fmt.Sprintf(" (default %s)", f.DefValue)
		}
		lines := fold(text, 80-24)
		if len(head) > 20 {
			say(w, "  %s\n%24s%s\n", head, "", lines[0])
		} else {
			say(w, "  %-21s %s\n", head, lines[0])
		}
		for _, l := range lines[1:] {
			say(w, "%24s%s\n", "", l)
		}
	})
}

// fold breaks text at blanks into lines of at most width characters.
func fold(text string, width int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case len([]rune(*last))+1+len([]rune(word)) > width:
			lines = append(lines, word)
		default:
			*last += " " + word
		}
	}
	return lines
}

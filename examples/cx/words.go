package main

import (
	"errors"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"github.com/cxmodel/cxmodel"
)

// flagOf names the flag that sets an option of the library, for messages that say which option cures.
var flagOf = map[string]string{
	"Aliases": "-alias", "Columns": "-column", "Currency": "-currency", "Decimal": "-decimal", "Discount": "-discount",
	"HoldoutEnd": "-holdout", "Layouts": "-dates, such as -dates dd.mm.yyyy", "Level": "-level", "Margin": "-margin",
	"Measure": "-measure", "Missing": "-missing", "StatusWords": "-word", "the Words of the column": "-word",
}

var (
	quoted   = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	options  = regexp.MustCompile(`the Words of the column|\b[A-Z][A-Za-z]+\b`)
	bands    = regexp.MustCompile(`; set \w+Options\.Bands.*$`)
	alias    = regexp.MustCompile(`name one for it in Aliases, such as \w+: \{"(.*)": "([a-z0-9-]+)"\}$`)
	packages = regexp.MustCompile(`(^|: )(?:(?:cxmodel|journey|canvas|metrics|survey|clv|alignment|report|[a-z]+svg|[a-z]+csv): )+`)
)

var (
	layouts       = regexp.MustCompile(`[^\s"]*2006[^\s"]*(?: 15:04(?::05)?)?`)
	layoutLetters = strings.NewReplacer("2006", "yyyy", "01", "mm", "02", "dd", "15:04:05", "hh:mm:ss", "15:04", "hh:mm", "Z07:00", "Z")
	decimalComma  = regexp.MustCompile(`^"[^".]*,[0-9]{1,2}"`)
)

// inWords puts a message of the library into the words of cx: no names of packages, and flags for options. What stands
// in quotes is the user's, and stays.
func inWords(message string) string {
	message = bands.ReplaceAllString(message, "; use another scale, or the metric mean")
	message = alias.ReplaceAllString(message, `name one for it, such as -alias "$1=$2"`)
	var b strings.Builder
	plain := func(s string) {
		s = packages.ReplaceAllString(s, "$1")
		b.WriteString(options.ReplaceAllStringFunc(s, func(word string) string {
			if flag, ok := flagOf[word]; ok {
				return flag
			}
			return word
		}))
	}
	at := 0
	for _, q := range quoted.FindAllStringIndex(message, -1) {
		plain(message[at:q[0]])
		b.WriteString(message[q[0]:q[1]])
		at = q[1]
	}
	plain(message[at:])
	return b.String()
}

// listRows prints the rows of a file that could not be read.
func listRows(w io.Writer, issues cxmodel.Issues) {
	for _, i := range issues {
		i.Message = inWords(i.Message)
		switch {
		case i.Code == "bad-time":
			i.Message = layouts.ReplaceAllStringFunc(i.Message, layoutLetters.Replace)
		case i.Code == "bad-amount" && decimalComma.MatchString(i.Message):
			i.Message += "; for a decimal comma give -decimal comma"
		}
		say(w, "%s\n", visible(i.Error()))
	}
}

// reason returns why a file could not be opened, without the name that the system gives it.
func reason(err error) string {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err.Error()
	}
	return inWords(err.Error())
}

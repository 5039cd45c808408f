package report

import (
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"

	"github.com/cxmodel/cxmodel/alignment"
)

// Markdown writes what [HTML] writes, without the pictures: who carries what is a table. Tables are those of GitHub. Names
// are escaped: they are shown as they are, link nowhere and notify nobody. It fails with the error of w.
func Markdown(w io.Writer, a *alignment.Assessment, opts *Options) error {
	o := Options{}
	if opts != nil {
		o = *opts
	}
	o.NoPictures = true
	c, _, err := contentOf(a, &o)
	if err != nil {
		return err
	}
	if t := heatTable(a, o); len(t.Rows) > 0 {
		s := section{Title: c.L.HeatMap, Blocks: []block{{Table: t}, {Text: strings.Join(c.First.Sentences, " ")}}}
		c.Sections = append([]section{s}, c.Sections...)
	}
	m := &markdown{}
	m.content(c)
	if _, err := io.WriteString(w, m.b.String()); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// heatTable is the map of who carries what.
func heatTable(a *alignment.Assessment, o Options) *table {
	b := newBuilder(a, o, o.labels())
	t := &table{Caption: b.l.HeatMap, Columns: []column{{Name: b.l.Block, First: true}}}
	if a.Rung < alignment.RungMarks {
		return t
	}
	for _, s := range a.Stages {
		t.Columns = append(t.Columns, column{Name: b.name(s.Ref), Number: true})
	}
	for _, k := range a.Blocks {
		row := []cell{text(b.l.Blocks[k.Block-1])}
		for i, s := range a.Stages {
			switch {
			case !k.Applicable[i]:
				row = append(row, text(b.l.NotAvailable))
			case !b.score || math.IsNaN(s.Support.Delivered):
				row = append(row, text("●"))
			default:
				row = append(row, text(b.points(k.Contribution[i])))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// A markdown is a document in the making.
type markdown struct{ b strings.Builder }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(&m.b, format+"\n", args...) }

func (m *markdown) content(c *content) {
	m.line("# %s\n", escape(c.Title))
	if len(c.Facts) > 0 {
		m.line("%s\n", escapeLine(strings.Join(c.Facts, " · ")))
	}
	m.first(c)
	for _, s := range c.Sections {
		m.line("## %s\n", escape(s.Title))
		if s.Lead != "" {
			m.line("%s\n", escapeLine(s.Lead))
		}
		for _, x := range s.Blocks {
			m.block(x)
		}
	}
}

func (m *markdown) first(c *content) {
	f := &c.First
	if f.Score != "" {
		span := ""
		if f.Range != "" {
			span = " (" + escape(f.Range) + ")"
		}
		m.line("**%s** %s%s\n", escape(f.Score), escape(f.OfHundred), span)
	}
	if f.Message != "" {
		m.line("%s\n", escapeLine(f.Message))
	}
	if f.Bar != nil {
		var keys []string
		for _, k := range f.Legend {
			keys = append(keys, sign(k.Class)+" "+escape(k.Text))
		}
		m.line("`%s` %s\n", f.Bar.line(), strings.Join(keys, ", "))
	}
	if len(f.Sentences) > 0 {
		m.line("> %s\n", escape(strings.Join(f.Sentences, " ")))
	}
	if f.Stages != nil {
		m.table(f.Stages)
	}
	for _, s := range []string{f.More, strings.Join(f.Naming, " ")} {
		if s != "" {
			m.line("%s\n", escapeLine(s))
		}
	}
	if len(f.Gaps) > 0 {
		m.line("## %s\n", escape(c.L.Gaps))
		m.list(f.Gaps, f.GapsAll)
	}
	if len(f.Do) > 0 {
		m.line("## %s\n", escape(f.DoTitle))
		for _, a := range f.Do {
			text := fmt.Sprintf("- **%s**: %s", escape(a.Kind), escape(a.What))
			if a.Points != "" {
				text += " **" + escape(a.Points) + "**"
			}
			if a.Why != "" {
				text += " " + escape(a.Why)
			}
			if a.Then != "" {
				text += "; " + escape(a.Then)
			}
			m.line("%s", text)
		}
		m.line("")
	}
	if len(f.Unsure) > 0 {
		m.line("## %s\n", escape(c.L.NotSure))
		m.list(f.Unsure, f.Hidden)
	}
}

// sign is how a part of the bar looks in text.
func sign(class string) string {
	switch class {
	case "works":
		return "`#`"
	case "there":
		return "`+`"
	}
	return "`.`"
}

// line draws the bar in forty characters.
func (b bar) line() string {
	const width = 40
	works := int(math.Round(width * b.Works / 100))
	paper := max(int(math.Round(width*b.Paper/100)), works)
	return strings.Repeat("#", works) + strings.Repeat("+", paper-works) + strings.Repeat(".", width-paper)
}

func (m *markdown) block(x block) {
	if x.Title != "" {
		m.line("### %s\n", escape(x.Title))
	}
	if x.Text != "" {
		m.line("%s\n", escapeLine(x.Text))
	}
	if x.Code != "" {
		m.line("```\n%s\n```\n", x.Code)
	}
	if len(x.List) > 0 {
		m.list(x.List, "")
	}
	if x.Table != nil {
		m.table(x.Table)
	}
}

func (m *markdown) list(items []string, more string) {
	for _, s := range items {
		m.line("- %s", escapeLine(s))
	}
	if more != "" {
		m.line("- %s", escapeLine(more))
	}
	m.line("")
}

func (m *markdown) table(t *table) {
	for _, c := range t.Columns {
		m.b.WriteString("| " + escape(c.Name) + " ")
	}
	m.line("|")
	for _, c := range t.Columns {
		if c.Number {
			m.b.WriteString("| ---: ")
		} else {
			m.b.WriteString("| --- ")
		}
	}
	m.line("|")
	for _, row := range t.Rows {
		for _, c := range row {
			s := escape(c.Text)
			var small []string
			for _, x := range []string{c.Sub, c.Flag} {
				if x != "" {
					small = append(small, escape(x))
				}
			}
			if len(small) > 0 {
				s += " (" + strings.Join(small, "; ") + ")"
			}
			m.b.WriteString("| " + s + " ")
		}
		m.line("|")
	}
	m.line("")
	for _, n := range t.Notes {
		m.line("%s\n", escapeLine(n))
	}
}

// escape makes text of what Markdown or HTML would take for more: marks of emphasis, links, images, tags, entities, table
// columns, mentions, addresses that become links.
var escaper = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "$", `\$`,
	"#", `\#`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "&#64;", "://", "&#58;//", "www.", "www&#46;", "\n", " ", "\r", " ", "\u00a0", " ", "\u202f", " ")

func escape(s string) string { return escaper.Replace(s) }

// opening is what would make a list, a heading or a rule of a line that begins so; its last character is the mark.
var opening = regexp.MustCompile(`^(?:[0-9]{1,9}[.)]|[-+=])`)

// escapeLine escapes a text that begins a line.
func escapeLine(s string) string {
	return opening.ReplaceAllStringFunc(escape(s), func(m string) string { return m[:len(m)-1] + `\` + m[len(m)-1:] })
}

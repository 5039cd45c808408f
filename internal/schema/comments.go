package schema

import (
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// comments adds the doc comments of the structs in a folder to docs: of types as "journey.Stage", of fields as
// "journey.Stage.Goal".
func comments(folder string, docs map[string]string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("schema: no Go sources in %q: %w", folder, err)
	}
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("schema: %w", err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.TYPE {
				continue
			}
			for _, s := range g.Specs {
				t := s.(*ast.TypeSpec)
				st, ok := t.Type.(*ast.StructType)
				if !ok {
					continue
				}
				name := f.Name.Name + "." + t.Name.Name
				docs[name] = text(g.Doc)
				for _, field := range st.Fields.List {
					said := text(field.Doc)
					if said == "" {
						said = text(field.Comment)
					}
					for _, n := range field.Names {
						docs[name+"."+n.Name] = said
					}
				}
			}
		}
	}
	return nil
}

// text returns a comment as plain text of one line, without the brackets of links; only its first paragraph.
func text(g *ast.CommentGroup) string {
	if g == nil {
		return ""
	}
	first, _, _ := strings.Cut(g.Text(), "\n\n")
	var p comment.Parser
	var pr comment.Printer
	pr.TextWidth = -1
	return strings.TrimSpace(strings.ReplaceAll(string(pr.Text(p.Parse(first))), "\n", " "))
}

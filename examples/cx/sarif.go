package main

import (
	"errors"
	"io"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/codec"
)

// object is a JSON object; its keys are written sorted.
type object = map[string]any

// writeSARIF writes issues in the Static Analysis Results Interchange Format 2.1.0 (OASIS, 2020).
func writeSARIF(w io.Writer, issues cxmodel.Issues) error {
	codes := map[string]bool{}
	results := []object{}
	for _, i := range issues {
		codes[i.Code] = true
		result := object{"ruleId": i.Code, "level": i.Severity.String(), "message": object{"text": i.Message}}
		location := object{}
		if i.Pos.File != "" {
			physical := object{"artifactLocation": object{"uri": fileURI(i.Pos.File)}}
			if i.Pos.Line > 0 {
				physical["region"] = object{"startLine": i.Pos.Line, "startColumn": max(i.Pos.Column, 1)}
			}
			location["physicalLocation"] = physical
		}
		if !i.Ref.IsZero() {
			location["logicalLocations"] = []object{{"fullyQualifiedName": i.Ref.String()}}
		}
		if len(location) > 0 {
			result["locations"] = []object{location}
		}
		if i.Waived != "" {
			result["suppressions"] = []object{{"kind": "inSource", "justification": i.Waived}}
		}
		results = append(results, result)
	}
	rules := []object{}
	for _, c := range slices.Sorted(maps.Keys(codes)) {
		rules = append(rules, object{"id": c})
	}
	return writeJSON(w, object{
		"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		"version": "2.1.0",
		"runs": []object{{
			"tool":       object{"driver": object{"name": "cx", "informationUri": "https://github.com/cxmodel/cxmodel", "rules": rules}},
			"columnKind": "unicodeCodePoints",
			"results":    results,
		}},
	})
}

// fileURI returns a relative reference to a file, or an absolute one where the name is absolute.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
	}
	return strings.TrimPrefix(u.String(), "./")
}

// syntaxPosition returns where a file stopped being readable, if that is known.
func syntaxPosition(err error) cxmodel.Position {
	var syntax *codec.SyntaxError
	if errors.As(err, &syntax) {
		return syntax.Pos
	}
	var limit *cxmodel.LimitError
	if errors.As(err, &limit) {
		return limit.Pos
	}
	return cxmodel.Position{}
}

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel/journey"
)

func TestNewModelsAreValid(t *testing.T) {
	kinds := append([]string{"small", "shop", "b2b", "cafe", "restaurant", "running-shoes"}, journey.Presets()...)
	for _, kind := range kinds {
		text := must(t, "new", kind)
		var found struct{ Errors, Warnings int }
		require.NoError(t, json.Unmarshal([]byte(must(t, "check", "-format", "json", write(t, "m.yaml", text))), &found), kind)
		assert.Zero(t, found.Errors, kind)
		assert.LessOrEqual(t, found.Warnings, 3, kind)
		if kind == "small" {
			assert.LessOrEqual(t, strings.Count(text, "\n"), 24)
			check(t, "golden/new-small.yaml", text)
		}
	}
	check(t, "golden/new-three-phases.yaml", must(t, "new", "-name", "Ours", "three-phases"))
}

func TestCheckPrintsAsCompilersDo(t *testing.T) {
	for _, format := range []string{"text", "json", "sarif"} {
		status, stdout, stderr := cx(t, "", "check", "-format", format, "testdata/broken.yaml")
		assert.Equal(t, statusFailed, status)
		check(t, "golden/check."+format, stdout)
		if format == "text" {
			assert.Equal(t, "1 file checked: 3 errors, 0 warnings, 0 notes, 1 waived\n", stderr)
		}
	}
}

func TestCheckOfWhatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                       ": the file is empty",
		"name: a: b\n":           ":1:",
		"- a\n":                  ":1:1: the document is a list",
		"\x00":                   ": ",
		"stages:\n  - {key: a\n": ":",
	} {
		name := write(t, "m.yaml", text)
		status, stdout, _ := cx(t, "", "check", name)
		assert.Equal(t, statusFailed, status, "%q", text)
		assert.True(t, strings.HasPrefix(stdout, name+want), "%q: %s", text, stdout)
	}
	status, stdout, _ := cx(t, "", "check", "no-such-file.yaml")
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stdout, "no-such-file.yaml: ")
	status, stdout, _ = cx(t, "name: x\n", "check", "-")
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stdout, "[no-journey]")
}

func TestCheckKnowsTheThreeKinds(t *testing.T) {
	must(t, "check", "../../journey/testdata/cafe.yaml", "../../canvas/testdata/airbnb.yaml", "../models/shop.yaml")
	status, _, _ := cx(t, "", "check", "-strict", write(t, "j.yaml", "stages: [{key: a, name: A, weight: 1}, {key: b, name: B}]\n"))
	assert.Equal(t, statusFailed, status, "a warning, and strict")
	status, stdout, _ := cx(t, "", "check", "-gaps", "../models/cafe.yaml")
	assert.Equal(t, statusOK, status)
	assert.Contains(t, stdout, "[owner-missing]")
	for line := range strings.Lines(stdout) {
		assert.True(t, strings.HasPrefix(line, "../models/cafe.yaml:"), line)
	}
}

func TestCheckTellsThatTheFormatIsMissing(t *testing.T) {
	for text, noted := range map[string]bool{
		"format: cxmodel/1\nstages: [{key: a, name: A}]\n":                      false,
		"stages: [{key: a, name: A}]\n":                                         true,
		`{"format": "cxmodel/1", "stages": [{"key": "a", "name": "A"}]}` + "\n": false,
		`{"stages": [{"key": "a", "name": "A"}]}` + "\n":                        true,
	} {
		name := write(t, "j.yaml", text)
		status, stdout, _ := cx(t, "", "check", "-strict", name)
		assert.Zero(t, status, "a note is no failure")
		assert.Equal(t, noted, strings.Contains(stdout, name+": note: the file does not say its format"), stdout)
		must(t, "fmt", "-w", name)
		assert.NotContains(t, must(t, "check", name), "missing-format")
	}
}

func TestHostileNamesDoNotSteerTheTerminal(t *testing.T) {
	name := write(t, "m.yaml", `name: "\e[2J\u202e"
journey: {stages: [{key: a, name: "\e]0;x\a", "\e[31mfield": 1}]}
canvas: {channels: [{key: x, name: X, performance: good}]}
helps: {x: {a: strong}}
`)
	_, stdout, _ := cx(t, "", "check", name)
	assert.NotContains(t, stdout, "\x1b")
	assert.NotContains(t, stdout, "\u202e")
}

// commented returns a model with a hundred comments, each of them in another place.
func commented() string {
	var b strings.Builder
	n := 0
	c := func() string { n++; return fmt.Sprintf("# comment %d", n) }
	fmt.Fprintf(&b, "%s\n\n%s\nformat:   cxmodel/1 %s\nname: 'Hundred' %s\n\n%s\njourney: %s\n    stages: %s\n", c(), c(), c(), c(), c(), c(), c())
	for i := range 20 {
		fmt.Fprintf(&b, "        %s\n        - key: s%d %s\n          name: Stage %d %s\n", c(), i, c(), i, c())
	}
	fmt.Fprintf(&b, "canvas: %s\n  channels:\n", c())
	for i := range 10 {
		fmt.Fprintf(&b, "    - {key: c%d, name: C%d, performance:  good} %s\n", i, i, c())
	}
	b.WriteString("helps:\n")
	for i := range 10 {
		fmt.Fprintf(&b, "  c%d: {s%d: strong} %s\n", i, i, c())
	}
	for n < 100 {
		fmt.Fprintf(&b, "  %s\n", c())
	}
	return b.String()
}

func TestFmtKeepsAHundredComments(t *testing.T) {
	name := write(t, "m.yaml", commented())
	status, stdout, _ := cx(t, "", "fmt", "-l", name)
	assert.Equal(t, statusFailed, status)
	assert.Equal(t, name+"\n", stdout)
	must(t, "fmt", "-w", name)
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	for i := range 100 {
		assert.Equal(t, 1, strings.Count(string(data)+"\n", fmt.Sprintf("# comment %d\n", i+1)), i+1)
	}
	must(t, "fmt", "-l", name)
	must(t, "check", name)

	// An edit by another command keeps them too.
	table := write(t, "t.csv", "item,to,strength,rater\nc0,s5,weak,anna\n")
	must(t, "links", "-merge", table, "-w", name)
	data, err = os.ReadFile(name)
	require.NoError(t, err)
	for i := range 100 {
		assert.Equal(t, 1, strings.Count(string(data)+"\n", fmt.Sprintf("# comment %d\n", i+1)), i+1)
	}
	assert.Contains(t, string(data), "rater: anna")
}

func TestFmtLosesNothing(t *testing.T) {
	for _, files := range []string{"../models/*.yaml", "../../journey/presets/*.yaml", "../../journey/testdata/*.yaml", "../../canvas/testdata/*.yaml"} {
		names, err := filepath.Glob(files)
		require.NoError(t, err)
		require.NotEmpty(t, names)
		for _, name := range names {
			before, err := os.ReadFile(name)
			require.NoError(t, err)
			once := must(t, "fmt", name)
			assert.Equal(t, once, must(t, "fmt", write(t, "m.yaml", once)), name)
			assert.Equal(t, strings.Count(string(before), "#"), strings.Count(once, "#"), name)
		}
	}
	// What the library cannot read stays, files that are named are not swallowed, and JSON stays JSON.
	for _, text := range []string{
		"format: cxmodel/1\nname: x\nnmae: y # why\njourney: journey.yaml\nhelps: {a: {b: quite strong}}\n",
		"format: cxmodel/1\nhelps: {Web Site: {visit: strong}, a: {Visit: strong}, b: {Visit: weak, visit: strong}, c: {visit: strng}}\n",
		"{\n  \"format\": \"cxmodel/1\",\n  \"name\": \"x\"\n}\n",
	} {
		assert.Equal(t, text, must(t, "fmt", write(t, "m.yaml", text)))
	}
}

func TestAnswersToOtherQuestionsAreCounted(t *testing.T) {
	answers := write(t, "answers.csv", "measure,score\nnps,9\nnsp,9\nnsp,3\n")
	model := write(t, "m.yaml", "format: cxmodel/1\nname: x\njourney:\n  measures: [{key: nps, metric: nps}]\n  stages: [{key: a, name: A}]\n"+
		"canvas: {channels: [{key: c, name: C, performance: good}]}\nhelps: {c: {a: strong}}\n")
	status, stdout, stderr := cx(t, "", "report", "-answers", answers, model)
	assert.Zero(t, status, stderr)
	assert.Contains(t, stderr, answers+`: 2 answers to questions that nobody defined: "nsp" (did you mean "nps"?)`)
	assert.Contains(t, stdout, "Works today")
}

func TestLinksToCSVAndBack(t *testing.T) {
	check(t, "golden/links.csv", must(t, "links", "../models/cafe.yaml"))
	check(t, "golden/sheet.csv", must(t, "links", "-blank", "-rater", "anna", "../models/cafe.yaml"))
	for _, name := range []string{"cafe", "restaurant", "shop", "b2b"} {
		model := "../models/" + name + ".yaml"
		for _, flag := range []string{"-sheet=true", "-sheet=false"} {
			table := filepath.Join(t.TempDir(), "t.csv")
			must(t, "links", flag, "-separator", "semicolon", "-o", table, model)
			assert.Equal(t, must(t, "fmt", model), must(t, "links", "-merge", table, "-replace", model), name)
		}
	}
	status, stdout, stderr := cx(t, "", "links", "-merge", write(t, "t.csv", "item,visit,moon\nphone,strong,weak\n"), "../models/cafe.yaml")
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, `t.csv:2:14: the model has no stage or touchpoint "moon"`)
	assert.Contains(t, stdout, "visit: strong", "the rest is in the model")
}

func TestJSONStaysJSON(t *testing.T) {
	model := filepath.Join(t.TempDir(), "model.json")
	must(t, "new", "-o", model, "small")
	must(t, "check", model)
	must(t, "links", "-w", "-merge", write(t, "t.csv", "item,after\nphone,strong\n"), model)
	data, err := os.ReadFile(model)
	require.NoError(t, err)
	assert.True(t, json.Valid(data))
	must(t, "fmt", "-l", model)
}

func TestAModelInSeveralFilesIsNotSwallowed(t *testing.T) {
	folder := t.TempDir()
	model := filepath.Join(folder, "model.yaml")
	require.NoError(t, os.WriteFile(model, []byte("journey: journey.yaml\ncanvas: {channels: [{key: phone, name: P}]}\nhelps: {phone: {a: strong}}\n"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "journey.yaml"), []byte("stages:\n  - {key: a, name: A, weigth: 3}\n"), 0o644))
	status, stdout, _ := cx(t, "", "check", model)
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stdout, filepath.Join(folder, "journey.yaml")+":2:")
	table := write(t, "t.csv", "item,a\nphone,weak\n")
	status, _, stderr := cx(t, "", "links", "-merge", table, "-w", model)
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, "names other files")
}

func TestDiffSaysWhyTheScoreMoved(t *testing.T) {
	before := must(t, "new", "cafe")
	after := strings.NewReplacer("name: Phone, performance: fair", "name: Phone, performance: excellent", "cards: {follow-up: medium}", "cards: {follow-up: strong}",
		"kind: use}", "kind: use, weight: 2}", "kind: consideration}", "kind: consideration, weight: 1}", "kind: advocacy}", "kind: advocacy, weight: 1}").Replace(before)
	require.NotEqual(t, before, after)
	old, now := write(t, "old.yaml", before), write(t, "new.yaml", after)
	text := must(t, "diff", old, now)
	check(t, "golden/diff.txt", text)
	for line := range strings.Lines(text) {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 81)
	}
	long := write(t, "long.csv", "time,measure,touchpoint,segment,score\n2026-10-05,satisfaction-with-delivery,the-parcel-at-the-neighbour,customers-of-long-standing,5\n"+
		"2026-10-05,satisfaction-with-delivery,the-parcel-at-the-neighbour,customers-of-long-standing,\n2026-10-05,satisfaction-with-delivery,the-parcel-at-the-neighbour,customers-of-long-standing,9\n")
	for line := range strings.Lines(must(t, "metrics", "-measure", "satisfaction-with-delivery=csat:1-5", "-every", "month", long)) {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 81, line)
	}
	check(t, "golden/diff.md", must(t, "diff", "-format", "md", old, now))
	var c struct{ Change, Frame, Knowledge, Reality float64 }
	require.NoError(t, json.Unmarshal([]byte(must(t, "diff", "-format", "json", old, now)), &c))
	// By hand: enquiry .5 → 1, visit .5625, follow-up 1/12 → 1/4; the weights 1, 1, 1 → 1, 2, 1.
	assert.InDelta(t, (.5+2*.5625+1./12)/4-(.5+.5625+1./12)/3, c.Frame, 1e-12)
	assert.InDelta(t, (1./4-1./12)/4, c.Knowledge, 1e-12)
	assert.InDelta(t, .5/4, c.Reality, 1e-12)
	assert.InDelta(t, c.Change, c.Frame+c.Knowledge+c.Reality, 1e-12)

	must(t, "diff", "-format", "csv", old, old)
	assert.Contains(t, must(t, "diff", "-scale-before", "1-3-5", old, old), "\nTotal ")
	status, _, stderr := cx(t, "", "diff", old, "testdata/broken.yaml")
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, "broken.yaml:5:")
	mended := must(t, "diff", "testdata/broken.yaml", now)
	assert.Contains(t, mended, "the older version has 3 errors, so that there is no score")
	assert.Contains(t, mended, "name changed from Broken to Café Anna")
}

func TestMetricsInEstimatesOut(t *testing.T) {
	args := []string{"metrics", "-measure", "nps=nps", "-measure", "csat=csat:1-5", "-every", "month", "testdata/answers.csv"}
	status, stdout, stderr := cx(t, "", args...)
	require.Zero(t, status, stderr)
	check(t, "golden/metrics.txt", stdout)
	check(t, "golden/metrics-notes.txt", stderr)
	for line := range strings.Lines(stdout) {
		assert.LessOrEqual(t, utf8.RuneCountInString(line), 81)
	}
	for _, format := range []string{"csv", "md", "json"} {
		assert.NotEmpty(t, must(t, append([]string{"metrics", "-format", format}, args[1:]...)...))
	}
	data, err := os.ReadFile("testdata/answers.csv")
	require.NoError(t, err)
	status, piped, _ := cx(t, string(data), append(args[:len(args)-1:len(args)-1], "-")...)
	require.Zero(t, status)
	assert.Equal(t, stdout, piped)
	assert.Contains(t, must(t, "metrics", "-measure", "nps=nps", "-by", "none", "testdata/answers.csv"), "nps")
	status, wide, stderr := cx(t, "How likely;Visit\n9;2026-11-02\n3;2026-11-03\n", "metrics", "-measure", "nps=nps", "-column", "How likely=nps", "-column", "Visit=time", "-")
	require.Zero(t, status, stderr)
	assert.Contains(t, wide, "+0")
}

func TestReportsAndPictures(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"cafe", "shop", "b2b", "restaurant", "running-shoes"} {
		model := "../models/" + name + ".yaml"
		for _, ext := range []string{"html", "md", "json", "txt"} {
			out := filepath.Join(folder, name+"."+ext)
			must(t, "report", "-o", out, model)
			data, err := os.ReadFile(out)
			require.NoError(t, err)
			assert.NotEmpty(t, data)
		}
		for _, picture := range []string{"canvas", "heatmap"} {
			assert.Contains(t, must(t, "draw", picture, model), "<svg", name+" "+picture)
		}
		assert.Contains(t, must(t, "draw", "-before", "../models/cafe.yaml", "-layout", "grid", "canvas", model), "<svg")
	}
	assert.Contains(t, must(t, "draw", "journey", "../models/cafe.yaml"), "<svg")
	assert.Contains(t, must(t, "draw", "journey", "../../journey/testdata/cafe.yaml"), "<svg")
	assert.Contains(t, must(t, "draw", "canvas", "../../canvas/testdata/airbnb.yaml"), "<svg")
	status, _, stderr := cx(t, "", "draw", "canvas", "../../journey/testdata/cafe.yaml")
	assert.Equal(t, statusUsage, status)
	assert.Contains(t, stderr, "has no canvas")
	check(t, "golden/report.txt", must(t, "report", "../models/restaurant.yaml"))
}

func TestAModelWithNothingInItIsAClearMessage(t *testing.T) {
	status, _, stderr := cx(t, "", "report", write(t, "m.yaml", "name: x\n"))
	assert.Equal(t, statusFailed, status)
	assert.Contains(t, stderr, "no-journey")
}

func TestSchemas(t *testing.T) {
	for _, kind := range []string{"model", "journey", "canvas"} {
		assert.True(t, json.Valid([]byte(must(t, "schema", kind))))
	}
}

// The commands that the documents and the help show are commands, with flags that they have.
func TestTheCommandsOfTheDocumentsExist(t *testing.T) {
	texts := []string{must(t, "help")}
	for _, c := range commands() {
		texts = append(texts, must(t, "help", c.name))
	}
	for _, name := range []string{"../../docs/ci.md", "../../README.md"} {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		texts = append(texts, string(data))
	}
	shown := 0
	for _, line := range regexp.MustCompile(`(?m)(?:^|[\x60/ ])cx ([a-z]+)((?: +-[a-z-]+| +"?[$\w./-]+"?)*)`).FindAllStringSubmatch(strings.Join(texts, "\n"), -1) {
		if line[1] == "help" || line[1] == "lists" || line[1] == "works" {
			continue
		}
		help := ""
		for _, c := range commands() {
			if c.name == line[1] {
				help = must(t, "help", c.name)
			}
		}
		require.NotEmpty(t, help, line[0])
		shown++
		for _, flag := range regexp.MustCompile(` (-[a-z-]+)`).FindAllStringSubmatch(line[2], -1) {
			assert.Contains(t, help, "\n  "+flag[1], line[0])
		}
	}
	assert.Greater(t, shown, 20)
}

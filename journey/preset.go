package journey

import (
	"embed"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/cxmodel/cxmodel/internal/clip"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// Presets returns the names of the presets, sorted.
func Presets() []string {
	entries, _ := presetFiles.ReadDir("presets") // embedded: it is there
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".yaml")
	}
	slices.Sort(names)
	return names
}

func isPreset(name string) bool { return slices.Contains(Presets(), name) }

// Preset returns a new journey to begin with:
//
//	awareness-to-advocacy   awareness, consideration, purchase, post-purchase, advocacy
//	awareness-to-loyalty    awareness, consideration, purchase, usage, loyalty
//	business-to-business    from need through procurement and rollout to renewal
//	consumer-goods          discovering, investigating, arranging, shopping, transacting, using
//	need-to-conclusion      from the need to what the customer concludes, and back to the next need
//	small                   three stages with a touchpoint each
//	subscription            from awareness through onboarding and use to renewal or exit
//	three-phases            pre-sale, sale, post-sale
//
// It passes [Journey.Validate] without errors or warnings. An unknown name is an error that lists the known ones.
func Preset(name string) (*Journey, error) {
	f, err := presetFiles.Open("presets/" + name + ".yaml")
	if err != nil || !isPreset(name) {
		return nil, fmt.Errorf("journey: there is no preset %q; use one of %s", clip.Text(name), strings.Join(Presets(), ", "))
	}
	defer f.Close()
	j, issues, err := Decode(f, nil)
	if err == nil {
		err = issues.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("journey: preset %q: %w", name, err) // a test holds that this cannot happen
	}
	j.origin = nil
	return j, nil
}

// ApplyPreset puts in the stages of the preset that j names, if j has none of its own.
// [Decode] calls it; a journey that is decoded as part of another document needs the call. Without a preset
// it does nothing.
func (j *Journey) ApplyPreset() error {
	if j.Preset == "" || len(j.Stages) > 0 {
		return nil
	}
	p, err := Preset(j.Preset)
	if err != nil {
		return err
	}
	j.Stages = p.Stages
	return nil
}

// Written returns the journey as files write it: j itself, or a copy without stages where the name of its preset says
// them all. [Encode] calls it; a document that holds journeys does so itself.
func (j *Journey) Written() *Journey {
	if j == nil || j.Preset == "" {
		return j
	}
	p, err := Preset(j.Preset)
	if err != nil || !reflect.DeepEqual(p.Stages, j.Stages) {
		return j
	}
	c := *j
	c.Stages = nil
	return &c
}

package canvassvg

import (
	"strings"

	"github.com/cxmodel/cxmodel/canvas"
	"github.com/cxmodel/cxmodel/internal/svg"
)

// Labels are the fixed words of a canvas, in one language. A word left empty is English.
type Labels struct {
	Language    string // by BCP 47, for screen readers: "de"
	RightToLeft bool   // the picture runs from right to left

	Canvas       string    // the title of a canvas that has no name
	Blocks       [9]string // titles, in Osterwalder's order: segments, propositions, channels, relationships, revenue streams, resources, activities, partnerships, costs
	Questions    [9]string // what a block without items asks
	Perspectives [3]string // create, deliver, capture
	Version      string
	AsOf         string
	Owner        string
	Performance  string    // stands before the words or numbers of how well an item works
	Levels       [5]string // broken, poor, fair, good, excellent
	Nobody       string    // of an item that reaches no segment

	// Of a comparison.
	Since   string // before the name or version of the earlier canvas
	Added   string
	Removed string
	Changed string
	Renamed string // with the old key after it, as is the next with the old block
	Moved   string
	Nothing string // stands for a value that is not set
	Arrow   string // from the old value to the new one

	// Attribution of the classic layout. Its licence asks to name author and licence; translate it, and keep both.
	Attribution string

	// Terms translates the words of documents for fields and their values ("performance", "good"). A word that is not here
	// stands as it is, with spaces for hyphens.
	Terms map[string]string
}

// English returns the English words, which are the default.
func English() Labels {
	l := Labels{
		Language: "en", Canvas: "Business model", Perspectives: [3]string{"Create value", "Deliver value", "Capture value"},
		Version: "Version", AsOf: "As of", Owner: "Owner", Performance: "works", Levels: [5]string{"broken", "poor", "fair", "good", "excellent"},
		Nobody: "leads to no segment",
		Since:  "Since", Added: "added", Removed: "removed", Changed: "changed", Renamed: "renamed from", Moved: "moved from", Nothing: "–", Arrow: "→",
		Attribution: "Layout: The Business Model Canvas by Strategyzer AG (strategyzer.com), CC BY-SA 3.0",
	}
	for b := range canvas.Blocks() {
		l.Blocks[b-canvas.CustomerSegments] = b.Title()
		l.Questions[b-canvas.CustomerSegments] = b.Question()
	}
	return l
}

func (o *Options) labels() Labels { return svg.Words(o.Labels, English()) }

// block returns the title of a block.
func (l *Labels) block(b canvas.Block) string { return l.Blocks[b-canvas.CustomerSegments] }

// term returns a word of documents in the language of the labels.
func (l *Labels) term(word string) string {
	if t := l.Terms[word]; t != "" {
		return t
	}
	return strings.ReplaceAll(word, "-", " ")
}

// Package canvassvg draws a business model: its nine blocks with their items, for whom each item is, and what has changed
// since an earlier version.
//
// In three steps:
//
//  1. Have a [canvas.Canvas], decoded or built in code. It need not be valid: what is there is drawn.
//  2. Set [Options] where the defaults will not do: width, layout, language, the earlier version.
//  3. Call [Render].
//
// The picture is one self-contained SVG document, well-formed whatever the texts hold, and the same bytes for the same
// canvas and options. Every item is drawn: blocks grow with what they hold, and texts wrap. A text longer than
// [Options.MaxLines] ends with an ellipsis, and is shown whole on hovering, as are an item's description and owner.
//
// # Layouts
//
// [LayoutClassic] is the layout of the Business Model Canvas by Strategyzer AG (strategyzer.com), published under
// CC BY-SA 3.0; the picture names them, and who passes it on has to leave that line in place. [LayoutGrid] is the
// library's own: three bands for what creates, delivers and captures value. It needs no attribution. Pictures too
// narrow for either have the blocks one below the other.
//
// # Colours
//
// An item has the colours and numbers of the customer segments that it reaches: those that it names, else those
// reached by what it delivers, sells, serves, supplies or pays for. It is grey, and says so, if it reaches nobody. A canvas in
// which nothing is linked to a segment is drawn without colours.
package canvassvg

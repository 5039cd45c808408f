// Package journeycsv writes the map of a journey as a table and reads it back, as whiteboards and spreadsheets have it:
// columns are touchpoints, rows are lanes.
//
//	touchpoint,enquiry,service,follow-up
//	stage,before,visit,after
//	stage-name,Before the visit,The visit,After the visit
//	name,Asks or books,Is served,Is thanked and asked
//	pains,Nobody picks up,"Loud
//	No vegan food",
//
// A lane that holds a list (pains, opportunities, messages) has one entry a line; a line that begins with two blanks
// belongs to the entry above it. A stage without touchpoints has a column of its own, headed "stage/key". Blank stage
// cells mean the stage on the left, as merged cells do. Rows that begin with # are comments.
//
// What it is not for: a whole journey. Measures, evidence, transitions and weights of facets stand in the YAML or JSON
// file; the table holds what people write on a wall.
//
// Tables are UTF-8. Excel takes a file for that only if it begins with a byte-order mark: write "\ufeff" in front of the
// table where it goes to Excel. Reading passes over the mark, and over a first row "sep=;".
//
// In three steps:
//
//  1. [Encode] writes the table of a journey, for a spreadsheet or a whiteboard.
//  2. [Decode] makes a new journey of a table; [Update] brings a table that was edited into the journey that it came
//     from, and keeps there what the table does not hold.
//  3. Look at the Issues: each cell that found no place is one of them, with line, column and its whole text, as an
//     [UnplacedError] behind it. Nothing is lost without being named.
package journeycsv

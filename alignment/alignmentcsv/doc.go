// Package alignmentcsv writes the links of a model as tables and reads them back, for the workshop in which people rate
// how much each item of the canvas does for each touchpoint.
//
// There are two forms, told apart by their headings. The sheet has a row an item and a column a place of the journey (a
// stage, a touchpoint, or either with ".facet"):
//
//	item,name,rater,role,enquiry,visit
//	phone,Phone,anna,contributes,strong,
//	dishes,Washing up,anna,required,,medium
//
// A cell says none, weak, medium or strong, or as numbers 0, 1, 3 and 9; an x is a link that is not rated yet. The long
// form has one row a link and holds all that a link says:
//
//	item,to,facet,role,group,strength,performance,rater,evidence,note
//	host,visit,emotion,contributes,,medium,,anna,"[{""kind"":""interview"",""n"":12}]",
//
// Rows that begin with # are comments; the sheet has one with the names of the columns.
//
// What it is not for: items and touchpoints themselves, which stand in the model, and needs.
//
// Tables are UTF-8. Excel takes a file for that only if it begins with a byte-order mark: write "\ufeff" in front of the
// table where it goes to Excel. Reading passes over the mark, and over a first row "sep=;".
//
// In three steps:
//
//  1. [EncodeSheet] writes the sheet of a model, blank or filled; [EncodeLinks] writes the long form.
//  2. [Decode] reads either form into links; [Update] brings it into the model that it was made of.
//  3. Look at the Issues: each cell that found no place is one of them, with line, column and its whole text, as an
//     [UnplacedError] behind it.
package alignmentcsv

package survey

import "maps"

// QualtricsOptions returns the options for the CSV export of a Qualtrics survey: three header rows, response, time and
// status from the columns that every export has, previews, tests and spam as excluded, -99 (seen and not answered) as
// missing. The questions are the columns of scores, by name ("Q1"), import id ("QID1") or text; where the export has
// choices and not numbers, give their Words. The result may be changed, for instance to map a segment or a label.
//
//	opts := survey.QualtricsOptions(map[string]survey.Column{
//		"QID1": {Measure: "nps"},
//		"QID2": {Measure: "csat", Touchpoint: "checkout", Words: map[string]float64{"Very satisfied": 5, ...}},
//	})
//
// Times are those of the zone in the third header row.
func QualtricsOptions(questions map[string]Column) *ReaderOptions {
	columns := map[string]Column{
		"ResponseId":   {Field: FieldID},
		"RecordedDate": {Field: FieldTime},
		"Status":       {Field: FieldStatus},
		"Finished":     {Field: FieldFinished},
	}
	maps.Copy(columns, questions)
	words := map[string]Status{}
	// Codes are sums of 1 preview, 2 test, 4 imported, 8 spam, 16 offline, 32 employee experience, 256 synthetic.
	for _, w := range []string{"IP Address", "0", "Imported", "4", "Offline", "16", "EX", "32", "EX Offline", "48"} {
		words[w] = StatusUnspecified
	}
	for _, w := range []string{
		"Survey Preview", "1", "Survey Test", "2", "Spam", "8", "Survey Preview Spam", "9", "Imported Spam", "12",
		"Offline Survey Preview", "17", "EX Spam", "40", "Synthetic", "256",
	} {
		words[w] = StatusExcluded
	}
	return &ReaderOptions{HeaderRows: 3, Columns: columns, StatusWords: words, Missing: append(missingWords(), "-99")}
}

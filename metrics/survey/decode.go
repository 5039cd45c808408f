package survey

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/clip"
	"github.com/cxmodel/cxmodel/internal/records"
)

// cell returns the text of a single column, empty where there is none.
func (r *Reader) cell(f Field, fields [][]byte) []byte {
	if i := r.layout.single[f]; i >= 0 {
		return records.Trim(fields[i])
	}
	return nil
}

// decode reads what the answers of a row share.
func (r *Reader) decode(out *row, fields [][]byte) error {
	*out = row{}
	var err error
	if text := r.cell(FieldTime, fields); len(text) > 0 {
		if out.time, err = r.time(text); err != nil {
			return err
		}
	}
	if out.segment, err = r.key(r.segments, FieldSegment, fields); err != nil {
		return err
	}
	if out.touchpoint, err = r.key(r.touchpoints, FieldTouchpoint, fields); err != nil {
		return err
	}
	if out.measure, err = r.key(r.measures, FieldMeasure, fields); err != nil {
		return err
	}
	if out.status, err = r.status(fields); err != nil {
		return err
	}
	out.weight, err = r.weight(fields)
	return err
}

func (r *Reader) key(ring *keyring, f Field, fields [][]byte) (uint16, error) {
	text := r.cell(f, fields)
	if len(text) == 0 {
		return 0, nil
	}
	code, err := ring.code(text)
	if err == nil {
		return code, nil
	}
	if errors.Is(err, cxmodel.ErrLimit) {
		return 0, fmt.Errorf("line %d: %w; is the column map right?", r.records.Line(), err)
	}
	return 0, &records.Rejection{Code: "bad-key", Err: err}
}

func (r *Reader) time(text []byte) (time.Time, error) {
	if len(r.opts.Layouts) == 0 {
		if t, ok := records.ParseTime(text, r.loc); ok {
			return t, nil
		}
		if r.isMissing(text) {
			return time.Time{}, nil
		}
		return time.Time{}, records.Reject("bad-time", "the time %q is not written as in 2026-11-02 or 2026-11-02T15:04:05Z; say how in Layouts", clip.Text(text))
	}
	for _, layout := range r.opts.Layouts {
		if t, err := records.ParseLayout(layout, string(text), r.loc); err == nil && t.Year() >= 1 && t.Year() <= 9999 {
			return t, nil
		}
	}
	if r.isMissing(text) {
		return time.Time{}, nil
	}
	return time.Time{}, records.Reject("bad-time", "the time %q is not written as %s; say how in Layouts", clip.Text(text), strings.Join(r.opts.Layouts, " or "))
}

func (r *Reader) status(fields [][]byte) (Status, error) {
	s := StatusUnspecified
	if text := r.cell(FieldStatus, fields); len(text) > 0 {
		var ok bool
		if s, ok = r.opts.StatusWords[string(text)]; !ok {
			if s, ok = r.opts.StatusWords[string(bytes.ToLower(text))]; !ok {
				known := slices.Sorted(maps.Keys(r.opts.StatusWords))
				return 0, records.Reject("bad-status", "%q is not a status; use one of %s, or name it in StatusWords", clip.Text(text), strings.Join(known[1:], ", "))
			}
		}
	}
	if text := r.cell(FieldFinished, fields); len(text) > 0 {
		finished := false
		switch string(bytes.ToLower(text)) {
		case "true", "1":
			finished = true
		case "false", "0":
		default:
			return 0, records.Reject("bad-status", "%q does not say whether the survey was finished; use true or false, 1 or 0", clip.Text(text))
		}
		if s == StatusUnspecified || s == StatusCompleted {
			if s = StatusPartial; finished {
				s = StatusCompleted
			}
		}
	}
	return s, nil
}

func (r *Reader) weight(fields [][]byte) (float64, error) {
	text := r.cell(FieldWeight, fields)
	if len(text) == 0 || r.isMissing(text) {
		return 0, nil
	}
	w, ok := parseScore(text, r.opts.Decimal)
	if !ok || w <= 0 {
		return 0, records.Reject("bad-weight", "the weight %q is not a number above 0; leave out the rows that should not count", clip.Text(text))
	}
	return w, nil
}

// score reads the answer to one question: NaN if there is none.
func (r *Reader) score(q *question, row *row, fields [][]byte) (float64, error) {
	if q.measure == "" && row.measure == 0 {
		return 0, records.Reject("no-measure", "the row does not say which measure it answers")
	}
	if q.index < 0 {
		return math.NaN(), nil
	}
	text := records.Trim(fields[q.index])
	if len(text) == 0 {
		return math.NaN(), nil
	}
	x, ok := parseScore(text, r.opts.Decimal)
	if !ok {
		if x, ok = q.words[string(text)]; !ok {
			if r.isMissing(text) {
				return math.NaN(), nil
			}
			return 0, r.badScore(q, text)
		}
	} else if r.missingNumber && r.isMissing(text) { // such as 99
		return math.NaN(), nil
	}
	if row.status == StatusInvited || row.status == StatusBounced {
		return 0, records.Reject("contradiction", "the score %q stands in a row whose status is %q; a reply makes it completed or partial", clip.Text(text), row.status)
	}
	return x, nil
}

func (r *Reader) badScore(q *question, text []byte) error {
	hint := "name what it means in the Words of the column, or in Missing"
	if _, ok := qualtricsImport(text); ok {
		hint = "this is a header row of Qualtrics, set HeaderRows to 3"
	} else if r.json == nil && bytes.IndexByte(text, '.'+','-r.opts.Decimal) >= 0 {
		hint = fmt.Sprintf("the decimal mark is taken to be %q, set Decimal", rune(r.opts.Decimal))
	}
	return records.Reject("bad-score", "column %q: %q is not a number; %s", clip.Text(r.heads.first[q.index]), clip.Text(text), hint)
}

func (r *Reader) isMissing(text []byte) bool {
	if len(text) > 16 {
		return r.missing[string(bytes.ToLower(text))]
	}
	var low [16]byte
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return r.missing[string(low[:len(text)])]
}

// details reads what a Cube does not need. A theme that cannot be read is left out and listed.
func (r *Reader) details(a *Answer, fields [][]byte) error {
	a.ID = string(r.cell(FieldID, fields))
	a.Customer = string(r.cell(FieldCustomer, fields))
	if text := r.cell(FieldChannel, fields); len(text) > 0 {
		name, ok := r.channels[string(text)]
		if !ok {
			name = string(text)
			if len(r.channels) < maxKeys {
				r.channels[name] = name
			}
		}
		a.Channel = name
	}
	if text := r.cell(FieldThemes, fields); len(text) > 0 {
		for part := range bytes.SplitSeq(text, []byte(r.opts.ThemeSeparator)) {
			if part = records.Trim(part); len(part) == 0 {
				continue
			}
			code, err := r.themes.code(part)
			switch {
			case errors.Is(err, cxmodel.ErrLimit):
				return err
			case err != nil:
				r.reject(&records.Rejection{Code: "bad-theme", Err: err})
			default:
				a.Themes = append(a.Themes, r.themes.keys[code])
			}
		}
	}
	if len(r.layout.labels) > 0 {
		a.Labels = make(map[string]string, len(r.layout.labels))
		for _, l := range r.layout.labels {
			if text := records.Trim(fields[l.index]); len(text) > 0 {
				a.Labels[l.label] = string(text)
			}
		}
	}
	return nil
}

package cxmodel_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/cxmodel/cxmodel"
)

var errCause = errors.New("cause")

func TestOnlyUnwaivedErrorsBlock(t *testing.T) {
	issues := cxmodel.Issues{
		{Code: "a", Severity: cxmodel.SeverityWarning, Message: "careful"},
		{Code: "b", Severity: cxmodel.SeverityError, Message: "wrong", Waived: "known"},
		{Code: "c", Severity: cxmodel.SeverityNote, Message: "by the way"},
	}
	require.NoError(t, issues.Err())
	require.NoError(t, cxmodel.Issues(nil).Err())
	issues = append(issues, cxmodel.Issue{Code: "d", Severity: cxmodel.SeverityError, Message: "wrong", Err: errCause,
		Pos: cxmodel.Position{File: "m.yaml", Line: 3, Column: 7}})
	err := issues.Err()
	require.EqualError(t, err, "m.yaml:3:7: wrong [d]")
	require.ErrorIs(t, err, errCause)
	var one cxmodel.Issue
	require.ErrorAs(t, err, &one)
	assert.Equal(t, "d", one.Code)
}

func TestAnIssueSaysWhereHowBadAndWhetherItIsWaived(t *testing.T) {
	i := cxmodel.Issue{Path: "/stages/0", Code: "x", Severity: cxmodel.SeverityWarning, Message: "odd", Waived: "on purpose"}
	assert.Equal(t, "/stages/0: warning: odd [x] (waived: on purpose)", i.Error())
	b, err := json.Marshal(i)
	require.NoError(t, err)
	assert.JSONEq(t, `{"path":"/stages/0","code":"x","severity":"warning","message":"odd","waived":"on purpose"}`, string(b))
}

func TestLongListsOfErrorsAreCounted(t *testing.T) {
	var issues cxmodel.Issues
	for range 30 {
		issues = append(issues, cxmodel.Issue{Code: "x", Severity: cxmodel.SeverityError, Message: "wrong"})
	}
	assert.Contains(t, issues.Err().Error(), "and 20 more errors")
}

func TestDatesAreDaysOfTheCalendar(t *testing.T) {
	d, err := cxmodel.ParseDate("2024-02-29")
	require.NoError(t, err)
	assert.Equal(t, "2024-03-01", d.AddDays(1).String())
	assert.Equal(t, 366, cxmodel.Date{Year: 2024, Month: 12, Day: 31}.DaysSince(cxmodel.Date{Year: 2023, Month: 12, Day: 31}))
	assert.True(t, d.Before(cxmodel.Date{Year: 2024, Month: time.March, Day: 1}))
	assert.False(t, cxmodel.Date{Year: 2023, Month: 2, Day: 29}.Valid())
	assert.True(t, cxmodel.Date{}.IsZero())
	assert.Equal(t, d.In(time.UTC), d.In(nil), "as everywhere a nil location is UTC")
	for _, bad := range []string{"29.2.2024", "2023-02-29", "2024-2-9", "soon"} {
		_, err := cxmodel.ParseDate(bad)
		require.ErrorContains(t, err, "2026-11-02", bad)
	}
}

func TestScalesSayWhichEndIsGood(t *testing.T) {
	ces := cxmodel.Scale{Min: 1, Max: 5, LowIsGood: true}
	assert.InDelta(t, 1, ces.Position(1), 0)
	assert.InDelta(t, .25, ces.Position(4), 1e-15)
	assert.True(t, ces.Contains(4.5))
	for _, bad := range []cxmodel.Scale{{}, {Min: 5, Max: 1}, {Min: 0, Max: 5000}, {Min: -1 << 62, Max: 1 << 62}} {
		require.ErrorIs(t, bad.Check(), cxmodel.ErrScale)
	}
	require.NoError(t, ces.Check())
}

func TestGradesOfEvidence(t *testing.T) {
	assert.Equal(t, cxmodel.GradeAssumed, cxmodel.BestGrade(nil), "no evidence is assumption")
	assert.Equal(t, cxmodel.GradeObserved, cxmodel.BestGrade([]cxmodel.Evidence{{Kind: cxmodel.EvidenceInterview}, {Kind: cxmodel.EvidenceAudit}}))
	assert.Equal(t, cxmodel.GradeAssumed, cxmodel.EvidenceKind("hearsay").Grade())
}

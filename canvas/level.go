package canvas

import "github.com/cxmodel/cxmodel/internal/enum"

// A Level is an importance or a severity in three steps. The zero Level is not rated.
type Level int

// Levels.
const (
	LevelUnspecified Level = iota
	LevelLow
	LevelMedium
	LevelHigh
)

var levels = enum.Table{Type: "level", Names: []string{"", "low", "medium", "high"}}

// String returns "low", "medium" or "high".
func (l Level) String() string { return levels.String(int(l)) }

// MarshalText implements [encoding.TextMarshaler]; a value that is none of the constants is an error.
func (l Level) MarshalText() ([]byte, error) { return levels.Text(int(l)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (l *Level) UnmarshalText(text []byte) error { return enum.Set(l, &levels, text) }

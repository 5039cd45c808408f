package canvas

import (
	"github.com/cxmodel/cxmodel"
)

// An Activity is something that the business must do for its model to work.
type Activity struct {
	Item
	Type   ActivityType  `json:"type,omitempty"`
	Serves []cxmodel.Ref `json:"serves,omitempty"` // propositions, channels and relationships that need it
}

// An ActivityType says what an activity is; the first three are those of Osterwalder and Pigneur (2010, p. 37). The
// vocabulary is open.
type ActivityType string

// Types of activity.
const (
	ActivityProduction     ActivityType = "production"
	ActivityProblemSolving ActivityType = "problem-solving"
	ActivityPlatform       ActivityType = "platform" // or network
	ActivityMarketing      ActivityType = "marketing"
	ActivitySales          ActivityType = "sales"
	ActivityDistribution   ActivityType = "distribution"
	ActivitySupport        ActivityType = "support"
)

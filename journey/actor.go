package journey

import (
	"github.com/cxmodel/cxmodel"
	"github.com/cxmodel/cxmodel/internal/enum"
)

// An Actor is somebody or something that takes part in a touchpoint. In a file a lone name stands for it.
type Actor struct {
	Name string    `json:"name" codec:"text"`
	Role ActorRole `json:"role,omitempty"`
	cxmodel.Extra
}

// An ActorRole says how an actor takes part.
type ActorRole int

// Roles of actors.
const (
	RoleUnspecified ActorRole = iota
	RoleInitiator             // makes the contact
	RoleReceiver              // is contacted
	RoleResponsible           // does the work
	RoleEligible              // may do the work
)

var actorRoles = enum.Table{Type: "role of actors", Names: []string{"", "initiator", "receiver", "responsible", "eligible"}}

// String returns the role's name, or "" for RoleUnspecified.
func (r ActorRole) String() string { return actorRoles.String(int(r)) }

// MarshalText implements [encoding.TextMarshaler].
func (r ActorRole) MarshalText() ([]byte, error) { return actorRoles.Text(int(r)) }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (r *ActorRole) UnmarshalText(text []byte) error { return enum.Set(r, &actorRoles, text) }

package meeting

import "time"

// Rescheduled tells of the last change of time or place after publication.
type Rescheduled struct {
	At time.Time `json:"at"`
	// Starts, Ends and Place are what held before.
	Starts time.Time `json:"starts,omitzero"`
	Ends   time.Time `json:"ends,omitzero"`
	Place  string    `json:"place,omitempty"`
}

// described replaces the description, and notes for those who were invited what
// of it they have to know.
func (s State) described(b Described, at time.Time) State {
	old := s.Description
	if s.Exists() && s.Phase != Draft && (!old.Starts.Equal(b.Starts) || !old.Ends.Equal(b.Ends) || old.Place != b.Place) {
		s.Rescheduled = Rescheduled{At: at, Starts: old.Starts, Ends: old.Ends, Place: old.Place}
	}
	s.Description = b.Description
	return s
}

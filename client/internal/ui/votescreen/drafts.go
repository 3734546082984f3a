package votescreen

import (
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
)

// draft is a ballot that is being filled in while something else is shown.
type draft struct {
	step   step
	marks  []int
	remark *widget.TextField
}

// drafts are the ballots that make room for another vote, or for what the person wants to read first.
type drafts map[controller.VoteAt]draft

// setAside keeps what was filled in of the vote that is shown, for when it is shown again.
func (b *Ballot) setAside() {
	if b.step != sent && filled(b.marks) {
		b.drafts[b.view.VoteAt] = draft{b.step, b.marks, b.remark}
	}
}

// takeUp goes on with what was filled in of a vote, or begins.
func (b *Ballot) takeUp(v controller.BallotView) {
	d := b.drafts[v.VoteAt]
	b.step, b.marks, b.remark = d.step, d.marks, d.remark
}

// Unsent reports whether something was filled in that has not been sent: it would be lost with the screen.
func (b *Ballot) Unsent() bool { return len(b.drafts) > 0 || b.on && b.step != sent && filled(b.marks) }

// filled reports whether marks say anything.
func filled(marks []int) bool {
	for _, m := range marks {
		if m >= 0 {
			return true
		}
	}
	return false
}

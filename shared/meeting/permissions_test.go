package meeting_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// samples has one sensible command of every kind.
func samples() []meeting.Command {
	file := func(item meeting.ItemID) meeting.AttachDocument {
		return meeting.AttachDocument{Item: item, Document: "draft", Hash: hash("c"), Name: "c.pdf", Pages: 2, Bytes: 10}
	}
	return append([]meeting.Command{
		meeting.Create{Description: meeting.Description{Title: "Phiên họp"}, Creator: meeting.Participant{Name: "Thư ký"}},
		meeting.Describe{Description: meeting.Description{Title: "Phiên họp bất thường"}},
		meeting.SetParticipant{Participant: meeting.Participant{Person: "late", Name: "Đến sau"}},
		meeting.RemoveParticipant{Person: guest},
		meeting.AddItem{ID: "delta", Type: meeting.Other, Brief: meeting.Brief{Title: "Delta"}},
		meeting.ChangeItem{ID: "alpha", Type: meeting.Report, Brief: meeting.Brief{Title: "Alpha khác"}},
		meeting.MoveItem{ID: "alpha"},
		meeting.RemoveItem{ID: "alpha"},
		meeting.RestoreItem{ID: "alpha"},
		meeting.SetAudience{ID: "alpha"},
		file("alpha"),
		meeting.ReplaceDocument{Item: "alpha", Document: "report", Hash: hash("c"), Name: "c.pdf", Pages: 2, Bytes: 10},
		meeting.RetitleDocument{Item: "alpha", Document: "report", Title: "Tờ trình"},
		meeting.MoveDocument{Item: "alpha", Document: "report"},
		meeting.RemoveDocument{Item: "alpha", Document: "annex"},
		meeting.Publish{},
		meeting.AllowActing{Person: secretary, On: true},
		meeting.OpenSitting{},
		meeting.PauseSitting{},
		meeting.ResumeSitting{},
		meeting.EndSitting{},
		meeting.Close{},
		meeting.PassChair{To: vice},
		meeting.SetItemState{Item: "gamma", To: meeting.Running},
		meeting.Recall{Item: "alpha"},
		meeting.HoldFollowers{Item: "alpha", On: true},
		meeting.GivePresenter{Item: "alpha", To: delegate},
		meeting.AskPresenter{Item: "alpha"},
		meeting.DropAsk{Item: "alpha", Person: invited},
		meeting.Show{Item: "alpha", Place: meeting.Place{Document: "report", Page: 3}},
		meeting.GiveAnswer{Person: invited, Reply: meeting.Absent, Reason: "Đi công tác"},
		meeting.RemindInvited{},
	}, voteSamples(live)...)
}

// onRestricted are the commands that touch an item, on the restricted one.
func onRestricted() []meeting.Command {
	return []meeting.Command{
		meeting.ChangeItem{ID: "beta", Type: meeting.Report, Brief: meeting.Brief{Title: "Beta khác"}},
		meeting.MoveItem{ID: "beta"},
		meeting.SetAudience{ID: "beta"},
		meeting.AttachDocument{Item: "beta", Document: "draft", Hash: hash("c"), Name: "c.pdf", Pages: 2, Bytes: 10},
		meeting.RetitleDocument{Item: "beta", Document: "report", Title: "Tờ trình"},
		meeting.RemoveDocument{Item: "beta", Document: "annex"},
		meeting.SetItemState{Item: "beta", To: meeting.Suspended},
		meeting.SetItemState{Item: "beta", To: meeting.Withdrawn, Reason: "Chưa đủ hồ sơ"},
		meeting.Recall{Item: "beta"},
		meeting.HoldFollowers{Item: "beta", On: true},
		meeting.GivePresenter{Item: "beta", To: vice},
		meeting.AskPresenter{Item: "beta"},
		meeting.DropAsk{Item: "beta", Person: vice},
		meeting.Show{Item: "beta", Place: meeting.Place{Document: "report", Page: 3}},
		meeting.PrepareVote{Item: "beta", Vote: "new", Plan: plan(poll.Live)},
		meeting.OpenVote{Item: "beta", Vote: secret},
		meeting.CastVote{Item: "beta", Vote: live, Ballot: mark(0)},
		meeting.CastVote{Item: "beta", Vote: live, Ballot: mark(0), Person: member},
	}
}

// phases are the points of a meeting's life at which every command is tried.
func phases(t *testing.T) (names []string, states map[string]meeting.State) {
	states = map[string]meeting.State{}
	note := func(name string, s meeting.State) {
		names = append(names, name)
		states[name] = s
	}
	note("none", meeting.State{})
	w := drafted(t)
	note("draft", w.s)
	w.must(t, secretary, meeting.Publish{})
	w.must(t, secretary, meeting.AllowActing{Person: typist, On: true})
	note("published", w.s)
	w.must(t, chair, meeting.OpenSitting{})
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Running})
	w.must(t, chair, meeting.GivePresenter{Item: "alpha", To: member})
	w.must(t, invited, meeting.AskPresenter{Item: "alpha"})
	note("open", w.s)
	w.must(t, chair, meeting.PauseSitting{})
	note("paused", w.s)
	w.must(t, chair, meeting.EndSitting{})
	note("adjourned", w.s)
	w.must(t, chair, meeting.Close{})
	note("closed", w.s)
	return names, states
}

func outcome(s meeting.State, who meeting.PersonID, c meeting.Command) string {
	events, err := meeting.Decide(s, actor(who), c, start)
	switch {
	case err != nil:
		return string(code(err))
	case len(events) == 0:
		return "="
	}
	return fmt.Sprintf("ok%d", len(events))
}

// Who may give which command when. In the open meeting the chair presides,
// the member presents, the typist may act for the chair, and the secretary may
// not. "okN" means N events, "=" that the wish was fulfilled already.
func TestWhoMayDoWhat(t *testing.T) {
	var out strings.Builder
	names, states := phases(t)
	seen := []string{}
	for _, c := range append(samples(), inkSamples()...) {
		seen = append(seen, c.Kind())
		table(&out, c.Kind(), names, func(who meeting.PersonID, phase string) string {
			return outcome(states[phase], who, c)
		})
	}
	slices.Sort(seen)
	seen = slices.Compact(seen)
	if all := meeting.CommandKinds(); !slices.Equal(seen, all) {
		t.Errorf("a kind of command without a line in the table:\n%v\n%v", seen, all)
	}
	golden(t, "permissions.txt", out.String())
}

// Who may do what to an item of restricted audience (secretary, vice, member,
// no chair) while it waits and while it runs.
func TestWhoMayTouchARestrictedItem(t *testing.T) {
	waiting := opened(t)
	running := opened(t)
	waiting.must(t, secretary, meeting.PrepareVote{Item: "beta", Vote: secret, Plan: plan(poll.Secret)})
	running.must(t, chair, meeting.SetItemState{Item: "beta", To: meeting.Running})
	running.must(t, chair, meeting.PassChair{To: vice})
	states := map[string]meeting.State{"waits": waiting.s, "runs": running.s}
	running.must(t, secretary, meeting.PrepareVote{Item: "beta", Vote: live, Plan: plan(poll.Live)})
	running.must(t, vice, meeting.OpenVote{Item: "beta", Vote: live})
	states["votes"] = running.s
	var out strings.Builder
	for _, c := range onRestricted() {
		table(&out, c.Kind(), []string{"waits", "runs", "votes"}, func(who meeting.PersonID, phase string) string {
			return outcome(states[phase], who, c)
		})
	}
	golden(t, "restricted.txt", out.String())
}

func table(out *strings.Builder, title string, columns []string, cell func(who meeting.PersonID, column string) string) {
	fmt.Fprintf(out, "%-20s", title)
	for _, c := range columns {
		fmt.Fprintf(out, " %-12s", c)
	}
	out.WriteByte('\n')
	for _, who := range cast {
		fmt.Fprintf(out, "  %-18s", who)
		for _, c := range columns {
			fmt.Fprintf(out, " %-12s", cell(who, c))
		}
		out.WriteByte('\n')
	}
	out.WriteByte('\n')
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got = strings.Join(lines, "\n")
	path := filepath.Join("testdata", name)
	if *update {
		writeGolden(t, path, []byte(got))
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		wants := strings.Split(string(want), "\n")
		for i, line := range lines {
			if i >= len(wants) || wants[i] != line {
				t.Fatalf("%s, line %d: (go test -update writes it)\ngot  %s\nwant %s", path, i+1, line, wants[min(i, len(wants)-1)])
			}
		}
		t.Fatalf("%s has lines more", path)
	}
}

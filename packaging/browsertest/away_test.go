package browsertest

import (
	"context"
	"image"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// A tab that the browser froze, over a network that went away meanwhile, is in
// step soon after it is looked at again.
func TestATabThatWasPutAway(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.signIn(h.who("delegate"))
	b.goOn(all, 1)
	b.until("the documents are kept", func() bool { return b.keeps("pages", `-800$`) >= known })
	for _, to := range []int{5, 7} {
		send(b, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: page.SetWebLifecycleStateStateFrozen})
		h.wire.set(true)
		h.show(to)
		time.Sleep(5 * time.Second) // the browser's own time, which no test can turn
		h.wire.set(false)
		from := time.Now()
		send(b, page.SetWebLifecycleState, page.SetWebLifecycleStateParams{State: page.SetWebLifecycleStateStateActive})
		b.reads(all, to)
		t.Logf("put away and back: in step after %v", time.Since(from).Round(10*time.Millisecond))
	}
	b.quiet()
}

// What was fetched is searched without the network, in a tab that was loaded
// anew without it.
func TestSearchingWithoutTheNetwork(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), laptop)
	b.visit(h.front + "/")
	b.signIn(h.who("delegate"))
	b.goOn(all, 1)
	b.settled()
	b.until("the texts are kept", func() bool { return b.keeps("pages", `[/]x\d+$`) >= 77 })
	h.wire.set(true)
	b.again()
	b.reads(all, 1)
	before := b.look()
	b.do("open the search", chromedp.KeyEvent("f", chromedp.KeyModifiers(2)))
	b.until("the field is open", func() bool { return value[string](b, `document.getElementById("keyboard").className`) == "open" })
	b.write("nông thôn")
	b.press("\r")
	b.until("it found something", func() bool { return yellow(b.look()) > 200 })
	if changed(before, b.look()) < 0.05 {
		t.Error("the screen shows no list")
	}
	b.keep("search-without-network")
	// What was on its way when the wire was cut makes the browser complain, so that it is not asked to be quiet.
}

// yellow counts the pixels that are marked on a page.
func yellow(img image.Image) (n int) {
	size := img.Bounds().Size()
	for y := 0; y < size.Y; y++ {
		for x := 0; x < size.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			if r>>8 > 230 && g>>8 > 200 && r > b+0x1800 {
				n++
			}
		}
	}
	return n
}

// green finds the choice of a ballot that says yes, the first that is tinted so broadly.
func (b *tablet) green() (point, bool) {
	img := b.look()
	size := img.Bounds().Size()
	broad := min(float64(size.X)/4, 150*b.scale)
	for y := 0; y < size.Y; y += 3 {
		run, last := 0, 0
		for x := 0; x < size.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			if r>>8 > 200 && g > r+0x500 && g > bl+0x300 && g>>8 < 250 {
				run, last = run+1, x
			}
		}
		if float64(run) > broad {
			return point{float64(last-run/2) / b.scale, float64(y)/b.scale + 20}, true
		}
	}
	return point{}, false
}

// A tab that is killed after its secret ballot was signed and before it was
// cast has lost nothing: the next tab casts it, and it counts once.
func TestASecretBallotSurvivesTheTab(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	browser := browse(t, h)
	b := tab(t, browser, portrait)
	send(b, page.Enable, page.EnableParams{})
	send(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{ // what is cast never arrives
		Source: `const carry = window.fetch; window.fetch = function (to) { return String(to).endsWith("/v1/ballots") ? new Promise(() => {}) : carry.apply(this, arguments) }`})
	b.visit(h.front + "/")
	voter := h.member()
	b.signIn(voter)
	b.goOn(all, 1)

	plan, ok := meeting.VoteTemplate(meeting.TemplatePersonnel)
	if !ok || plan.Poll.Mode != poll.Secret {
		t.Fatal("there is no plan of a secret vote")
	}
	plan.Question = "Nhân sự?"
	h.do(meeting.PrepareVote{Item: h.item, Vote: "v1", Plan: plan}, meeting.PoseVote{Item: h.item, Vote: "v1"}, meeting.OpenVote{Item: h.item, Vote: "v1"})
	if v, _ := h.state().Contents[h.item].Voting("v1"); v.State != meeting.Polling {
		t.Fatalf("the vote is %s", v.State)
	}
	b.until("the ballot is signed", func() bool {
		if at, ok := b.button(b.look()); ok {
			b.keep("secret-chosen")
			b.tap(at.x, at.y)
		} else if at, ok := b.green(); ok {
			b.tap(at.x, at.y)
		}
		b.arrived()
		return b.finds(`"stage":"signed"`) == 1
	})
	if n := b.finds(`"stage":"counted"`); n != 0 {
		t.Fatal("the ballot is cast already")
	}
	b.killed()
	t.Log("the tab is gone")

	next := tab(t, browser, portrait)
	next.visit(h.front + "/")
	next.until("the ballot is cast", func() bool { return next.finds(`"stage":"counted"`) == 1 })
	h.do(meeting.CloseVote{Item: h.item, Vote: "v1"})
	next.until("it is counted", func() bool {
		v, _ := h.state().Contents[h.item].Voting("v1")
		return v.State == meeting.Tallied
	})
	h.do(meeting.AnnounceVote{Item: h.item, Vote: "v1"})
	v, _ := h.state().Contents[h.item].Voting("v1")
	if v.Result.Cast != 1 || v.Result.For+v.Result.Against != 1 {
		t.Errorf("the result is %+v", v.Result)
	}
	next.keep("secret-counted")
	next.quiet()
}

// member is somebody who votes, and does not chair.
func (h *house) member() person {
	h.t.Helper()
	s := h.state()
	for _, p := range h.people {
		if s.People[meeting.PersonID(p.ID)].Member && p.Role == "delegate" {
			return p
		}
	}
	h.t.Fatal("the sample has no members")
	return person{}
}

// killed ends the process of a tab, which hears nothing of it.
func (b *tablet) killed() {
	b.t.Helper()
	gone := make(chan struct{}, 1)
	if err := chromedp.Listen(b.ctx, func(e any) {
		if _, ok := e.(*inspector.EventTargetCrashed); ok {
			select {
			case gone <- struct{}{}:
			default:
			}
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	go func() { _, _ = chromedp.Call(ctx, page.Crash, cdp.Empty{}) }() // nobody is left to answer
	select {
	case <-gone:
	case <-ctx.Done():
		b.t.Fatal("the tab lives on")
	}
}

package screen

import (
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
)

func versions() []controller.VersionRow {
	return []controller.VersionRow{{Number: 1, Hash: "v1", Pages: 10, At: monday.AddDate(0, 0, -9)}, {Number: 2, Hash: "v2", Pages: 12, At: monday.AddDate(0, 0, -4)},
		{Number: 3, Hash: "v3", Pages: 12, At: monday}}
}

func newCompareStand(t *testing.T, o Options, size fyne.Size) (*stand, *compare) {
	t.Helper()
	s := newStand(t, inside(), o, size)
	s.fake.versions = versions()
	s.act = &shelf{s.fake, map[string]*papers{}}
	at := reading().Spot
	at.Place.Version = 3
	c := newCompare(s.Shell, "m", at)
	s.push(c)
	return s, c
}

func TestVersionsTurnTogether(t *testing.T) {
	_, c := newCompareStand(t, vi(1), tablet)
	want := func(what string, old, now int) {
		t.Helper()
		if c.old.page.Page() != old || c.now.page.Page() != now {
			t.Errorf("%s: pages %d and %d, want %d and %d", what, c.old.page.Page(), c.now.page.Page(), old, now)
		}
	}
	if c.old.version.Number != 2 || c.now.version.Number != 3 {
		t.Fatalf("versions %d and %d", c.old.version.Number, c.now.version.Number)
	}
	want("at first", 6, 6)
	c.typed(&fyne.KeyEvent{Name: fyne.KeyRight})
	want("turned", 7, 7)
	c.move(-2)
	want("the old one moved", 5, 7)
	c.now.page.OnTurn(8)
	want("turned by the new one", 6, 8)
	c.old.page.OnTurn(2)
	want("turned by the old one", 2, 4)
	c.turnTo(1)
	if c.page+c.shift >= 1 {
		t.Error("the old version has no page here")
	}
	c.move(-1)
	if c.shift != -2 {
		t.Errorf("moved to a page that is not there: %d", c.shift)
	}
	c.turnTo(99)
	if c.page != 14 { // the old one's last page stands against it
		t.Errorf("the last page is %d", c.page)
	}
	c.turnTo(6)
	c.choose(c.versions[0])
	if c.old.version.Number != 1 || c.shift != 0 {
		t.Errorf("compares with version %d, shifted by %d", c.old.version.Number, c.shift)
	}
	want("with the first version", 6, 6)
	c.old.page.ZoomBy(2)
	c.old.page.OnMoved(c.old.page.VisiblePart())
	if a, b := c.old.page.Zoom(), c.now.page.Zoom(); a/b > 1.02 || b/a > 1.02 {
		t.Errorf("sizes %v and %v", a, b)
	}
}

func TestOneVersionIsNotCompared(t *testing.T) {
	s := newStand(t, inside(), vi(1), tablet)
	s.fake.versions = versions()[:1]
	r := newReader(s.Shell, "m")
	s.push(r)
	if r.compareButton() != nil {
		t.Error("a document with one version can be compared")
	}
	c := newCompare(s.Shell, "m", reading().Spot)
	s.push(c)
	c.turnTo(3)
	c.retry()
	s.pop()
	s.fake.versions = versions()
	if r.compareButton() == nil {
		t.Error("there is no way to the versions")
	}
}

func TestComparePictures(t *testing.T) {
	for _, c := range []struct {
		name    string
		options Options
		size    fyne.Size
		then    func(*compare)
	}{
		{"compare-vi", vi(1), tablet, func(c *compare) { c.move(-1) }},
		{"compare-en-dark-phone", en(theme.Dark), phone, func(c *compare) { c.showOld = true; c.shell.redraw() }},
		{"compare-vi-phone-200", vi(2), phone, func(*compare) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, v := newCompareStand(t, c.options, c.size)
			c.then(v)
			s.looksLike(c.name)
		})
	}
}

package controller

import (
	"bytes"
	"context"
	"image/png"
	"net/url"
	"slices"
	"testing"
	"time"

	"phonghop/server/servertest"
)

// tapped turns to a page and returns when its picture is decoded.
func (d *tester) tapped(m prepared, page int) time.Duration {
	d.t.Helper()
	from := time.Now()
	d.ok(d.ShowPage(m.id, page))
	v := d.Reader(m.id)
	doc, code := d.Document(m.id, m.item, v.Hash)
	if doc == nil || v.Page != page {
		d.t.Fatalf("page %d of %v: %q", v.Page, doc, code)
	}
	if img, err := doc.Picture(context.Background(), page, 1600); err != nil || img.Bounds().Dx() != 1600 {
		d.t.Fatal(err)
	}
	return time.Since(from)
}

// reading opens the document on a device that came in at an address.
func reading(b *testing.B, at string, m prepared) *tester {
	d := start(b, b.TempDir())
	d.enter(&servertest.Room{URL: at}, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("the meeting", func() bool { return d.Meeting(m.id).Current == m.item })
	d.until("opened", func() bool { return d.OpenDocument(m.id, m.item, m.doc, 0, 1) == "" })
	d.until("the document", func() bool { doc, _ := d.Document(m.id, m.item, m.hash); return doc != nil })
	return d
}

// BenchmarkTapToPage is what a reader waits for from the tap to the picture
// that is painted, 1600 pixels wide. Kept: the page is on the device; the limit
// is decoding the same picture. Link: it is not, and comes over a link of
// 10 Mbit/s, 20 ms each way and 5 % loss (see link) while the device fetches
// ahead as it always does; the limit is the bare transfer of as many bytes over
// such a link.
func BenchmarkTapToPage(b *testing.B) {
	const pages = 60
	r := servertest.New(b)
	desk := start(b, b.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepareFile(desk, pdf(servertest.Dense+"Báo cáo", pages))
	// The server draws each page once: what is measured is drawn before.
	desk.until("opened", func() bool { return desk.OpenDocument(m.id, m.item, m.doc, 0, 1) == "" })
	desk.until("the document", func() bool { doc, _ := desk.Document(m.id, m.item, m.hash); return doc != nil })
	doc, _ := desk.Document(m.id, m.item, m.hash)
	for page := 1; page <= pages; page++ {
		if _, err := doc.Picture(context.Background(), page, 1600); err != nil {
			b.Fatal(err)
		}
	}
	kept := func(page int) []byte {
		data, ok := doc.session.KeptPicture(doc.ref, page, 1600)
		if !ok {
			b.Fatalf("page %d is not on the device", page)
		}
		return data
	}
	b.Run("kept", func(b *testing.B) {
		d := reading(b, r.URL, m)
		for page := 1; page <= pages; page++ {
			d.tapped(m, page)
		}
		var taps, limits waits
		for page := 1; b.Loop(); {
			page = page%pages + 1
			taps = append(taps, d.tapped(m, page))
			from := time.Now()
			if _, err := png.Decode(bytes.NewReader(kept(page))); err != nil {
				b.Fatal(err)
			}
			limits = append(limits, time.Since(from))
		}
		report(b, taps, limits)
	})
	b.Run("link", func(b *testing.B) {
		at, err := url.Parse(r.URL)
		if err != nil {
			b.Fatal(err)
		}
		at.Host = newLink(b, at.Host).Addr().String()
		line := newPlainLine(b)
		var taps, limits waits
		var d *tester
		page := 0
		for b.Loop() {
			for page == 0 || d.has(m, page) { // fetched ahead down to here: a device that has nothing yet
				if d != nil {
					d.Close()
				}
				d, page = reading(b, at.String(), m), pages
			}
			taps = append(taps, d.tapped(m, page))
			limits = append(limits, line.fetch(b, len(kept(page))))
			page--
		}
		report(b, taps, limits)
	})
}

// has reports whether a page is on the device.
func (d *tester) has(m prepared, page int) bool {
	doc, _ := d.Document(m.id, m.item, m.hash)
	if doc == nil {
		return false
	}
	_, ok := doc.session.KeptPicture(doc.ref, page, 1600)
	return ok
}

// waits are how long something took, one time after the other.
type waits []time.Duration

// at is the wait that a share of them, 0 to 1, does not exceed, in milliseconds.
func (w waits) at(share float64) float64 {
	slices.Sort(w)
	return w[int(share*float64(len(w)-1))].Seconds() * 1e3
}

func report(b *testing.B, taps, limits waits) {
	b.ReportMetric(taps.at(0.5), "p50-ms")
	b.ReportMetric(taps.at(0.99), "p99-ms")
	b.ReportMetric(limits.at(0.5), "limit-p50-ms")
	b.ReportMetric(limits.at(0.99), "limit-p99-ms")
	b.ReportMetric(taps.at(0.5)/limits.at(0.5), "p50/limit")
	b.ReportMetric(taps.at(0.99)/limits.at(0.99), "p99/limit")
}

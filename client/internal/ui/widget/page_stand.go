package widget

// Stand is how a page is being read: which part of it, and how large. The zero value is none.
type Stand struct {
	page       int
	fit        FitMode
	zoom, x, y float32
}

// Stand tells how the page at hand is being read, to come back to it with Resume.
func (v *PageView) Stand() Stand {
	if v.source == nil || !v.geo.valid() {
		return Stand{}
	}
	return Stand{v.page, v.geo.fit, v.geo.zoom, v.geo.x, v.geo.y}
}

// Resume shows the page at hand as it was being read. Another page than that one keeps the fit or the size, and begins at its top.
func (v *PageView) Resume(s Stand) {
	if s.page == 0 || v.source == nil {
		return
	}
	v.geo.fit, v.geo.zoom = s.fit, s.zoom
	if s.page == v.page {
		v.geo.x, v.geo.y = s.x, s.y
	} else {
		v.geo.toTop()
	}
	v.moved(true)
}

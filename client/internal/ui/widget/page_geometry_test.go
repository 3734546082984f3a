package widget

import (
	"image"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the hand does, zoom and place stay in their bounds, what is visible lies on the page, and the plan covers it.
func TestGeometryStaysInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Float32Range(10, 3000)
		g := pageGeometry{viewW: size.Draw(t, "vw"), viewH: size.Draw(t, "vh"), pageW: size.Draw(t, "pw"), pageH: size.Draw(t, "ph"),
			margin: rapid.Float32Range(0, 24).Draw(t, "margin")}
		g.settle()
		for range rapid.IntRange(1, 20).Draw(t, "n") {
			d := rapid.Float32Range(-2000, 2000)
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				g.pan(d.Draw(t, "dx"), d.Draw(t, "dy"))
			case 1:
				g.magnify(rapid.Float32Range(0.01, 20).Draw(t, "f"), d.Draw(t, "x"), d.Draw(t, "y"))
			case 2:
				g.fit = FitMode(rapid.IntRange(0, 2).Draw(t, "fit"))
				g.settle()
			case 3:
				g.viewW, g.viewH = size.Draw(t, "vw"), size.Draw(t, "vh")
				g.settle()
			case 4:
				g.show(PagePart{d.Draw(t, "x"), d.Draw(t, "y"), d.Draw(t, "w"), d.Draw(t, "h")})
			default:
				g.pageW, g.pageH = size.Draw(t, "pw"), size.Draw(t, "ph")
				g.toTop()
			}
			v := g.visible()
			const e = 1
			if v.X < -e || v.Y < -e || v.X+v.W > g.pageW+e || v.Y+v.H > g.pageH+e || v.W <= 0 || v.H <= 0 {
				t.Fatalf("visible %v of %v x %v", v, g.pageW, g.pageH)
			}
			p := g.plan(1, 1.5)
			if !g.needed(1.5).In(p.region) || !p.region.In(image.Rect(0, 0, p.w, p.h)) {
				t.Fatalf("plan %v does not cover %v", p, g.needed(1.5))
			}
		}
	})
}

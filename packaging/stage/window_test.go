package stage

import "testing"

// Who looks for words means the thing that says just these, the smallest of
// several, and of the kind that was asked for.
func TestBest(t *testing.T) {
	things := []Thing{
		{Kind: "widget.Card", Text: "Close the meeting now", W: 400, H: 80},
		{Kind: "widget.Button", Text: "Close the meeting", W: 200, H: 48},
		{Kind: "line", Text: "Close the meeting", W: 120, H: 20},
		{Kind: "line", Text: "Cancel", W: 50, H: 20},
	}
	for _, c := range []struct {
		words string
		kind  []string
		want  int // -1: none
	}{
		{"Close the meeting", nil, 2},
		{"Close the meeting", []string{"widget.Button"}, 1},
		{"Close the meeting now", nil, 0},
		{"Close", []string{"widget.Card", "widget.Button"}, 1},
		{"Cancel", []string{"widget.Button"}, -1},
		{"Open", nil, -1},
	} {
		got, ok := best(things, c.words, c.kind)
		if ok != (c.want >= 0) || ok && got != things[c.want] {
			t.Errorf("%q %q: %+v, %t", c.words, c.kind, got, ok)
		}
	}
	if at := things[1].Middle(); at.X != 100 || at.Y != 24 {
		t.Errorf("the middle is %v", at)
	}
}

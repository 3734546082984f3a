package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"phonghop/shared/poll"
)

func TestIssuerAndTownComeFromTheRoomAndThePlace(t *testing.T) {
	for _, c := range []struct{ room, place, body, town string }{
		{"Ủy ban nhân dân thành phố Hải Lam", "Phòng họp số 1", "Ủy ban nhân dân thành phố Hải Lam", "Hải Lam"},
		{"ỦY BAN NHÂN DÂN TỈNH HẢI LAM", "", "Ủy ban nhân dân TỈNH HẢI LAM", "HẢI LAM"},
		{"Phòng họp UBND phường Hòa An", "", "Ủy ban nhân dân phường Hòa An", "Hòa An"},
		{"Uỷ ban nhân dân xã Bình Minh, phòng 2", "", "Ủy ban nhân dân xã Bình Minh", "Bình Minh"},
		{"HĐND Phường 1", "", "Hội đồng nhân dân Phường 1", "Phường 1"},
		{"Phòng họp A", "Trụ sở UBND thị xã Tân Lập, số 2 đường Lê Lợi", "Ủy ban nhân dân thị xã Tân Lập", "Tân Lập"},
		{"Phòng họp A", "Nhà văn hóa xã Bình Minh", "Phòng họp A", "Bình Minh"},
		{"Phòng họp A", "Tầng 2", "Phòng họp A", unknownPlace},
		{"Tổ công tác chính xãhội", "", "Tổ công tác chính xãhội", unknownPlace},
		{"UBND xã", "", "Ủy ban nhân dân xã", unknownPlace},
		{"UBND xã " + strings.Repeat("a", 100), "", "Ủy ban nhân dân xã " + strings.Repeat("a", 100), unknownPlace},
		{"", "", "", unknownPlace},
	} {
		if got := body(c.room, c.place); got != c.body {
			t.Errorf("%q, %q: the body is %q, want %q", c.room, c.place, got, c.body)
		}
		if got := town(c.room, c.place); got != c.town {
			t.Errorf("%q, %q: the town is %q, want %q", c.room, c.place, got, c.town)
		}
	}
}

func FuzzIssuer(f *testing.F) {
	f.Add("Phòng họp UBND phường Hòa An", "trụ sở, tỉnh İ")
	f.Add("\xff ubnd xã \xff", "ẞ xã 1")
	f.Fuzz(func(t *testing.T, room, place string) {
		got := town(room, place)
		if got == "" || utf8.ValidString(room+place) && !utf8.ValidString(got) {
			t.Errorf("town %q", got)
		}
		issuer(body(room, place))
	})
}

func TestThePlaceChangesThePaper(t *testing.T) {
	v := vote(t, poll.Live, 12, 3, 2)
	known := pdf(t, v)
	v.Room = "Phòng họp số 1"
	if string(known) == string(pdf(t, v)) {
		t.Error("the heading does not follow the room")
	}
}

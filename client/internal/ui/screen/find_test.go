package screen

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
)

// A name is found whichever normal form it has, whichever the keyboard writes, and without marks too.
func TestNamesAreFoundInBothNormalForms(t *testing.T) {
	for _, name := range []string{"Ằng", "Ẵng", "Ặng", "Ấn", "Ẩn", "Ẫn", "Ậu", "Ế", "Ể", "Ễ", "Ệ", "Ỉ", "Ĩ", "Ị", "Ố", "Ổ", "Ỗ", "Ộ", "Ớ", "Ở", "Ỡ", "Ợ", "Ủ", "Ũ", "Ụ", "Ứ", "Ử", "Ữ", "Ự", "Ỳ", "Ỷ", "Ỹ", "Ỵ", "Đặng Thị Hòa"} {
		for _, stored := range []string{norm.NFC.String(name), norm.NFD.String(name)} {
			for _, typed := range []string{norm.NFC.String(name), norm.NFD.String(name)} {
				if !matches(controller.PersonRow{Name: stored}, typed) {
					t.Errorf("%+q does not find %+q", typed, stored)
				}
			}
		}
	}
	if !matches(controller.PersonRow{Name: norm.NFD.String("Đặng Thị Hòa")}, "dang hoa") {
		t.Error("a name is not found without marks")
	}
}

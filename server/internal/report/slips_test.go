package report_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"phonghop/server/internal/report"
)

func slips(people ...report.Slip) report.Slips {
	return report.Slips{Room: "Phòng họp A - Trụ sở Ủy ban nhân dân", Address: "192.168.1.10:8443", Link: "https://192.168.1.10:8443/join?fp=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA&id=room-4tq",
		Code: "KH7Q-2M4T-XW9P", Date: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC), People: people}
}

// Nine people need two pages; whatever the names are, a paper comes out.
func TestSlips(t *testing.T) {
	var all []report.Slip
	for n := range 9 {
		all = append(all, report.Slip{Name: "Nguyễn Thị Ưỡn Ễnh", Position: "Phó Chủ tịch", Unit: "Ủy ban nhân dân thành phố", PIN: fmt.Sprintf("48021%d", n)})
	}
	all[3] = report.Slip{Name: strings.Repeat("Công Tằng Tôn Nữ ", 7), Position: strings.Repeat("Phó Trưởng ban ", 12), Unit: strings.Repeat("Ủy", 90), PIN: "mật khẩu dài 12345"}
	all[4] = report.Slip{Name: "😀 \u202eđảo", PIN: ""}
	var out bytes.Buffer
	if err := slips(all...).PDF(&out); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(out.Bytes(), []byte("/Type /Page\n")); n != 2 {
		t.Errorf("%d pages", n)
	}
	if file := os.Getenv("SLIPS_PDF"); file != "" { // to look at
		if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := slips().PDF(&out); err != nil {
		t.Errorf("of nobody: %v", err)
	}
	long := slips(all...)
	long.Link = strings.Repeat("x", 5000)
	if err := long.PDF(&out); err == nil {
		t.Error("a link that no QR code can hold makes a paper")
	}
}

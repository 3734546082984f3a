package demo_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"phonghop/assets/demo"
)

// TestTextCanBeRead has another program read the papers: their letters must
// come out as they went in.
func TestTextCanBeRead(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed; it only confirms what the writer wrote")
	}
	files, err := made()
	if err != nil {
		t.Fatal(err)
	}
	for key, words := range map[string][]string{
		demo.DocSubmission:  {"Số: 12/TTr-STC", "SỞ TÀI CHÍNH", "Hải Lam, ngày 18 tháng 11 năm 2026", "48.350", "30.750", "Nguyễn Hữu Trạch"},
		demo.DocResolution:  {"DỰ THẢO", "QUYẾT NGHỊ:", "Điều 4. Tổ chức thực hiện", "30.750 tỷ đồng"},
		demo.DocReport:      {"Số: 215/BC-STC", "42.180 tỷ đồng", "PHỤ LỤC II", "Đặc khu Hòn Sam"},
		demo.DocAnnex:       {"6.945.000", "Biểu số 05", "11.120.000"},
		demo.DocProjects:    {"12.480.000", "DANH MỤC CÔNG TRÌNH, DỰ ÁN"},
		demo.DocMap:         {"SỬ DỤNG ĐẤT", "163,94", "1/2000"},
		demo.DocPlanning:    {"163,94 ha", "48/TTr-SXD"},
		demo.DocPersonnel:   {"Hà Thiện Lương", "phiếu kín", "96/TTr-SNV"},
		demo.DocConclusions: {"TL. CHỦ TỊCH", "402/TB-VP"},
		demo.DocProgramme:   {"CHƯƠNG TRÌNH CÔNG TÁC", "Đinh Mùi"},
		demo.DocSlides:      {"Trân trọng cảm ơn!", "76,4%"},
	} {
		path := filepath.Join(t.TempDir(), key+".pdf")
		if err := os.WriteFile(path, files[key], 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(tool, "-enc", "UTF-8", path, "-").Output()
		if err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		text := strings.Join(strings.Fields(strings.ReplaceAll(string(out), "\u00a0", " ")), " ")
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %q", key, w)
			}
		}
	}
}

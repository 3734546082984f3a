package demo

// Keys of the documents.
const (
	DocReport      = "bao-cao-ktxh"
	DocSlides      = "trinh-chieu-ktxh"
	DocSubmission  = "to-trinh-du-toan"
	DocResolution  = "du-thao-nghi-quyet"
	DocAnnex       = "phu-luc-ngan-sach"
	DocProjects    = "danh-muc-cong-trinh"
	DocPlanning    = "to-trinh-quy-hoach"
	DocMap         = "ban-do-quy-hoach"
	DocScan        = "cong-van-gop-y"
	DocPersonnel   = "to-trinh-nhan-su"
	DocConclusions = "thong-bao-ket-luan"
	DocProgramme   = "chuong-trinh-cong-tac"
)

// Documents returns the sample's documents in the order of the agenda.
func Documents() []Document {
	return []Document{
		{
			Key: DocReport, FileName: "215-BC-STC Báo cáo KT-XH 11 tháng năm 2026.pdf", Kind: "Báo cáo",
			Title: "Báo cáo tình hình kinh tế - xã hội, quốc phòng, an ninh tháng 11 và 11 tháng năm 2026", Make: makeReport,
		},
		{
			Key: DocSlides, FileName: "Trình chiếu KT-XH 11 tháng năm 2026.pdf", Kind: "Trình chiếu",
			Title: "Bản trình chiếu: Tình hình kinh tế - xã hội 11 tháng năm 2026", Make: makeSlides,
		},
		{
			Key: DocSubmission, FileName: "12-TTr-STC Tờ trình dự toán ngân sách 2027.pdf", Kind: "Tờ trình",
			Title: "Tờ trình về dự toán ngân sách địa phương và phương án phân bổ ngân sách cấp thành phố năm 2027", Make: makeSubmission,
		},
		{
			Key: DocResolution, FileName: "Dự thảo Nghị quyết dự toán ngân sách 2027.pdf", Kind: "Dự thảo nghị quyết",
			Title: "Dự thảo Nghị quyết của HĐND thành phố về dự toán và phân bổ ngân sách năm 2027", Make: makeResolution,
		},
		{
			Key: DocAnnex, FileName: "Phụ lục biểu dự toán ngân sách 2027.pdf", Kind: "Phụ lục",
			Title: "Phụ lục: Các biểu dự toán ngân sách năm 2027", Make: makeAnnex,
		},
		{
			Key: DocProjects, FileName: "Danh mục công trình, dự án đầu tư công 2027.pdf", Kind: "Danh mục",
			Title: "Danh mục công trình, dự án sử dụng vốn đầu tư công năm 2027", Make: makeProjects,
		},
		{
			Key: DocPlanning, FileName: "48-TTr-SXD Tờ trình đồ án quy hoạch phân khu.pdf", Kind: "Tờ trình",
			Title: "Tờ trình về đồ án quy hoạch phân khu đô thị ven sông Lam Giang", Make: makePlanning,
		},
		{
			Key: DocMap, FileName: "QH-04 Bản đồ quy hoạch sử dụng đất (A0).pdf", Kind: "Bản vẽ",
			Title: "Bản đồ quy hoạch tổng mặt bằng sử dụng đất (khổ A0)", Make: makeMap,
		},
		{
			Key: DocScan, FileName: "317-UBND Công văn góp ý của phường Vọng Hải (bản chụp).pdf", Kind: "Công văn",
			Title: "Công văn của UBND phường Vọng Hải góp ý đồ án quy hoạch (bản chụp)", Make: makeScan,
		},
		{
			Key: DocPersonnel, FileName: "96-TTr-SNV Tờ trình nhân sự.pdf", Kind: "Tờ trình", Restricted: true,
			Title: "Tờ trình về việc bổ nhiệm Phó Giám đốc Ban Quản lý dự án đầu tư xây dựng thành phố", Make: makePersonnel,
		},
		{
			Key: DocConclusions, FileName: "402-TB-VP Thông báo kết luận phiên họp tháng 10.pdf", Kind: "Thông báo",
			Title: "Thông báo kết luận phiên họp thường kỳ tháng 10 năm 2026", Make: makeConclusions,
		},
		{
			Key: DocProgramme, FileName: "Dự thảo Chương trình công tác tháng 12 năm 2026.pdf", Kind: "Chương trình",
			Title: "Dự thảo Chương trình công tác tháng 12 năm 2026", Make: makeProgramme,
		},
	}
}

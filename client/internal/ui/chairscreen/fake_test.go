package chairscreen

import (
	"fmt"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// room plays the controller: it gives the view it holds, notes what was asked of it, and answers with the code it was told.
type room struct {
	view  controller.ChairView
	asked []string
	code  string
}

var _ Actions = (*room)(nil)
var _ Actions = (*controller.Controller)(nil)

func (r *room) note(format string, args ...any) string {
	r.asked = append(r.asked, fmt.Sprintf(format, args...))
	return r.code
}

func (r *room) Chair(string) controller.ChairView { return r.view }
func (r *room) Do(_ string, st controller.Step) string {
	return r.note("do %s %s", st.Kind, st.Item)
}
func (r *room) Pause(string) string        { return r.note("pause") }
func (r *room) EndSitting(string) string   { return r.note("end sitting") }
func (r *room) CloseMeeting(string) string { return r.note("close") }
func (r *room) PassChair(_ string, to meeting.PersonID) string {
	return r.note("pass chair to %s", to)
}
func (r *room) AllowActing(_ string, who meeting.PersonID, on bool) string {
	return r.note("allow %s %t", who, on)
}
func (r *room) StartItem(_ string, i meeting.ItemID) string   { return r.note("start %s", i) }
func (r *room) EndItem(_ string, i meeting.ItemID) string     { return r.note("end %s", i) }
func (r *room) SuspendItem(_ string, i meeting.ItemID) string { return r.note("suspend %s", i) }
func (r *room) PostponeItem(_ string, i meeting.ItemID, why string) string {
	return r.note("postpone %s: %s", i, why)
}
func (r *room) WithdrawItem(_ string, i meeting.ItemID, why string) string {
	return r.note("withdraw %s: %s", i, why)
}
func (r *room) PresentPlace(_ string, at controller.Spot) string {
	return r.note("show %s page %d", at.Place.Document, at.Place.Page)
}
func (r *room) GivePresenter(_ string, to meeting.PersonID) string { return r.note("give %s", to) }
func (r *room) DeclineAsk(_ string, who meeting.PersonID) string   { return r.note("decline %s", who) }
func (r *room) HoldTogether(_ string, on bool) string              { return r.note("together %t", on) }
func (r *room) Recall(string) string                               { return r.note("recall") }

const longTitle = "Tờ trình về việc ban hành Nghị quyết quy định mức chi hỗ trợ chuyển đổi số cho các đơn vị sự nghiệp công lập trên địa bàn giai đoạn 2027 - 2030"

var stateKeys = map[meeting.ItemState]string{meeting.Waiting: "agenda.planned", meeting.Running: "agenda.running", meeting.Suspended: "agenda.paused",
	meeting.Done: "agenda.done", meeting.Postponed: "agenda.postponed", meeting.Withdrawn: "agenda.withdrawn"}

func item(id, number, title string, state meeting.ItemState, used, planned int) controller.ItemRow {
	return controller.ItemRow{ID: meeting.ItemID(id), Number: number, Title: title, State: state, StateKey: stateKeys[state], Current: state == meeting.Running,
		Used: time.Duration(used) * time.Minute, Planned: time.Duration(planned) * time.Minute, Readable: true,
		Documents: []controller.DocumentRow{{ID: "d1", Title: "Tờ trình"}}}
}

// sitting is a meeting in the middle of its second item.
func sitting() controller.ChairView {
	opened := time.Date(2026, 11, 23, 8, 5, 0, 0, time.Local)
	v := controller.ChairView{MeetingView: controller.MeetingView{ID: "m", Exists: true, Title: "Phiên họp thường kỳ tháng 11", Phase: meeting.Open,
		PhaseKey: "meetings.open", OpenedAt: opened, Now: opened.Add(72 * time.Minute), Presiding: "Nguyễn Văn Minh", Current: "i2", IsChair: true,
		Me: meeting.Participant{Person: "minh", Name: "Nguyễn Văn Minh"}, Status: controller.Status{Link: session.Live}}}
	v.Items = []controller.ItemRow{
		item("i1", "1", "Báo cáo tình hình kinh tế - xã hội tháng 11", meeting.Done, 42, 40),
		item("i2", "2", "Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027", meeting.Running, 18, 30),
		item("i3", "3", longTitle, meeting.Waiting, 0, 40),
		item("i4", "4", "Đề án chuyển đổi số", meeting.Postponed, 0, 25),
		item("i5", "5", "", meeting.Waiting, 0, 20),
		item("i6", "6", "Kết luận phiên họp", meeting.Waiting, 0, 10),
	}
	v.Items[1].Reporter, v.Items[1].Unit = "Lê Thu Hà", "Sở Tài chính"
	v.Items[3].Reason = "chờ bổ sung hồ sơ"
	v.Items[4].TitleKey, v.Items[4].Restricted, v.Items[4].Readable, v.Items[4].Documents = "state.restricted", true, false, nil
	v.Presenting = controller.PresentingView{Document: "Tờ trình 12/TTr-STC", Pages: 27, Presenter: "Lê Thu Hà",
		Spot: controller.Spot{Item: "i2", Place: meeting.Place{Document: "d1", Version: 1, Page: 4}}}
	v.Next = controller.Step{Kind: controller.StepNext, Key: "chair.next_item", Args: []string{"3"}, Item: "i3", Live: true}
	v.Followers = session.Followers{Follow: 15, Apart: 2}
	v.Wishes = []controller.Wish{{Person: "bao", Name: "Nguyễn Quốc Bảo", Position: "Chánh Thanh tra thành phố"},
		{Person: "anh", Name: "Phạm Thị Ngọc Ánh", Position: "Giám đốc Sở Y tế"}}
	v.Chairs = []controller.PersonRow{{ID: "tuan", Name: "Trần Anh Tuấn", Position: "Phó Chủ tịch Ủy ban nhân dân"}}
	v.Presenters = []controller.PersonRow{{ID: "minh", Name: "Nguyễn Văn Minh", Position: "Chủ tịch"}, {ID: "bao", Name: "Nguyễn Quốc Bảo", Position: "Chánh Thanh tra thành phố"}}
	v.Secretaries = []controller.PersonRow{{ID: "lan", Name: "Đỗ Thị Lan", Position: "Chuyên viên Văn phòng"}}
	v.CanPause, v.CanEndSitting, v.CanClose, v.CanRecall, v.CanPassChair = true, true, true, true, true
	v.PlannedTotal, v.UsedTotal = 140*time.Minute, 60*time.Minute
	return v
}

// before is a meeting that was sent and not opened yet.
func before() controller.ChairView {
	v := sitting()
	v.Phase, v.PhaseKey, v.Current, v.OpenedAt = meeting.Published, "meetings.published", "", time.Time{}
	v.Starts = time.Date(2026, 11, 23, 8, 0, 0, 0, time.Local)
	v.Place = "Phòng họp A, Trụ sở Ủy ban nhân dân thành phố"
	v.Presenting, v.Wishes, v.Presenters, v.UsedTotal = controller.PresentingView{}, nil, nil, 0
	for i := range v.Items {
		v.Items[i].Used, v.Items[i].Current, v.Items[i].State, v.Items[i].StateKey, v.Items[i].Reason = 0, false, meeting.Waiting, "agenda.planned", ""
	}
	v.Next = controller.Step{Kind: controller.StepOpen, Key: "chair.open_meeting", Live: true}
	v.CanPause, v.CanEndSitting, v.CanClose, v.CanRecall, v.CanPassChair = false, false, false, false, false
	return v
}

// overfull has forty items with long titles, and its time is over.
func overfull() controller.ChairView {
	v := sitting()
	v.Title = longTitle
	v.Items[1].Used, v.Items[1].Title = 47*time.Minute, longTitle
	for n := 7; n <= 40; n++ {
		v.Items = append(v.Items, item(fmt.Sprintf("i%d", n), fmt.Sprint(n), longTitle, meeting.Waiting, 0, 15))
	}
	for n := range 12 {
		v.Wishes = append(v.Wishes, controller.Wish{Person: meeting.PersonID(fmt.Sprint("p", n)), Name: "Nguyễn Hoàng Phương Thảo", Position: "Phó Giám đốc Sở Nông nghiệp và Môi trường thành phố"})
	}
	v.Status.Link = session.Offline
	return v
}

// behalf is what a secretary sees who acts for the chair and turns the pages for him.
func behalf() controller.ChairView {
	v := sitting()
	v.OnBehalf, v.IsChair = "Nguyễn Văn Minh", true
	v.Me = meeting.Participant{Person: "lan", Name: "Đỗ Thị Lan"}
	v.Presenting.IsMe, v.Presenting.Presenter = true, "Nguyễn Văn Minh"
	return v
}

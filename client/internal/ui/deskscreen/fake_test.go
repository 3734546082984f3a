package deskscreen

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// room plays the controller: it gives the views it holds, notes what was asked of it, and answers with the code it was told.
type room struct {
	list   controller.MeetingsView
	view   controller.DeskView
	people controller.PeopleView
	rules  controller.RulesView
	asked  []string
	code   string
	// uploads counts the files that were sent.
	uploads int
	// done holds the answers that only the server could give.
	done []func(string)
	// told hears how far new PINs have come.
	told func(controller.PINs)
}

var _ Actions = (*room)(nil)
var _ Actions = (*controller.Controller)(nil)

func (r *room) note(format string, args ...any) string {
	r.asked = append(r.asked, fmt.Sprintf(format, args...))
	return r.code
}

func (r *room) later(done func(string), format string, args ...any) {
	r.note(format, args...)
	r.done = append(r.done, done)
}

func (r *room) Meetings() controller.MeetingsView { return r.list }
func (r *room) Desk(string) controller.DeskView   { return r.view }
func (r *room) LeaveMeeting(id string)            { r.note("leave %s", id) }
func (r *room) OpenMeeting(id string)             { r.note("open %s", id) }
func (r *room) People() controller.PeopleView     { return r.people }
func (r *room) Publish(string) string             { return r.note("publish") }
func (r *room) CancelUpload(u string)             { r.note("cancel %s", u) }
func (r *room) RetryUpload(u string)              { r.note("retry %s", u) }
func (r *room) CreateMeeting(f controller.MeetingForm) (id, code string) {
	return "new", r.note("create %s %s", f.Title, spanText(f.Starts, f.Ends))
}
func (r *room) Copyable(string) (controller.Copied, bool) {
	return controller.Copied{People: 6, Items: 5, Documents: 4, Left: 1}, r.view.Exists
}
func (r *room) CopyMeeting(from string, f controller.MeetingForm, documents bool) (id, code string) {
	return "new", r.note("copy %s as %s|%s|%s|%t", from, f.Title, f.Kind, spanText(f.Starts, f.Ends), documents)
}
func (r *room) SetMeeting(_ string, f controller.MeetingForm) string {
	if r.code == "" {
		r.view.Form = f
	}
	return r.note("describe %s|%s|%s|%s|%s", f.Title, f.Kind, f.Place, f.Address, spanText(f.Starts, f.Ends))
}
func (r *room) AddItem(_ string, f controller.ItemForm, before meeting.ItemID) (meeting.ItemID, string) {
	return "new", r.note("add %s|%s|%s|%s|%d|%t|%v", f.Title, f.Unit, f.Reporter, f.Kind, f.Minutes, f.Restricted, f.Audience)
}
func (r *room) SetItem(_ string, i meeting.ItemID, f controller.ItemForm) string {
	r.changed(i, func(x *controller.ItemRow) {
		x.Title, x.Unit, x.ReporterID, x.Kind, x.Planned = f.Title, f.Unit, f.Reporter, f.Kind, time.Duration(f.Minutes)*time.Minute
	})
	return r.note("change %s: %s|%s|%s|%s|%d", i, f.Title, f.Unit, f.Reporter, f.Kind, f.Minutes)
}
func (r *room) MoveItem(_ string, i, parent, before meeting.ItemID) string {
	return r.note("move %s%s before %q", i, below(parent), before)
}
func (r *room) RestoreItem(_ string, i, parent, before meeting.ItemID) string {
	return r.note("restore %s%s before %q", i, below(parent), before)
}

// changed changes an item of the view, unless wishes are refused.
func (r *room) changed(id meeting.ItemID, change func(*controller.ItemRow)) {
	r.view.Items = slices.Clone(r.view.Items)
	for n := range r.view.Items {
		if r.view.Items[n].ID == id && r.code == "" {
			change(&r.view.Items[n])
		}
	}
}

func (r *room) DocumentOf(_ string, i meeting.ItemID, d meeting.DocumentID) (meeting.Document, bool) {
	for _, item := range r.view.Items {
		for _, x := range item.Documents {
			if item.ID == i && x.ID == d {
				return meeting.Document{ID: d, Title: x.Title, Kind: x.Kind, Versions: []meeting.Version{{Number: x.Version, Hash: x.Hash, Name: x.Name, Pages: x.Pages}}}, true
			}
		}
	}
	return meeting.Document{}, false
}
func (r *room) RestoreDocument(_ string, i meeting.ItemID, d meeting.Document, before meeting.DocumentID) string {
	return r.note("restore %s of %s before %q", d.ID, i, before)
}
func (r *room) TurnPages(_ string, i meeting.ItemID, d meeting.DocumentID, pages []int, degrees int, done func(string)) {
	r.later(done, "turn %v of %s of %s by %d", pages, d, i, degrees)
}
func (r *room) UseVersion(_ string, i meeting.ItemID, d meeting.DocumentID, v meeting.Version) string {
	return r.note("version %d of %s of %s", v.Number, d, i)
}

func (r *room) upload() string {
	r.uploads++
	return fmt.Sprint("up", r.uploads)
}

// below notes a parent, where there is one.
func below(parent meeting.ItemID) string {
	if parent == "" {
		return ""
	}
	return " in " + string(parent)
}
func (r *room) RemoveItem(_ string, i meeting.ItemID) string { return r.note("remove %s", i) }
func (r *room) SetAudience(_ string, i meeting.ItemID, restricted bool, who []meeting.PersonID, wider bool) string {
	r.changed(i, func(x *controller.ItemRow) { x.Restricted, x.Audience, x.Wider = restricted, who, wider })
	return r.note("audience %s: %t %v%s", i, restricted, who, map[bool]string{true: " wider"}[wider])
}
func (r *room) SetParticipant(_ string, p meeting.Participant) string {
	r.view.People = slices.Clone(r.view.People)
	for n := range r.view.People {
		if r.view.People[n].Person == p.Person && r.code == "" {
			r.view.People[n].Participant = p
		}
	}
	return r.note("participant %s %v %t %s", p.Person, p.Functions, p.Member, p.StandInFor)
}
func (r *room) RemoveParticipant(_ string, who meeting.PersonID) string {
	return r.note("remove participant %s", who)
}
func (r *room) GiveAnswer(_ string, a meeting.GiveAnswer) string {
	return r.note("answer %s: %s|%s|%s|%s", a.Person, a.Reply, a.Reason, a.Name, a.Position)
}
func (r *room) RemindInvited(string) string { return r.note("remind") }
func (r *room) AddStandIn(_ string, of meeting.PersonID, account roster.Person) string {
	return r.note("%s (%s) stands in for %s", account.ID, account.Name, of)
}
func (r *room) AttachFile(_ string, i meeting.ItemID, f controller.File) string {
	r.note("attach %s to %s", f.Name, i)
	return r.upload()
}
func (r *room) ReplaceFile(_ string, i meeting.ItemID, d meeting.DocumentID, f controller.File) string {
	r.note("replace %s of %s by %s", d, i, f.Name)
	return r.upload()
}
func (r *room) RemoveDocument(_ string, i meeting.ItemID, d meeting.DocumentID) string {
	return r.note("remove %s of %s", d, i)
}
func (r *room) RenameDocument(_ string, i meeting.ItemID, d meeting.DocumentID, title, kind string) string {
	r.changed(i, func(x *controller.ItemRow) {
		x.Documents = slices.Clone(x.Documents)
		for n := range x.Documents {
			if x.Documents[n].ID == d {
				x.Documents[n].Title, x.Documents[n].Kind = title, kind
			}
		}
	})
	return r.note("rename %s of %s: %s|%s", d, i, title, kind)
}
func (r *room) MoveDocument(_ string, i meeting.ItemID, d, before meeting.DocumentID) string {
	return r.note("move %s of %s before %q", d, i, before)
}
func (r *room) AddPerson(p roster.Person, pin string, done func(string)) meeting.PersonID {
	r.later(done, "add person %s|%s|%s|%d|%t|%s PIN %d digits", p.Name, p.Position, p.Unit, p.Order, p.Desk, p.Kind, len(pin))
	return "new"
}
func (r *room) SetPerson(p roster.Person, done func(string)) {
	r.later(taken(done, func() {
		r.people.People = slices.Clone(r.people.People)
		for n, q := range r.people.People {
			if q.ID == p.ID {
				q.Name, q.Position, q.Unit, q.Order, q.Desk, q.Screen = p.Name, p.Position, p.Unit, p.Order, p.Desk, p.Kind == roster.KindProjector
				r.people.People[n] = q
			}
		}
	}), "set person %s %s|%s|%d|%t", p.ID, p.Name, p.Position, p.Order, p.Desk)
}
func (r *room) RemovePerson(id meeting.PersonID, done func(string)) {
	r.later(done, "remove person %s", id)
}
func (r *room) SetPIN(id meeting.PersonID, old, pin string, done func(string)) {
	r.later(done, "pin %s %q %s", id, old, pin)
}
func (r *room) SetList(list roster.ListName, entries []string, done func(string)) {
	r.later(taken(done, func() {
		r.people.Lists = maps.Clone(r.people.Lists)
		if r.people.Lists == nil {
			r.people.Lists = map[roster.ListName][]string{}
		}
		r.people.Lists[list] = entries
	}), "list %s %s", list, strings.Join(entries, "|"))
}
func (r *room) ResetList(list roster.ListName, done func(string)) {
	r.later(taken(done, func() {
		r.people.Lists = maps.Clone(r.people.Lists)
		delete(r.people.Lists, list)
	}), "reset %s", list)
}
func (r *room) Rules() controller.RulesView { return r.rules }
func (r *room) SetRule(rule roster.Rule, done func(string)) {
	r.later(done, "rule %q %d %s|%s|%s|%s %v %v %q %t", rule.ID, rule.Version, rule.Name, rule.Source, rule.Date, rule.Base, rule.Need, rule.Quorum, rule.Tie, rule.StandIns)
}
func (r *room) RemoveRule(id roster.RuleID, done func(string)) { r.later(done, "remove rule %s", id) }
func (r *room) SetPINs(people []meeting.PersonID, newPIN func() string, told func(controller.PINs)) {
	r.told = told
	r.note("pins %v %d digits", people, len(newPIN()))
}
func (r *room) PrintPINs(_ controller.PINs, told func(controller.PINs)) { r.told = told }
func (r *room) NameRoom(name string, done func(string)) {
	r.later(taken(done, func() { r.people.Room = name }), "name room %s", name)
}

// taken has what was asked for happen when the server says that it did.
func taken(done func(string), happens func()) func(string) {
	return func(code string) {
		if code == "" {
			happens()
		}
		done(code)
	}
}

// shelf plays the device's file dialog: whatever is asked for is there.
type shelf struct{ files []controller.File }

func (s shelf) Pick(chosen func([]controller.File))       { chosen(s.files) }
func (s shelf) PickFolder(chosen func([]controller.File)) { chosen(s.files) }
func (shelf) Folders() bool                               { return true }
func (shelf) Browser() Browser                            { return nil }

const longTitle = "Tờ trình về việc ban hành Nghị quyết quy định mức chi hỗ trợ chuyển đổi số cho các đơn vị sự nghiệp công lập trên địa bàn giai đoạn 2027 - 2030"

var starts = time.Date(2026, 11, 23, 8, 0, 0, 0, time.Local)

func item(id, number, title, unit string, minutes int, docs ...controller.DocumentRow) controller.ItemRow {
	return controller.ItemRow{ID: meeting.ItemID(id), Number: number, Title: title, Unit: unit, Planned: time.Duration(minutes) * time.Minute, Readable: true,
		Kind: meeting.Discuss, State: meeting.Waiting, StateKey: "agenda.planned", Documents: docs}
}

func doc(id, title, kind string, pages int, size int64) controller.DocumentRow {
	return controller.DocumentRow{ID: meeting.DocumentID(id), Title: title, Kind: kind, Name: title + ".pdf", Pages: pages, Bytes: size, Version: 1}
}

func person(id, name, position, unit string, member bool, fns ...meeting.Function) controller.ParticipantRow {
	return controller.ParticipantRow{Participant: meeting.Participant{Person: meeting.PersonID(id), Name: name, Position: position, Unit: unit, Member: member, Functions: fns}, InRoster: true}
}

// draft is a meeting half prepared: two items without documents, one file on its way and one that failed.
func draft() controller.DeskView {
	v := controller.DeskView{MeetingView: controller.MeetingView{ID: "m", Exists: true, Title: "Phiên họp thường kỳ tháng 11", Phase: meeting.Draft, PhaseKey: "meetings.draft",
		IsSecretary: true, Status: controller.Status{Link: session.Live}}, CanEdit: true}
	v.Form = controller.MeetingForm{Title: v.Title, Kind: "Phiên họp thường kỳ", Place: "Phòng họp A, Trụ sở Ủy ban nhân dân thành phố", Starts: starts, Ends: starts.Add(210 * time.Minute), Address: meeting.SirMadam}
	v.Items = []controller.ItemRow{
		item("i1", "1", "Báo cáo tình hình kinh tế - xã hội tháng 11", "Sở Tài chính", 40, doc("a", "Báo cáo kinh tế - xã hội", "Báo cáo", 64, 4_200_000)),
		item("i2", "2", "Nội dung trình Hội đồng nhân dân về dự toán ngân sách năm 2027", "Sở Tài chính", 30,
			doc("b", "Tờ trình 12/TTr-STC", "Tờ trình", 27, 1_200_000), doc("c", "Phụ lục 1 Thu ngân sách", "Phụ lục", 9, 640_000)),
		item("i3", "3", "Quy hoạch khu đô thị ven sông", "Sở Xây dựng", 40, doc("d", "Tờ trình quy hoạch", "Tờ trình", 41, 18_400_000)),
		item("i4", "4", "Đề án chuyển đổi số", "Sở Khoa học và Công nghệ", 25),
		item("i5", "5", "Công tác nhân sự", "Sở Nội vụ", 30),
		item("i6", "6", "Kết luận phiên họp", "", 10),
	}
	v.Items[1].Reporter, v.Items[1].ReporterID = "Lê Thu Hà", "ha"
	v.Items[4].Restricted, v.Items[4].Audience = true, []meeting.PersonID{"lan"}
	v.People = []controller.ParticipantRow{
		person("minh", "Nguyễn Văn Minh", "Chủ tịch", "Ủy ban nhân dân thành phố", true, meeting.Chair),
		person("tuan", "Trần Anh Tuấn", "Phó Chủ tịch", "Ủy ban nhân dân thành phố", true),
		person("ha", "Lê Thu Hà", "Giám đốc", "Sở Tài chính", true),
		person("lan", "Đỗ Thị Lan", "Chuyên viên", "Văn phòng Ủy ban nhân dân", false, meeting.Secretary),
		person("bao", "Nguyễn Quốc Bảo", "Chánh Thanh tra", "Thanh tra thành phố", false, meeting.Guest),
		person("screen", "Màn hình Phòng họp A", "", "", false, meeting.Projector),
	}
	v.Others = []controller.PersonRow{{ID: "anh", Name: "Phạm Thị Ngọc Ánh", Position: "Giám đốc", Unit: "Sở Y tế"}, {ID: "hung", Name: "Đỗ Văn Hưng", Position: "Giám đốc", Unit: "Sở Xây dựng"}}
	v.Checks = []controller.Check{{Key: "desk.lacking_uploads", N: 1, Items: []meeting.ItemID{"i2"}, Blocks: true}, {Key: "desk.lacking", N: 3, Items: []meeting.ItemID{"i4", "i5", "i6"}},
		{Key: "desk.lacking_audience", N: 1, Items: []meeting.ItemID{"i5"}},
		{Key: "desk.lacking_reporter", N: 4, Items: []meeting.ItemID{"i1", "i3", "i4", "i5"}}, {Key: "desk.late_documents", N: 2, Items: []meeting.ItemID{"i2"}}}
	v.Due, v.DueDays = time.Date(2026, 11, 18, 0, 0, 0, 0, time.Local), 3
	v.Uploads = []controller.Upload{
		{ID: "u1", Item: "i2", Name: "Phụ lục 2 Danh mục công trình.pdf", Sent: 25_600_000, Bytes: 41_000_000, Stage: controller.UploadSending},
		{ID: "u2", Item: "i2", Name: "Dự thảo Nghị quyết.pdf", Bytes: 900_000, Stage: controller.UploadFailed, Code: "pdf_encrypted"},
		{ID: "u3", Item: "i4", Name: "Đề án.pdf", Bytes: 900_000, Stage: controller.UploadFailed, Code: "network"},
	}
	v.Members, v.Delegates, v.Guests, v.Documents, v.Minutes = 3, 1, 1, 4, 175
	return v
}

// sending is a meeting to which three files are on their way.
func sending() controller.DeskView {
	v := draft()
	v.Uploads = append(v.Uploads, controller.Upload{ID: "u4", Item: "i6", Name: "Kết luận.pdf", Bytes: 700_000, Stage: controller.UploadWaiting})
	return v
}

// bare is a meeting just created.
func bare() controller.DeskView {
	v := draft()
	v.Items, v.Uploads, v.People = nil, nil, v.People[3:4]
	v.Form.Place, v.Form.Starts, v.Form.Ends = "", time.Time{}, time.Time{}
	v.Checks = []controller.Check{{Key: "desk.lacking_chair", Blocks: true}, {Key: "desk.lacking_items", Blocks: true}, {Key: "desk.lacking_time"}, {Key: "desk.lacking_people"}}
	v.Members, v.Delegates, v.Guests, v.Documents, v.Minutes, v.Due = 0, 1, 0, 0, 0, time.Time{}
	return v
}

// overfull has forty items with long titles and sixty people.
func overfull() controller.DeskView {
	v := draft()
	v.Title = longTitle
	for n := 7; n <= 40; n++ {
		v.Items = append(v.Items, item(fmt.Sprintf("i%d", n), fmt.Sprint(n), longTitle, "Sở Nông nghiệp và Môi trường thành phố", 15))
	}
	for n := range 60 {
		v.People = append(v.People, person(fmt.Sprint("p", n), "Nguyễn Hoàng Phương Thảo", "Phó Giám đốc", "Sở Nông nghiệp và Môi trường thành phố", false, meeting.Guest))
	}
	return v
}

// branched has sub-items, also below a restricted item.
func branched() controller.DeskView {
	v := draft()
	sub := func(id, number, parent, title string) controller.ItemRow {
		i := item(id, number, title, "Sở Tài chính", 10)
		i.Parent = meeting.ItemID(parent)
		return i
	}
	secret := sub("i5a", "5.1", "i5", "Bổ nhiệm Giám đốc Sở Xây dựng")
	secret.Restricted, secret.Audience = true, []meeting.PersonID{"lan"}
	v.Items = slices.Insert(v.Items, 5, secret)
	v.Items = slices.Insert(v.Items, 2, sub("i2a", "2.1", "i2", "Dự toán thu, chi ngân sách địa phương và phương án phân bổ"), sub("i2b", "2.2", "i2", "Kế hoạch đầu tư công"))
	v.Items[1].Children, v.Items[6].Children = 2, 1
	return v
}

// complete lacks nothing.
func complete() controller.DeskView {
	v := draft()
	v.Uploads, v.Checks, v.CanPublish, v.Overdue = nil, nil, true, true
	return v
}

// sent was sent to the delegates.
func sent() controller.DeskView {
	v := complete()
	v.Phase, v.PhaseKey, v.CanPublish = meeting.Published, "meetings.published", false
	return v
}

// answered is a meeting to which some of those invited have answered.
func answered() controller.DeskView {
	v := sent()
	row := func(n int, a meeting.Answer) controller.AnswerRow {
		p := v.People[n]
		return controller.AnswerRow{PersonRow: controller.PersonRow{ID: p.Person, Name: p.Name, Position: p.Position, Unit: p.Unit}, Member: p.Member, Answer: a}
	}
	v.Answers = controller.AnswersView{Coming: 1, Absent: 1, StandIns: 1, None: 1, CanNote: true, Reminded: starts.AddDate(0, 0, -2), Rows: []controller.AnswerRow{
		row(0, meeting.Answer{Reply: meeting.Coming, By: "minh"}),
		row(1, meeting.Answer{Reply: meeting.StandsIn, Name: "Phạm Thị Chi", Position: "Phó Chánh Văn phòng", Reason: "Đi công tác", By: "tuan"}),
		row(2, meeting.Answer{Reply: meeting.Absent, Reason: "Lý do sức khỏe", By: "lan"}),
		row(4, meeting.Answer{}),
	}}
	v.Answers.Rows[2].NotedBy = "Đỗ Thị Lan"
	return v
}

func meetings() controller.MeetingsView {
	secretary := []meeting.Function{meeting.Secretary}
	row := func(id, title string, phase meeting.Phase, key string, at time.Time) controller.MeetingRow {
		return controller.MeetingRow{ID: id, Title: title, Phase: phase, PhaseKey: key, Starts: at, Ends: at.Add(3 * time.Hour), Place: "Phòng họp A", Functions: secretary}
	}
	return controller.MeetingsView{Loaded: true, CanCreate: true,
		Running: []controller.MeetingRow{row("r", "Giao ban tuần 48", meeting.Open, "meetings.open", starts)},
		Coming: []controller.MeetingRow{row("m", "Phiên họp thường kỳ tháng 11", meeting.Draft, "meetings.draft", starts.AddDate(0, 0, 3)),
			row("n", "Phiên họp chuyên đề về đầu tư công", meeting.Published, "meetings.published", starts.AddDate(0, 0, 5)), {ID: "x", Title: "Không phải thư ký ở đây"}},
		Past: []controller.MeetingRow{row("o", "Phiên họp thường kỳ tháng 10", meeting.Closed, "meetings.closed", starts.AddDate(0, -1, 0))}}
}

func everybody() controller.PeopleView {
	return controller.PeopleView{Room: "Phòng họp A, Ủy ban nhân dân thành phố", CanEdit: true, People: []controller.PersonRow{
		{ID: "minh", Name: "Nguyễn Văn Minh", Position: "Chủ tịch", Unit: "Ủy ban nhân dân thành phố", Order: 1},
		{ID: "ha", Name: "Lê Thu Hà", Position: "Giám đốc", Unit: "Sở Tài chính", Order: 20},
		{ID: "lan", Name: "Đỗ Thị Lan", Position: "Chuyên viên", Unit: "Văn phòng Ủy ban nhân dân", Order: 50, Desk: true},
		{ID: "hung", Name: "Đỗ Văn Hưng", Position: "Giám đốc", Unit: "Sở Xây dựng", Order: 60},
		{ID: "screen", Name: "Màn hình Phòng họp A", Screen: true, Order: 900}}}
}

func newRoom(view controller.DeskView) *room {
	return &room{list: meetings(), view: view, people: everybody()}
}

// Package controller turns what a person means into what a session does, and
// what a session knows into plain models for the screens. It knows no toolkit.
//
// One App is one device. It stands at one of three stages: choosing a room,
// signing in, being in. Methods that give a model (Rooms, SignInView,
// Meetings, Meeting, Chair, Projector, Desk, Reader.View) compute it from what
// is known and return at once; they may be called from any goroutine. OnChange
// tells, on a goroutine of the App's own and as often as needed but not
// oftener, that models may have changed.
//
//	New(Config) *App · Close() · OnChange(func()) (cancel) · OnNotice(func(Notice)) (cancel)
//	Stage() Stage · Resume(ctx) bool · Wake() · Settings() · SetSettings(Settings) error
//
//	rooms     Rooms() · Choose(ctx, key) error · EnterAddress(ctx, text) error · ForgetRoom(key) error · LeaveRoom()
//	sign-in   SignInView() · SignIn(ctx, person, pin, shared) error · SignOut(ctx) error
//	meetings  Meetings() · Meeting(id) · Chair(id) · Projector(id) · Desk(id)
//	          Can(id, command) bool · Do(ctx, id, command) error · Take(ctx, id, Step) error
//	desk      CreateMeeting(ctx, MeetingForm) (id, error) · Describe(ctx, id, MeetingForm) error
//	          AddItem(ctx, id, ItemForm, before) (ItemID, error) · ChangeItem(ctx, id, item, ItemForm) error
//	          Upload(id, item, File) uploadID · Replace(id, item, document, File) uploadID
//	          CancelUpload(uploadID) · RetryUpload(uploadID) · DismissUpload(uploadID)
//	          AddPerson(ctx, PersonForm) (PersonID, pin, error) · NewPIN(ctx, person) (pin, error)
//	reading   Reader(id) *Reader: View, Next, Previous, GoTo, Open, Return, PresentThis, AskToPresent, DropAsk,
//	          TakeRole, Recall, ShowPart, Key, Close
//	pictures  Pictures() *Pictures: Cached(key, width), Load(ctx, key, width), Tile(ctx, key, width, x, y),
//	          Text(ctx, key), Info(ctx, key), Original(ctx, key, progress)
//
// Every error of a method can be given to Code, which yields the refusal code
// that the screens have words for. Do returns as soon as the wish is decided
// here and kept on the device: a button never waits for the network. Should
// the server refuse it after all (somebody else was quicker), a Notice says so
// and the models fall back by themselves.
package controller

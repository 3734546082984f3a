// Package servertest runs a whole room's server inside a test: the real door,
// the real meetings, TLS on the loopback, and stores in memory. Only pages are
// not really drawn, because that needs worker processes.
package servertest

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"phonghop/server/internal/account"
	"phonghop/server/internal/blob"
	"phonghop/server/internal/document"
	"phonghop/server/internal/notebook"
	"phonghop/server/internal/pki"
	"phonghop/server/internal/room"
	"phonghop/server/internal/room/memlog"
	"phonghop/server/internal/serve"
	"phonghop/server/internal/sqlite"
	"phonghop/server/internal/sqlite/ballots"
	"phonghop/server/internal/web"
	"phonghop/shared/pin"
	"phonghop/shared/roster"
)

// Room is what the stores of a test's room keep while its server is restarted.
type Room struct {
	// URL is the server's, https://127.0.0.1:port; it stays over restarts.
	URL         string
	Fingerprint pin.Fingerprint
	ID          string
	// Annotating, if set, runs before an annotated file is written.
	Annotating func()

	t       testing.TB
	parts   serve.Parts
	dir     string
	address string
	stack   *serve.Stack
	door    *web.Server
	http    *http.Server
	lines   *lines
	served  chan struct{}
}

// The people of a new room and the PIN of all of them.
const (
	Secretary = "secretary" // keeps the room
	Chair     = "chair"
	Delegate  = "delegate"
	Guest     = "guest"
	Screen    = "screen" // a projector
	PIN       = "205814"
)

// People are those of a new room, by precedence.
func People() []roster.Person {
	return []roster.Person{
		{ID: Chair, Kind: roster.KindPerson, Name: "Đỗ Khắc Tường", Position: "Chủ tịch", Order: 1},
		{ID: Delegate, Kind: roster.KindPerson, Name: "Lưu Thị Hoài Ngân", Position: "Phó Chủ tịch", Order: 2},
		{ID: Secretary, Kind: roster.KindPerson, Name: "Trần Thu Vân", Position: "Chuyên viên", Order: 3, Desk: true},
		{ID: Guest, Kind: roster.KindPerson, Name: "Châu Bảo Toàn", Position: "Phó Giám đốc Sở", Order: 4},
		{ID: Screen, Kind: roster.KindProjector, Name: "Màn hình chung", Order: 5},
	}
}

// New starts a room's server, which ends with the test.
func New(t testing.TB) *Room {
	t.Helper()
	return begin(t, t.TempDir(), memlog.New("test-epoch"), account.NewMemoryStore(), document.NewMemoryStore(), notebook.NewMemoryStore())
}

// Durable is New with the real database: what is acknowledged is on the disk.
func Durable(t testing.TB) *Room {
	t.Helper()
	dir := t.TempDir()
	db, err := sqlite.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return begin(t, dir, db.Log(), db.Accounts(), db.Documents(), db.Notes())
}

func begin(t testing.TB, dir string, log room.Log, secrets account.Store, records document.Store, notes notebook.Store) *Room {
	t.Helper()
	blobs, err := blob.Open(filepath.Join(dir, "documents"))
	if err != nil {
		t.Fatal(err)
	}
	boxes, err := ballots.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := boxes.Close(); err != nil {
			t.Error(err)
		}
	})
	r := &Room{ID: "test-room", t: t, dir: dir, address: "127.0.0.1:0", parts: serve.Parts{
		Log: log, Secrets: secrets, Records: records, Notes: notes, Boxes: boxes,
		Blobs: blobs, Renderer: Renderer{}, PictureDir: filepath.Join(dir, "pages"),
		Cost: account.Params{Memory: 64, Passes: 1}, Now: time.Now, Logger: slog.New(slog.DiscardHandler),
	}}
	r.Start()
	t.Cleanup(r.Stop)
	ctx := context.Background()
	if err := r.stack.Hall.Lobby().Do(ctx, roster.Actor{Owner: true}, roster.NameRoom{Name: "Phòng họp số 1"}); err != nil {
		t.Fatal(err)
	}
	for _, p := range People() {
		if err := r.stack.AddPerson(ctx, p, PIN); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// Start starts the server again where it was.
func (r *Room) Start() {
	r.t.Helper()
	var err error
	if r.stack, err = serve.Build(context.Background(), r.parts); err != nil {
		r.t.Fatal(err)
	}
	identity, err := pki.Open(filepath.Join(r.dir, "tls"), time.Now(), []string{"localhost", "127.0.0.1"})
	if err != nil {
		r.t.Fatal(err)
	}
	r.door, err = web.New(web.Config{
		Hall: r.stack.Hall, Accounts: r.stack.Accounts, Documents: r.stack.Documents, Notes: r.stack.Notes, Annotator: Renderer{Annotating: r.annotating}, Ballots: r.stack.Ballots, Room: r.ID, Program: "test",
		Fingerprint: identity.Fingerprint(), Code: identity.Code(), Authority: identity.CertificatePEM(), Now: time.Now,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if r.Fingerprint, err = pin.Parse(identity.Fingerprint()); err != nil {
		r.t.Fatal(err)
	}
	r.http = serve.HTTP(r.door, identity, r.parts.Logger)
	if r.lines, err = listen(r.address); err != nil {
		r.t.Fatal(err)
	}
	r.address = r.lines.Addr().String()
	r.URL = "https://" + r.address
	r.served = make(chan struct{})
	go func(h *http.Server, l *lines, served chan struct{}) {
		defer close(served)
		if err := h.ServeTLS(l, "", ""); !errors.Is(err, http.ErrServerClosed) {
			r.t.Errorf("serve: %v", err)
		}
	}(r.http, r.lines, r.served)
}

func (r *Room) annotating() {
	if r.Annotating != nil {
		r.Annotating()
	}
}

// Stop ends the server as a graceful end does; what it keeps stays for Start.
func (r *Room) Stop() {
	if r.stack == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := r.door.Close(ctx); err != nil {
		r.t.Errorf("sockets did not end: %v", err)
	}
	if err := r.http.Close(); err != nil {
		r.t.Errorf("close the door: %v", err)
	}
	<-r.served
	if err := r.stack.Close(); err != nil {
		r.t.Errorf("close: %v", err)
	}
	r.stack = nil
}

// Cut tears all connections, as a failing network does.
func (r *Room) Cut() { r.lines.cut() }

// Stack is the room behind the door.
func (r *Room) Stack() *serve.Stack { return r.stack }

// Log is where the room's events are kept, to make it fail.
func (r *Room) Log() *memlog.Log {
	l, ok := r.parts.Log.(*memlog.Log)
	if !ok {
		r.t.Fatal("the log is another one")
	}
	return l
}

// Secrets is where PINs and sessions are kept, to make it fail.
func (r *Room) Secrets() *account.MemoryStore {
	s, ok := r.parts.Secrets.(*account.MemoryStore)
	if !ok {
		r.t.Fatal("the store of secrets is another one")
	}
	return s
}

// Door is the server's handler, for requests without a network.
func (r *Room) Door() http.Handler { return r.door }

// SignIn signs somebody in and returns the token.
func (r *Room) SignIn(person string) string {
	r.t.Helper()
	token, _, err := r.stack.Accounts.SignIn(context.Background(), roster.PersonID(person), PIN, device(person), "127.0.0.1")
	if err != nil {
		r.t.Fatal(err)
	}
	return token
}

// Dir is the room's folder.
func (r *Room) Dir() string { return r.dir }

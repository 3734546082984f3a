package protocol_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"phonghop/shared/discovery"
	"phonghop/shared/pin"
)

// rule is the text of a rule, on one line.
func rule(t testing.TB, mark string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page(t), "\n**["+mark+"]**")
	if !ok {
		t.Fatalf("SPEC.md has no rule [%s]", mark)
	}
	if end := strings.Index(rest, "\n**["); end >= 0 {
		rest = rest[:end]
	}
	return strings.Join(strings.Fields(rest), " ")
}

// What the text of a rule states is what the packages have.
func TestStatedFacts(t *testing.T) { // [D1] [D5] [P1] [P2] [P5]
	for _, c := range []struct{ mark, want string }{
		{"D1", discovery.ServiceType},
		{"D3", fmt.Sprintf("at most %d code points", discovery.MaxName)},
		{"D5", fmt.Sprintf("Without a port, %d is meant", discovery.DefaultPort)},
		{"P1", fmt.Sprintf("%d characters", len(pin.Fingerprint{1}.String()))},
		{"P2", pin.AuthorityUnit},
		{"P5", fmt.Sprintf("first %d bits", pin.CodeBits)},
	} {
		if !strings.Contains(rule(t, c.mark), c.want) {
			t.Errorf("[%s] does not say %q", c.mark, c.want)
		}
	}
	var all pin.Fingerprint
	for i := range all {
		all[i] = byte(i * 37)
	}
	if code := all.Code(); !regexp.MustCompile(`^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$`).MatchString(code) {
		t.Errorf("a code looks like %s", code)
	}
	link := discovery.Address{Host: "h", Port: 8443, Fingerprint: all, Room: "r"}.JoinURL()
	if want := "https://h:8443/join?fp=" + all.String() + "&id=r"; link != want {
		t.Errorf("a link is %s, and by [J1] %s", link, want)
	}
}

// The server's own bounds are not for other packages to import: they are read
// in its source.
func TestStatedBoundsOfTheServer(t *testing.T) { // [G5] [G6] [H1] [M2] [N6] [L2]
	for _, c := range []struct{ file, source, mark, want string }{
		{"account/service.go", `OwnDeviceLife\s+= 30 \* 24 \* time\.Hour`, "G5", "lasts 30 days"},
		{"account/service.go", `SharedDeviceLife\s+= 12 \* time\.Hour`, "G5", "`shared` device 12 hours"},
		{"account/service.go", `MaxSessions\s+= 20\b`, "G5", "at most 20;"},
		{"account/throttle.go", `longest\s+= 60 \* time\.Second`, "G4", "in seconds, at most 60"},
		{"account/weak.go", `minDigits\s+= 6\b`, "G6", "at least 6 digits"},
		{"account/weak.go", `minRunes\s+= 8\b`, "G6", "at least 8 characters"},
		{"account/weak.go", `maxSecret\s+= 128\b`, "G6", "at most 128 bytes"},
		{"web/web.go", `maxBody\s+= 128 << 10`, "H1", "at most 131072 bytes"},
		{"web/web.go", `idleWithin\s+= 30 \* time\.Second`, "H17", "longer than 30 s"},
		{"web/ticket.go", `ticketLife\s+= 30 \* time\.Second`, "M2", "within 30 s"},
		{"web/caller.go", `cookieName = "__Host-phonghop"`, "G3", "`__Host-phonghop`"},
		{"web/caller.go", `cookieWish = "X-Phonghop-Cookie"`, "G3", "`X-Phonghop-Cookie: 1`"},
		{"web/socket.go", `messagesPerSecond\s+= 60\b`, "L2", "60 messages a second"},
		{"web/socket.go", `messagesAtOnce\s+= 200\b`, "L2", "200 at once"},
		{"room/presence.go", `presenceEvery\s+= 50 \* time\.Millisecond`, "N6", "every 50 ms"},
	} {
		data, err := os.ReadFile("../../server/internal/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(c.source).Match(data) {
			t.Errorf("%s does not say %s; [%s] may have to change", c.file, c.source, c.mark)
		}
		if !strings.Contains(rule(t, c.mark), c.want) {
			t.Errorf("[%s] does not say %q", c.mark, c.want)
		}
	}
}

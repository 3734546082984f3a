package demo_test

import (
	"bytes"
	"crypto/sha256"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"phonghop/assets/demo"
)

func person(t *testing.T, key string) demo.Person {
	t.Helper()
	for _, p := range demo.People() {
		if p.Key == key {
			return p
		}
	}
	t.Errorf("nobody has the key %q", key)
	return demo.Person{}
}

func TestPeople(t *testing.T) {
	counts := map[demo.Role]int{}
	members, vice := 0, 0
	keys, names, pins := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, p := range demo.People() {
		counts[p.Role]++
		if p.Member {
			members++
		}
		if strings.HasPrefix(p.Position, "Phó Chủ tịch") {
			vice++
		}
		if p.Precedence != i+1 {
			t.Errorf("%s has precedence %d at place %d", p.Name, p.Precedence, i+1)
		}
		if keys[p.Key] || names[p.Name] || pins[p.PIN] {
			t.Errorf("%s: key, name or PIN is used twice", p.Name)
		}
		keys[p.Key], names[p.Name], pins[p.PIN] = true, true, true
		if !regexp.MustCompile(`^\d{6}$`).MatchString(p.PIN) || trivial(p.PIN) {
			t.Errorf("%s has the PIN %q", p.Name, p.PIN)
		}
		if p.Role != demo.RoleProjector && (p.Position == "" || p.Unit == "") {
			t.Errorf("%s lacks position or unit", p.Name)
		}
	}
	want := map[demo.Role]int{demo.RoleChair: 1, demo.RoleDelegate: 18, demo.RoleSecretary: 2, demo.RoleGuest: 9, demo.RoleProjector: 1}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if members != 19 || vice != 3 {
		t.Errorf("%d members and %d vice chairmen, want 19 and 3", members, vice)
	}
}

// trivial tells PINs of few different digits or in a row.
func trivial(pin string) bool {
	digits := map[rune]bool{}
	for _, r := range pin {
		digits[r] = true
	}
	return len(digits) < 4 || strings.Contains("0123456789", pin) || strings.Contains("9876543210", pin)
}

func TestMeetings(t *testing.T) {
	documents := map[string]demo.Document{}
	for _, d := range demo.Documents() {
		documents[d.Key] = d
	}
	used := map[string]int{}
	for _, m := range demo.Meetings(demo.Day) {
		participants := map[string]bool{}
		chairs := 0
		for _, p := range m.Participants {
			person(t, p.Person)
			participants[p.Person] = true
			if p.Role == demo.RoleChair {
				chairs++
			}
		}
		if chairs != 1 {
			t.Errorf("%s: %d presiding", m.Title, chairs)
		}
		for _, item := range m.Items {
			if !participants[item.Reporter] {
				t.Errorf("%s, item %s: the reporter %q does not take part", m.Title, item.Number, item.Reporter)
			}
			for _, g := range item.Guests {
				if !participants[g] || person(t, g).Member {
					t.Errorf("%s, item %s: %q is no guest of the meeting", m.Title, item.Number, g)
				}
			}
			if p := person(t, item.Reporter); !p.Member && !contains(item.Guests, p.Key) {
				t.Errorf("item %s is reported by %s, who is not invited to it", item.Number, p.Name)
			}
			if item.Restricted != (item.NeutralTitle != "") || (item.Ballot != nil) != (item.Kind == demo.KindVote) {
				t.Errorf("item %s: restriction or ballot do not fit", item.Number)
			}
			for _, key := range item.Documents {
				used[key]++
				if d, ok := documents[key]; !ok || d.Restricted != item.Restricted {
					t.Errorf("item %s: document %q is missing or of another audience", item.Number, key)
				}
			}
		}
	}
	for key := range documents {
		if used[key] != 1 {
			t.Errorf("document %q is used %d times", key, used[key])
		}
	}
}

func contains(list []string, key string) bool {
	for _, k := range list {
		if k == key {
			return true
		}
	}
	return false
}

func TestRegularMeeting(t *testing.T) {
	all := demo.Meetings(demo.Day)
	m := all[0]
	if m.Title != "Phiên họp thường kỳ tháng 11 năm 2026" || m.Status != demo.StatusPublished || len(m.Items) != 6 {
		t.Errorf("the first meeting is %q, %s, with %d items", m.Title, m.Status, len(m.Items))
	}
	if want := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC); !m.Start.Equal(want) {
		t.Errorf("it starts at %v, want %v", m.Start, want)
	}
	if !m.Items[4].Ballot.Secret || m.Items[1].Ballot.Secret {
		t.Error("the vote about personnel must be secret, that about the budget open")
	}
	if len(m.Items[4].Guests) > 0 {
		t.Error("nobody is invited to the restricted item")
	}
	if all[1].Status != demo.StatusDraft || !all[1].Start.After(m.Start) {
		t.Error("the second meeting must be a later draft")
	}
	other := demo.Meetings(time.Date(2027, 3, 1, 23, 30, 0, 0, time.UTC))[0].Start
	if want := time.Date(2027, 3, 1, 1, 0, 0, 0, time.UTC); !other.Equal(want) {
		t.Errorf("for another day it starts at %v, want %v", other, want)
	}
}

// made keeps the documents of the tests: they are made once.
var made = sync.OnceValues(func() (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, d := range demo.Documents() {
		var b bytes.Buffer
		if err := d.Make(&b); err != nil {
			return nil, err
		}
		out[d.Key] = b.Bytes()
	}
	return out, nil
})

var pageObject = regexp.MustCompile(`/Type /Page\n`)

func TestDocumentsBuild(t *testing.T) {
	limits := map[string][2]int{ // pages at least and at most
		demo.DocReport: {60, 90}, demo.DocSlides: {10, 15}, demo.DocSubmission: {6, 9}, demo.DocResolution: {2, 5},
		demo.DocAnnex: {8, 14}, demo.DocProjects: {300, 300}, demo.DocPlanning: {2, 4}, demo.DocMap: {1, 1}, demo.DocScan: {2, 3},
		demo.DocPersonnel: {2, 3}, demo.DocConclusions: {2, 3}, demo.DocProgramme: {2, 4},
	}
	files, err := made()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for key, data := range files {
		total += len(data)
		limit, ok := limits[key]
		if pages := len(pageObject.FindAll(data, -1)); !ok || pages < limit[0] || pages > limit[1] {
			t.Errorf("%s has %d pages, want %v", key, pages, limit)
		}
		if len(data) > 5<<20 {
			t.Errorf("%s takes %d bytes", key, len(data))
		}
	}
	if total > 20<<20 {
		t.Errorf("all documents take %d bytes", total)
	}
}

func TestLongDocumentsHaveOutlines(t *testing.T) {
	files, err := made()
	if err != nil {
		t.Fatal(err)
	}
	for key, least := range map[string]int{demo.DocReport: 80, demo.DocProjects: 70, demo.DocAnnex: 5, demo.DocSlides: 10} {
		if n := bytes.Count(files[key], []byte("/Parent ")) - len(pageObject.FindAll(files[key], -1)); n < least {
			t.Errorf("%s has %d bookmarks, want %d or more", key, n, least)
		}
	}
}

func TestDocumentsAreTheSameEachTime(t *testing.T) {
	files, err := made()
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for _, d := range demo.Documents() {
		wait.Go(func() {
			var again bytes.Buffer
			if err := d.Make(&again); err != nil {
				t.Errorf("%s: %v", d.Key, err)
				return
			}
			if sha256.Sum256(again.Bytes()) != sha256.Sum256(files[d.Key]) {
				t.Errorf("%s differs between two runs", d.Key)
			}
		})
	}
	wait.Wait()
}

func TestFileNames(t *testing.T) {
	for _, d := range demo.Documents() {
		if !strings.HasSuffix(d.FileName, ".pdf") || strings.ContainsAny(d.FileName, `/\:*?"<>|`) || d.Title == "" || d.Kind == "" {
			t.Errorf("%s: file name %q, title %q, kind %q", d.Key, d.FileName, d.Title, d.Kind)
		}
	}
}

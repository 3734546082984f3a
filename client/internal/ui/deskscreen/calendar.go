package deskscreen

import (
	"strings"
	"time"
	"unicode/utf8"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
)

// stamp is how times are written in a calendar file: UTC.
const stamp = "20060102T150405Z"

// calendar makes an iCalendar file (RFC 5545) of a meeting that has a start: one event, which a later file of the same meeting
// replaces. Without an end it is given three hours.
func calendar(v controller.DeskView, now time.Time) string {
	ends := v.Form.Ends
	if !ends.After(v.Form.Starts) {
		ends = v.Form.Starts.Add(3 * time.Hour)
	}
	var about strings.Builder
	if chair := chairOf(v); chair != "" {
		about.WriteString(words.T("invitation.chair", chair) + "\n")
	}
	about.WriteString(agendaText(v))
	var b strings.Builder
	for _, line := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//phonghop//phonghop//VI", "METHOD:PUBLISH",
		"BEGIN:VEVENT", "UID:" + escaped(v.ID) + "@phonghop", "DTSTAMP:" + now.UTC().Format(stamp),
		"DTSTART:" + v.Form.Starts.UTC().Format(stamp), "DTEND:" + ends.UTC().Format(stamp),
		"SUMMARY:" + escaped(v.Form.Title), "LOCATION:" + escaped(v.Form.Place), "DESCRIPTION:" + escaped(strings.TrimSpace(about.String())),
		"END:VEVENT", "END:VCALENDAR",
	} {
		b.WriteString(folded(line))
	}
	return b.String()
}

// escaped writes a text as the format has it.
func escaped(s string) string {
	s = strings.NewReplacer("\\", `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// folded breaks a line after at most 75 bytes, never within a letter, and ends it.
func folded(line string) string {
	var b strings.Builder
	room := 75
	for _, r := range line {
		if n := utf8.RuneLen(r); n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		b.WriteRune(r)
		room -= utf8.RuneLen(r)
	}
	return b.String() + "\r\n"
}

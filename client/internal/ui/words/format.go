package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var weekdays = [...]string{"date.sunday", "date.monday", "date.tuesday", "date.wednesday", "date.thursday", "date.friday", "date.saturday"}

// Date writes the day in full as official papers do: "Thứ Hai, 23/11/2026", "Monday, 23/11/2026".
// The time is taken in its own zone: bring it into the room's first.
func Date(t time.Time) string { return T(weekdays[t.Weekday()]) + ", " + ShortDate(t) }

// ShortDate writes day, month and year: "23/11/2026", the same in both languages.
func ShortDate(t time.Time) string { return t.Format("02/01/2006") }

// Clock writes hour and minute: "08:05".
func Clock(t time.Time) string { return t.Format("15:04") }

// Span writes a running or remaining time as a clock counts it: "2:40", "1:02:40". A negative one is "0:00".
func Span(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// Number writes a whole number in groups of three: "1.234" in Vietnamese, "1,234" in English.
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + group() + digits[i:]
	}
	return sign + digits
}

// Decimal writes a number with one digit behind the comma, none when it is whole: "1,2", "41" ("1.2" in English).
func Decimal(v float64) string {
	s := strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
	return strings.Replace(s, ".", point(), 1)
}

// Bytes writes the size of a file: "112 KB", "1,2 MB". KB and MB are powers of 1,000, as file managers count.
func Bytes(n int64) string {
	switch {
	case n < 1_000:
		return fmt.Sprintf("%d byte", max(n, 0))
	case n < 999_500:
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	case n < 999_950_000:
		return Decimal(float64(n)/1e6) + " MB"
	default:
		return Decimal(float64(n)/1e9) + " GB"
	}
}

func group() string {
	if Current() == English {
		return ","
	}
	return "."
}

func point() string {
	if Current() == English {
		return "."
	}
	return ","
}

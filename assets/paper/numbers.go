package paper

import (
	"math"
	"strconv"
	"strings"
)

// Number writes an integer as Vietnamese papers do: 12.480.
func Number(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	digits := strconv.FormatInt(v, 10)
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	return sign + b.String()
}

// Decimal writes v with a comma and the given number of digits: 8,7.
func Decimal(v float64, digits int) string {
	scale := math.Pow(10, float64(digits))
	rounded := math.Round(math.Abs(v)*scale) / scale
	whole, frac := math.Modf(rounded)
	out := Number(int64(whole))
	if digits > 0 {
		out += "," + strconv.FormatInt(int64(math.Round(frac*scale))+int64(scale), 10)[1:]
	}
	if v < 0 && rounded != 0 {
		out = "-" + out
	}
	return out
}

// Percent writes part of whole with one digit: 95,2%. A whole of zero gives a
// dash.
func Percent(part, whole int64) string {
	if whole == 0 {
		return "-"
	}
	return Decimal(float64(part)*100/float64(whole), 1) + "%"
}

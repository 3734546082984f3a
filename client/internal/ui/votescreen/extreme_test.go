package votescreen

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/poll"
)

var (
	longQuestion = strings.TrimSpace(strings.Repeat("Thông qua Nghị quyết quy định mức chi hỗ trợ ", 11))
	longWord     = strings.Repeat("ượng", 125)
	longName     = strings.TrimSpace(strings.Repeat("Công Tằng Tôn Nữ ", 7))
)

// Whatever a vote asks and whoever is to be elected: a delegate can read it and press it on every device, and so can the chair.
func TestExtremesAreSeenWhole(t *testing.T) {
	uitest.Pictures(t)
	many := func() (out []poll.Option) {
		for range 40 {
			out = append(out, poll.Option{Words: longName}, poll.Option{Words: longWord})
		}
		return out
	}
	elect := with(election(), func(v *controller.BallotView) { v.Question, v.Choices = longWord, choices(many()) })
	grade := with(confidence(), func(v *controller.BallotView) { v.Question, v.Choices = longQuestion, choices(many()) })
	asked := with(open(), func(v *controller.BallotView) { v.Question, v.Mode, v.Remarks = longQuestion, poll.Secret, true })
	over := row(func(r *controller.VoteRow) { *r = public(); r.Question = longWord })
	for i := range over.Result.Voted {
		over.Result.Voted[i].Name, over.Result.Voted[i].Remark = longName, longWord
	}
	ballot := func(v controller.BallotView, then func(*Ballot)) func(*testing.T, theme.Options, fyne.Size) fyne.Canvas {
		return func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			b, c := showBallot(t, &device{views: []controller.BallotView{v}}, o, size)
			then(b)
			return c
		}
	}
	for name, show := range map[string]func(*testing.T, theme.Options, fyne.Size) fyne.Canvas{
		"asked":     ballot(asked, func(*Ballot) {}),
		"confirmed": ballot(asked, func(b *Ballot) { b.choose([]int{1}) }),
		"line":      ballot(asked, (*Ballot).minimize),
		"election":  ballot(elect, func(b *Ballot) { b.toggle(1) }),
		"grades":    ballot(grade, func(*Ballot) {}),
		"result":    ballot(open(), become(with(announced(approval(12, 3, 2), controller.ListMissing), func(v *controller.BallotView) { v.Question = longWord }))),
		"of the chair": func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			c, canvas := showChair(t, &office{view: votes(over)}, o, size, nil)
			c.open(over.VoteAt)
			return canvas
		},
		"list of the chair": func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			_, canvas := showChair(t, &office{view: votes(over, tallied(), polling())}, o, size, nil)
			return canvas
		},
	} {
		for _, d := range uitest.Devices {
			t.Run(name+" "+d.String(), func(t *testing.T) {
				words.Use(d.Language)
				defer words.Use(words.Vietnamese)
				d.Look(t, show(t, theme.Options{Mode: theme.Light, Scale: d.Scale}, d.Sizes[0]), nil)
			})
		}
	}
}

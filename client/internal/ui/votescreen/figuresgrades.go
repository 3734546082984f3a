package votescreen

import (
	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/poll"
)

// gradeRow has the fields of one person or proposal: how many gave each grade, and their sum.
type gradeRow struct {
	fields []*widget.TextField
	sum    *widget.Text
}

// gradeFields makes the fields of a vote by grades.
func (f *figuresForm) gradeFields(before poll.Figures) {
	for i := range f.view.Choices {
		row := gradeRow{sum: widget.NewText("", widget.StyleSecondary)}
		for g, grade := range f.view.Grades {
			n := 0
			if i < len(before.Grades) && g < len(before.Grades[i]) {
				n = before.Grades[i][g]
			}
			row.fields = append(row.fields, f.field(say(grade.Word), n))
		}
		f.grades = append(f.grades, row)
	}
}

// gradeObjects puts each person's fields under his name.
func (f *figuresForm) gradeObjects() (out []fyne.CanvasObject) {
	for i, choice := range f.view.Choices {
		head := []fyne.CanvasObject{widget.NewText(say(choice.Word), widget.StyleLead)}
		if choice.Position != "" {
			head = append(head, widget.NewText(choice.Position, widget.StyleSecondary))
		}
		fields := make([]fyne.CanvasObject, len(f.grades[i].fields))
		for g, field := range f.grades[i].fields {
			fields[g] = field
		}
		out = append(out, widget.Divider(), widget.Column(8, widget.Column(0, head...), widget.Even(theme.Gap, 150, fields...), f.grades[i].sum))
	}
	return out
}

// changedGrades brings each person's sum up to date.
func (f *figuresForm) changedGrades() {
	cast, ok := number(f.cast)
	if !ok || cast > poll.MaxMembers {
		cast = 0
	}
	for _, row := range f.grades {
		sum := 0
		for _, field := range row.fields {
			if n, ok := number(field); ok && n <= poll.MaxMembers {
				sum += n
			}
		}
		row.sum.SetText(words.T("vote.figures.grade_sum", sum, cast))
	}
}

// readGrades takes the grades out of the fields: of each person no more than there are ballots.
func (f *figuresForm) readGrades(out poll.Figures) (poll.Figures, *widget.TextField) {
	for _, row := range f.grades {
		counts, sum := make([]int, len(row.fields)), 0
		for g, field := range row.fields {
			n, ok := number(field)
			if !ok || n > out.Cast {
				field.SetError(words.T("vote.figures.range", out.Cast))
				return out, field
			}
			counts[g], sum = n, sum+n
		}
		if sum > out.Cast {
			last := row.fields[len(row.fields)-1]
			last.SetError(words.T("vote.figures.too_many_marks", sum, out.Cast))
			return out, last
		}
		out.Grades = append(out.Grades, counts)
	}
	return out, nil
}

package main

import (
	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/chairscreen"
	"phonghop/client/internal/ui/deskscreen"
	"phonghop/client/internal/ui/screen"
	"phonghop/client/internal/ui/votescreen"
	"phonghop/shared/meeting"
)

// consoles makes the consoles of the chair and the secretary.
func consoles(device *controller.Controller) screen.Consoles {
	return screen.Consoles{
		Ballot: func(on fyne.Window, see func(controller.BallotView)) screen.Over {
			b := votescreen.NewBallot(device)
			b.OnSee, b.Save = see, votescreen.SaveOn(on)
			return b
		},
		Chair: func(id string, on fyne.Window, leads screen.Leads) screen.Console {
			return chairscreen.New(device, id, chairscreen.Leads{OnLeave: leads.Leave, OnRead: func(item meeting.ItemID) { leads.Read(id, item, "") },
				Votes: votescreen.NewChair(device, id, votescreen.SaveOn(on))})
		},
		Desk: func(id string, on fyne.Window, leads screen.Leads) screen.Console {
			desk := deskscreen.New(device, id, deskscreen.Dialogs{Window: on}, deskscreen.Leads{OnLeave: leads.Leave, OnRead: leads.Read,
				Votes: votescreen.NewDesk(device, votescreen.SaveOn(on)), Save: votescreen.SaveOn(on)})
			on.SetOnDropped(func(_ fyne.Position, files []fyne.URI) { desk.DropFiles(files) })
			return &droppable{desk, on}
		},
	}
}

// droppable is a desk that takes files dropped on its window as long as it is there.
type droppable struct {
	*deskscreen.Screen
	on fyne.Window
}

// Close ends the desk.
func (d *droppable) Close() {
	d.on.SetOnDropped(func(fyne.Position, []fyne.URI) {})
	d.Screen.Close()
}

package main

import (
	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/chairscreen"
	"phonghop/client/internal/ui/screen"
)

// consoles makes the consoles of the chair and the secretary.
func consoles(device *controller.Controller) screen.Consoles {
	return screen.Consoles{
		Chair: func(meeting string, _ fyne.Window, leads screen.Leads) screen.Console {
			return chairscreen.New(device, meeting, chairscreen.Leads{OnLeave: leads.Leave, OnRead: leads.Read})
		},
	}
}

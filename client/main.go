// Command phonghop is the client of a paperless meeting room: on a delegate's tablet, the chair's and the secretary's
// computer, behind the projector, and in a browser.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/screen"
	"phonghop/client/internal/ui/widget"
)

// version is set when a release is built.
var version = "0.1.0-dev"

// appID names the program to the system; preferences are kept under it.
const appID = "vn.phonghop.client"

func main() {
	settings, err := given()
	if err != nil {
		fmt.Fprintln(os.Stderr, "phonghop:", err)
		os.Exit(2)
	}
	// Times are shown in the room's zone, whatever the device believes: all of Vietnam has UTC+7 all year
	// (Decision 134/2002/QĐ-TTg), and borrowed tablets come with any zone.
	time.Local = time.FixedZone("+07", 7*60*60)
	if settings.Version {
		fmt.Println("phonghop", version)
		return
	}
	if err := noScreen(runtime.GOOS, os.Getenv); err != nil {
		fmt.Fprintln(os.Stderr, "phonghop:", err)
		os.Exit(1)
	}
	boundMemory()
	run(settings)
}

// run shows the window and returns when it was closed.
func run(settings settings) {
	// The screens change on the main goroutine only, through one door: the toolkit need not watch for others.
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: "phonghop", Version: "0.1.0", Migrations: map[string]bool{"fyneDo": true}})
	a := app.NewWithID(appID)
	widget.ListenToBrowser()
	device := controller.New(controller.Options{Dir: settings.Data, Program: "phonghop " + version, DeviceName: deviceName(), Home: settings.home(), Resumed: resumed()})
	defer device.Close()

	window := a.NewWindow("phonghop")
	window.Resize(settings.size)
	window.SetMaster()
	shell := screen.New(screen.Of(device), window, screen.Options{
		Preferences: settings.preferences(a.Preferences()),
		Keep:        func(p screen.Preferences) { settings.keep(a.Preferences(), p) },
		Projector:   settings.Projector,
		OneRoom:     settings.home() != "",
		Stays:       stays(),
		InClear:     strings.HasPrefix(settings.home(), "http://"),
		FullScreen:  fullScreen(),
		Consoles:    consoles(device),
	})
	defer shell.Close()
	stop := listen(device, shell, settings)
	defer stop()
	defer showSight(window)()

	a.Lifecycle().SetOnEnteredForeground(func() { go device.Wake() }) // a browser's callback must not wait
	a.Lifecycle().SetOnStarted(func() {
		keepAwake()
		if settings.Projector && settings.Size == "" {
			window.SetFullScreen(true)
		}
	})
	go shell.Tick()
	window.ShowAndRun()
}

// listen tells the screens of changes, and signs in by itself where the program was started for somebody.
func listen(device *controller.Controller, shell *screen.Shell, settings settings) (stop func()) {
	own := newOwnSignIn(settings)
	changed := device.Subscribe(func() {
		replaced(device)
		own.step(device)
		shell.Changed()
	})
	noticed := device.OnNotice(func(n controller.Notice) { shell.Notify(n.Code) })
	own.step(device)
	return func() {
		changed()
		noticed()
	}
}

// Package screen is what a participant sees: choosing a room, signing in, the meetings, the agenda, reading, and
// the room's big screen; and the Shell that leads from one to the other.
//
// A screen shows a model of package controller and says through Actions what the person means. It reads neither
// network nor disk: what may take time runs on a goroutine of the Shell's and comes back through mainthread. When a
// model changes, the screen is drawn anew from it; only what a person is writing, scrolling or reading stays.
//
// All of it lives on the toolkit's main goroutine.
package screen

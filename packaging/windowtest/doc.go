// Package windowtest drives whole windows of the client as people do: on a
// screen, with real keys and a real pointer, against a whole server. Its tests
// are the tasks that are done in every meeting.
package windowtest

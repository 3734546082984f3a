package sqlite_test

import (
	"testing"

	"phonghop/server/internal/notebook"
	"phonghop/server/internal/storetest"
)

func TestNotes(t *testing.T) {
	storetest.Notes(t, func(t *testing.T) func() notebook.Store {
		open := reopening(t)
		return func() notebook.Store { return open().Notes() }
	})
}

func TestNotesInMemory(t *testing.T) {
	storetest.Notes(t, func(*testing.T) func() notebook.Store {
		s := notebook.NewMemoryStore()
		return func() notebook.Store { return s }
	})
}

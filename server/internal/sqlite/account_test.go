package sqlite_test

import (
	"errors"
	"testing"

	"phonghop/server/internal/account"
	"phonghop/server/internal/sqlite"
	"phonghop/server/internal/storetest"
)

func TestAccounts(t *testing.T) {
	storetest.Accounts(t, func(t *testing.T) func() account.Store {
		open := reopening(t)
		return func() account.Store { return open().Accounts() }
	})
}

func TestAccountsInMemory(t *testing.T) {
	storetest.Accounts(t, func(*testing.T) func() account.Store {
		s := account.NewMemoryStore()
		return func() account.Store { return s }
	})
}

func TestAccountsOfAClosedDatabase(t *testing.T) {
	db := openAt(t, t.TempDir())
	a := db.Accounts()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Secret(t.Context(), "p1"); !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("Secret: %v", err)
	}
	if _, err := a.SetSecret(t.Context(), "p1", "x"); !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("SetSecret: %v", err)
	}
	if _, err := a.Session(t.Context(), account.Hash{}); !errors.Is(err, sqlite.ErrClosed) {
		t.Errorf("Session: %v", err)
	}
}

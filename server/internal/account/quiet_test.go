package account_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"phonghop/server/internal/account"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// torn is a store that fails, and says for whom.
type torn struct{ account.Store }

func (torn) Secret(_ context.Context, _ roster.PersonID) (string, error) {
	return "", errors.New("torn")
}

func (torn) RemoveSecret(context.Context, roster.PersonID) ([]account.Record, error) {
	return nil, errors.New("torn")
}

func (torn) EndSessions(context.Context, roster.PersonID, account.Hash) ([]account.Record, error) {
	return nil, errors.New("torn")
}

// Errors end up in the log, and ids are made from names where a room begins:
// no error says whose it is.
func TestErrorsNameNobody(t *testing.T) {
	s, err := account.New(account.Config{Store: torn{}, Params: account.Params{Memory: 64, Passes: 1}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, who, pin := context.Background(), roster.PersonID("nguyen-thi-van"), "402917"
	_, _, signIn := s.SignIn(ctx, who, pin, protocol.Device{ID: "tablet-of-the-room"}, "10.0.0.1")
	for what, err := range map[string]error{
		"sign in": signIn, "set": s.SetSecret(ctx, who, pin), "change": s.ChangeSecret(ctx, who, pin, "583026", ""),
		"remove": s.RemoveSecret(ctx, who), "revoke": s.Revoke(ctx, who, ""),
	} {
		if err == nil || strings.Contains(err.Error(), string(who)) || strings.Contains(err.Error(), pin) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

package controller

import (
	"context"
	"net/netip"

	"phonghop/client/internal/session"
	"phonghop/shared/discovery"
)

// probe asks whether the room that was found answers, with its key.
func probe(ctx context.Context, r discovery.Room, at netip.AddrPort) error {
	r.Addr = at
	return session.Probe(ctx, base(r), r.Fingerprint, r.ID)
}

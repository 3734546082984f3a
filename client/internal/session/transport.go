package session

import (
	"context"
	"fmt"
)

// Socket is one connection to a room's server. Read is called from one
// goroutine, Write from one other; Probe and Close from any.
type Socket interface {
	// Read waits for the next message. It fails with a *CloseError when the
	// other side closed the connection, and when the other side was silent
	// for too long.
	Read() ([]byte, error)
	// Write sends a message, and fails when that takes too long.
	Write(data []byte) error
	// Probe asks for a sign of life: Read soon fails when none comes.
	Probe()
	// Close ends the connection, and with it Read and Write.
	Close()
}

// Dialer opens the connection. Its errors are those of fromTransport.
type Dialer func(ctx context.Context) (Socket, error)

// CloseError says with which code the other side closed.
type CloseError struct{ Code int }

func (e *CloseError) Error() string { return fmt.Sprintf("the server closed with code %d", e.Code) }

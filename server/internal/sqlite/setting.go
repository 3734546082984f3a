package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// Names of settings that are there from the creation on.
const (
	settingEpoch = "epoch"
	settingRoom  = "room"
)

// identify gives a new database its names.
func (db *DB) identify(ctx context.Context, w *writer) error {
	id, err := uuid.NewRandom()
	if err != nil {
		return err
	}
	return full(w.update(ctx, func(c *change) error {
		for name, value := range map[string]string{settingEpoch: rand.Text(), settingRoom: id.String()} {
			_, err := c.run(`INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, name, value)
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// RoomID returns the room's random name, which it has from its creation on
// and keeps: a UUID.
func (db *DB) RoomID(ctx context.Context) (string, error) {
	return db.must(ctx, settingRoom)
}

// Setting returns a small setting of the room; ok says whether it was ever
// set.
func (db *DB) Setting(ctx context.Context, name string) (value string, ok bool, err error) {
	err = db.read.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("read the setting %s: %w", name, db.closed(err))
	}
	return value, true, nil
}

// SetSetting keeps a setting, durably. The room's id and the epoch are not
// set this way.
func (db *DB) SetSetting(ctx context.Context, name, value string) error {
	if name == settingRoom || name == settingEpoch {
		return fmt.Errorf("the setting %s is not to be changed", name)
	}
	err := db.update(ctx, func(c *change) error {
		_, err := c.run(`INSERT INTO setting (name, value) VALUES (?, ?)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep the setting %s: %w", name, err)
	}
	return nil
}

// must returns a setting that is always there.
func (db *DB) must(ctx context.Context, name string) (string, error) {
	value, ok, err := db.Setting(ctx, name)
	if err == nil && !ok {
		err = fmt.Errorf("%w: it has no %s", ErrDamaged, name)
	}
	return value, err
}

package controller

import (
	"encoding/json"
	"maps"
)

// recordTurns is where a device keeps how documents are turned for reading.
const recordTurns = "turns"

// maxTurns bounds them. Beyond it all are forgotten: a document is turned
// again with a tap.
const maxTurns = 500

// DocumentTurn is how far a document is turned for reading on this device, in
// quarters of a full turn clockwise, 0 to 3. The hash names its content.
func (c *Controller) DocumentTurn(hash string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turns == nil {
		c.turns = map[string]int{}
		if data, ok := c.device.Kept(recordTurns); ok && json.Unmarshal(data, &c.turns) != nil || len(c.turns) > maxTurns || c.turns == nil {
			c.turns = map[string]int{}
		}
	}
	return (c.turns[hash]%4 + 4) % 4
}

// TurnDocument turns a document a quarter further, and keeps that.
func (c *Controller) TurnDocument(hash string) {
	next := (c.DocumentTurn(hash) + 1) % 4
	if hash == "" {
		return
	}
	c.mu.Lock()
	if len(c.turns) >= maxTurns {
		clear(c.turns)
	}
	if c.turns[hash] = next; next == 0 {
		delete(c.turns, hash)
	}
	kept := maps.Clone(c.turns)
	c.mu.Unlock()
	if data, err := json.Marshal(kept); err == nil {
		_ = c.device.KeepSoon(recordTurns, data) // else it is as before after the next start
	}
	c.touch()
}

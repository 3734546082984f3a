package room

import "context"

// receiptCache keeps the newest receipts, so that a command sent twice in a
// row is answered without asking the log.
type receiptCache struct {
	byKey map[Key]Receipt
	order []Key
}

const receiptsKept = 2048

// refusals keeps the newest refusals. A client that lost its connection gives
// its commands again, while the old ones may still be on their way over the
// old connection: a command that it was told is refused must not be carried
// out then. Nothing is on its way any more after a restart, so memory will do.
type refusals struct {
	byKey map[Key]Result
	order []Key
}

func newRefusals() *refusals { return &refusals{byKey: map[Key]Result{}} }

func (c *refusals) put(k Key, r Result) {
	if _, ok := c.byKey[k]; !ok {
		c.order = append(c.order, k)
	}
	c.byKey[k] = r
	if len(c.order) > receiptsKept {
		for _, k := range c.order[:receiptsKept/2] {
			delete(c.byKey, k)
		}
		c.order = append(c.order[:0:0], c.order[receiptsKept/2:]...)
	}
}

// refused finds the refusal of a command: in this batch, or lately.
func (l *Live) refused(k Key) (Result, bool) {
	if r, ok := l.batch.refused[k]; ok {
		return r, true
	}
	r, ok := l.refusals.byKey[k]
	return r, ok
}

func newReceiptCache() *receiptCache { return &receiptCache{byKey: map[Key]Receipt{}} }

func (c *receiptCache) put(r Receipt) {
	if _, ok := c.byKey[r.Key]; !ok {
		c.order = append(c.order, r.Key)
	}
	c.byKey[r.Key] = r
	if len(c.order) > receiptsKept {
		for _, k := range c.order[:receiptsKept/2] {
			delete(c.byKey, k)
		}
		c.order = append(c.order[:0:0], c.order[receiptsKept/2:]...)
	}
}

// receipt finds what is known of a command: in this batch, lately, or ever.
func (l *Live) receipt(k Key) (Receipt, bool, error) {
	for _, r := range l.batch.receipts {
		if r.Key == k {
			return r, true, nil
		}
	}
	if r, ok := l.receipts.byKey[k]; ok {
		return r, true, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	return l.opt.Log.Receipt(ctx, l.owner, k)
}

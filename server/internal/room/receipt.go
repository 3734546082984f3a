package room

import "context"

// receiptCache keeps the newest receipts, so that a command sent twice in a
// row is answered without asking the log.
type receiptCache struct {
	byKey map[Key]Receipt
	order []Key
}

const receiptsKept = 2048

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

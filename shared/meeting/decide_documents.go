package meeting

import (
	"slices"

	"phonghop/shared/text"
)

// documents decides the commands on an item's documents.
func (d *decision) documents(c Command) error {
	switch c := c.(type) {
	case AttachDocument:
		return d.attach(c)
	case ReplaceDocument:
		return d.replace(c)
	case RetitleDocument:
		content, doc, err := d.document(c.Item, c.Document)
		if err != nil {
			return err
		}
		return d.retitle(c, content, doc)
	case MoveDocument:
		content, _, err := d.document(c.Item, c.Document)
		if err != nil {
			return err
		}
		if _, ok := content.Document(c.Before); c.Before != "" && !ok {
			return refuse(NotFound, "before")
		}
		moved := DocumentMoved{c.Document, c.Before}
		if next, _ := content.moveDocument(moved); !slices.EqualFunc(next.Documents, content.Documents, sameDocument) {
			d.emit(c.Item, moved)
		}
		return nil
	case RemoveDocument:
		return d.removeDocument(c)
	}
	return refuse(UnknownKind, c.Kind())
}

func (d *decision) document(item ItemID, id DocumentID) (Content, Document, error) {
	if _, err := d.item(item); err != nil {
		return Content{}, Document{}, err
	}
	content := d.s.Contents[item]
	doc, ok := content.Document(id)
	if !ok {
		return content, doc, refuse(NotFound, "document")
	}
	return content, doc, nil
}

func sameDocument(a, b Document) bool { return a.ID == b.ID }

func (d *decision) attach(c AttachDocument) error {
	if _, err := d.item(c.Item); err != nil {
		return err
	}
	if !text.ValidID(string(c.Document)) {
		return refuse(Invalid, "document")
	}
	content := d.s.Contents[c.Item]
	if _, ok := content.Document(c.Document); ok {
		return nil // attached already, by an earlier try
	}
	if len(content.Documents) >= MaxDocuments {
		return refuse(TooMany, "documents")
	}
	name, err := checkFile(c.Hash, c.Name, c.Pages, c.Bytes)
	if err != nil {
		return err
	}
	if c.Title == "" {
		c.Title = name
	}
	if c.Title, err = line("title", c.Title, 1, MaxTitle); err != nil {
		return err
	}
	if c.Type, err = line("type", c.Type, 0, MaxKind); err != nil {
		return err
	}
	d.emit(c.Item, DocumentAttached{c.Document, c.Title, c.Type, c.Hash, name, c.Pages, c.Bytes})
	return nil
}

func (d *decision) replace(c ReplaceDocument) error {
	_, doc, err := d.document(c.Item, c.Document)
	if err != nil {
		return err
	}
	name, err := checkFile(c.Hash, c.Name, c.Pages, c.Bytes)
	if err != nil {
		return err
	}
	if doc.Latest().Hash == c.Hash {
		return nil
	}
	if len(doc.Versions) >= MaxVersions {
		return refuse(TooMany, "versions")
	}
	d.emit(c.Item, DocumentReplaced{c.Document, c.Hash, name, c.Pages, c.Bytes})
	return nil
}

func (d *decision) retitle(c RetitleDocument, _ Content, doc Document) error {
	title, err := line("title", c.Title, 1, MaxTitle)
	if err != nil {
		return err
	}
	kind, err := line("type", c.Type, 0, MaxKind)
	if err != nil {
		return err
	}
	if doc.Title != title || doc.Kind != kind {
		d.emit(c.Item, DocumentRetitled{c.Document, title, kind})
	}
	return nil
}

func (d *decision) removeDocument(c RemoveDocument) error {
	if _, err := d.item(c.Item); err != nil {
		return err
	}
	content := d.s.Contents[c.Item]
	if _, ok := content.Document(c.Document); !ok {
		return nil
	}
	if content.Shown.Document == c.Document && d.s.Current == c.Item && d.s.inSitting() {
		return refuse(InUse, "presented")
	}
	d.emit(c.Item, DocumentRemoved{c.Document})
	return nil
}

func checkFile(hash, name string, pages int, bytes int64) (string, error) {
	if !validHash(hash) {
		return "", refuse(Invalid, "hash")
	}
	if pages < 1 || pages > MaxPages {
		return "", refuse(Invalid, "pages")
	}
	if bytes < 1 || bytes > MaxBytes {
		return "", refuse(Invalid, "bytes")
	}
	return line("name", name, 1, MaxFileName)
}

func validHash(s string) bool {
	if len(s) != 64 {
		return false
	}
	return !slices.ContainsFunc([]byte(s), func(c byte) bool {
		return (c < '0' || c > '9') && (c < 'a' || c > 'f')
	})
}

package document

import (
	"context"

	"phonghop/shared/text"
)

// Coverage says how much of a document a search can look through.
type Coverage struct {
	Pages int // of the document
	Read  int // whose text was read so far
	Blank int // of those, pages without any text: scans
}

// Search calls found for each page with the phrase: document after document
// in the order given, page after page, from the one with index skip on, until
// found returns false. It sees only pages that were read; see Coverage. It
// must not be kept waiting by found.
func (s *Service) Search(ctx context.Context, hashes []string, q text.Query, skip int, found func(hash string, page int, text Text) bool) error {
	return s.config.Store.Search(ctx, hashes, q, skip, found)
}

// Coverage tells how much of documents can be searched. Unknown ones are left
// out.
func (s *Service) Coverage(ctx context.Context, hashes []string) (map[string]Coverage, error) {
	return s.config.Store.Coverage(ctx, hashes)
}

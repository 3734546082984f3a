package cache

import (
	"container/list"
	"sync"
)

// recent keeps the files used last in memory, up to so many bytes. It is safe
// for concurrent use. What it is given and gives out must not be changed.
type recent struct {
	most int

	mu    sync.Mutex
	order list.List // of *recentFile, the newest first
	files map[string]*list.Element
	bytes int
}

type recentFile struct {
	name string
	data []byte
}

func newRecent(most int) *recent { return &recent{most: most, files: map[string]*list.Element{}} }

func (r *recent) get(name string) ([]byte, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.files[name]
	if !ok {
		return nil, false
	}
	r.order.MoveToFront(e)
	f, _ := e.Value.(*recentFile)
	return f.data, true
}

// put keeps a file; one that is larger than everything is not kept.
func (r *recent) put(name string, data []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dropLocked(name)
	if len(data) > r.most {
		return
	}
	r.files[name] = r.order.PushFront(&recentFile{name, data})
	r.bytes += len(data)
	for r.bytes > r.most {
		if f, ok := r.order.Back().Value.(*recentFile); ok {
			r.dropLocked(f.name)
		}
	}
}

func (r *recent) drop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dropLocked(name)
}

func (r *recent) dropLocked(name string) {
	e, ok := r.files[name]
	if !ok {
		return
	}
	if f, ok := e.Value.(*recentFile); ok {
		r.bytes -= len(f.data)
	}
	r.order.Remove(e)
	delete(r.files, name)
}

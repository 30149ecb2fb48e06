package geo

import (
	"container/list"
	"sync"
)

// cacheBytes bounds the runs that are kept, in bytes of memory.
const cacheBytes = 96 << 20

// runKey says which search a run is the answer of: a cell of about 100 m and a profile. Nothing in it is about a child.
type runKey struct {
	lat, lon int32 // thousandths of a degree
	profile  profileID
}

// runCache keeps the runs that were asked for last.
type runCache struct {
	mu    sync.Mutex
	runs  map[runKey]*list.Element
	order list.List // the last used in front
	bytes int
	most  int
}

type keptRun struct {
	key runKey
	run *run // nil = the cell has no street nearby
}

func newRunCache() *runCache { return &runCache{runs: map[runKey]*list.Element{}, most: cacheBytes} }

func (c *runCache) get(key runKey) (*run, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.runs[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(found)
	return found.Value.(keptRun).run, true
}

// put keeps a run and lets go of the oldest until the rest fits.
func (c *runCache) put(key runKey, r *run) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.runs[key]; ok {
		return
	}
	c.runs[key] = c.order.PushFront(keptRun{key: key, run: r})
	c.bytes += r.bytes()
	for c.bytes > c.most && c.order.Len() > 1 {
		last := c.order.Remove(c.order.Back()).(keptRun)
		delete(c.runs, last.key)
		c.bytes -= last.run.bytes()
	}
}

// runFrom gives the run from the middle of the cell of a base, so that the answer never depends on who asked first. It is
// nil when no street is near.
func (s *Streets) runFrom(base Point, id profileID) *run {
	if !base.Finite() {
		return nil
	}
	middle := base.Rounded()
	at := spotOf(middle)
	key := runKey{lat: at.lat / 10_000, lon: at.lon / 10_000, profile: id}
	if r, ok := s.runs.get(key); ok {
		return r
	}
	walk, bike := s.grid.snap(middle)
	if id == cycling {
		walk = bike
	}
	var r *run
	if walk != noSnap {
		r = s.run(s.profiles[id](), walk)
	}
	s.runs.put(key, r)
	return r
}

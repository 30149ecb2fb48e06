package geo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// StreetCounts says what an import of streets found.
type StreetCounts struct {
	Edges                     int
	WalkMetres, BikeMetres    float64  // length of all streets for the mode, the ones nobody can reach left out
	Bridges, Tunnels, Ferries int      // edges
	Unreached                 int      // edges that were left out because they hang together with nothing
	Missing                   int      // nodes that ways name and the file does not have
	Corner                    [2]Point // south-west and north-east of the box around all
}

// ImportStreets reads an OpenStreetMap file (.osm.pbf) and writes the graph file that ReadStreets reads. It reads the
// file twice, ways first, so it may hold a whole country. Errors are in Dutch and name block and byte; nothing is
// written then. progress hears how many bytes of how many were read and may be nil.
func ImportStreets(ctx context.Context, pbf io.ReadSeeker, progress func(done, total int)) (data []byte, counts StreetCounts, err error) {
	size, err := pbf.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, counts, fmt.Errorf("kan niet worden gelezen: %w", err)
	}
	b := &streetBuilder{progress: func(at int64) {
		if progress != nil {
			progress(int(at), int(2*size))
		}
	}}
	if err := b.pass(ctx, pbf, 0, b.takeWays); err != nil {
		return nil, counts, err
	}
	if len(b.ways) == 0 {
		return nil, counts, errors.New("er staat geen straat in dit bestand: verwacht wegen met de sleutel highway")
	}
	b.sortRefs()
	if err := b.pass(ctx, pbf, size, b.takeNodes); err != nil {
		return nil, counts, err
	}
	g, err := b.build(&counts)
	if err != nil {
		return nil, counts, err
	}
	return g.encode(), counts, nil
}

// streetBuilder collects ways and the places of their nodes.
type streetBuilder struct {
	progress func(at int64)
	ways     []foundWay
	refs     []int64 // nodes of all ways, one after the other
	ids      []int64 // every node once, by id
	uses     []uint8 // how often a node is used, 2 = twice or more
	spots    []spot
	next     int // where the next node is looked for
}

// foundWay is a way with where its nodes end in refs.
type foundWay struct {
	street street
	end    int
}

// nowhere marks a node that the file does not have.
var nowhere = spot{lat: math.MinInt32, lon: math.MinInt32}

func (b *streetBuilder) pass(ctx context.Context, in io.ReadSeeker, before int64, take func(*osmBlock) error) error {
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("kan niet worden gelezen: %w", err)
	}
	return readOSM(ctx, in, func(data []byte, at int64) error {
		block, err := readOSMBlock(data)
		if err == nil {
			err = take(block)
		}
		b.progress(before + at)
		return err
	})
}

func (b *streetBuilder) takeWays(block *osmBlock) error {
	return block.ways(func(tags osmTags, refs []int64) {
		s, ok := readStreet(tags)
		if !ok || len(refs) < 2 {
			return
		}
		b.refs = append(b.refs, refs...)
		b.ways = append(b.ways, foundWay{street: s, end: len(b.refs)})
	})
}

// sortRefs makes the list of nodes that are needed, and finds where ways meet.
func (b *streetBuilder) sortRefs() {
	b.ids = slices.Clone(b.refs)
	slices.Sort(b.ids)
	b.ids = slices.Compact(b.ids)
	b.uses, b.spots = make([]uint8, len(b.ids)), make([]spot, len(b.ids))
	for i := range b.spots {
		b.spots[i] = nowhere
	}
	for _, id := range b.refs {
		if at, ok := slices.BinarySearch(b.ids, id); ok {
			b.uses[at] = min(b.uses[at]+1, 2)
		}
	}
}

func (b *streetBuilder) takeNodes(block *osmBlock) error {
	return block.nodes(func(id int64, at spot) {
		if b.next > 0 && b.ids[b.next-1] >= id {
			b.next, _ = slices.BinarySearch(b.ids, id)
		}
		for b.next < len(b.ids) && b.ids[b.next] < id {
			b.next++
		}
		if b.next < len(b.ids) && b.ids[b.next] == id {
			b.spots[b.next] = at
		}
	})
}

// rawEdge is an edge while it is made: corners are places in the list of nodes.
type rawEdge struct {
	edge
	line    []spot
	from    *street
	seconds uint32 // of a ferry
}

// build cuts the ways at their corners, keeps what hangs together and puts all in order.
func (b *streetBuilder) build(counts *StreetCounts) (*streetGraph, error) {
	var list []rawEdge
	start := 0
	for i := range b.ways {
		w := &b.ways[i]
		list = b.cut(list, &w.street, b.refs[start:w.end], counts)
		start = w.end
	}
	before := len(list)
	list = keepReachable(list, len(b.ids))
	counts.Unreached = before - len(list)
	if !slices.ContainsFunc(list, func(e rawEdge) bool { return e.flags&anyMode != 0 }) {
		return nil, errors.New("er is geen straat in dit bestand die met andere straten samenhangt: verwacht een uittreksel met wegen en hun punten")
	}
	if !slices.ContainsFunc(list, func(e rawEdge) bool { return CheckNL(e.line[0].point()) == nil }) {
		return nil, errors.New("geen van de straten ligt in of bij Nederland: verwacht een uittreksel van een Nederlandse stad of provincie")
	}
	g := b.number(list)
	counts.fill(g)
	return g, nil
}

// cut adds the edges of a way. A node that the file does not have ends one edge and begins another.
func (b *streetBuilder) cut(list []rawEdge, s *street, refs []int64, counts *StreetCounts) []rawEdge {
	var line []spot
	first, total := uint32(0), len(list)
	for i, id := range refs {
		at, _ := slices.BinarySearch(b.ids, id)
		if b.spots[at] == nowhere {
			counts.Missing++
			line = nil
			continue
		}
		if len(line) == 0 {
			first = uint32(at)
		}
		line = append(line, b.spots[at])
		ends := b.uses[at] > 1 || i == len(refs)-1 || b.isMissing(refs[i+1])
		if !ends || len(line) < 2 {
			continue
		}
		list = append(list, rawEdge{edge: edge{a: first, b: uint32(at), length: lengthOf(line), flags: s.flags, class: s.class,
			walkPace: s.walkPace, bikePace: s.bikePace}, line: line, from: s})
		line, first = []spot{b.spots[at]}, uint32(at)
	}
	shareTime(list[total:], s.seconds)
	return list
}

func (b *streetBuilder) isMissing(id int64) bool {
	at, _ := slices.BinarySearch(b.ids, id)
	return b.spots[at] == nowhere
}

// shareTime divides the time of a ferry over its edges by length.
func shareTime(edges []rawEdge, seconds uint32) {
	length := uint64(0)
	for i := range edges {
		length += uint64(edges[i].length)
	}
	for i := range edges {
		edges[i].seconds = uint32(uint64(seconds) * uint64(edges[i].length) / max(1, length))
	}
}

// number gives corners their place on the curve, and puts edges in the order of their corners.
func (b *streetBuilder) number(list []rawEdge) *streetGraph {
	g := &streetGraph{names: []string{""}}
	newOf := b.order(list, g)
	for i := range list {
		list[i].a, list[i].b = newOf[list[i].a], newOf[list[i].b]
	}
	slices.SortStableFunc(list, func(x, y rawEdge) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	names := map[string]uint32{"": 0}
	g.edges = make([]edge, len(list))
	for i, e := range list {
		if e.flags&onFerry != 0 && e.seconds > 0 {
			g.ferries = append(g.ferries, ferry{edge: uint32(i), seconds: e.seconds})
		}
		place, known := names[e.from.name]
		if !known {
			place = uint32(len(g.names))
			names[e.from.name] = place
			g.names = append(g.names, e.from.name)
		}
		e.name, e.shape = place, uint32(len(g.shapes))
		g.shapes = appendBends(g.shapes, e.line)
		g.edges[i] = e.edge
	}
	return g
}

// order fills the corners of g along the curve and gives the new number of each node.
func (b *streetBuilder) order(list []rawEdge, g *streetGraph) (newOf []uint32) {
	used := make([]bool, len(b.ids))
	low, high := b.spots[list[0].a], b.spots[list[0].a]
	for _, e := range list {
		for _, c := range []uint32{e.a, e.b} {
			used[c] = true
			low, high = low.least(b.spots[c]), high.most(b.spots[c])
		}
	}
	type key struct {
		curve uint64
		node  uint32
	}
	var keys []key
	for i, ok := range used {
		if ok {
			keys = append(keys, key{hilbert(b.spots[i], low, high), uint32(i)})
		}
	}
	slices.SortFunc(keys, func(x, y key) int { return cmp.Or(cmp.Compare(x.curve, y.curve), cmp.Compare(x.node, y.node)) })
	newOf = make([]uint32, len(b.ids))
	for i, k := range keys {
		newOf[k.node] = uint32(i)
		g.corners = append(g.corners, b.spots[k.node])
	}
	return newOf
}

func (c *StreetCounts) fill(g *streetGraph) {
	low, high := g.box()
	c.Edges, c.Corner = len(g.edges), [2]Point{low.point(), high.point()}
	count := func(e *edge, flags streetFlags, n *int) {
		if e.flags&flags != 0 {
			*n++
		}
	}
	for i := range g.edges {
		e := &g.edges[i]
		count(e, onBridge, &c.Bridges)
		count(e, inTunnel, &c.Tunnels)
		count(e, onFerry, &c.Ferries)
		if e.flags&walkBoth != 0 {
			c.WalkMetres += float64(e.length) / 100
		}
		if e.flags&bikeBoth != 0 {
			c.BikeMetres += float64(e.length) / 100
		}
	}
}

package geo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
)

// The graph file: streetMagic, the version, a checksum of all that follows, five counts, and then the corners, the
// edges, the ferries, the bends and the names; numbers of 4 bytes, the lowest byte first.
const (
	streetMagic   = "kikwegen"
	streetVersion = 1
	streetHeader  = len(streetMagic) + 4 + 4
	cornerBytes   = 8
	edgeBytes     = 24
	ferryBytes    = 8
)

var (
	little     = binary.LittleEndian
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
)

// encode writes the graph file and sets its stamp.
func (g *streetGraph) encode() []byte {
	names := strings.Join(g.names, "\n")
	data := slices.Grow([]byte(streetMagic), streetHeader+20+len(g.corners)*cornerBytes+len(g.edges)*edgeBytes+len(g.ferries)*ferryBytes+len(g.shapes)+len(names))
	data = little.AppendUint32(data, streetVersion)
	data = little.AppendUint32(data, 0)
	for _, count := range []int{len(g.corners), len(g.edges), len(g.ferries), len(g.shapes), len(names)} {
		data = little.AppendUint32(data, uint32(count))
	}
	for _, c := range g.corners {
		data = little.AppendUint32(little.AppendUint32(data, uint32(c.lat)), uint32(c.lon))
	}
	for _, e := range g.edges {
		for _, v := range []uint32{e.a, e.b, e.length, e.shape, e.name} {
			data = little.AppendUint32(data, v)
		}
		data = append(data, byte(e.flags), e.class, e.walkPace, e.bikePace)
	}
	for _, f := range g.ferries {
		data = little.AppendUint32(little.AppendUint32(data, f.edge), f.seconds)
	}
	data = append(append(data, g.shapes...), names...)
	g.stamp = checksum(data)
	little.PutUint32(data[streetHeader-4:], g.stamp)
	return data
}

func checksum(data []byte) uint32 { return crc32.Checksum(data[streetHeader:], castagnoli) }

// errGraph says that a graph file cannot be used and what to do.
var errGraph = errors.New("het stratenbestand is beschadigd: lees de straten opnieuw in met import streets")

// decodeStreets reads a graph file. data is kept: do not change it afterwards.
func decodeStreets(data []byte) (*streetGraph, error) {
	if len(data) < streetHeader+20 || string(data[:len(streetMagic)]) != streetMagic {
		return nil, errors.New("dit is geen stratenbestand van Kind in Kaart: lees de straten in met import streets")
	}
	if v := little.Uint32(data[len(streetMagic):]); v != streetVersion {
		return nil, fmt.Errorf("het stratenbestand heeft versie %d en dit programma leest versie %d: lees de straten opnieuw in met import streets", v, streetVersion)
	}
	g := &streetGraph{stamp: little.Uint32(data[streetHeader-4:])}
	if checksum(data) != g.stamp {
		return nil, errGraph
	}
	count, rest := [5]int{}, data[streetHeader:]
	for i := range count {
		count[i], rest = int(little.Uint32(rest)), rest[4:]
	}
	if count[0]*cornerBytes+count[1]*edgeBytes+count[2]*ferryBytes+count[3]+count[4] != len(rest) {
		return nil, errGraph
	}
	g.decodeCorners(take(&rest, count[0]*cornerBytes))
	g.decodeEdges(take(&rest, count[1]*edgeBytes))
	for f := take(&rest, count[2]*ferryBytes); len(f) > 0; f = f[ferryBytes:] {
		g.ferries = append(g.ferries, ferry{edge: little.Uint32(f), seconds: little.Uint32(f[4:])})
	}
	g.shapes = take(&rest, count[3])
	g.names = strings.Split(string(rest), "\n")
	if !g.sound() {
		return nil, errGraph
	}
	return g, nil
}

func take(b *[]byte, n int) (front []byte) {
	front, *b = (*b)[:n:n], (*b)[n:]
	return front
}

func (g *streetGraph) decodeCorners(data []byte) {
	g.corners = make([]spot, len(data)/cornerBytes)
	for i := range g.corners {
		at := data[i*cornerBytes:]
		g.corners[i] = spot{lat: int32(little.Uint32(at)), lon: int32(little.Uint32(at[4:]))}
	}
}

func (g *streetGraph) decodeEdges(data []byte) {
	g.edges = make([]edge, len(data)/edgeBytes)
	for i := range g.edges {
		at := data[i*edgeBytes:][:edgeBytes]
		g.edges[i] = edge{a: little.Uint32(at), b: little.Uint32(at[4:]), length: little.Uint32(at[8:]), shape: little.Uint32(at[12:]), name: little.Uint32(at[16:]),
			flags: streetFlags(at[20]), class: at[21], walkPace: at[22], bikePace: at[23]}
	}
}

// sound says whether every number points at something, so that nothing fails later.
func (g *streetGraph) sound() bool {
	corners, end := uint32(len(g.corners)), uint32(len(g.shapes))
	for i := len(g.edges) - 1; i >= 0; i-- {
		e := &g.edges[i]
		if e.a >= corners || e.b >= corners || e.length-1 >= wayMask || int(e.name) >= len(g.names) || int(e.class) >= len(streetClasses) ||
			e.walkPace-1 >= fullPace || e.bikePace-1 >= fullPace || e.shape > end || !wholeSteps(g.shapes[e.shape:end]) {
			return false
		}
		end = e.shape
	}
	for _, f := range g.ferries {
		if int(f.edge) >= len(g.edges) {
			return false
		}
	}
	return len(g.edges) > 0
}

// wholeSteps says whether bends are pairs of numbers of at most five bytes.
func wholeSteps(bends []byte) bool {
	numbers, bytes := 0, 0
	for _, b := range bends {
		if bytes++; b < 0x80 {
			numbers, bytes = numbers+1, 0
		}
		if bytes == 5 {
			return false
		}
	}
	return bytes == 0 && numbers%2 == 0
}

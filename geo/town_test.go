package geo

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"math"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// town is an invented OpenStreetMap file: corners in metres east and north of townMiddle, and ways over them.
type town struct {
	nodes []townNode
	ways  []townWay
}

type townNode struct {
	id          int64
	east, north float64
}

type townWay struct {
	tags  []string // key, value, key, value …
	nodes []int64
}

// townMiddle is the middle of a cell, so that a base there is searched from where it is.
var townMiddle = Point{Lat: 51.5, Lon: 4.5}

func at(east, north float64) Point {
	return Point{Lat: townMiddle.Lat + north/metresPerDegree, Lon: townMiddle.Lon + east/metresPerDegree/math.Cos(townMiddle.Lat*math.Pi/180)}
}

func (c *town) node(id int64, east, north float64) {
	c.nodes = append(c.nodes, townNode{id, east, north})
}

func (c *town) way(nodes []int64, tags ...string) { c.ways = append(c.ways, townWay{tags, nodes}) }

// pbf writes the town as a file: a header, a block with nodes and a block with ways.
func (c *town) pbf() []byte {
	header := protowire.AppendString(protowire.AppendTag(nil, 4, protowire.BytesType), "OsmSchema-V0.6")
	header = protowire.AppendString(protowire.AppendTag(header, 4, protowire.BytesType), "DenseNodes")
	file := appendBlob(nil, "OSMHeader", header, false)
	file = appendBlob(file, "OSMData", c.nodeBlock(), true)
	return appendBlob(file, "OSMData", c.wayBlock(), true)
}

func message(b []byte, field protowire.Number, content []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), content)
}

func number64(b []byte, field protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), v)
}

func appendBlob(file []byte, kind string, content []byte, zip bool) []byte {
	var blob []byte
	if zip {
		var packed bytes.Buffer
		w := zlib.NewWriter(&packed)
		_, _ = w.Write(content)
		_ = w.Close()
		blob = message(number64(nil, 2, uint64(len(content))), 3, packed.Bytes())
	} else {
		blob = message(nil, 1, content)
	}
	header := number64(message(nil, 1, []byte(kind)), 3, uint64(len(blob)))
	file = binary.BigEndian.AppendUint32(file, uint32(len(header)))
	return append(append(file, header...), blob...)
}

// deltas packs numbers as steps from one to the next.
func deltas(values []int64) (b []byte) {
	before := int64(0)
	for _, v := range values {
		b = protowire.AppendVarint(b, protowire.EncodeZigZag(v-before))
		before = v
	}
	return b
}

func (c *town) nodeBlock() []byte {
	var ids, lats, lons []int64
	for _, n := range c.nodes {
		p := at(n.east, n.north)
		ids, lats, lons = append(ids, n.id), append(lats, int64(math.Round(p.Lat*1e7))), append(lons, int64(math.Round(p.Lon*1e7)))
	}
	dense := message(message(message(nil, 1, deltas(ids)), 8, deltas(lats)), 9, deltas(lons))
	return message(message(nil, 1, message(nil, 1, nil)), 2, message(nil, 2, dense))
}

func (c *town) wayBlock() []byte {
	words := message(nil, 1, nil)
	place, count := map[string]uint64{}, uint64(1)
	word := func(text string) uint64 {
		if _, ok := place[text]; !ok {
			place[text] = count
			count++
			words = message(words, 1, []byte(text))
		}
		return place[text]
	}
	var group []byte
	for i, w := range c.ways {
		var keys, values []byte
		for k := 0; k+1 < len(w.tags); k += 2 {
			keys, values = protowire.AppendVarint(keys, word(w.tags[k])), protowire.AppendVarint(values, word(w.tags[k+1]))
		}
		way := message(message(message(number64(nil, 1, uint64(i+1)), 2, keys), 3, values), 8, deltas(w.nodes))
		group = message(group, 3, way)
	}
	return message(message(nil, 1, words), 2, group)
}

// graph imports the town.
func (c *town) graph(t testing.TB) []byte {
	t.Helper()
	data, _, err := ImportStreets(context.Background(), bytes.NewReader(c.pbf()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// streets makes the town ready to search.
func (c *town) streets(t testing.TB, x *Crossings) *Streets {
	t.Helper()
	s, err := ReadStreets(c.graph(t), x)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// detour is a town with two corners 400 m apart, A in the west and B in the east, a street around of 1200 m and a way
// straight from A to B with the tags of the case.
func detour(tags ...string) *town {
	c := &town{}
	c.node(1, 0, 0)
	c.node(2, 400, 0)
	c.node(3, 0, 400)
	c.node(4, 400, 400)
	c.way([]int64{1, 3, 4, 2}, "highway", "residential")
	c.way([]int64{1, 2}, tags...)
	return c
}

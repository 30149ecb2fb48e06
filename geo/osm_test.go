package geo

import (
	"bytes"
	"context"
	"math"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// plain writes the nodes of a town one by one instead of packed, in steps of 0.00001 degree from a place of their own, and
// adds a node that is nowhere on earth, a relation and a block of a kind that nobody knows.
func (c *town) plain() []byte {
	const offset = 1_000_000_000
	var group []byte
	node := func(id, lat, lon int64) {
		n := number64(nil, 1, protowire.EncodeZigZag(id))
		n = number64(n, 8, protowire.EncodeZigZag(lat))
		group = message(group, 1, number64(n, 9, protowire.EncodeZigZag(lon)))
	}
	for _, n := range c.nodes {
		p := at(n.east, n.north)
		node(n.id, int64(math.Round((p.Lat-1)*1e5)), int64(math.Round((p.Lon-1)*1e5)))
	}
	node(99, 100*1e5, 0)
	group = message(group, 4, []byte{1, 2, 3})
	block := number64(number64(number64(message(message(nil, 1, message(nil, 1, nil)), 2, group), 17, 10_000), 19, offset), 20, offset)
	file := appendBlob(nil, "OSMHeader", nil, true)
	file = appendBlob(file, "OSMToekomst", []byte("?"), false)
	file = appendBlob(file, "OSMData", c.wayBlock(), false) // ways may come before nodes
	return appendBlob(file, "OSMData", block, true)
}

func TestEveryFormOfTheFileGivesTheSameStreets(t *testing.T) {
	c := detour("highway", "cycleway")
	data, counts, err := ImportStreets(context.Background(), bytes.NewReader(c.plain()), nil)
	if err != nil || counts.Edges != 2 || counts.Missing != 0 {
		t.Fatalf("%+v, %v", counts, err)
	}
	s, err := ReadStreets(data, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, want := Ways{Streets: s}.exactly(townMiddle, at(400, 0), Bike, 9), Ways{Streets: c.streets(t, nil)}.exactly(townMiddle, at(400, 0), Bike, 9)
	if !near(got.Metres, want.Metres, 3) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAOneWayStreetIsNotGoneBackwardsEvenForALittle(t *testing.T) {
	w := Ways{Streets: detour("highway", "residential", "oneway", "yes").streets(t, nil)}
	from, to := at(300, 0), at(100, 0)
	for _, tc := range []struct {
		from, to Point
		mode     Mode
		metres   float64
	}{{to, from, Bike, 200}, {from, to, Bike, 100 + 1200 + 100}, {from, to, Walk, 200}} {
		if got := w.exactly(tc.from, tc.to, tc.mode, 9); !near(got.Metres, tc.metres, 1) {
			t.Errorf("%s from %v to %v: %.0f m, want %.0f", tc.mode, tc.from, tc.to, got.Metres, tc.metres)
		}
	}
}

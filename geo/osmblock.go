package geo

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// osmBlock is a block of data of an OpenStreetMap file: words, and groups of nodes and ways.
type osmBlock struct {
	words       [][]byte
	groups      [][]byte
	granularity int64 // billionths of a degree
	lat, lon    int64 // added to every place, billionths of a degree
	refs        []int64
	tags        osmTags
}

// osmTags are the keys and values of one way.
type osmTags [][2]string

// get gives the value of a key, "" when it is not there.
func (t osmTags) get(key string) string {
	for _, tag := range t {
		if tag[0] == key {
			return tag[1]
		}
	}
	return ""
}

// readOSMBlock takes a block apart.
func readOSMBlock(data []byte) (*osmBlock, error) {
	b := &osmBlock{granularity: 100}
	err := eachField(data, func(num protowire.Number, value uint64, bytes []byte) error {
		switch num {
		case 1:
			return eachField(bytes, func(num protowire.Number, _ uint64, word []byte) error {
				b.words = append(b.words, word)
				return nil
			})
		case 2:
			b.groups = append(b.groups, bytes)
		case 17:
			b.granularity = int64(value)
		case 19:
			b.lat = int64(value)
		case 20:
			b.lon = int64(value)
		}
		return nil
	})
	if err == nil && (b.granularity < 1 || b.granularity > 1e9) {
		err = fmt.Errorf("korrel van de plekken %d: verwacht 1 tot 1000000000", b.granularity)
	}
	return b, err
}

// ways gives every way of the block with its tags and the ids of its nodes; both are used again for the next.
func (b *osmBlock) ways(visit func(tags osmTags, refs []int64)) error {
	return b.each(3, func(way []byte) error {
		var keys, values, refs []byte
		err := eachField(way, func(num protowire.Number, _ uint64, bytes []byte) error {
			switch num {
			case 2:
				keys = bytes
			case 3:
				values = bytes
			case 8:
				refs = bytes
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := b.readTags(keys, values); err != nil {
			return err
		}
		b.refs = b.refs[:0]
		id := int64(0)
		for len(refs) > 0 {
			id += consumeSigned(&refs)
			b.refs = append(b.refs, id)
		}
		visit(b.tags, b.refs)
		return nil
	})
}

// each gives the messages with a field number in every group.
func (b *osmBlock) each(field protowire.Number, visit func(message []byte) error) error {
	for _, group := range b.groups {
		err := eachField(group, func(num protowire.Number, _ uint64, bytes []byte) error {
			if num != field {
				return nil
			}
			return visit(bytes)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *osmBlock) readTags(keys, values []byte) error {
	b.tags = b.tags[:0]
	for len(keys) > 0 {
		k, n := protowire.ConsumeVarint(keys)
		v, m := protowire.ConsumeVarint(values)
		if n < 0 || m < 0 || k >= uint64(len(b.words)) || v >= uint64(len(b.words)) {
			return errCut
		}
		b.tags = append(b.tags, [2]string{string(b.words[k]), string(b.words[v])})
		keys, values = keys[n:], values[m:]
	}
	return nil
}

// consumeSigned takes a zigzag number off the front; what is no number takes everything and gives 0.
func consumeSigned(b *[]byte) int64 {
	v, n := protowire.ConsumeVarint(*b)
	if n < 0 {
		*b = nil
		return 0
	}
	*b = (*b)[n:]
	return protowire.DecodeZigZag(v)
}

// nodes gives every node of the block: id and place in 1e-7 degrees.
func (b *osmBlock) nodes(visit func(id int64, at spot)) error {
	err := b.each(2, func(dense []byte) error {
		var ids, lats, lons []byte
		err := eachField(dense, func(num protowire.Number, _ uint64, bytes []byte) error {
			switch num {
			case 1:
				ids = bytes
			case 8:
				lats = bytes
			case 9:
				lons = bytes
			}
			return nil
		})
		var id, lat, lon int64
		for err == nil && len(ids) > 0 {
			if len(lats) == 0 || len(lons) == 0 {
				return errCut
			}
			id, lat, lon = id+consumeSigned(&ids), lat+consumeSigned(&lats), lon+consumeSigned(&lons)
			b.place(id, lat, lon, visit)
		}
		return err
	})
	if err != nil {
		return err
	}
	return b.each(1, func(node []byte) error {
		var id, lat, lon int64
		err := eachField(node, func(num protowire.Number, value uint64, _ []byte) error {
			switch num {
			case 1:
				id = protowire.DecodeZigZag(value)
			case 8:
				lat = protowire.DecodeZigZag(value)
			case 9:
				lon = protowire.DecodeZigZag(value)
			}
			return nil
		})
		if err == nil {
			b.place(id, lat, lon, visit)
		}
		return err
	})
}

// place passes over a node that is nowhere on earth.
func (b *osmBlock) place(id, lat, lon int64, visit func(id int64, at spot)) {
	p := Point{Lat: 1e-9 * (float64(b.lat) + float64(b.granularity)*float64(lat)), Lon: 1e-9 * (float64(b.lon) + float64(b.granularity)*float64(lon))}
	if math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180 {
		visit(id, spotOf(p))
	}
}

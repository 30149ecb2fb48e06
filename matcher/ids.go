package matcher

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"
	"unsafe"
)

// idColumn holds ids as bytes after each other: a UUID as its 16 bytes, anything else as it is.
type idColumn struct {
	bytes []byte
	ends  []uint32 // the highest bit says that it is a UUID; empty when all are
}

const isUUID = 1 << 31

func (c *idColumn) add(id string) {
	var raw [16]byte
	uuid := readUUID(&raw, id)
	if !uuid && len(c.ends) == 0 {
		for end := 16; end <= len(c.bytes); end += 16 {
			c.ends = append(c.ends, uint32(end)|isUUID)
		}
	}
	if uuid {
		c.bytes = append(c.bytes, raw[:]...)
	} else {
		c.bytes = append(c.bytes, id...)
	}
	switch {
	case uuid && len(c.ends) > 0:
		c.ends = append(c.ends, uint32(len(c.bytes))|isUUID)
	case !uuid:
		c.ends = append(c.ends, uint32(len(c.bytes)))
	}
}

// compare orders two ids as their texts.
func (c *idColumn) compare(i, j uint32) int {
	a, uuidA := c.raw(i)
	b, uuidB := c.raw(j)
	if uuidA && uuidB { // the bytes are in the order of the texts
		return bytes.Compare(a, b)
	}
	return strings.Compare(c.at(int(i)), c.at(int(j)))
}

// raw gives the bytes of an id, and whether it is a UUID.
func (c *idColumn) raw(i uint32) ([]byte, bool) {
	if len(c.ends) == 0 {
		return c.bytes[16*i : 16*i+16], true
	}
	from := uint32(0)
	if i > 0 {
		from = c.ends[i-1] &^ isUUID
	}
	return c.bytes[from : c.ends[i]&^isUUID], c.ends[i]&isUUID != 0
}

// find gives the offer with an id.
func (g *segment) find(id string) (uint32, bool) {
	var sought [16]byte
	uuid := readUUID(&sought, id)
	n, ok := slices.BinarySearchFunc(g.byID, id, func(i uint32, id string) int {
		if other, also := g.ids.raw(i); uuid && also {
			return bytes.Compare(other, sought[:])
		}
		return strings.Compare(g.ids.at(int(i)), id)
	})
	if !ok {
		return 0, false
	}
	return g.byID[n], true
}

// at gives an id back as it was. Other ids than UUIDs share the bytes of the column, which never change.
func (c *idColumn) at(i int) string {
	raw, uuid := c.raw(uint32(i))
	if !uuid {
		return unsafe.String(unsafe.SliceData(raw), len(raw))
	}
	var text [36]byte
	hex.Encode(text[:8], raw[:4])
	hex.Encode(text[9:13], raw[4:6])
	hex.Encode(text[14:18], raw[6:8])
	hex.Encode(text[19:23], raw[8:10])
	hex.Encode(text[24:], raw[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}

// readUUID reads the plain form of a UUID in lower case, the one that comes back the same.
func readUUID(to *[16]byte, id string) bool {
	if len(id) != 36 || id[8] != '-' || id[13] != '-' || id[18] != '-' || id[23] != '-' {
		return false
	}
	n := 0
	for i := 0; i < len(id); i++ {
		switch c := id[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			continue
		case c >= '0' && c <= '9':
			to[n/2] = to[n/2]<<4 | (c - '0')
		case c >= 'a' && c <= 'f':
			to[n/2] = to[n/2]<<4 | (c - 'a' + 10)
		default:
			return false
		}
		n++
	}
	return true
}

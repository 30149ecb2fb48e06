package matcher

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"hash/maphash"
	"math/bits"
	"strings"
	"unsafe"
)

// idColumn holds ids as bytes after each other: a UUID as its 16 bytes, anything else as it is.
type idColumn struct {
	bytes []byte
	ends  []uint32 // the highest bit says that it is a UUID; empty when all are
	table []uint32 // by hash: place of an id, plus one; 0 = none. Made when all are there
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

// len is how many ids there are.
func (c *idColumn) len() int {
	if len(c.ends) == 0 {
		return len(c.bytes) / 16
	}
	return len(c.ends)
}

// hashSeed is for the tables of ids; they live in this process only.
var hashSeed = maphash.MakeSeed()

// index makes find possible: a table with open addresses, two thirds full, 6 bytes an id. Two ids that are the same in
// bytes, one of them no UUID, are still told apart.
func (c *idColumn) index() {
	c.table = make([]uint32, c.len()*3/2+1)
	for i := range uint32(c.len()) {
		raw, _ := c.raw(i)
		at := c.home(raw)
		for c.table[at] != 0 {
			at = c.next(at)
		}
		c.table[at] = i + 1
	}
}

// home is where an id stands in the table when the place is free, next where to look after that.
func (c *idColumn) home(raw []byte) uint32 {
	high, _ := bits.Mul64(maphash.Bytes(hashSeed, raw), uint64(len(c.table)))
	return uint32(high)
}

func (c *idColumn) next(at uint32) uint32 {
	if at++; at == uint32(len(c.table)) {
		return 0
	}
	return at
}

// find gives the place of an id.
func (c *idColumn) find(id string) (uint32, bool) {
	var buffer [16]byte
	sought := buffer[:]
	uuid := readUUID(&buffer, id)
	if !uuid {
		sought = unsafe.Slice(unsafe.StringData(id), len(id))
	}
	for at := c.home(sought); c.table[at] != 0; at = c.next(at) {
		if raw, also := c.raw(c.table[at] - 1); uuid == also && bytes.Equal(raw, sought) {
			return c.table[at] - 1, true
		}
	}
	return 0, false
}

// madeSince says whether an id among those that keep accepts was made at or after a moment in milliseconds, when it tells:
// a UUID of version 7 begins with it.
func (c *idColumn) madeSince(ms uint64, keep func(i uint32) bool) bool {
	for i := range uint32(c.len()) {
		if raw, uuid := c.raw(i); uuid && raw[6]>>4 == 7 && binary.BigEndian.Uint64(raw)>>16 >= ms && keep(i) {
			return true
		}
	}
	return false
}

// at gives an id back as it was. Other ids than UUIDs share the bytes of the column, which never change.
func (c *idColumn) at(i int) string {
	raw, uuid := c.raw(uint32(i))
	if !uuid {
		return unsafe.String(unsafe.SliceData(raw), len(raw))
	}
	text := textOf(raw)
	return string(text[:])
}

// on is the same, written on a sheet.
func (c *idColumn) on(s *sheet, i uint32) string {
	raw, uuid := c.raw(i)
	if !uuid {
		return c.at(int(i))
	}
	text := textOf(raw)
	return s.write(text[:])
}

// textOf writes a UUID as text.
func textOf(raw []byte) (text [36]byte) {
	hex.Encode(text[:8], raw[:4])
	hex.Encode(text[9:13], raw[4:6])
	hex.Encode(text[14:18], raw[6:8])
	hex.Encode(text[19:23], raw[8:10])
	hex.Encode(text[24:], raw[10:])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return text
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

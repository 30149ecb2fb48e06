package geo

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// Limits of the PBF format (wiki.openstreetmap.org/wiki/PBF_Format), in bytes.
const (
	maxBlobHeader = 64 << 10
	maxBlob       = 32 << 20
)

// osmFeatures are the features a file may require of its reader.
var osmFeatures = []string{"OsmSchema-V0.6", "DenseNodes"}

// errCut says that a file ends in the middle.
var errCut = errors.New("het bestand houdt hier op of is beschadigd: haal het opnieuw op")

// osmReader reads the blocks of an OpenStreetMap file in PBF form, one after the other.
type osmReader struct {
	in     io.Reader
	block  int   // number of the block that is read, from 1
	at     int64 // bytes read
	packed []byte
	plain  bytes.Buffer
	unzip  io.ReadCloser
}

// readOSM gives every block with data to visit, in the order of the file. An error names the block and the byte. It stops
// between blocks when ctx ends.
func readOSM(ctx context.Context, in io.Reader, visit func(block []byte, at int64) error) error {
	r := &osmReader{in: in}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		from := r.at
		r.block++
		kind, data, err := r.next()
		if err == io.EOF && r.block > 1 {
			return nil
		}
		if err == nil {
			err = r.take(kind, data, visit)
		}
		switch {
		case err == nil:
		case err == io.EOF:
			return errors.New("het bestand is leeg: verwacht een OpenStreetMap-bestand (.osm.pbf)")
		case r.block == 1:
			return fmt.Errorf("dit is geen volledig OpenStreetMap-bestand in PBF-vorm (.osm.pbf): %w", err)
		default:
			return fmt.Errorf("OpenStreetMap-bestand, blok %d (vanaf byte %d): %w", r.block, from, err)
		}
	}
}

// take hands a block on by its kind. The first must be the header; kinds that are not known are passed over.
func (r *osmReader) take(kind string, data []byte, visit func(block []byte, at int64) error) error {
	switch {
	case r.block == 1 && kind != "OSMHeader":
		return fmt.Errorf("verwacht eerst een blok OSMHeader, gekregen %.20q", kind)
	case kind == "OSMHeader":
		return checkOSMHeader(data)
	case kind == "OSMData":
		return visit(data, r.at)
	}
	return nil
}

// next reads one block; io.EOF only at a clean end.
func (r *osmReader) next() (kind string, data []byte, err error) {
	var size [4]byte
	n, err := io.ReadFull(r.in, size[:])
	r.at += int64(n)
	if err != nil {
		return "", nil, cutOff(err)
	}
	header, err := r.read(int64(binary.BigEndian.Uint32(size[:])), maxBlobHeader, "kop van het blok")
	if err != nil {
		return "", nil, err
	}
	length := int64(-1)
	err = eachField(header, func(num protowire.Number, value uint64, bytes []byte) error {
		switch num {
		case 1:
			kind = string(bytes)
		case 3:
			length = int64(value)
		}
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	blob, err := r.read(length, maxBlob, "blok")
	if err != nil {
		return "", nil, err
	}
	data, err = r.unpack(blob)
	return kind, data, err
}

// read takes a number of bytes into a buffer that the next read uses again.
func (r *osmReader) read(size, most int64, what string) ([]byte, error) {
	if size < 0 || size > most {
		return nil, fmt.Errorf("%s van %d bytes: verwacht 0 tot %d", what, size, most)
	}
	r.packed = slices.Grow(r.packed[:0], int(size))[:size]
	n, err := io.ReadFull(r.in, r.packed)
	r.at += int64(n)
	if err != nil {
		return nil, errCut
	}
	return r.packed, nil
}

// cutOff keeps io.EOF, which means that nothing was there, and names every other failure.
func cutOff(err error) error {
	if err == io.EOF {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errCut
	}
	return fmt.Errorf("kan niet worden gelezen: %w", err)
}

// unpack gives the content of a blob: plain or packed with zlib.
func (r *osmReader) unpack(blob []byte) ([]byte, error) {
	var plain, zipped []byte
	size, other := int64(0), false
	err := eachField(blob, func(num protowire.Number, value uint64, bytes []byte) error {
		switch num {
		case 1:
			plain = bytes
		case 2:
			size = int64(value)
		case 3:
			zipped = bytes
		case 4, 5, 6, 7:
			other = true
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case plain != nil:
		return plain, nil
	case zipped != nil:
		return r.inflate(zipped, size)
	case other:
		return nil, errors.New("het blok is niet met zlib ingepakt: bewaar het bestand opnieuw, bijvoorbeeld met osmium cat")
	}
	return nil, errors.New("het blok is leeg")
}

func (r *osmReader) inflate(zipped []byte, size int64) ([]byte, error) {
	if size < 0 || size > maxBlob {
		return nil, fmt.Errorf("uitgepakt %d bytes: verwacht 0 tot %d", size, maxBlob)
	}
	var err error
	if r.unzip == nil {
		r.unzip, err = zlib.NewReader(bytes.NewReader(zipped))
	} else {
		err = r.unzip.(zlib.Resetter).Reset(bytes.NewReader(zipped), nil)
	}
	if err != nil {
		return nil, errCut
	}
	r.plain.Reset()
	r.plain.Grow(int(size))
	if n, err := io.Copy(&r.plain, io.LimitReader(r.unzip, size+1)); err != nil || n != size {
		return nil, errCut
	}
	return r.plain.Bytes(), nil
}

// checkOSMHeader refuses a file that needs what this reader does not do.
func checkOSMHeader(data []byte) error {
	return eachField(data, func(num protowire.Number, _ uint64, bytes []byte) error {
		if num == 4 && !slices.Contains(osmFeatures, string(bytes)) {
			return fmt.Errorf("het bestand vraagt om %.40q; verwacht een gewoon uittreksel zonder geschiedenis", bytes)
		}
		return nil
	})
}

// eachField gives the fields of a protobuf message: a number for a varint, bytes for what has a length.
func eachField(b []byte, visit func(num protowire.Number, value uint64, bytes []byte) error) error {
	for len(b) > 0 {
		num, kind, n := protowire.ConsumeTag(b)
		if n < 0 {
			return errCut
		}
		b = b[n:]
		var value uint64
		var data []byte
		switch kind {
		case protowire.VarintType:
			value, n = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			data, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(num, kind, b)
		}
		if n < 0 {
			return errCut
		}
		if err := visit(num, value, data); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

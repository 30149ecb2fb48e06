package exchange

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	bomUTF8    = []byte{0xEF, 0xBB, 0xBF}
	bomUTF16LE = []byte{0xFF, 0xFE}
	bomUTF16BE = []byte{0xFE, 0xFF}
)

// decoded gives the text of a file as UTF-8 without byte order mark. It knows UTF-8, UTF-16 and, for what is neither,
// Windows-1252, which holds Latin-1. A UTF-8 text with a few damaged bytes stays UTF-8: those cells are refused by name.
func decoded(r *io.SectionReader) (io.Reader, error) {
	head := make([]byte, 4096)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = head[:n]
	from := func() io.Reader { return io.NewSectionReader(r, 0, r.Size()) }
	if order, wide := utf16Order(head); wide {
		return transform.NewReader(from(), unicode.UTF16(order, unicode.UseBOM).NewDecoder()), nil
	}
	if bytes.HasPrefix(head, bomUTF8) {
		return io.NewSectionReader(r, 3, r.Size()-3), nil
	}
	if isUTF8, err := mostlyUTF8(from()); err != nil || isUTF8 {
		return from(), err
	}
	return transform.NewReader(from(), charmap.Windows1252.NewDecoder()), nil
}

// utf16Order recognises UTF-16 by its mark, or without one by the zero bytes that Western text has in every pair.
func utf16Order(head []byte) (order unicode.Endianness, wide bool) {
	switch {
	case bytes.HasPrefix(head, bomUTF16LE):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(head, bomUTF16BE):
		return unicode.BigEndian, true
	}
	var even, odd int
	for i, b := range head {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	enough := len(head) / 4
	order = unicode.LittleEndian
	if even > odd {
		order = unicode.BigEndian
	}
	return order, enough > 0 && max(even, odd) > enough && min(even, odd) < enough/8+1
}

// mostlyUTF8 reads everything and says whether it is UTF-8, also when there are at least twice as many good characters
// outside ASCII as bad bytes.
func mostlyUTF8(r io.Reader) (bool, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	good, bad := 0, 0
	for {
		c, size, err := in.ReadRune()
		if err == io.EOF {
			return bad == 0 || good >= 2*bad, nil
		}
		if err != nil {
			return false, err
		}
		if c == utf8.RuneError && size == 1 {
			bad++
		} else if size > 1 {
			good++
		}
	}
}

// looksText says whether the beginning of a file is text and not something packed or drawn.
func looksText(head []byte) bool {
	if _, wide := utf16Order(head); wide {
		return true
	}
	return len(head) > 0 && bytes.IndexByte(head, 0) < 0 && !bytes.HasPrefix(head, []byte("PK")) && !bytes.HasPrefix(head, []byte("%PDF"))
}

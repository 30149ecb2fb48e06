package web

import (
	"strconv"
	"strings"

	"rsc.io/qr"
)

// qrPicture is a QR code as one path of squares: it prints sharp and needs no file.
type qrPicture struct {
	Size int // of the view box, with the quiet edge of four squares that readers need
	Path string
}

// qrOf draws a text as a QR code. Level M: still readable when a corner is dirty.
func qrOf(text string) (qrPicture, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrPicture{}, err
	}
	const edge = 4
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for code.Black(x+run, y) && x+run < code.Size {
				run++
			}
			if run > 0 {
				w := strconv.Itoa(run)
				b.WriteString("M" + strconv.Itoa(x+edge) + " " + strconv.Itoa(y+edge) + "h" + w + "v1h-" + w + "z")
				x += run
			}
		}
	}
	return qrPicture{Size: code.Size + 2*edge, Path: b.String()}, nil
}

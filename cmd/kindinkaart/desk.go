package main

import (
	"bytes"
	"context"

	"wijknetwerk/catalog"
	"wijknetwerk/catalog/exchange"
	"wijknetwerk/geo"
)

// importDesk reads files that are sent through a page.
type importDesk struct{}

// Read takes in a catalogue file; its format is guessed from name and content.
func (importDesk) Read(ctx context.Context, name string, data []byte) (catalog.Import, error) {
	format, err := exchange.Detect(name, data[:min(len(data), detectBytes)])
	if err != nil {
		return catalog.Import{}, err
	}
	return exchange.Read(ctx, format, bytes.NewReader(data), int64(len(data)), exchange.Options{Source: name, KnownTag: knownTag, TagOf: tagOf})
}

// placeDesk knows where postcodes are.
type placeDesk struct{ *app }

// Locate gives the middle of a postcode; ok is false when it does not exist or its place is unknown.
func (d placeDesk) Locate(ctx context.Context, p geo.Postcode) (geo.Point, bool) {
	point, _, err := d.store.Locate(ctx, p)
	return point, err == nil && !point.IsZero()
}

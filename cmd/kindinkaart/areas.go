package main

import (
	"bytes"
	"context"
	"encoding/json"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/store"
)

// readOutlines reads the areas of the store.
func readOutlines(ctx context.Context, s *store.Store) (*geo.Areas, error) {
	stored, err := s.Areas(ctx)
	if err != nil {
		return nil, err
	}
	var list []geo.Area
	for _, a := range stored {
		read, _, err := geo.ReadAreas(bytes.NewReader(featureFile(a.GeoJSON)))
		if err != nil {
			return nil, err
		}
		list = append(list, read...)
	}
	return geo.NewAreas(list), nil
}

func featureFile(feature []byte) []byte {
	b, _ := json.Marshal(map[string]any{"type": "FeatureCollection", "features": []json.RawMessage{feature}})
	return b
}

func schemeFile(body []byte) []byte {
	b, _ := json.Marshal(map[string]any{"schemes": []json.RawMessage{body}})
	return b
}

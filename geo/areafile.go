package geo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// maxAreaFile is the largest area file that is read, in bytes.
const maxAreaFile = 64 << 20

// Refused is a record of a file that was not taken over, and why, in Dutch.
type Refused struct {
	Row    int    `json:"row"`    // line or feature, from 1
	Record string `json:"record"` // its code or postcode as written, "" when it has none
	Field  string `json:"field"`
	Reason string `json:"reason"`
}

// feature is one GeoJSON feature of an area file.
type feature struct {
	Properties struct {
		Code     string  `json:"code"`
		Name     string  `json:"naam"`
		Region   string  `json:"gebied"`
		Parent   string  `json:"wijkcode"`
		LabelLat float64 `json:"label_lat"`
		LabelLon float64 `json:"label_lon"`
	} `json:"properties"`
	Geometry struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	} `json:"geometry"`
}

// Feature writes an area as a GeoJSON feature that ReadAreas reads back.
func (a Area) Feature() ([]byte, error) {
	return json.Marshal(map[string]any{
		"type": "Feature",
		"properties": map[string]any{
			"code": a.Code, "naam": a.Name, "wijkcode": a.Parent, "gebied": a.Region, "label_lat": a.Middle.Lat, "label_lon": a.Middle.Lon,
		},
		"geometry": map[string]any{"type": "MultiPolygon", "coordinates": a.Shape},
	})
}

// ReadAreas reads a GeoJSON FeatureCollection of areas in WGS84: properties code and naam, optional gebied, wijkcode,
// label_lat and label_lon; geometry Polygon or MultiPolygon. Features that cannot be used are refused by their number
// with a reason in Dutch; the others are read. The error is for a file that is no FeatureCollection at all.
func ReadAreas(r io.Reader) ([]Area, []Refused, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxAreaFile+1))
	if err != nil {
		return nil, nil, fmt.Errorf("gebieden kunnen niet worden gelezen: %w", err)
	}
	if len(data) > maxAreaFile {
		return nil, nil, fmt.Errorf("gebieden: het bestand is groter dan %d MB", maxAreaFile>>20)
	}
	var file struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &file); err != nil {
		return nil, nil, fmt.Errorf("gebieden: verwacht GeoJSON: %w", err)
	}
	if file.Type != "FeatureCollection" {
		return nil, nil, fmt.Errorf("gebieden, veld type: verwacht FeatureCollection, gekregen %q", file.Type)
	}
	var areas []Area
	var refused []Refused
	seen := map[string]bool{}
	for i, raw := range file.Features {
		area, no := readArea(raw)
		if no == nil && seen[area.Code] {
			no = &Refused{Record: area.Code, Field: "code", Reason: "komt twee keer voor; de eerste telt"}
		}
		if no != nil {
			no.Row = i + 1
			refused = append(refused, *no)
			continue
		}
		seen[area.Code] = true
		areas = append(areas, area)
	}
	return areas, refused, nil
}

func readArea(raw json.RawMessage) (Area, *Refused) {
	var f feature
	if err := json.Unmarshal(raw, &f); err != nil {
		return Area{}, &Refused{Record: f.Properties.Code, Field: "properties", Reason: "verwacht tekst in code, naam, gebied en wijkcode, en een geometry met type en coordinates"}
	}
	p := f.Properties
	kind, ok := kindOf(p.Code)
	switch {
	case !ok:
		return Area{}, &Refused{Record: p.Code, Field: "code", Reason: "verwacht WK, BU of GM met cijfers, bijvoorbeeld BU05991701"}
	case p.Name == "":
		return Area{}, &Refused{Record: p.Code, Field: "naam", Reason: "verwacht een naam"}
	}
	shape, err := readShape(f.Geometry.Type, f.Geometry.Coordinates)
	if err != nil {
		return Area{}, &Refused{Record: p.Code, Field: "geometry", Reason: err.Error()}
	}
	a := Area{Code: p.Code, Name: p.Name, Kind: kind, Parent: p.Parent, Region: p.Region, Shape: shape}
	a.Middle = middle(shape, Point{Lat: p.LabelLat, Lon: p.LabelLon})
	return a, nil
}

func readShape(kind string, coordinates json.RawMessage) (orb.MultiPolygon, error) {
	var polygons [][][][]float64
	switch kind {
	case "Polygon":
		polygons = make([][][][]float64, 1)
		if json.Unmarshal(coordinates, &polygons[0]) != nil {
			return nil, fmt.Errorf("verwacht coordinates als lijst van ringen van [lengte, breedte]")
		}
	case "MultiPolygon":
		if json.Unmarshal(coordinates, &polygons) != nil {
			return nil, fmt.Errorf("verwacht coordinates als lijst van vlakken van ringen van [lengte, breedte]")
		}
	default:
		return nil, fmt.Errorf("verwacht type Polygon of MultiPolygon, gekregen %q", kind)
	}
	shape := make(orb.MultiPolygon, 0, len(polygons))
	for _, rings := range polygons {
		polygon, err := readPolygon(rings)
		if err != nil {
			return nil, err
		}
		shape = append(shape, polygon)
	}
	if len(shape) == 0 {
		return nil, fmt.Errorf("verwacht minstens één vlak")
	}
	return shape, nil
}

func readPolygon(rings [][][]float64) (orb.Polygon, error) {
	if len(rings) == 0 {
		return nil, fmt.Errorf("verwacht minstens één ring per vlak")
	}
	polygon := make(orb.Polygon, 0, len(rings))
	for _, pairs := range rings {
		ring := make(orb.Ring, 0, len(pairs)+1)
		for _, pair := range pairs {
			p, err := lonLat(pair)
			if err != nil {
				return nil, err
			}
			ring = append(ring, p.Orb())
		}
		if len(ring) < 3 {
			return nil, fmt.Errorf("verwacht minstens drie punten per ring, gekregen %d", len(ring))
		}
		if ring[0] != ring[len(ring)-1] {
			ring = append(ring, ring[0])
		}
		polygon = append(polygon, ring)
	}
	return polygon, nil
}

// middle is the place of the label when the file gives one in the box of the area, else the centre of gravity, else
// the middle of the box.
func middle(shape orb.MultiPolygon, label Point) Point {
	box := shape.Bound()
	if !label.IsZero() && box.Contains(label.Orb()) {
		return label
	}
	if c, _ := planar.CentroidArea(shape); FromOrb(c).Finite() && box.Contains(c) {
		return FromOrb(c)
	}
	return FromOrb(box.Center())
}

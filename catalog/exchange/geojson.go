package exchange

import (
	"bufio"
	"io"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
)

// feature is one place where an activity is, for maps.
type feature struct {
	Type       string `json:"type"`
	ID         string `json:"id"`
	Geometry   point  `json:"geometry"`
	Properties facts  `json:"properties"`
}

type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // lon, lat (RFC 7946)
}

type facts struct {
	Activity string         `json:"activity"`
	Slot     string         `json:"slot"`
	Title    string         `json:"title"`
	Partner  string         `json:"partner,omitempty"` // name
	Domain   string         `json:"domain,omitempty"`
	Tags     []string       `json:"tags,omitempty"`
	Audience string         `json:"audience,omitempty"`
	AgeMin   *int           `json:"age_min,omitempty"`
	AgeMax   *int           `json:"age_max,omitempty"`
	Weekday  string         `json:"weekday,omitempty"`
	Dates    []civil.Date   `json:"dates,omitempty"`
	Start    *catalog.Clock `json:"start,omitempty"`
	End      *catalog.Clock `json:"end,omitempty"`
	Place    string         `json:"place,omitempty"` // name of the location
}

// writeGeoJSON writes a point for every slot with a known place; what has no place is not on a map.
func writeGeoJSON(w io.Writer, c Content) error {
	names := partnerNames(c.Partners)
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString(`{"type":"FeatureCollection","features":[`)
	n := 0
	for _, a := range c.Activities {
		for _, s := range a.Slots {
			if _, ok := s.Location.Point(); !ok {
				continue
			}
			if err := writeRecord(out, n, featureOf(a, s, names[a.MainPartner()])); err != nil {
				return err
			}
			n++
		}
	}
	_, _ = out.WriteString("]}\n")
	return out.Flush()
}

func featureOf(a catalog.Activity, s catalog.Slot, partner string) feature {
	p := facts{Activity: a.ID, Slot: s.ID, Title: a.Title, Partner: partner, Domain: a.Domain, Tags: a.Tags, Audience: a.Audience,
		AgeMin: a.AgeMin, AgeMax: a.AgeMax, Weekday: s.Weekday, Dates: s.Dates, Place: s.Location.Name}
	if s.Start != 0 || s.End != 0 {
		p.Start, p.End = &s.Start, &s.End
	}
	return feature{Type: "Feature", ID: a.ID + "/" + s.ID, Geometry: point{"Point", [2]float64{s.Location.Lon, s.Location.Lat}}, Properties: p}
}

func partnerNames(list []catalog.Partner) map[string]string {
	out := make(map[string]string, len(list))
	for _, p := range list {
		out[p.ID] = p.Name
	}
	return out
}

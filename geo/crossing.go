package geo

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// maxCrossingFile is the largest crossing file that is read, in bytes; maxCrossings the most crossings in it.
const (
	maxCrossingFile = 4 << 20
	maxCrossings    = 200
)

// Crossings holds rivers as lines and the places where people get across. It is made once, never changes, and may be
// used by many at the same time. A nil *Crossings has no rivers.
type Crossings struct {
	rivers []river
	over   []crossing
	speeds Speeds
	nets   map[Mode]*network
}

// river is a line of segments, each with its box, in degrees.
type river struct {
	name     string
	segments []segment
	strips   strips
}

type segment struct {
	a, b orb.Point
	box  orb.Bound
}

// crossing is a bridge, tunnel or ferry between two banks.
type crossing struct {
	name     string
	modes    []Mode
	from, to Point
}

//go:embed crossings.json
var defaultCrossings []byte

var readDefault = mustRead(defaultCrossings)

func mustRead(data []byte) *Crossings {
	x, err := ReadCrossings(bytes.NewReader(data))
	if err != nil {
		panic("geo: embedded crossings: " + err.Error())
	}
	return x
}

// DefaultCrossings gives the Nieuwe Maas with its fixed crossings at Rotterdam.
func DefaultCrossings() *Crossings { return readDefault }

// WithoutCrossings keeps the rivers and forgets the ways across: travel over a river is then an estimate.
func (x *Crossings) WithoutCrossings() *Crossings {
	if x == nil {
		return nil
	}
	return newCrossings(x.rivers, nil, x.speeds)
}

// WithSpeeds gives the same rivers with other speeds; an error when Speeds.Check gives one.
func (x *Crossings) WithSpeeds(s Speeds) (*Crossings, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if x == nil {
		return newCrossings(nil, nil, s), nil
	}
	return newCrossings(x.rivers, x.over, s), nil
}

// ReadCrossings reads the shape of the contract, "Crossings": rivers with a line, crossings with modes and two ends,
// points as [lon, lat]. Unknown fields are ignored. An error names, in Dutch, the record, the field and what was
// expected.
func ReadCrossings(r io.Reader) (*Crossings, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxCrossingFile+1))
	if err != nil {
		return nil, fmt.Errorf("oversteken kunnen niet worden gelezen: %w", err)
	}
	if len(data) > maxCrossingFile {
		return nil, fmt.Errorf("oversteken: het bestand is groter dan %d MB", maxCrossingFile>>20)
	}
	var file struct {
		Rivers    []json.RawMessage `json:"rivers"`
		Crossings []json.RawMessage `json:"crossings"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &file); err != nil {
		return nil, fmt.Errorf(`oversteken: verwacht JSON met de lijsten "rivers" en "crossings": %w`, err)
	}
	if len(file.Crossings) > maxCrossings {
		return nil, fmt.Errorf("oversteken, veld crossings: verwacht hoogstens %d, gekregen %d", maxCrossings, len(file.Crossings))
	}
	x := &Crossings{}
	for i, raw := range file.Rivers {
		rv, err := readRiver(raw)
		if err != nil {
			return nil, fmt.Errorf("rivier nummer %d, %w", i+1, err)
		}
		x.rivers = append(x.rivers, rv)
	}
	for i, raw := range file.Crossings {
		c, err := readCrossing(raw)
		if err != nil {
			return nil, fmt.Errorf("oversteek nummer %d, %w", i+1, err)
		}
		x.over = append(x.over, c)
	}
	return newCrossings(x.rivers, x.over, DefaultSpeeds), nil
}

func readRiver(raw json.RawMessage) (river, error) {
	var row struct {
		Name any         `json:"name"`
		Line [][]float64 `json:"line"`
	}
	if json.Unmarshal(raw, &row) != nil || len(row.Line) < 2 {
		return river{}, fmt.Errorf("veld line: verwacht een lijst van minstens twee punten [lengte, breedte]")
	}
	if name, ok := row.Name.(string); !ok || name == "" {
		return river{}, fmt.Errorf("veld name: verwacht een naam")
	}
	rv := river{name: row.Name.(string)}
	for i := range row.Line {
		p, err := lonLat(row.Line[i])
		if err != nil {
			return river{}, fmt.Errorf("%q, veld line, punt %d: %w", row.Name, i+1, err)
		}
		if i > 0 {
			a, _ := lonLat(row.Line[i-1])
			rv.segments = append(rv.segments, segment{a: a.Orb(), b: p.Orb(), box: orb.MultiPoint{a.Orb(), p.Orb()}.Bound()})
		}
	}
	rv.strips = newStrips(rv.segments)
	return rv, nil
}

func readCrossing(raw json.RawMessage) (crossing, error) {
	var row struct {
		Name  string    `json:"name"`
		Modes []Mode    `json:"modes"`
		From  []float64 `json:"from"`
		To    []float64 `json:"to"`
	}
	if json.Unmarshal(raw, &row) != nil {
		return crossing{}, fmt.Errorf("verwacht name (tekst), modes (lijst), from en to (elk [lengte, breedte])")
	}
	if row.Name == "" {
		return crossing{}, fmt.Errorf("veld name: verwacht een naam")
	}
	for _, m := range row.Modes {
		if !slices.Contains(modes, m) {
			return crossing{}, fmt.Errorf("%q, veld modes: verwacht walk, bike, car of transit, gekregen %q", row.Name, m)
		}
	}
	if len(row.Modes) == 0 {
		return crossing{}, fmt.Errorf("%q, veld modes: verwacht minstens een van walk, bike, car, transit", row.Name)
	}
	from, err := lonLat(row.From)
	if err != nil {
		return crossing{}, fmt.Errorf("%q, veld from: %w", row.Name, err)
	}
	to, err := lonLat(row.To)
	if err != nil {
		return crossing{}, fmt.Errorf("%q, veld to: %w", row.Name, err)
	}
	return crossing{name: row.Name, modes: row.Modes, from: from, to: to}, nil
}

func lonLat(pair []float64) (Point, error) {
	if len(pair) < 2 {
		return Point{}, fmt.Errorf("verwacht [lengte, breedte], bijvoorbeeld [4.49, 51.91]")
	}
	p := Point{Lon: pair[0], Lat: pair[1]}
	return p, CheckNL(p)
}

// blocked says whether the straight line from a to b crosses some river an odd number of times, so that a and b lie on
// different banks. A point on the river line belongs to one bank, always the same.
func (x *Crossings) blocked(a, b Point) bool {
	p, q := a.Orb(), b.Orb()
	if q[0] < p[0] || q[0] == p[0] && q[1] < p[1] {
		p, q = q, p
	}
	for i := range x.rivers {
		if x.rivers[i].between(p, q) {
			return true
		}
	}
	return false
}

// between says whether the line from p to q, which is not west of p, crosses the river an odd number of times.
func (rv *river) between(p, q orb.Point) bool {
	south, north := math.Min(p[1], q[1]), math.Max(p[1], q[1])
	odd := false
	first, last := rv.strips.touched(p[0], south, q[0], north)
	for j := first; j < last; j++ {
		s := &rv.segments[j]
		if s.box.Max[0] < p[0] || s.box.Min[0] > q[0] || s.box.Max[1] < south || s.box.Min[1] > north {
			continue
		}
		if leftOf(p, q, s.a) != leftOf(p, q, s.b) && leftOf(s.a, s.b, p) != leftOf(s.a, s.b, q) {
			odd = !odd
		}
	}
	return odd
}

// leftOf says whether p lies left of or on the line from a to b.
func leftOf(a, b, p orb.Point) bool {
	return (b[0]-a[0])*(p[1]-a[1])-(b[1]-a[1])*(p[0]-a[0]) >= 0
}

// NamedLine is a line on a map with its name.
type NamedLine struct {
	Name   string
	Points []Point
}

// Rivers gives the rivers as lines, to draw on a map.
func (x *Crossings) Rivers() []NamedLine {
	if x == nil {
		return nil
	}
	lines := make([]NamedLine, len(x.rivers))
	for i, rv := range x.rivers {
		lines[i] = NamedLine{Name: rv.name, Points: []Point{FromOrb(rv.segments[0].a)}}
		for _, s := range rv.segments {
			lines[i].Points = append(lines[i].Points, FromOrb(s.b))
		}
	}
	return lines
}

// Bridges gives every crossing as a line from bank to bank, to draw on a map.
func (x *Crossings) Bridges() []NamedLine {
	if x == nil {
		return nil
	}
	lines := make([]NamedLine, len(x.over))
	for i, c := range x.over {
		lines[i] = NamedLine{Name: c.name, Points: []Point{c.from, c.to}}
	}
	return lines
}

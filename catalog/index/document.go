package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// document is what the index holds of an activity. Texts are searched by word, all else by exact value.
type document struct {
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Org      string   `json:"org"`
	TagWords string   `json:"tag_words"`
	Domain   string   `json:"domain"`
	Tags     []string `json:"tag"`
	Meant    []string `json:"meant"` // tags that the title's words stand for
	Audience string   `json:"audience"`
	State    string   `json:"state"`
	Partners []string `json:"partner"`
	Weekdays []string `json:"weekday"`
	Parts    []string `json:"part"`
	When     []string `json:"when"` // weekday and part of one slot: wo middag
	Areas    []string `json:"area"`
	Places   []string `json:"place"` // lat,lon of each slot, as written by placeText
	Cells    []string `json:"cell"`
	AgeMin   float64  `json:"age_min"`
	AgeMax   float64  `json:"age_max"`
	Cents    *float64 `json:"cents,omitempty"` // in the first year; absent when the price cannot be told
	Hash     string   `json:"hash"`
}

// noMaxAge stands for "no upper limit"; nobody is older.
const noMaxAge = 999

// BleveType keeps bleve from looking for a type by reflection.
func (document) BleveType() string { return "activity" }

// scribe makes documents of activities.
type scribe struct {
	lex    *lexicon
	areaAt func(geo.Point) string
}

// write makes the document of an activity; names gives organisation names by partner id.
func (s scribe) write(a catalog.Activity, names map[string]string) document {
	d := document{Title: a.Title, Text: a.Text, Domain: a.Domain, Tags: unique(a.Tags), Audience: a.Audience,
		State: string(a.State), AgeMax: noMaxAge, Partners: organisers(a)}
	d.Meant = s.lex.meant(a.Title)
	var org, words []string
	for _, p := range d.Partners {
		org = append(org, names[p])
	}
	for _, t := range unique(append(d.Meant, d.Tags...)) {
		words = append(words, s.lex.tagWords[t])
	}
	d.Org = strings.Join(org, " ")
	d.TagWords = strings.Join(append(words, s.lex.group[a.Group]), " ")
	if a.AgeMin != nil {
		d.AgeMin = float64(*a.AgeMin)
	}
	if a.AgeMax != nil {
		d.AgeMax = float64(*a.AgeMax)
	}
	if cents, ok := yearCents(a.Costs); ok {
		f := float64(cents)
		d.Cents = &f
	}
	s.addSlots(&d, a.Slots)
	d.Hash = contentHash(d)
	return d
}

func (s scribe) addSlots(d *document, slots []catalog.Slot) {
	for _, slot := range slots {
		days, parts := weekdays(slot), dayparts(slot)
		d.Weekdays = append(d.Weekdays, days...)
		d.Parts = append(d.Parts, parts...)
		for _, day := range days {
			for _, part := range parts {
				d.When = append(d.When, whenKey(day, part))
			}
		}
		p, ok := slot.Location.Point()
		if !ok || !onEarth(p) {
			continue
		}
		d.Places = append(d.Places, placeText(p))
		d.Cells = append(d.Cells, cellOf(p))
		if s.areaAt != nil {
			if code := s.areaAt(p); code != "" {
				d.Areas = append(d.Areas, code)
			}
		}
	}
	d.Weekdays, d.Parts, d.When = unique(d.Weekdays), unique(d.Parts), unique(d.When)
	d.Areas, d.Places, d.Cells = unique(d.Areas), unique(d.Places), unique(d.Cells)
}

func organisers(a catalog.Activity) []string {
	all := a.Partners
	if a.Partner != "" {
		all = append([]string{a.Partner}, a.Partners...)
	}
	return unique(all)
}

// yearCents is what taking part costs in the first twelve months: compulsory lines, months times 12, quarters times 4,
// times by the planned sessions, a season once (DOMAIN 4.3, 1). ok is false when a line has no known number of times.
// No lines means free.
func yearCents(costs []catalog.Cost) (cents int, ok bool) {
	for _, c := range costs {
		if c.Required != nil && !*c.Required {
			continue
		}
		times := map[string]int{"once": 1, "year": 1, "season": 1, "quarter": 4, "month": 12, "time": c.Times}[c.Per]
		if times <= 0 && c.Cents != 0 {
			return 0, false
		}
		cents += c.Cents * times
	}
	return cents, true
}

var weekdayNames = []string{"zo", "ma", "di", "wo", "do", "vr", "za"}

// weekdays gives the weekday of a slot, or those of its dates.
func weekdays(s catalog.Slot) []string {
	if s.Weekday != "" {
		return []string{s.Weekday}
	}
	var out []string
	for _, d := range s.Dates {
		out = append(out, weekdayNames[int(d.In(time.UTC).Weekday())])
	}
	return unique(out)
}

// partStart is a part of the day and the minute after midnight it begins.
type partStart struct {
	part string
	from catalog.Clock
}

var partStarts = []partStart{{"ochtend", 0}, {"middag", 12 * 60}, {"vooravond", 17 * 60}, {"avond", 19 * 60}}

// dayparts gives every part of the day that a slot touches; an activity from 16:30 to 18:00 is found under both middag
// and vooravond.
func dayparts(s catalog.Slot) []string {
	var out []string
	for i, p := range partStarts {
		until := catalog.Clock(24 * 60)
		if i+1 < len(partStarts) {
			until = partStarts[i+1].from
		}
		if s.Start < until && (s.End > p.from || s.Start >= p.from) {
			out = append(out, p.part)
		}
	}
	return out
}

func whenKey(day, part string) string { return day + " " + part }

func placeText(p geo.Point) string {
	return strconv.FormatFloat(p.Lat, 'g', -1, 64) + "," + strconv.FormatFloat(p.Lon, 'g', -1, 64)
}

func parsePlace(s string) (geo.Point, bool) {
	lat, lon, ok := strings.Cut(s, ",")
	if !ok {
		return geo.Point{}, false
	}
	a, err1 := strconv.ParseFloat(lat, 64)
	b, err2 := strconv.ParseFloat(lon, 64)
	return geo.Point{Lat: a, Lon: b}, err1 == nil && err2 == nil
}

func onEarth(p geo.Point) bool {
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180 // false for NaN too
}

// Size of a cell in degrees: about 1.1 by 1.4 km at 52° north.
const cellLat, cellLon = 0.01, 0.02

func cellOf(p geo.Point) string {
	return cellName(int(math.Floor(p.Lat/cellLat)), int(math.Floor(p.Lon/cellLon)))
}

func cellName(row, col int) string { return fmt.Sprintf("%d,%d", row, col) }

// contentHash is the SHA-256 of a document without its hash: stored with it, it shows later whether index and store
// still say the same.
func contentHash(d document) string {
	d.Hash = ""
	b, err := json.Marshal(d)
	if err != nil {
		return "" // onEarth and integer prices leave nothing that JSON cannot write
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// unique sorts and drops doubles and empty values.
func unique(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

package geo

import (
	"slices"
	"strconv"
	"strings"
)

// streetFlags say what a piece of street is and who may go along it, from its first end to its second or back.
type streetFlags uint8

const (
	walkOn streetFlags = 1 << iota
	walkBack
	bikeOn
	bikeBack
	onBridge
	inTunnel
	onFerry
	onSteps
)

const (
	walkBoth = walkOn | walkBack
	bikeBoth = bikeOn | bikeBack
	anyMode  = walkBoth | bikeBoth
)

// street is what the tags of an OpenStreetMap way say for a child on foot or by bicycle.
type street struct {
	flags    streetFlags
	class    uint8 // place in streetClasses
	walkPace uint8 // percent of the speed of the mode, 1 to 100
	bikePace uint8
	seconds  uint32 // of a ferry from end to end, 0 = not said
	name     string // of a bridge, tunnel or ferry, "" = not said
}

// streetClass is a kind of way with who may use it when nothing else is said (wiki.openstreetmap.org, OSM tags for
// routing/Access restrictions, the Netherlands).
type streetClass struct {
	name string
	foot bool
	bike ride
	big  bool // much and fast traffic: a grown-up wants to know that a child crosses it
}

// ride is how a bicycle goes along a way.
type ride uint8

const (
	noBike ride = iota
	pushBike
	rideBike
)

// streetClasses are the values of the key highway that somebody can walk, cycle or cross, and the ferry. Their order is
// part of the graph file.
var streetClasses = []streetClass{
	{"ferry", true, rideBike, false},
	{"trunk", false, noBike, true}, {"trunk_link", false, noBike, true},
	{"primary", true, rideBike, true}, {"primary_link", true, rideBike, true},
	{"secondary", true, rideBike, true}, {"secondary_link", true, rideBike, true},
	{"tertiary", true, rideBike, false}, {"tertiary_link", true, rideBike, false},
	{"unclassified", true, rideBike, false}, {"residential", true, rideBike, false}, {"living_street", true, rideBike, false},
	{"service", true, rideBike, false}, {"road", true, rideBike, false}, {"track", true, rideBike, false},
	{"cycleway", true, rideBike, false}, {"path", true, rideBike, false}, {"footway", true, pushBike, false},
	{"pedestrian", true, pushBike, false}, {"bridleway", true, noBike, false}, {"steps", true, noBike, false},
	{"corridor", true, noBike, false}, {"elevator", true, pushBike, false}, {"platform", true, noBike, false},
	{"motorway", false, noBike, false}, {"motorway_link", false, noBike, false},
}

// readStreet reads the tags of a way; ok is false for what nobody walks, cycles or crosses.
func readStreet(tags osmTags) (s street, ok bool) {
	class := classOf(tags)
	if class < 0 {
		return street{}, false
	}
	kind := streetClasses[class]
	s = street{class: uint8(class), walkPace: walkPace(tags), bikePace: bikePace(tags), seconds: ferrySeconds(tags.get("duration"))}
	if tags.get("motorroad") == "yes" {
		kind.foot, kind.bike = false, noBike
	}
	s.flags = walkFlags(kind, tags) | bikeFlags(&s, kind, tags) | shapeFlags(kind, tags)
	if s.flags&(onBridge|inTunnel|onFerry) != 0 {
		s.name = structureName(tags)
	}
	return s, s.flags&anyMode != 0 || kind.big
}

func classOf(tags osmTags) int {
	name := tags.get("highway")
	if tags.get("route") == "ferry" {
		name = "ferry"
	}
	return slices.IndexFunc(streetClasses, func(c streetClass) bool { return c.name == name })
}

// permission reads access tags from the general to the special one: the last that says something counts.
func permission(tags osmTags, usual bool, keys ...string) bool {
	for _, key := range keys {
		switch tags.get(key) {
		case "yes", "designated", "permissive", "destination", "customers", "official", "dismount":
			usual = true
		case "no", "private", "use_sidepath", "agricultural", "forestry", "military", "delivery", "emergency":
			usual = false
		}
	}
	return usual
}

func walkFlags(kind streetClass, tags osmTags) streetFlags {
	if !permission(tags, kind.foot, "access", "foot") {
		return 0
	}
	flags := walkBoth
	if tags.get("oneway:foot") == "yes" || tags.get("foot:backward") == "no" {
		flags &^= walkBack
	}
	if tags.get("oneway:foot") == "-1" || tags.get("foot:forward") == "no" {
		flags &^= walkOn
	}
	return flags
}

// bikeFlags says in which directions a bicycle goes. Where one may only push it, it goes at the pace of walking, both ways.
func bikeFlags(s *street, kind streetClass, tags osmTags) streetFlags {
	usual := kind.bike != noBike
	if kind.name == "steps" {
		usual = tags.get("ramp:bicycle") == "yes" || tags.get("bicycle") == "yes"
		kind.bike = pushBike
	}
	if !permission(tags, usual, "access", "vehicle", "bicycle") {
		return 0
	}
	said := tags.get("bicycle")
	rides := kind.bike == rideBike || kind.name != "steps" && slices.Contains([]string{"yes", "designated", "permissive", "official"}, said)
	if !rides || said == "dismount" {
		s.bikePace = min(s.bikePace, pushPace)
		if kind.name == "steps" {
			s.bikePace = stepsPushPace
		}
		return bikeBoth
	}
	return bikeDirections(tags)
}

// bikeDirections reads oneway and its exceptions for bicycles.
func bikeDirections(tags osmTags) streetFlags {
	direction := tags.get("oneway")
	if j := tags.get("junction"); direction == "" && (j == "roundabout" || j == "circular") {
		direction = "yes"
	}
	if own := tags.get("oneway:bicycle"); own != "" {
		direction = own
	} else if contraflow(tags) {
		direction = "no"
	}
	switch direction {
	case "yes", "true", "1":
		return bikeOn
	case "-1", "reverse":
		return bikeBack
	}
	return bikeBoth
}

// contraflow says whether bicycles may go against the traffic.
func contraflow(tags osmTags) bool {
	if tags.get("bicycle:backward") == "yes" {
		return true
	}
	for _, side := range []string{"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"} {
		if strings.HasPrefix(tags.get(side), "opposite") || tags.get(side+":oneway") == "no" || tags.get(side+":oneway") == "-1" {
			return true
		}
	}
	return false
}

func shapeFlags(kind streetClass, tags osmTags) (flags streetFlags) {
	if kind.name == "ferry" {
		flags |= onFerry
	}
	if kind.name == "steps" {
		flags |= onSteps
	}
	if v := tags.get("bridge"); v != "" && v != "no" {
		flags |= onBridge
	}
	if v := tags.get("tunnel"); v != "" && v != "no" && v != "building_passage" {
		flags |= inTunnel
	}
	return flags
}

// maxStreetName is the longest name of a bridge that is kept, in bytes.
const maxStreetName = 120

func structureName(tags osmTags) string {
	for _, key := range []string{"bridge:name", "tunnel:name", "name"} {
		if name := strings.TrimSpace(tags.get(key)); name != "" && len(name) <= maxStreetName {
			return strings.ToValidUTF8(name, "")
		}
	}
	return ""
}

// ferrySeconds reads a duration: 00:12, 00:12:30, PT12M or a number of minutes. 0 = not said, or not from 1 second to
// 24 hours.
func ferrySeconds(text string) uint32 {
	seconds := 0
	switch parts := strings.Split(text, ":"); {
	case strings.HasPrefix(text, "PT"):
		seconds = isoSeconds(text[2:])
	case len(parts) == 1:
		seconds = 60 * number(text)
	case len(parts) == 2:
		seconds = 3600*number(parts[0]) + 60*number(parts[1])
	case len(parts) == 3:
		seconds = 3600*number(parts[0]) + 60*number(parts[1]) + number(parts[2])
	}
	if seconds < 1 || seconds > 24*3600 {
		return 0
	}
	return uint32(seconds)
}

// isoSeconds reads what follows PT: 1H20M30S.
func isoSeconds(text string) (seconds int) {
	for _, unit := range []struct {
		letter  string
		seconds int
	}{{"H", 3600}, {"M", 60}, {"S", 1}} {
		if amount, rest, ok := strings.Cut(text, unit.letter); ok {
			seconds, text = seconds+unit.seconds*number(amount), rest
		}
	}
	return seconds
}

// number reads a whole number up to 10000, else 0.
func number(text string) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > 10000 {
		return 0
	}
	return n
}

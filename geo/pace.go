package geo

import "slices"

// Paces are percents of the speed of a mode in Speeds: no way is faster than the speed itself, so nothing along streets
// is faster than the straight line at that speed. A ferry takes its time, and never less than its length at that speed.
// Chosen by us; the speeds are those of DOMAIN 5.
const (
	fullPace      = 100
	pushPace      = 37 // walking with a bicycle at the hand: 4.5 of 12 km/h
	stepsPushPace = 15 // with a bicycle over a ramp beside steps
	stepsPace     = 50 // walking up or down steps
	roughPace     = 75 // cycling on a path of which the surface is not said
	sharedPace    = 85 // cycling among people on foot
)

// surfaces are values of the key surface that slow somebody down, with the pace on foot and by bicycle.
var surfaces = []struct {
	names      []string
	walk, bike uint8
}{
	{[]string{"sett", "cobblestone", "unhewn_cobblestone", "cobblestone:flattened", "grass_paver"}, 100, 75},
	{[]string{"compacted", "fine_gravel"}, 100, 85},
	{[]string{"unpaved", "gravel", "pebblestone", "shells", "ground", "dirt", "earth", "woodchips"}, 95, 65},
	{[]string{"grass", "stepping_stones"}, 90, 50},
	{[]string{"sand", "mud", "rock"}, 75, 35},
}

// pavedSurfaces let a bicycle roll at full speed, on a path too.
var pavedSurfaces = []string{"paved", "asphalt", "concrete", "concrete:plates", "concrete:lanes", "paving_stones", "paving_stones:lanes", "bricks", "metal", "wood", "rubber"}

func walkPace(tags osmTags) uint8 {
	if tags.get("highway") == "steps" {
		return stepsPace
	}
	for _, s := range surfaces {
		if slices.Contains(s.names, tags.get("surface")) {
			return s.walk
		}
	}
	return fullPace
}

func bikePace(tags osmTags) uint8 {
	surface := tags.get("surface")
	for _, s := range surfaces {
		if slices.Contains(s.names, surface) {
			return s.bike
		}
	}
	switch tags.get("highway") {
	case "path", "track":
		if !slices.Contains(pavedSurfaces, surface) && tags.get("tracktype") != "grade1" {
			return roughPace
		}
	case "footway", "pedestrian", "living_street":
		return sharedPace
	}
	return fullPace
}

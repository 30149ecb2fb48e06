package matcher_test

import (
	"testing"

	"pgregory.net/rapid"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// Promise 4 of DOMAIN 8: what filling in an unknown does.

// fillings fill in one unknown of a family: as fine and as a problem.
var fillings = []struct {
	name          string
	unknown       func(n *kindinkaart.Need)
	fine, problem func(n *kindinkaart.Need)
}{
	{"swimming diploma", drop("G4"), child("G4", "abc"), child("G4", "nee")},
	{"independence", dropParent("P6"), parent("P6", "ov"), parent("P6", "nee")},
	{"budget", dropParent("P7"), parent("P7", "meer"), parent("P7", "0")},
	{"income", dropParent("P8"), parent("P8", []string{"uitkering"}), parent("P8", []string{"nee"})},
	{"bringing", dropParent("P4"), parent("P4", always("kan")), parent("P4", always("kan_niet"))},
	{"time of the child", drop("F3"), child("F3", always("kan")), child("F3", always("kan_niet"))},
}

func drop(id string) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Answers = without(n.Answers, id) }
}

func dropParent(id string) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Parent = without(n.Parent, id) }
}

func without(a questionnaire.Answers, id string) questionnaire.Answers {
	out := questionnaire.Answers{}
	for k, v := range a {
		if k != id {
			out[k] = v
		}
	}
	return out
}

func child(id string, v any) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Answers = without(n.Answers, id); n.Answers[id] = raw(v) }
}

func parent(id string, v any) func(*kindinkaart.Need) {
	return func(n *kindinkaart.Need) { n.Parent = without(n.Parent, id); n.Parent[id] = raw(v) }
}

func always(v string) map[string]map[string]string {
	grid := map[string]map[string]string{}
	for _, day := range questionnaire.Days {
		grid[day] = map[string]string{"ochtend": v, "middag": v, "vooravond": v, "avond": v}
	}
	return grid
}

// lower compares as a reader does: the group, then full ones apart, then the score.
func lower(a, b matcher.Item) bool {
	if a.Group != b.Group {
		return order[a.Group] > order[b.Group]
	}
	if a.Full != b.Full {
		return a.Full
	}
	return a.Score < b.Score
}

func TestPromise4FillingInAnUnknown(t *testing.T) {
	t.Parallel()
	for _, f := range fillings {
		t.Run(f.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				need, list := drawNeed(t), drawActivities(t)
				delete(need.Parent, "P3") // what the family names itself is not an unknown
				f.unknown(&need)
				unknown := ranked(t, need, list)
				fine, problem := need, need
				f.fine(&fine)
				f.problem(&problem)
				good, bad := ranked(t, fine, list), ranked(t, problem, list)
				for _, it := range unknown.Items {
					if f.name == "independence" && it.Travel.Metres > 5000 {
						continue // half an hour by bus is not enough: for this way "ov" is no
					}
					if after, ok := lineOf(good, it.Activity); !ok || lower(after, it) {
						t.Fatalf("filled in as fine lowers %s:\nbefore %+v\nafter %+v", it.Activity, it, after)
					}
					if after, ok := lineOf(bad, it.Activity); ok && lower(it, after) {
						t.Fatalf("filled in as a problem raises %s:\nbefore %+v\nafter %+v", it.Activity, it, after)
					}
				}
			})
		})
	}
}

func TestPromise4SayingHowLongTheWayMayTake(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need, list := drawNeed(t), drawActivities(t)
		need.Born = kindinkaart.Born{Year: 2014, Month: 1} // from 8 years the way is taken to be by bicycle
		for _, id := range []string{"P3", "P5", "P6"} {
			dropParent(id)(&need)
		}
		unknown := ranked(t, need, list)
		minutes := rapid.SampledFrom([]int{10, 15, 20, 30, 45}).Draw(t, "minutes")
		parent("P5", map[string]any{"id": "fiets", "minutes": minutes})(&need)
		known := ranked(t, need, list)
		for _, it := range unknown.Items {
			after, ok := lineOf(known, it.Activity)
			if !ok || after.Slot != it.Slot {
				continue // another time of the same activity is its own question
			}
			if it.Travel.Minutes < minutes && lower(after, it) {
				t.Fatalf("%d minutes is fine and lowers %s:\nbefore %+v\nafter %+v", minutes, it.Activity, it, after)
			}
			if it.Travel.Minutes > minutes && lower(it, after) {
				t.Fatalf("%d minutes is a problem and raises %s:\nbefore %+v\nafter %+v", minutes, it.Activity, it, after)
			}
		}
	})
}

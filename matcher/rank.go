package matcher

import (
	"cmp"
	"math"
	"slices"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// judged is the best slot of one activity for one child.
type judged struct {
	*slotCase
	interest Interest
	found    []finding
	parts    []Part
	score    float64
	group    Group
	full     bool
}

// Rank holds every activity of the board against one need and puts them in the order a person would read them. The
// promises at the end of DOMAIN 8 hold for every input. locate may be nil when every place of the need is a point.
func Rank(n kindinkaart.Need, b *Board, locate Locate, o Options) (Result, error) {
	if o.Search != "" {
		n.Search = o.Search
	}
	s, err := newSearch(n, b, locate)
	if err != nil {
		return Result{}, err
	}
	if o.Mode != "" {
		s.mode = o.Mode
	}
	s.days, s.assume = o.Weekdays, o.Assume
	result := Result{Format: "kindinkaart-match/1", Coverage: s.profile.Coverage, Thin: s.thin(), Items: []Item{}, NotProposed: []NotProposed{}}
	if len(s.bases) > 0 {
		result.Base = s.bases[0]
	}
	list, out := s.judgeAll(b, result.Thin)
	result.NotProposed = append(result.NotProposed, out...)
	if o.ForChild {
		list = slices.DeleteFunc(list, func(j judged) bool { return j.group == KanNuNiet || j.offer.safe != safetyDeclared })
	}
	slices.SortFunc(list, inOrder)
	if result.Thin {
		list = onePerGroup(list)
	} else {
		mix(list)
	}
	if o.Limit > 0 && len(list) > o.Limit {
		list = list[:o.Limit]
	}
	for i, j := range list {
		result.Items = append(result.Items, j.item(i+1))
	}
	return result, nil
}

// judgeAll holds every activity of the board against the search, and says of the others why they are not proposed.
func (s *search) judgeAll(b *Board, thin bool) (list []judged, out []NotProposed) {
	for i := range b.offers {
		o := &b.offers[i]
		if ok, why := s.candidate(o, b); !ok && !(thin && s.discoverable(o)) {
			out = append(out, NotProposed{Activity: o.ID, Why: why})
			continue
		}
		j, ok := s.judge(o, b)
		if !ok {
			out = append(out, NotProposed{Activity: o.ID, Why: "Dit is niet op de dagen die jullie kozen."})
			continue
		}
		list = append(list, j)
	}
	return list, out
}

// thin says that too little is known to rank: then a varied list is shown (DOMAIN 3.2). A search by words is a choice and ranks.
func (s *search) thin() bool { return s.profile.Coverage.Few() && s.need.Search == "" }

// discoverable says whether an activity may be on the varied list of a thin profile: for children, with nothing the child
// refused, and of a kind that may be suggested.
func (s *search) discoverable(o *offer) bool {
	if (o.Audience != "" && o.Audience != "child" && o.Audience != "family") || o.tagBits&s.vetoed != 0 {
		return false
	}
	return o.tagBits != 0 && o.quiet == 0 && !(s.age >= venueAge && o.VenueKind == "buurthuis")
}

// judge finds the best slot of an activity; ok is false when none is on the chosen days. An activity without slots is
// judged as one with an unknown time and place.
func (s *search) judge(o *offer, b *Board) (best judged, ok bool) {
	if best, ok = s.judgedOnes[o]; ok {
		return best, true
	}
	slots := o.Slots
	if len(slots) == 0 {
		slots = noSlot
	}
	cost := s.cost(o, b)
	for i := range slots {
		c := &slotCase{search: s, board: b, offer: o, slot: &slots[i], cost: cost}
		if len(s.days) > 0 && !slices.Contains(s.days, c.day()) {
			continue
		}
		c.trip = s.tripTo(b, o, c.slot)
		if j := c.verdict(); !ok || inOrder(j, best) < 0 {
			best, ok = j, true
		}
	}
	if ok {
		s.judgedOnes[o] = best
	}
	return best, ok
}

func (c *slotCase) verdict() judged {
	j := judged{slotCase: c, interest: c.interestIn(c.offer, c.board), found: c.findings(), full: full(c.slot)}
	j.group = groupOf(j.found)
	j.parts = c.points(j.interest, j.found)
	j.score = total(j.parts)
	return j
}

// earliestStart is in how many days a child can begin with help of a fund: a week to apply, three weeks to hear (DOMAIN 4.1).
const earliestStart = 28

func (s *search) cost(o *offer, b *Board) regeling.Cost {
	return regeling.Compute(regeling.Case{
		Residence: s.need.Residence, Born: s.need.Born.Date(), On: s.need.On,
		Start:   later(s.need.On.AddDays(earliestStart), o.ValidFrom),
		Signals: s.facts.Income, Category: o.Domain, Recognised: string(o.partner.RecognisedByFund), Activity: o.ID,
		Lines: o.lines, Reduced: o.reduced, SeasonEnd: o.ValidTo, Used: s.need.Used, Approved: s.need.Approved,
	}, b.schemes)
}

var groupOrder = map[Group]int{KanZo: 0, KanMetHulp: 1, KanNuNiet: 2}

// inOrder compares two results: group, full ones apart, score, then id (promises 1, 5 and 7).
func inOrder(a, b judged) int {
	return cmp.Or(
		cmp.Compare(groupOrder[a.group], groupOrder[b.group]),
		cmp.Compare(btoi(a.full), btoi(b.full)),
		cmp.Compare(b.score, a.score),
		cmp.Compare(a.offer.ID, b.offer.ID),
		cmp.Compare(a.slot.ID, b.slot.ID),
	)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// firstPage is how many results must show at least two categories when the profile allows (promise 10).
const firstPage = 10

// mix lifts the best result of another category to the tenth place when the first ten are all of one. It stays within
// its group, so that kan_zo still comes before kan_met_hulp.
func mix(list []judged) {
	if len(list) <= firstPage {
		return
	}
	first := categoryOf(list[0].offer)
	for i, j := range list {
		switch other := categoryOf(j.offer) != first; {
		case other && i < firstPage:
			return
		case other && j.group == list[firstPage-1].group && j.full == list[firstPage-1].full:
			copy(list[firstPage:i+1], list[firstPage-1:i])
			list[firstPage-1] = j
			return
		}
	}
}

// onePerGroup keeps the first of each taxonomy group, for a profile that is too thin to rank by.
func onePerGroup(list []judged) []judged {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(j judged) bool {
		leaf, _ := questionnaire.Leaf(j.interest.Tag)
		if seen[leaf.Group] {
			return true
		}
		seen[leaf.Group] = true
		return false
	})
}

// item writes down what was judged.
func (j judged) item(rank int) Item {
	it := Item{
		Rank: rank, Group: j.group, Activity: j.offer.ID, Slot: j.slot.ID, Score: j.score, Parts: j.parts,
		Interest: j.interest, Travel: j.travelOut(), Cost: costOut(j.cost), Reasons: j.reasons(j.interest),
		Tasks: []Task{}, Blockers: []Blocker{}, Full: j.full, SMWOnly: j.offer.safe != safetyDeclared,
		Offer: Offer{Activity: j.offer.Activity, Partner: j.offer.partner, Slot: *j.slot},
	}
	it.Interest.Value = math.Round(it.Interest.Value*1000) / 1000
	for _, f := range j.found {
		if f.open() {
			it.Blockers = append(it.Blockers, Blocker{Barrier: f.code, State: f.state, Hard: f.hard, Text: f.text})
		}
		it.Tasks = append(it.Tasks, f.tasks()...)
	}
	if j.full {
		it.Alternatives = j.alternatives()
	}
	return it
}

// tasks are the remedies of an open finding, or the one that was arranged.
func (f finding) tasks() []Task {
	var out []Task
	for _, r := range f.remedies {
		if f.open() || r.ID == f.arranged {
			out = append(out, Task{Barrier: cmp.Or(r.barrier, f.code), Remedy: r.ID, Effect: r.Kind, Text: r.Label, Who: r.Who, Done: !f.open()})
		}
	}
	if !f.open() && len(out) == 0 {
		r := barrierByCode()[f.code].remedy(f.arranged)
		out = append(out, Task{Barrier: f.code, Remedy: r.ID, Effect: r.Kind, Text: r.Label, Who: r.Who, Done: true})
	}
	return out
}

func (j judged) travelOut() Travel {
	w := j.trip.way
	return Travel{
		Mode: w.Mode, Minutes: wholeMinutes(w.Minutes), Metres: int(math.Round(w.Metres)), StraightMetres: int(math.Round(w.StraightMetres)),
		Via: w.Via, Estimate: w.Estimate, Alone: j.trip.alone == yes, Unknown: !j.trip.known,
	}
}

func costOut(c regeling.Cost) Cost {
	out := Cost{GrossCents: c.GrossCents, NetCents: c.NetCents, MaybeCents: c.MaybeCents, BeforeStartCents: c.BeforeStartCents, ApplyBy: c.ApplyBy, Schemes: []Scheme{}}
	for _, p := range c.Parts {
		if p.Cents > 0 {
			out.Schemes = append(out.Schemes, Scheme{ID: p.Scheme, Name: p.Name, Certainty: p.Certainty, Cents: p.Cents})
		}
	}
	return out
}

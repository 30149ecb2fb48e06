package matcher

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// item writes down a slot that was assessed, with everything that is shown of it.
func (c *slotCase) item(rank int) Item {
	leaf, value := c.interestIn(&c.offer.row)
	marks, cost := c.mark(value), c.family.Cost(c.priced(c.offer))
	in := Interest{Value: math.Round(value*1000) / 1000, Band: BandOf(value)}
	if leaf >= 0 {
		in.Tag = leaves().tag[leaf].ID
	}
	it := Item{
		Rank: rank, Group: c.group(), Activity: c.offer.id, Slot: c.slot.id, Score: marks.total().float(), Parts: c.parts(marks, in, cost),
		Interest: in, Travel: c.trip.travel(), Cost: costOut(cost), Reasons: c.reasons(leaf),
		Tasks: []Task{}, Blockers: []Blocker{}, Full: c.slot.full, SMWOnly: c.offer.safety() != safetyDeclared,
	}
	for i := range c.found {
		f := &c.found[i]
		if f.open() {
			it.Blockers = append(it.Blockers, Blocker{Barrier: f.code(), State: f.state(), Hard: f.hard, Text: f.text(c)})
		}
		it.Tasks = append(it.Tasks, f.tasks(c)...)
	}
	return it
}

// parts are the visible parts of a score.
func (c *slotCase) parts(m marks, in Interest, cost regeling.Cost) []Part {
	out := make([]Part, 0, 6)
	out = append(out, Part{Name: "interesse", Points: m.interest.float(), Text: interestText(in.Tag, in.Band)})
	if m.sought > 0 {
		out = append(out, Part{Name: "gezocht", Points: m.sought.float(), Text: "Hier zochten jullie naar."})
	}
	travel, money := "De reistijd is niet bekend.", "De prijs is niet bekend."
	if c.trip.known {
		travel = tripText(c.trip)
	}
	if c.offer.is(flagCostsSaid) {
		money = moneyText(cost)
	}
	out = append(out, Part{Name: "reistijd", Points: m.travel.float(), Text: travel}, Part{Name: "kosten", Points: m.money.float(), Text: money})
	if m.preference > 0 {
		out = append(out, Part{Name: "voorkeur", Points: m.preference.float(), Text: "Zoals het kind het liefst doet: " + c.likedText()})
	}
	if m.barriers < 0 {
		out = append(out, Part{Name: "drempels", Points: m.barriers.float(), Text: c.openText()})
	}
	return out
}

func (c *slotCase) likedText() string {
	var words []string
	for i, wish := range c.wishes {
		if c.likes(i) {
			words = append(words, likedWords[wish])
		}
	}
	return strings.Join(words, ", ")
}

func (c *slotCase) openText() string {
	n := 0
	for i := range c.found {
		if c.found[i].open() {
			n++
		}
	}
	if n == 1 {
		return "1 ding om te regelen"
	}
	return strconv.Itoa(n) + " dingen om te regelen"
}

// tasks are the remedies of an open finding, or the one that was arranged.
func (f *finding) tasks(c *slotCase) []Task {
	if !f.open() {
		b := Barriers()[f.barrier]
		r := b.Remedies[f.arranged]
		for _, choice := range f.choices(c) {
			if choice.ID == r.ID {
				r = choice // with the words of this case
			}
		}
		return []Task{r.task(b.Code, true)}
	}
	choices := f.choices(c)
	out := make([]Task, len(choices))
	for i, r := range choices {
		out[i] = r.task(cmp.Or(r.barrier, f.code()), false)
	}
	return out
}

func (r Remedy) task(barrier string, done bool) Task {
	return Task{Barrier: barrier, Remedy: r.ID, Effect: r.Kind, Text: r.Label, Who: r.Who, Done: done}
}

func (t *trip) travel() Travel {
	w := t.way
	return Travel{
		Mode: w.Mode, Minutes: wholeMinutes(w.Minutes), Metres: int(math.Round(w.Metres)), StraightMetres: int(math.Round(w.StraightMetres)),
		Via: w.Via, Estimate: w.Estimate, Alone: t.alone == yes, Unknown: !t.known, MinutesUp: int(math.Ceil(w.Minutes)),
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

// facet is the category in the catalogue of an activity, for variety.
func (r *row) facet() string {
	if r.first < 0 {
		return r.domain()
	}
	return questionnaire.Taxonomy().Category(leaves().tag[r.first].ID)
}

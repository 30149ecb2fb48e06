package matcher

import (
	"cmp"
	"math"
	"strconv"
	"sync"
)

// weigh works out what the family pays for the offer at hand, with what is shown of it.
func (c *slotCase) weigh() {
	c.cost, c.sheet.cost = c.family.Paying(c.priced(c.offer), c.sheet.cost.Parts)
}

// item writes down a slot that was weighed and assessed, with everything that is shown of it.
func (c *slotCase) item(rank int) Item {
	leaf, value := c.interestIn(&c.offer.row)
	marks, band := c.mark(value), BandOf(value)
	way := "De reistijd is niet bekend."
	if c.trip.known {
		way = c.wayText()
	}
	it := Item{
		Rank: rank, Group: c.group(), Activity: c.offer.id, Slot: c.slot.id, Score: marks.total().float(), Parts: c.parts(marks, interestText(leaf, band), way),
		Interest: Interest{Value: math.Round(value*1000) / 1000, Band: band}, Travel: c.trip.travel(), Cost: c.sheet.costOut(), Reasons: c.reasons(leaf, way),
		Full: c.slot.full, SMWOnly: c.offer.safety() != safetyDeclared,
	}
	if leaf >= 0 {
		it.Interest.Tag = leaves().tag[leaf].ID
	}
	it.Blockers, it.Tasks = c.outstanding()
	return it
}

// parts are the visible parts of a score, with the words for how well it fits and for the way.
func (c *slotCase) parts(m marks, fits, way string) []Part {
	out := append(make([]Part, 0, 6), Part{Name: "interesse", Points: m.interest.float(), Text: fits})
	if m.sought > 0 {
		out = append(out, Part{Name: "gezocht", Points: m.sought.float(), Text: "Hier zochten jullie naar."})
	}
	money := "De prijs is niet bekend."
	if c.offer.is(flagCostsSaid) {
		money = c.sheet.moneyText()
	}
	out = append(out, Part{Name: "reistijd", Points: m.travel.float(), Text: way}, Part{Name: "kosten", Points: m.money.float(), Text: money})
	if m.preference > 0 {
		out = append(out, Part{Name: "voorkeur", Points: m.preference.float(), Text: c.likedText()})
	}
	if m.barriers < 0 {
		out = append(out, Part{Name: "drempels", Points: m.barriers.float(), Text: c.openText()})
	}
	return c.sheet.parts.keep(out)
}

// likedText names the manners in which it is as the child likes it; each set of them is written once.
func (c *slotCase) likedText() string {
	set := 0
	for i := range c.wishes {
		if c.likes(i) {
			set |= 1 << i
		}
	}
	if c.sheet.liked[set] == "" {
		words, between := append(make([]string, 0, 8), "Zoals het kind het liefst doet"), ": "
		for i, wish := range c.wishes {
			if set>>i&1 == 1 {
				words, between = append(words, between, likedWords[wish]), ", "
			}
		}
		c.sheet.liked[set] = c.sheet.say(words...)
	}
	return c.sheet.liked[set]
}

func (c *slotCase) openText() string {
	n := 0
	for i := range c.found {
		if c.found[i].open() {
			n++
		}
	}
	return openTexts()[n]
}

// openTexts says how many barriers are open.
var openTexts = sync.OnceValue(func() []string {
	texts := make([]string, len(Barriers())+1)
	for n := range texts {
		texts[n] = strconv.Itoa(n) + " dingen om te regelen"
	}
	texts[1] = "1 ding om te regelen"
	return texts
})

// outstanding gives what still stands in the way, and the tasks of everything that was found.
func (c *slotCase) outstanding() ([]Blocker, []Task) {
	s := &c.sheet
	for i := range c.found {
		f, code := &c.found[i], c.found[i].code()
		if f.open() {
			b := &s.blockers.more(1)[0]
			b.Barrier, b.State, b.Hard, b.Text = code, f.state(), f.hard, f.text(c)
		}
		f.tasks(c, code)
	}
	return s.blockers.cut(), s.tasks.cut()
}

// tasks writes down the remedies of an open finding of a barrier, or the one that was arranged.
func (f *finding) tasks(c *slotCase, code string) {
	choices := f.choices(c)
	if f.open() {
		tasks := c.sheet.tasks.more(len(choices))
		for i := range choices {
			choices[i].task(&tasks[i], cmp.Or(choices[i].barrier, code))
		}
		return
	}
	r := &Barriers()[f.barrier].Remedies[f.arranged]
	for i := range choices {
		if choices[i].ID == r.ID {
			r = &choices[i] // with the words of this case
		}
	}
	t := &c.sheet.tasks.more(1)[0]
	r.task(t, code)
	t.Done = true
}

// task writes a remedy down as a task.
func (r *Remedy) task(t *Task, barrier string) {
	t.Barrier, t.Remedy, t.Effect, t.Text, t.Who = barrier, r.ID, r.Kind, r.Label, r.Who
}

func (t *trip) travel() Travel {
	w := &t.way
	return Travel{
		Mode: w.Mode, Minutes: wholeMinutes(w.Minutes), Metres: int(math.Round(w.Metres)), StraightMetres: int(math.Round(w.StraightMetres)),
		Via: w.Via, Estimate: w.Estimate, Alone: t.alone == yes, Unknown: !t.known, MinutesUp: int(math.Ceil(w.Minutes)),
	}
}

func (s *sheet) costOut() Cost {
	c := &s.cost
	schemes := s.schemes.more(len(c.Parts))
	for i, p := range c.Parts {
		schemes[i] = Scheme{ID: p.Scheme, Name: p.Name, Certainty: p.Certainty, Cents: p.Cents}
	}
	return Cost{GrossCents: c.GrossCents, NetCents: c.NetCents, MaybeCents: c.MaybeCents, BeforeStartCents: c.BeforeStartCents, ApplyBy: c.ApplyBy, Schemes: s.schemes.cut()}
}

// facet is the category in the catalogue of an activity, for variety.
func (r *row) facet() string {
	if r.first < 0 {
		return r.domain()
	}
	return leaves().tag[r.first].Category
}

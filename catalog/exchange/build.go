package exchange

import (
	"fmt"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// build turns the gathered groups into an Import.
func (t *table) build() {
	t.in.Complete = true
	taken := map[string]bool{}
	known := map[*group]bool{}
	for _, g := range t.owners {
		known[g] = t.partner(g, taken)
	}
	taken = map[string]bool{}
	for _, g := range t.order {
		t.activity(g, taken, known)
	}
	t.dropStrangers()
}

// uniqueID gives a group without an id one that is the same at every reading of the same names.
func uniqueID(g *group, name string, taken map[string]bool) string {
	id := g.id
	if id == "" {
		id = plain(name)
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", plain(name), n)
		}
	}
	taken[id] = true
	return id
}

func (t *table) partner(g *group, taken map[string]bool) bool {
	p := catalog.Partner{}
	wrong := t.fill(g, ofPartner, &draft{partner: &p})
	p.ID = uniqueID(g, p.Name, taken)
	g.id = p.ID
	if p.Kind == "" {
		p.Kind = "overig"
	}
	if len(wrong) == 0 {
		wrong = atRow(g.row, catalog.ValidatePartner(p))
	}
	if len(wrong) > 0 {
		t.refuse(p.ID, wrong)
		return false
	}
	t.in.Partners = append(t.in.Partners, p)
	return true
}

// fill sets every cell of a level and gives what could not be read.
func (t *table) fill(g *group, l level, d *draft) []catalog.Refused {
	d.tagOf = t.o.TagOf
	wrong := g.wrong
	for col, c := range columns {
		if c.level != l || g.cells[col] == "" {
			continue
		}
		if err := c.field.set(d, g.cells[col]); err != nil {
			wrong = append(wrong, catalog.Refused{Row: g.rows[col], Field: c.name, Reason: sentence(err)})
		}
	}
	return wrong
}

func (t *table) activity(g *group, taken map[string]bool, known map[*group]bool) {
	a := catalog.Activity{State: catalog.Published}
	d := &draft{activity: &a}
	wrong := t.fill(g, ofActivity, d)
	a.ID = uniqueID(g, nameFor(g), taken)
	if g.owner != nil {
		a.Partner = g.owner.id
		if len(a.Partners) > 0 && a.Partners[0] == a.Partner {
			a.Partner = ""
		}
		if !known[g.owner] {
			wrong = append(wrong, catalog.Refused{Row: g.row, Field: "aanbieder", Reason: "De aanbieder van dit aanbod is geweigerd; verbeter die eerst."})
		}
	}
	var at []int // the row of each slot
	for _, s := range g.slots {
		more, err := t.slots(s, &a)
		wrong = append(wrong, err...)
		for range more {
			at = append(at, s.row)
		}
		a.Slots = append(a.Slots, more...)
	}
	nameSlots(&a)
	if len(wrong) == 0 {
		wrong = placed(g.row, at, append(catalog.Validate(a), catalog.WrongTags(a, t.o.KnownTag)...))
	}
	if len(wrong) > 0 {
		t.refuse(a.ID, wrong)
		return
	}
	t.in.Activities = append(t.in.Activities, perAge(a, d.ages)...)
}

func nameFor(g *group) string {
	if g.owner == nil {
		return g.cells[colTitle]
	}
	return g.owner.id + "-" + g.cells[colTitle]
}

// perAge makes one activity for every age range when a year between them is left out, so that nobody in the gap is told
// that it fits.
func perAge(a catalog.Activity, ranges []ageRange) []catalog.Activity {
	if len(ranges) < 2 {
		return []catalog.Activity{a}
	}
	var out []catalog.Activity
	for _, r := range ranges {
		one := a
		one.ID = fmt.Sprintf("%s-%d", a.ID, max(low(r), 0))
		one.Title = fmt.Sprintf("%s (%s)", a.Title, r.text())
		one.AgeMin, one.AgeMax = r.min, r.max
		one.Slots = append([]catalog.Slot(nil), a.Slots...)
		for i := range one.Slots {
			one.Slots[i].ID += fmt.Sprintf("-%d", max(low(r), 0))
		}
		out = append(out, one)
	}
	return out
}

// slots reads the times of one row: one slot for every day and time it names.
func (t *table) slots(r slotRow, a *catalog.Activity) ([]catalog.Slot, []catalog.Refused) {
	var base catalog.Slot
	var wrong []catalog.Refused
	d := &draft{activity: a, slot: &base}
	for col, c := range columns {
		if c.level != ofSlot || r.cells[col] == "" {
			continue
		}
		if err := c.field.set(d, r.cells[col]); err != nil {
			wrong = append(wrong, catalog.Refused{Row: r.row, Field: c.name, Reason: sentence(err)})
		}
	}
	if strings.TrimSpace(d.when) == "" {
		return []catalog.Slot{base}, wrong
	}
	moments, err := parseTimes(strings.TrimSpace(d.when))
	if err == nil && len(moments) == 0 {
		return onlyPlace(base), wrong
	}
	var out []catalog.Slot
	for i := 0; i < len(moments) && err == nil; i++ {
		var s catalog.Slot
		if s, err = atMoment(base, moments[i], a); err == nil {
			out = append(out, s)
		}
	}
	if err != nil {
		wrong = append(wrong, catalog.Refused{Row: r.row, Field: timeColumn(r), Reason: sentence(err)})
	}
	return out, wrong
}

// onlyPlace keeps where an activity by appointment is, if that is known.
func onlyPlace(base catalog.Slot) []catalog.Slot {
	if base.Location == (catalog.Location{}) && base.Capacity == nil {
		return nil
	}
	return []catalog.Slot{base}
}

// timeColumn is the column to name when days and times cannot be read.
func timeColumn(r slotRow) string {
	if r.cells[byName["tijd"]] != "" {
		return "tijd"
	}
	return "dag"
}

func atMoment(s catalog.Slot, m moment, a *catalog.Activity) (catalog.Slot, error) {
	s.Weekday = m.weekday
	if m.timed {
		s.Start, s.End = m.start, m.end
	}
	if len(m.ordinals) == 0 {
		return s, nil
	}
	from, to := s.From, s.To
	if from.IsZero() {
		from = a.ValidFrom
	}
	if to.IsZero() {
		to = a.ValidTo
	}
	var err error
	s.Dates, err = datesOf(m, from, to)
	s.Weekday = ""
	return s, err
}

// nameSlots gives every slot without an id one that is the same at every reading.
func nameSlots(a *catalog.Activity) {
	taken := map[string]bool{}
	for _, s := range a.Slots {
		taken[s.ID] = true
	}
	for i := range a.Slots {
		s := &a.Slots[i]
		for n := 1; s.ID == ""; n++ {
			id := fmt.Sprintf("%s-%s-%s", a.ID, s.Weekday+firstDay(s.Dates), strings.Replace(s.Start.String(), ":", "", 1))
			if n > 1 {
				id = fmt.Sprintf("%s-%d", id, n)
			}
			if !taken[id] {
				s.ID, taken[id] = id, true
			}
		}
	}
}

func firstDay(days []civil.Date) string {
	if len(days) == 0 {
		return ""
	}
	return days[0].String()
}

// dropStrangers refuses activities with another organiser that is not in the file.
func (t *table) dropStrangers() {
	there := map[string]bool{}
	for _, p := range t.in.Partners {
		there[p.ID] = true
	}
	kept := t.in.Activities[:0]
	for _, a := range t.in.Activities {
		stranger := ""
		for _, id := range a.Partners {
			if !there[id] {
				stranger = id
			}
		}
		if stranger != "" {
			t.refuse(a.ID, []catalog.Refused{{Field: "mede_aanbieders", Reason: fmt.Sprintf("De aanbieder %q staat niet in dit bestand.", clip(stranger))}})
			continue
		}
		kept = append(kept, a)
	}
	t.in.Activities = kept
}

func (t *table) refuse(record string, wrong []catalog.Refused) {
	for _, w := range wrong {
		w.Record = record
		t.in.Refused = append(t.in.Refused, w)
	}
}

func atRow(row int, fields []errs.Field) (out []catalog.Refused) {
	for _, f := range fields {
		out = append(out, catalog.Refused{Row: row, Field: f.Name, Reason: f.Message})
	}
	return out
}

// placed gives findings the row they are about: slots have rows of their own.
func placed(row int, slotRows []int, fields []errs.Field) []catalog.Refused {
	out := atRow(row, fields)
	for i, f := range fields {
		var n int
		if _, err := fmt.Sscanf(f.Name, "slots[%d]", &n); err == nil && n < len(slotRows) {
			out[i].Row = slotRows[n]
		}
	}
	return out
}

// sentence begins a reason with a capital and ends it with a full stop.
func sentence(err error) string {
	s := err.Error()
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

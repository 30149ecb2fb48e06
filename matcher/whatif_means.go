package matcher

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
)

// means is a way to lift one barrier: one or two remedies together, in words that follow "Met".
type means struct {
	barrier  string
	remedies []string
	words    string
	effort   int
	here     bool // only where the remedy was offered: it depends on the activity
}

func (m means) id() string { return strings.Join(m.remedies, "+") }

// remedyWords say each remedy that lifts, and about what it asks of somebody (1 = nearly nothing, 6 = months). Remedies for
// access and health are not here: they are talked about with the family, not listed as a gain.
var remedyWords = map[string]means{
	"fonds":           {words: "hulp van een fonds", effort: 3, here: true},
	"kansentarief":    {words: "een lagere prijs van de aanbieder", effort: 2, here: true},
	"tegoed":          {words: "het Jeugdtegoed voor kleren en spullen", effort: 3},
	"uitleen":         {words: "geleende of tweedehands spullen", effort: 2},
	"buddy":           {words: "een maatje", effort: 4},
	"samen_gaan":      {words: "een klasgenoot of familie die meegaat", effort: 3},
	"oefenen":         {words: "drie keer samen de weg oefenen", effort: 3},
	"fiets":           {words: "een fiets", effort: 4},
	"dagplan":         {words: "een dagplan met plaatjes", effort: 1},
	"samen":           {words: "een broertje of zusje dat mee mag", effort: 2, here: true},
	"samen_aanmelden": {words: "hulp bij het aanmelden", effort: 1},
	"tolk":            {words: "een tolk of een vertaalde kaart", effort: 2},
	"kaartje":         {words: "een kaartje met naam, route en wat je meeneemt", effort: 1},
	"smw_belt":        {words: "een telefoontje vooraf", effort: 1},
	"meegaan":         {words: "iemand die de eerste keer meegaat", effort: 2},
	"zwemles":         {words: "eerst zwemles", effort: 6},
	"beide_ouders":    {words: "een afspraak met allebei thuis", effort: 2},
	"route_samen":     {words: "een keer samen de veilige weg lopen", effort: 2},
}

// kindOf says which barriers are nearly the same question to a family.
func kindOf(barrier string) string {
	switch barrier {
	case "brengen_avond", "brengen_overdag", "niet_alleen":
		return "brengen"
	case "geen_vervoer":
		return "afstand"
	}
	return barrier
}

// meansOf are the means that stand as open tasks on a line, by barrier. Money comes as one: where a fund leaves something to
// pay, the lower price belongs to it.
func meansOf(it *Item) map[string][]means {
	out := map[string][]means{}
	for _, t := range it.Tasks {
		m, ok := remedyWords[t.Remedy]
		if t.Done || t.Effect != Lifts || !ok || barrierByCode()[t.Barrier].Sensitive != "" {
			continue
		}
		m.barrier, m.remedies = t.Barrier, []string{t.Remedy}
		if same := out[t.Barrier]; t.Barrier == "kosten" && len(same) > 0 {
			same[0].remedies = append(same[0].remedies, t.Remedy)
			same[0].words += " en " + m.words
			same[0].effort += m.effort
			continue
		}
		out[t.Barrier] = append(out[t.Barrier], m)
	}
	return out
}

// offers says whether means stand open on a line, exactly so.
func offers(it *Item, m means) bool {
	return offersAny(meansOf(it)[m.barrier], m)
}

// openMeans are all means of all lines, each once, in the order of their ids.
func (w *whatif) openMeans() []means {
	all := map[string]means{}
	for i := range w.base {
		for _, list := range meansOf(&w.base[i]) {
			for _, m := range list {
				if old, ok := all[m.id()]; !ok || m.barrier < old.barrier {
					all[m.id()] = m
				}
			}
		}
	}
	return slices.SortedFunc(maps.Values(all), func(a, b means) int { return cmp.Compare(a.id(), b.id()) })
}

// together makes a lever of one or more means.
func together(parts ...means) lever {
	l := lever{kind: kindOf(parts[0].barrier)}
	var ids, words []string
	for _, m := range parts {
		ids, words = append(ids, m.id()), append(words, m.words)
		l.effort += m.effort
		for _, r := range m.remedies {
			l.assume = append(l.assume, Assumption{Remedy: r})
		}
	}
	l.id, l.what = strings.Join(ids, "+"), "Met "+strings.Join(words, " en ")
	l.counts = func(it *Item) bool {
		return !slices.ContainsFunc(parts, func(m means) bool { return m.here && !offers(it, m) })
	}
	return l
}

// tryMeans pulls every means that stands open, but for the buddy: that one goes by day.
func (w *whatif) tryMeans() error {
	for _, m := range w.openMeans() {
		if m.id() == "buddy" {
			continue
		}
		if _, err := w.try(together(m)); err != nil {
			return err
		}
	}
	return nil
}

// tryBuddies looks for the days on which a buddy would help most: a volunteer comes on a day, not always.
func (w *whatif) tryBuddies() error {
	if !slices.ContainsFunc(w.openMeans(), func(m means) bool { return m.id() == "buddy" }) {
		return nil
	}
	for _, day := range w.daysAsked() {
		days := []string{day}
		l := lever{id: "buddy:" + day, kind: "brengen", effort: remedyWords["buddy"].effort, days: days, assume: []Assumption{{Remedy: "buddy", Weekdays: days}}}
		l.what = "Met een " + w.mate() + " " + momentText(day, "")
		if _, err := w.try(l); err != nil {
			return err
		}
	}
	return nil
}

// daysAsked are the days that are searched.
func (w *whatif) daysAsked() []string {
	if len(w.options.Weekdays) > 0 {
		return w.options.Weekdays
	}
	return questionnaire.Days
}

// mate says how a buddy goes along, when every line that asks for one is gone to in the same way.
func (w *whatif) mate() string {
	words := map[geo.Mode]string{geo.Bike: "fietsmaatje", geo.Walk: "loopmaatje"}
	mate := ""
	for i := range w.base {
		it := &w.base[i]
		if !slices.ContainsFunc(it.Tasks, func(t Task) bool { return t.Remedy == "buddy" && !t.Done }) {
			continue
		}
		word := words[it.Travel.Mode]
		if word == "" || it.Travel.Unknown || mate != "" && mate != word {
			return "maatje"
		}
		mate = word
	}
	return cmp.Or(mate, "maatje")
}

// mostPairs is how many pairs of means are tried: those that most lines lack exactly.
const mostPairs = 3

// tryPairs pulls two means at once, for lines where exactly two barriers are open. A pair counts only when it gains more than
// each of its halves alone.
func (w *whatif) tryPairs() error {
	count, pairs := map[string]int{}, map[string][2]means{}
	for i := range w.base {
		if a, b, ok := pairOf(&w.base[i]); ok {
			id := a.id() + "+" + b.id()
			count[id]++
			pairs[id] = [2]means{a, b}
		}
	}
	ids := slices.SortedFunc(maps.Keys(pairs), func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	for _, id := range ids[:min(mostPairs, len(ids))] {
		l := together(pairs[id][0], pairs[id][1])
		l.kind = "paar"
		before := len(w.found)
		gains, err := w.try(l)
		if err != nil {
			return err
		}
		if len(gains) > 0 && slices.ContainsFunc(w.found[:before], func(h Help) bool { return len(h.Gains) >= len(gains) && isHalf(h, pairs[id]) }) {
			w.found = w.found[:before]
		}
	}
	return nil
}

// isHalf says whether a help is one of two means alone; a buddy on one day is a buddy.
func isHalf(h Help, pair [2]means) bool {
	alone, _, _ := strings.Cut(h.ID, ":")
	return alone == pair[0].id() || alone == pair[1].id()
}

// pairOf gives the easiest means for the two barriers of a line, when exactly two stand open and no one means lifts both.
func pairOf(it *Item) (a, b means, ok bool) {
	if len(it.Blockers) != 2 {
		return a, b, false
	}
	byBarrier := meansOf(it)
	first, second := byBarrier[it.Blockers[0].Barrier], byBarrier[it.Blockers[1].Barrier]
	if len(first) == 0 || len(second) == 0 || slices.ContainsFunc(first, func(m means) bool { return offersAny(second, m) }) {
		return a, b, false
	}
	a, b = easiest(first), easiest(second)
	if b.id() < a.id() {
		a, b = b, a
	}
	return a, b, true
}

func offersAny(list []means, m means) bool {
	return slices.ContainsFunc(list, func(o means) bool { return o.id() == m.id() })
}

func easiest(list []means) means {
	return slices.MinFunc(list, func(x, y means) int { return cmp.Or(cmp.Compare(x.effort, y.effort), cmp.Compare(x.id(), y.id())) })
}

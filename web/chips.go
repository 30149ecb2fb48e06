package web

import (
	"fmt"
	"slices"

	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// chip says in a word, an icon and a colour how one barrier stands: geregeld, let op, hulp, nog niet (UX A).
type chip struct {
	Kind string // ok, note, help, no
	Icon string
	Word string // "" when the text says it all
	Text string
}

// moneyBarrier is the code of "het kost te veel"; it has the money chip.
const moneyBarrier = "kosten"

// barrierWord is a barrier in a child's words: a thing to arrange, never something wrong with anybody.
var barrierWord = map[string]string{
	"kosten": "geld", "spullen": "kleren en spullen", "brengen_avond": "iemand die je brengt", "brengen_overdag": "iemand die je brengt",
	"niet_alleen": "iemand die meegaat", "afstand": "hoe je er komt", "geen_vervoer": "een fiets of vervoer", "thuis_ritme": "een plan voor de dag",
	"oppas": "oppas thuis", "formulieren": "samen aanmelden", "taal": "de taal", "weg_niet_weten": "de weg erheen", "spannend": "eerst kijken",
	"fysiek_toegankelijk": "of je er goed in kunt", "prikkels_begeleiding": "iemand die op je let", "medisch": "een afspraak met de trainer",
	"zwemdiploma": "eerst zwemles", "twee_huizen": "een afspraak met allebei thuis", "groep_samenstelling": "wie er in de groep zit",
	"vertrouwen_schaamte": "rustig kennismaken", "tijd_bezet": "de tijd", "verkeer_route": "een veilige weg", "vol": "een plek op de wachtlijst",
	"leeftijd": "of je leeftijd past", "aanbod_stopt": "of het doorgaat", "veiligheid_onbekend": "of het er veilig is",
}

func barrierText(code string) string {
	if w, ok := barrierWord[code]; ok {
		return w
	}
	return code
}

// chipsOf gives the chips of an item for the shared screen: travel and money first, then one chip per barrier. Amounts and
// hard blocks are for the smw'er's own screen.
func chipsOf(it matcher.Item, priceSaid bool) []chip {
	out := []chip{travelChip(it.Travel), moneyChip(it, priceSaid)}
	seen := []string{moneyBarrier}
	add := func(barrier string, c chip) {
		if !slices.Contains(seen, barrier) && !slices.Contains(out, c) {
			out = append(out, c)
		}
		seen = append(seen, barrier)
	}
	for _, t := range it.Tasks {
		add(t.Barrier, taskChip(it.Tasks, t))
	}
	for _, b := range it.Blockers {
		if !b.Hard {
			add(b.Barrier, chip{"note", "help-circle", "let op", barrierText(b.Barrier) + " (vragen we na)"})
		}
	}
	return out
}

func travelChip(t matcher.Travel) chip {
	if t.Unknown {
		return chip{"note", "map-pin", "let op", "hoe ver het is (vragen we na)"}
	}
	text := fmt.Sprintf("%d min %s", t.Minutes, word("mode", string(t.Mode)))
	if t.Estimate {
		text = "ongeveer " + text
	}
	if t.Via != "" {
		text += " via " + t.Via
	}
	icon := map[string]string{"walk": "walk", "bike": "bike", "transit": "bus", "car": "car"}[string(t.Mode)]
	if icon == "" {
		icon = "map-pin"
	}
	return chip{"ok", icon, "", text}
}

// moneyChip says what stands between the child and the price. Green is only what is sure: free, approved, arranged or within
// what the family can pay. A fund that still has to say yes is help, never "gratis" (DOMAIN 4.3).
func moneyChip(it matcher.Item, priceSaid bool) chip {
	c := it.Cost
	expected := schemeCents(c, regeling.Expected)
	switch {
	case !priceSaid:
		return chip{"note", "help-circle", "let op", "wat het kost (vragen we na)"}
	case c.GrossCents == 0:
		return chip{"ok", "check", "", "gratis"}
	case c.NetCents+expected == 0:
		return chip{"ok", "check", "", "gratis, het fonds betaalt"}
	case arranged(it.Tasks, moneyBarrier):
		return chip{"ok", "circle-check", "geregeld", barrierText(moneyBarrier)}
	case !open(it, moneyBarrier):
		return chip{"ok", "coin", "", "betaalbaar"}
	case c.NetCents == 0:
		return chip{"help", "coin", "hulp", "fonds aanvragen, dan waarschijnlijk gratis"}
	case expected > 0:
		return chip{"help", "coin", "hulp", "fonds aanvragen, dan waarschijnlijk goedkoper"}
	case c.MaybeCents < c.NetCents:
		return chip{"help", "coin", "hulp", "misschien helpt een fonds, dat zoeken wij uit"}
	}
	return chip{"help", "coin", "hulp", "geld, dat zoeken wij uit"}
}

// schemeCents is what schemes of one certainty cover together.
func schemeCents(c matcher.Cost, certainty regeling.Certainty) int {
	sum := 0
	for _, s := range c.Schemes {
		if s.Certainty == certainty {
			sum += s.Cents
		}
	}
	return sum
}

// arranged says whether something that lifts a barrier is done.
func arranged(tasks []matcher.Task, barrier string) bool {
	return slices.ContainsFunc(tasks, func(t matcher.Task) bool { return t.Barrier == barrier && t.Done })
}

// open says whether a barrier still stands in the way or is not known.
func open(it matcher.Item, barrier string) bool {
	return slices.ContainsFunc(it.Tasks, func(t matcher.Task) bool { return t.Barrier == barrier && !t.Done }) ||
		slices.ContainsFunc(it.Blockers, func(b matcher.Blocker) bool { return b.Barrier == barrier })
}

// taskChip sums up the remedies of one barrier: arranged when one that lifts it is done.
func taskChip(all []matcher.Task, first matcher.Task) chip {
	what := barrierText(first.Barrier)
	unknown := true
	for _, t := range all {
		if t.Barrier != first.Barrier {
			continue
		}
		if t.Done {
			return chip{"ok", "circle-check", "geregeld", what}
		}
		unknown = unknown && t.Effect == matcher.LiftsUnknown
	}
	switch {
	case first.Barrier == "vol":
		return chip{"no", "clock", "nog niet", what}
	case unknown:
		return chip{"note", "help-circle", "let op", what + " (vragen we na)"}
	}
	return chip{"help", "heart-handshake", "hulp", what}
}

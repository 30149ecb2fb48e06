package web

import (
	"fmt"
	"slices"

	"wijknetwerk/matcher"
)

// chip says in a word, an icon and a colour how one barrier stands: geregeld, let op, hulp, nog niet (UX A).
type chip struct {
	Kind string // ok, note, help, no
	Icon string
	Word string // "" when the text says it all
	Text string
}

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
func chipsOf(it matcher.Item) []chip {
	out := []chip{travelChip(it.Travel), moneyChip(it.Cost)}
	seen := []string{"kosten"}
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
		return chip{"note", "map-pin", "let op", "we vragen waar het is"}
	}
	text := fmt.Sprintf("%d min %s", t.Minutes, word("mode", string(t.Mode)))
	if t.Estimate {
		text = "ongeveer " + text
	}
	icon := map[string]string{"walk": "walk", "bike": "bike", "transit": "bus", "car": "car"}[string(t.Mode)]
	if icon == "" {
		icon = "map-pin"
	}
	return chip{"ok", icon, "", text}
}

func moneyChip(c matcher.Cost) chip {
	switch {
	case c.GrossCents == 0:
		return chip{"ok", "check", "", "gratis"}
	case c.NetCents == 0:
		return chip{"ok", "check", "", "gratis via een fonds"}
	}
	return chip{"help", "coin", "hulp", "geld, dat zoeken wij uit"}
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

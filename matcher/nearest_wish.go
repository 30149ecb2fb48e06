package matcher

import (
	"encoding/json"
	"slices"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// wishes are what somebody would have to want before an activity is proposed at all, the least first. Nobody is talked into
// anything: these are for who looks up why something is not on the list.
func (x *Nearest) wishes() []change {
	child := func(quiet bool) func(kindinkaart.Need) kindinkaart.Need {
		return func(n kindinkaart.Need) kindinkaart.Need { return wanting(n, quiet) }
	}
	all := []change{
		{key: "wens:kind", wish: "het kind dit zelf wil", need: child(false)},
		{key: "wens:vraag", wish: "het kind of het gezin er zelf naar vraagt", need: child(true)},
		{key: "wens:ouder", wish: "een ouder hier zelf aan mee wil doen", need: parentWanting},
		{key: "wens:weer", wish: "het kind dit zelf weer wil", only: true, need: func(n kindinkaart.Need) kindinkaart.Need { return wanting(withoutNo(n), true) }},
	}
	if len(x.w.options.Weekdays) > 0 {
		all = append([]change{{key: "wens:dagen", wish: "jullie ook naar andere dagen kijken", anyDay: true}}, all...)
	}
	return all
}

// wanting is a child that says itself to want every kind of activity; quiet ones, which are never suggested, only when asked.
func wanting(n kindinkaart.Need, quiet bool) kindinkaart.Need {
	tags := questionnaire.FactsOf(n.Variant, n.Answers, n.Parent, n.Consents).OwnWords
	tags = slices.Clone(tags)
	for _, leaf := range questionnaire.Taxonomy().Tags {
		if (quiet || leaf.AutoSuggest) && leaf.Audience != "parent" && !slices.Contains(tags, leaf.ID) {
			tags = append(tags, leaf.ID)
		}
	}
	return setAnswer(n, false, "W3", tags)
}

// withoutNo is a child that takes back what it said no to.
func withoutNo(n kindinkaart.Need) kindinkaart.Need {
	n.Answers = cloneWithout(n.Answers, "W4")
	var grid map[string]string
	if json.Unmarshal(n.Answers["W1"], &grid) != nil {
		return n
	}
	for id, liked := range grid {
		if liked == "niet" {
			delete(grid, id)
		}
	}
	return setAnswer(n, false, "W1", grid)
}

func cloneWithout(answers questionnaire.Answers, id string) questionnaire.Answers {
	out := questionnaire.Answers{}
	for k, v := range answers {
		if k != id {
			out[k] = v
		}
	}
	return out
}

// parentWanting is a parent that wants to take part itself in everything P11 asks about.
func parentWanting(n kindinkaart.Need) kindinkaart.Need {
	item, _ := questionnaire.Default().Item("P11")
	var all []string
	for _, o := range item.OptionsFor(questionnaire.VariantP) {
		if !o.DontKnow && !o.Exclusive && (item.Max == 0 || len(all) < item.Max) {
			all = append(all, o.ID)
		}
	}
	return setAnswer(n, true, "P11", all)
}

package web

import (
	"encoding/json"
	"strings"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// dontKnowWords is how "weet ik niet" stands among the answers.
const dontKnowWords = "Weet ik niet"

// answerWords says an answer in words, for looking over: the options in the order of choosing.
func answerWords(a kindinkaart.Afname, it questionnaire.Item) []string {
	raw := a.Answers[it.ID]
	if raw == nil {
		return nil
	}
	var list []string
	switch it.Type {
	case "grid3":
		return gridWords(a, it)
	case "daypart_grid":
		return dayWords(raw)
	case "open_short":
		return wishWords(a)
	case "single_plus":
		return plusWords(a.Variant, it, plusOf(raw))
	case "multi", "multi_from", "rank":
		list = listOf(raw)
	default:
		var one string
		if json.Unmarshal(raw, &one) != nil {
			one = strings.TrimSpace(string(raw))
		}
		list = []string{one}
	}
	var out []string
	for _, id := range list {
		out = append(out, optionLabel(a.Variant, it.Options, id))
	}
	if len(out) == 0 {
		out = []string{dontKnowWords}
		if it.Type == "multi_from" {
			out = []string{"Niets"}
		}
	}
	return out
}

func optionLabel(v questionnaire.Variant, options []questionnaire.Option, id string) string {
	for _, o := range options {
		if o.ID == id && o.DontKnow {
			return dontKnowWords
		}
		if o.ID == id {
			return o.TextFor(v)
		}
	}
	for _, o := range otherLanguages {
		if o.Value == id {
			return o.Label
		}
	}
	return id
}

func gridWords(a kindinkaart.Afname, it questionnaire.Item) []string {
	grid := map[string]string{}
	if json.Unmarshal(a.Answers[it.ID], &grid) != nil {
		return nil
	}
	var out []string
	for _, scale := range it.Scale {
		var labels []string
		for _, o := range it.Options {
			if grid[o.ID] == scale.ID {
				labels = append(labels, lowerFirst(o.TextFor(a.Variant)))
			}
		}
		if len(labels) > 0 {
			out = append(out, scale.Text+": "+strings.Join(labels, ", "))
		}
	}
	return out
}

func dayWords(raw json.RawMessage) []string {
	var days map[string]map[string]string
	if json.Unmarshal(raw, &days) != nil {
		return nil
	}
	var out []string
	for _, d := range questionnaire.Days {
		var parts []string
		for _, part := range []string{"ochtend", "middag", "vooravond", "avond"} {
			if days[d][part] == "kan" {
				parts = append(parts, part)
			}
		}
		if len(parts) > 0 {
			out = append(out, word("weekday", d)+": "+strings.Join(parts, ", "))
		}
	}
	if len(out) == 0 {
		return []string{dontKnowWords}
	}
	return out
}

func wishWords(a kindinkaart.Afname) []string {
	var out []string
	if a.OwnWords != "" {
		out = append(out, "“"+a.OwnWords+"”")
	}
	for _, tag := range listOf(a.Answers["W3"]) {
		out = append(out, questionnaire.Taxonomy().Label(tag))
	}
	if len(out) == 0 {
		return []string{dontKnowWords}
	}
	return out
}

func plusWords(v questionnaire.Variant, it questionnaire.Item, p plus) []string {
	out := []string{optionLabel(v, it.Options, p.ID)}
	if p.Minutes > 0 {
		out = append(out, countWord(p.Minutes, "minuut", "minuten"))
	}
	if p.Followup != "" {
		for _, o := range it.Options {
			if o.ID == p.ID {
				out = append(out, optionLabel(v, o.Followups, p.Followup))
			}
		}
	}
	return out
}

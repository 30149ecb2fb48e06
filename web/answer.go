package web

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
)

// The two ways out that every question has, as the value of the button.
const (
	doSkip     = "overslaan"
	doNotKnow  = "weet_niet"
	answerName = "antwoord" // name of the field of a question
)

// readReply makes the reply of one page from what was tapped.
func (sh *sheet) readReply(r *request, p place) (kindinkaart.Reply, error) {
	it := sh.items[p.n]
	var value any
	var err error
	switch r.typed("doe") {
	case doSkip:
		value = sh.without(it, p)
	case doNotKnow:
		value = sh.unknown(it, p)
	default:
		value, err = sh.chosen(r, it, p)
	}
	rep := kindinkaart.Reply{Item: it.ID}
	if it.Type == "open_short" && (p.part > 1 || r.typed("doe") != doSkip) {
		rep.OwnWords = sh.ownWords(r, p)
	}
	if err != nil || value == nil {
		return rep, err
	}
	rep.Answer, err = json.Marshal(value)
	return rep, err
}

// ownWords are the child's words as typed on the first page, or as they were on the second.
func (sh *sheet) ownWords(r *request, p place) string {
	if p.part > 1 {
		return sh.afname.OwnWords
	}
	if r.typed("doe") == doNotKnow {
		return ""
	}
	return r.typed("woorden")
}

// without is what stays when a page is skipped: of a picture grid the other pages, of a follow-up the choice itself.
func (sh *sheet) without(it questionnaire.Item, p place) any {
	switch {
	case it.Type == "grid3":
		if g := sh.gridWith(it, p, func(string) string { return "" }); len(g) > 0 {
			return g
		}
	case p.part > 1 && it.Type == "single_plus":
		return plus{ID: plusOf(sh.afname.Answers[it.ID]).ID}
	case p.part > 1 && it.Type == "language":
		return otherLanguage
	case p.part > 1 && it.Type == "open_short":
		return []string{}
	}
	return nil
}

// unknown is "weet ik niet" in the shape of the question. It is an answer (DOMAIN 3.2, missing answers).
func (sh *sheet) unknown(it questionnaire.Item, p place) any {
	switch it.Type {
	case "grid3":
		return sh.gridWith(it, p, func(string) string { return doNotKnow })
	case "daypart_grid":
		return sh.allDayparts(it, doNotKnow)
	case "open_short", "rank", "multi_from":
		return []string{}
	case "language":
		return nil
	}
	id := dontKnow(it)
	switch {
	case it.Type == "single_plus" && p.part > 1:
		return plus{ID: plusOf(sh.afname.Answers[it.ID]).ID}
	case id == "":
		return nil
	case it.Type == "single_plus":
		return plus{ID: id}
	case it.Type == "multi":
		return []string{id}
	}
	return id
}

// gridWith gives the answers of the whole picture grid with those of this page replaced; "" takes one away.
func (sh *sheet) gridWith(it questionnaire.Item, p place, value func(id string) string) map[string]string {
	grid := map[string]string{}
	_ = json.Unmarshal(sh.afname.Answers[it.ID], &grid) // validated when it was saved; empty otherwise
	grid = maps.Clone(grid)
	for _, o := range sh.onPage(it, p) {
		delete(grid, o.ID)
		if v := value(o.ID); v != "" {
			grid[o.ID] = v
		}
	}
	return grid
}

// onPage are the pictures of one page of a grid.
func (sh *sheet) onPage(it questionnaire.Item, p place) []questionnaire.Option {
	all, size := sh.shuffled(it), sh.gridSize()
	from := min((p.part-1)*size, len(all))
	return all[from:min(from+size, len(all))]
}

func (sh *sheet) allDayparts(it questionnaire.Item, value string) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, d := range it.Grid.Days {
		out[d] = map[string]string{}
		for _, part := range it.Grid.Parts {
			if asksCell(d, part) {
				out[d][part.ID] = value
			}
		}
	}
	return out
}

// asksCell says whether a part of a day is asked: children are at school on weekday mornings.
func asksCell(day string, part questionnaire.Part) bool {
	return !strings.Contains(part.Label, "alleen za/zo") || day == "za" || day == "zo"
}

// chosen reads what was tapped. Nothing tapped is a question back, never a guess.
func (sh *sheet) chosen(r *request, it questionnaire.Item, p place) (any, error) {
	switch it.Type {
	case "grid3":
		grid := sh.gridWith(it, p, func(id string) string { return r.typed("p-" + id) })
		if !slices.ContainsFunc(sh.onPage(it, p), func(o questionnaire.Option) bool { return grid[o.ID] != "" }) {
			return nil, sh.nothing("Kies bij een plaatje wat je vindt.")
		}
		return grid, nil
	case "daypart_grid":
		return sh.chosenDayparts(r, it)
	case "multi", "multi_from":
		return sh.chosenMany(r, it)
	case "rank":
		return sh.ranked(r, it), nil
	case "open_short":
		return sh.chosenWords(r, p)
	}
	if p.part > 1 {
		return sh.chosenMore(r, it)
	}
	id := r.typed(answerName)
	if id == "" {
		return nil, sh.nothing("Kies wat bij jou past.")
	}
	if it.Type == "single_plus" {
		if old := plusOf(sh.afname.Answers[it.ID]); old.ID == id {
			return old, nil
		}
		return plus{ID: id}, nil
	}
	return id, nil
}

// nothing asks for a choice in the voice of who answers.
func (sh *sheet) nothing(what string) error {
	if sh.afname.Variant == questionnaire.VariantP {
		what = "Kies een antwoord."
	}
	return errs.InvalidFields("Er is nog niets gekozen.", errs.Field{Name: answerName, Message: what + " Of druk op Weet ik niet of Overslaan."})
}

func (sh *sheet) chosenMany(r *request, it questionnaire.Item) (any, error) {
	list := slices.Clone(r.form.values[answerName])
	if len(list) == 0 && it.Type == "multi" {
		return nil, sh.nothing("Kies wat bij jou past.")
	}
	if it.Max > 0 && len(list) > it.Max {
		return nil, errs.InvalidFields("Dat zijn er te veel.", errs.Field{Name: answerName, Message: "Kies er hoogstens " + numberWord(it.Max) + ". Haal er een paar weg."})
	}
	for _, o := range it.Options {
		if o.Exclusive && len(list) > 1 && slices.Contains(list, o.ID) {
			return nil, errs.InvalidFields("Dit past niet samen.", errs.Field{Name: answerName, Message: "Kies “" + o.TextFor(sh.afname.Variant) + "” alleen, of kies juist de andere."})
		}
	}
	if list == nil {
		list = []string{}
	}
	return list, nil
}

// ranked adds one picture to the top three or takes one away: every tap is saved, nothing has to be dragged.
func (sh *sheet) ranked(r *request, it questionnaire.Item) []string {
	top := listOf(sh.afname.Answers[it.ID])
	if id := r.typed("weg"); id != "" {
		return slices.DeleteFunc(top, func(t string) bool { return t == id })
	}
	if id := r.typed("kies"); id != "" && !slices.Contains(top, id) && (it.Max == 0 || len(top) < it.Max) {
		top = append(top, id)
	}
	return top
}

func listOf(raw json.RawMessage) []string {
	list := []string{}
	if json.Unmarshal(raw, &list) != nil {
		return []string{}
	}
	return list
}

// chosenWords keeps the words literally on the first page and the confirmed kinds of activity on the second (DOMAIN 3.2).
func (sh *sheet) chosenWords(r *request, p place) (any, error) {
	if p.part > 1 {
		return append([]string{}, r.form.values[answerName]...), nil
	}
	words := r.typed("woorden")
	switch n := utf8.RuneCountInString(words); {
	case n == 0:
		return nil, errs.InvalidFields("Er staat nog niets.", errs.Field{Name: "woorden", Message: "Schrijf iets op. Of druk op Weet ik niet of Overslaan."})
	case n > maxWords:
		return nil, errs.InvalidFields("Dit is te lang.", errs.Field{Name: "woorden", Message: "Gebruik hoogstens 200 letters. Maak het iets korter."})
	}
	if words == sh.afname.OwnWords {
		return listOf(sh.afname.Answers["W3"]), nil
	}
	return []string{}, nil
}

// maxWords is the most characters of a wish (DOMAIN 3.1, open_short).
const maxWords = 200

// chosenMore reads a second page: how long, which club, why stopped, which language.
func (sh *sheet) chosenMore(r *request, it questionnaire.Item) (any, error) {
	if it.Type == "language" {
		if code := r.typed(answerName); code != "" {
			return code, nil
		}
		return nil, sh.nothing("Kies een taal.")
	}
	answer := plusOf(sh.afname.Answers[it.ID])
	if len(it.Minutes) > 0 {
		answer.Minutes = r.number(answerName)
		if !slices.Contains(it.Minutes, answer.Minutes) {
			return nil, sh.nothing("Kies hoe lang het mag duren.")
		}
		return answer, nil
	}
	if answer.Followup = r.typed(answerName); answer.Followup == "" {
		return nil, sh.nothing("Kies of schrijf een antwoord.")
	}
	if utf8.RuneCountInString(answer.Followup) > 100 {
		return nil, errs.InvalidFields("Dit is te lang.", errs.Field{Name: answerName, Message: "Gebruik hoogstens 100 letters."})
	}
	return answer, nil
}

func (sh *sheet) chosenDayparts(r *request, it questionnaire.Item) (any, error) {
	rest := r.typed("rest")
	if rest != "kan_niet" && rest != doNotKnow {
		rest = ""
	}
	out, any := sh.allDayparts(it, rest), false
	for d, parts := range out {
		for part := range parts {
			if r.typed("d-"+d+"-"+part) != "" {
				parts[part], any = "kan", true
			}
		}
	}
	if !any && rest == "" {
		return nil, sh.nothing("Tik op de vakjes die kunnen.")
	}
	if rest == "" {
		return nil, errs.InvalidFields("Nog één ding.", errs.Field{Name: "rest", Message: "Kies wat de andere vakjes zijn: kan niet, of nog niet zeker."})
	}
	return out, nil
}

// numberWord writes 2 and 3 as words.
func numberWord(n int) string {
	if n >= 0 && n <= 10 {
		return []string{"nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"}[n]
	}
	return countWord(n, "", "")
}

package web

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart/questionnaire"
)

// questionPage is one question on a page. The question is the heading and the label (UX, GOV.UK).
type questionPage struct {
	ID, Type, Text, Hint string
	Lang                 string // of the question; what is not translated stays Dutch in <bdi>
	RTL, Unreviewed      bool
	Tiles                []tile
	Rows                 []gridRow
	Scale                []tile
	Grid                 *dayGrid
	Top                  []rankPlace
	Words                string
	Tags                 []tile
	Select               []option
	Free                 bool // a short text may be typed
	One                  bool // one answer: radios
	Big                  bool // few tiles
	Skip, DontKnow       string
	Chose                string // what button was used before: overslaan or weet_niet
	Action, Back, Leave  string
	Version              int
	Langs                []langLink
	Trail                trail
	Adult                bool
	Animal               string
	Part, Parts          int
}

// tile is one answer to tap: a picture and a word.
type tile struct {
	Value, Label, Kind, Picto string
	Lang                      string // of the label
	On                        bool
}

// gridRow is one picture of a grid, with the names of its four answers.
type gridRow struct{ ID, Name, Label, Picto, Chosen string }

// dayGrid is the week as a table.
type dayGrid struct {
	Parts []questionnaire.Part
	Days  []dayRow
	Rest  []option
}

type dayRow struct {
	Label, Short string
	Cells        []dayCell
}

type dayCell struct {
	Name, Label string
	Asked       bool
}

// rankPlace is a step of the podium: filled, next, or empty.
type rankPlace struct {
	N    int
	Tile tile
	Next bool
}

type langLink struct {
	Href, Lang, Label string
	Here              bool
}

// languageNames are the languages of the questions in their own words.
var languageNames = map[string]string{"nl": "Nederlands", "en": "English", "tr": "Türkçe", "ar": "العربية", "pl": "Polski", "pap": "Papiamentu"}

func (sh *sheet) adult() bool { return sh.afname.Variant == questionnaire.VariantP }

// langs are the ways to read the same page in another language.
func (sh *sheet) langs(page string, part int) []langLink {
	var out []langLink
	for _, l := range questionnaire.Languages {
		out = append(out, langLink{Href: sh.at(page, part, l, sh.review), Lang: l, Label: languageNames[l], Here: l == sh.lang})
	}
	return out
}

// title is "Vraag 3 van 14" with the question: never a name.
func (p questionPage) title() string {
	return fmt.Sprintf("Vraag %d van %d: %s", p.Trail.N, p.Trail.Of, p.Text)
}

// questionPage makes the page of a place.
func (sh *sheet) questionPage(r *request, at place) questionPage {
	it := sh.items[at.n]
	p := questionPage{ID: it.ID, Type: it.Type, Version: sh.afname.Version, Action: sh.here(at), Back: sh.back(at), Leave: sh.leave,
		Langs: sh.langs(it.ID, at.part), Trail: newTrail(at.n+1, len(sh.items)), Adult: sh.adult(), Animal: sh.animal, Part: at.part, Parts: sh.parts(it)}
	var reviewed, common bool
	p.Text, reviewed = it.TextFor(sh.afname.Variant, sh.lang)
	p.Skip, common = questionnaire.Default().CommonAnswer(doSkip, sh.lang)
	p.DontKnow, _ = questionnaire.Default().CommonAnswer(doNotKnow, sh.lang)
	p.Lang, p.RTL, p.Unreviewed = "nl", sh.lang == "ar", sh.lang != "nl" && (!reviewed || !common)
	if !reviewed {
		p.Lang = sh.lang
	}
	p.Chose = sh.usedButton(it)
	sh.addAnswers(r, &p, it, at)
	p.Big = len(p.Tiles) > 0 && len(p.Tiles) <= 4
	return p
}

// addAnswers fills what can be tapped, by type of question.
func (sh *sheet) addAnswers(r *request, p *questionPage, it questionnaire.Item, at place) {
	switch it.Type {
	case "grid3":
		sh.addGrid(r, p, it, at)
	case "rank":
		sh.addRank(p, it)
	case "daypart_grid":
		p.Grid = dayGridOf(it)
	case "open_short":
		sh.addWords(p, it, at)
	case "multi", "multi_from":
		p.Tiles = sh.tiles(it, sh.shuffled(it))
		p.Hint = "Meer kiezen mag."
		if it.Max > 0 {
			p.Hint = "Kies er hoogstens " + numberWord(it.Max) + "."
		}
		if strings.Contains(p.Text, fmt.Sprint(it.Max)) && it.Max > 0 {
			p.Hint = "" // the question says it
		}
		if it.Type == "multi_from" {
			p.Hint = strings.TrimSpace(p.Hint + " Alles goed? Druk dan op Verder.")
		}
	default:
		p.One = true
		if at.part > 1 {
			sh.addMore(p, it)
			return
		}
		p.Tiles = sh.tiles(it, it.OptionsFor(sh.afname.Variant))
		if it.Type == "smiley5" {
			addFaces(p.Tiles)
		}
	}
}

// tiles makes the tiles of options; "weet ik niet" is a button of its own on every question.
func (sh *sheet) tiles(it questionnaire.Item, options []questionnaire.Option) []tile {
	var out []tile
	for _, o := range options {
		if o.DontKnow {
			continue
		}
		out = append(out, sh.tile(o))
	}
	return out
}

func (sh *sheet) tile(o questionnaire.Option) tile {
	text, reviewed := questionnaire.Default().OptionText(o, sh.afname.Variant, sh.lang)
	t := tile{Value: o.ID, Label: text, Kind: "hint", Picto: o.Pictogram, Lang: "nl"}
	if !reviewed {
		t.Lang = sh.lang
	}
	return t
}

var faces = map[string]string{"1": "huilend gezicht", "2": "sip gezicht", "3": "neutraal gezicht", "4": "blij gezicht", "5": "stralend gezicht"}

func addFaces(tiles []tile) {
	for i := range tiles {
		tiles[i].Picto = faces[tiles[i].Value]
	}
}

func (sh *sheet) addGrid(r *request, p *questionPage, it questionnaire.Item, at place) {
	for _, o := range sh.onPage(it, at) {
		p.Rows = append(p.Rows, gridRow{ID: o.ID, Name: "p-" + o.ID, Label: o.TextFor(sh.afname.Variant), Picto: o.Pictogram, Chosen: r.typed("p-" + o.ID)})
	}
	for _, o := range it.Scale {
		t := sh.tile(o)
		if common, reviewed := questionnaire.Default().CommonAnswer(o.ID, sh.lang); common != "" && !reviewed {
			t.Label, t.Lang = common, sh.lang
		}
		t.Picto = map[string]string{"leuk": "stralend gezicht", "beetje": "blij gezicht", "niet": "sip gezicht", doNotKnow: "vraagteken"}[o.ID]
		p.Scale = append(p.Scale, t)
	}
}

// addRank shows the podium and what can still be chosen: what was called leuk, then also a bit, and everything that was not
// refused when nothing was liked.
func (sh *sheet) addRank(p *questionPage, it questionnaire.Item) {
	top := listOf(sh.afname.Answers[it.ID])
	byID := map[string]questionnaire.Option{}
	for _, o := range it.Options {
		byID[o.ID] = o
	}
	for i := range max(it.Max, 1) {
		place := rankPlace{N: i + 1, Next: i == len(top)}
		if i < len(top) {
			place.Tile = sh.tile(byID[top[i]])
		}
		p.Top = append(p.Top, place)
	}
	if len(top) >= max(it.Max, 1) {
		return
	}
	for _, o := range sh.likedFirst(it) {
		if !slices.Contains(top, o.ID) {
			p.Tiles = append(p.Tiles, sh.tile(o))
		}
	}
}

func (sh *sheet) likedFirst(it questionnaire.Item) []questionnaire.Option {
	grid := map[string]string{}
	_ = json.Unmarshal(sh.afname.Answers["W1"], &grid) // validated when it was saved; empty when skipped
	keep := func(wanted ...string) (out []questionnaire.Option) {
		for _, o := range sh.shuffled(it) {
			if slices.Contains(wanted, grid[o.ID]) {
				out = append(out, o)
			}
		}
		return out
	}
	if liked := keep("leuk"); len(liked) >= 3 {
		return liked
	}
	if liked := append(keep("leuk"), keep("beetje")...); len(liked) > 0 {
		return liked
	}
	return keep("", doNotKnow)
}

// dayGridOf is the week with the parts of the day from morning to evening, as a child lives it.
func dayGridOf(it questionnaire.Item) *dayGrid {
	g := &dayGrid{Rest: []option{{Value: "kan_niet", Label: "Die kan ik niet"}, {Value: doNotKnow, Label: "Dat weet ik nog niet"}}}
	parts := slices.Clone(it.Grid.Parts)
	slices.SortStableFunc(parts, func(a, b questionnaire.Part) int {
		return slices.Index(questionnaire.Dayparts[:], a.ID) - slices.Index(questionnaire.Dayparts[:], b.ID)
	})
	for _, part := range parts {
		label, _, _ := strings.Cut(part.Label, " (alleen")
		g.Parts = append(g.Parts, questionnaire.Part{ID: part.ID, Label: label})
	}
	for _, d := range it.Grid.Days {
		row := dayRow{Label: word("weekday", d), Short: d}
		for i, part := range parts {
			row.Cells = append(row.Cells, dayCell{Name: "d-" + d + "-" + part.ID, Label: row.Label + " " + g.Parts[i].Label, Asked: asksCell(d, part)})
		}
		g.Days = append(g.Days, row)
	}
	return g
}

func (sh *sheet) addWords(p *questionPage, it questionnaire.Item, at place) {
	p.Words = sh.afname.OwnWords
	if at.part == 1 {
		p.Hint = "Schrijf precies wat jij wilt. Spelling maakt niet uit."
		return
	}
	for _, m := range proposals(sh.afname.OwnWords) {
		p.Tiles = append(p.Tiles, tile{Value: m.Tag, Label: questionnaire.Taxonomy().Label(m.Tag), Kind: "tag", Picto: m.Tag, Lang: "nl"})
	}
	p.Text, p.Lang, p.Hint = "Bedoel je dit?", "nl", "Tik aan wat klopt. Klopt niets? Druk op Verder."
}

// minutesWords says how long a way is, as people do.
var minutesWords = map[int]string{10: "10 minuten", 15: "15 minuten", 20: "20 minuten", 30: "30 minuten: een half uur", 45: "45 minuten: drie kwartier"}

// whyPictures are the pictures of why somebody stopped; the questionnaire has none for them.
var whyPictures = map[string]string{"niet_leuk": "sip gezicht", "geld": "munt", "brengen": "auto", "ver": "kaart", "kinderen": "groepje",
	"verhuisd": "twee huizen", "gestopt": "streep"}

// addMore fills the second page of a question with a follow-up.
func (sh *sheet) addMore(p *questionPage, it questionnaire.Item) {
	p.Lang = "nl"
	if it.Type == "language" {
		p.Text, p.Select = "Welke taal is dat?", otherLanguages
		return
	}
	chosen := plusOf(sh.afname.Answers[it.ID]).ID
	if len(it.Minutes) > 0 {
		p.Text = "Hoe lang mag het duren?"
		if p.Adult {
			p.Text = "Hoe lang mag één kant op duren?"
		}
		for _, m := range it.Minutes {
			p.Tiles = append(p.Tiles, tile{Value: fmt.Sprint(m), Label: minutesWords[m], Kind: "other", Picto: "klok", Lang: "nl"})
		}
		return
	}
	for _, o := range it.Options {
		if o.ID != chosen {
			continue
		}
		p.Text, p.Free = "Welke club of les is dat?", len(o.Followups) == 0
		if !p.Free {
			p.Text = "Waarom ben je gestopt?"
			if p.Adult {
				p.Text = "Waarom is uw kind gestopt?"
			}
		}
		p.Tiles = sh.tiles(it, o.Followups)
		for i := range p.Tiles {
			p.Tiles[i].Picto = whyPictures[p.Tiles[i].Value]
		}
	}
}

// otherLanguages are languages that are spoken in Dutch cities, besides the six of the questions.
var otherLanguages = []option{{Value: "am", Label: "Amhaars"}, {Value: "ber", Label: "Berbers (Tamazight)"}, {Value: "bg", Label: "Bulgaars"}, {Value: "zh", Label: "Chinees"},
	{Value: "prs", Label: "Dari"}, {Value: "de", Label: "Duits"}, {Value: "fa", Label: "Farsi (Perzisch)"}, {Value: "fr", Label: "Frans"}, {Value: "el", Label: "Grieks"},
	{Value: "hi", Label: "Hindi"}, {Value: "hu", Label: "Hongaars"}, {Value: "it", Label: "Italiaans"}, {Value: "kea", Label: "Kaapverdisch"}, {Value: "ku", Label: "Koerdisch"},
	{Value: "uk", Label: "Oekraïens"}, {Value: "ps", Label: "Pasjtoe"}, {Value: "pt", Label: "Portugees"}, {Value: "ro", Label: "Roemeens"}, {Value: "ru", Label: "Russisch"},
	{Value: "srn", Label: "Sranantongo"}, {Value: "so", Label: "Somalisch"}, {Value: "es", Label: "Spaans"}, {Value: "ti", Label: "Tigrinya"}, {Value: "ur", Label: "Urdu"}}

// usedButton says which of the two buttons was used for a question before.
func (sh *sheet) usedButton(it questionnaire.Item) string {
	raw := sh.afname.Answers[it.ID]
	if raw == nil {
		if slices.Contains(sh.afname.Seen, it.ID) {
			return doSkip
		}
		return ""
	}
	if it.Type == "grid3" {
		return ""
	}
	if words := answerWords(sh.afname, it); len(words) == 1 && words[0] == dontKnowWords {
		return doNotKnow
	}
	return ""
}

// fill puts the stored answer in the form.
func (sh *sheet) fill(r *request, at place) {
	it := sh.items[at.n]
	raw := sh.afname.Answers[it.ID]
	var one string
	switch it.Type {
	case "grid3":
		for id, v := range sh.gridWith(it, place{at.n, sh.parts(it) + 1}, nil) {
			r.form.set("p-"+id, v)
		}
	case "daypart_grid":
		sh.fillDays(r, raw)
	case "multi", "multi_from", "open_short":
		r.form.set(answerName, listOf(raw)...)
		r.form.set("woorden", sh.afname.OwnWords)
		if it.Type == "open_short" && at.part == 2 && len(listOf(raw)) == 0 {
			r.form.values[answerName] = nil
		}
	case "single_plus":
		sh.fillPlus(r, plusOf(raw), at.part, len(it.Minutes) > 0)
	default:
		if json.Unmarshal(raw, &one) != nil {
			one = strings.TrimSpace(string(raw))
		}
		r.form.set(answerName, one)
	}
}

func (sh *sheet) fillPlus(r *request, answer plus, part int, minutes bool) {
	switch {
	case part == 1:
		r.form.set(answerName, answer.ID)
	case minutes:
		r.form.set(answerName, fmt.Sprint(answer.Minutes))
	default:
		r.form.set(answerName, answer.Followup)
	}
}

func (sh *sheet) fillDays(r *request, raw json.RawMessage) {
	var days map[string]map[string]string
	if json.Unmarshal(raw, &days) != nil {
		return
	}
	for d, parts := range days {
		for part, v := range parts {
			if v == "kan" {
				r.form.set("d-"+d+"-"+part, "kan")
			} else {
				r.form.set("rest", v)
			}
		}
	}
}

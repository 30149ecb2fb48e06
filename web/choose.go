package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/matcher"
)

func (s *Server) chooseRoutes() []route {
	return []route{
		{"GET", "/kinderen/:id/kiezen", staff, s.chooseTogether},
		{"POST", "/kinderen/:id/kiezen", staff, s.chooseByWords},
		{"GET", "/kinderen/:id/alles", staff, s.chooseAll},
		{"GET", "/kinderen/:id/kiezen/:activity", staff, s.showChoice},
		{"POST", "/kinderen/:id/kiezen/:activity", staff, s.choose},
		{"POST", "/kinderen/:id/kiezen/:activity/gevonden", staff, s.showFound},
	}
}

// cardsPerPage is how many cards a child sees at once (UX A); mostOffered is how many one can leaf through.
const (
	cardsPerPage = 5
	mostOffered  = 60
	cardsAround  = 12 // of a child of whom little is known: one of each group, on one page
)

// card is one activity as the child sees it.
type card struct {
	N        int
	Item     matcher.Item
	Activity catalog.Activity
	Partner  catalog.Partner
	Slot     catalog.Slot
	Tag      string
	Chips    []chip
	Alone    []string // what to look at together before a child goes alone, when it may
	Saved    bool
	SaveHref string
	TryHref  string
	Found    bool // by words: its buttons send the form with the words
}

// choosePage is screen A, Samen kiezen: for child and smw'er together.
type choosePage struct {
	Child    kindinkaart.Child
	Cards    []card
	Map      *mapView
	How      []option
	Days     []option
	Thin     bool
	Helps    []helpLine
	Page     int
	Earlier  string
	More     string
	Saved    []card
	SavedIDs []string
	Words    *foundWords
	NoIndex  bool // words cannot be looked for now
}

// howModes are the ways to travel of the filter.
var howModes = []option{{Value: "", Label: "Alles"}, {Value: "walk", Label: "Lopen"}, {Value: "bike", Label: "Fietsen"}}

var dayOptions = []option{{Value: "ma", Label: "ma"}, {Value: "di", Label: "di"}, {Value: "wo", Label: "wo"}, {Value: "do", Label: "do"},
	{Value: "vr", Label: "vr"}, {Value: "za", Label: "za"}, {Value: "zo", Label: "zo"}}

// searchOptions reads the filters of the address, or of a form that has words; unknown values are left out.
func searchOptions(r *request, forChild bool) matcher.Options {
	o := matcher.Options{ForChild: forChild, Search: r.typed("zoek")}
	if how := cmp.Or(r.query("hoe"), r.typed("hoe")); hasOption(howModes, how) {
		o.Mode = geo.Mode(how)
	}
	for _, d := range slices.Concat(r.queries("dag"), r.form.values["dag"]) {
		if hasOption(dayOptions, d) && !slices.Contains(o.Weekdays, d) {
			o.Weekdays = append(o.Weekdays, d)
		}
	}
	r.form.set("hoe", string(o.Mode))
	r.form.set("dag", o.Weekdays...)
	return o
}

func (s *Server) chooseTogether(r *request) (reply, error) {
	p, err := s.choosePage(r, searchOptions(r, true))
	if err != nil {
		return reply{}, err
	}
	return page("kiezen", "Samen kiezen", p), nil
}

func (s *Server) choosePage(r *request, o matcher.Options) (choosePage, error) {
	f, err := s.Kind.Child(r.ctx, r.who, r.param("id"))
	if err != nil {
		return choosePage{}, err
	}
	o.Limit = mostOffered
	result, helps, err := s.Matcher.MatchHelped(r.ctx, r.who, f.Child.ID, o)
	if err != nil {
		return choosePage{}, err
	}
	items := forChildren(result.Items)
	size := cardsPerPage
	if result.Thin {
		size = cardsAround
	}
	p := choosePage{Child: f.Child, How: howModes, Days: dayOptions, Thin: result.Thin, Page: pageNumber(r, len(items), size),
		SavedIDs: savedIDs(r)}
	from := (p.Page - 1) * size
	shown := items[from:min(from+size, len(items))]
	if p.Cards, err = s.cards(r, shown, from); err != nil {
		return p, err
	}
	if p.Saved, err = s.savedCards(r, f.Child.ID, o, items, p.SavedIDs); err != nil {
		return p, err
	}
	if p.Helps, err = s.helpLines(r, f.Child.ID, helps); err != nil {
		return p, err
	}
	for i, c := range p.Cards {
		if advice, _, ok := s.aloneAdvice(f, result.Base, c, r.today()); ok && c.Item.Travel.Alone {
			p.Cards[i].Alone = advice.InTheWay()
		}
	}
	p.fillLinks(o)
	p.fillPages(f.Child.ID, o, from+size < len(items))
	p.fillWords(o, from+size < len(items))
	p.Map = s.mapOf(f, result.Base, p.Cards)
	return p, nil
}

// fillLinks gives each card its two buttons: try it, with what was on the screen, and keep it for later.
func (p *choosePage) fillLinks(o matcher.Options) {
	seen := filterValues(o)
	for _, c := range p.Cards {
		seen.Add("zag", c.Activity.ID)
	}
	for i := range p.Cards {
		p.Cards[i].TryHref = choiceHref(p.Child.ID, p.Cards[i].Activity.ID) + "?" + seen.Encode()
		p.Cards[i].Saved = slices.Contains(p.SavedIDs, p.Cards[i].Activity.ID)
		p.Cards[i].SaveHref = chooseHref(p.Child.ID, o, p.Page, toggle(p.SavedIDs, p.Cards[i].Activity.ID)) + "#k" + strconv.Itoa(p.Cards[i].N)
	}
}

func (p *choosePage) fillPages(child string, o matcher.Options, more bool) {
	if p.Page > 1 {
		p.Earlier = chooseHref(child, o, p.Page-1, p.SavedIDs)
	}
	if more {
		p.More = chooseHref(child, o, p.Page+1, p.SavedIDs)
	}
}

// forChildren leaves out what a child must not see: hard blocks and undeclared safety. The matcher does so too; two locks.
func forChildren(items []matcher.Item) []matcher.Item {
	var out []matcher.Item
	for _, it := range items {
		hard := slices.ContainsFunc(it.Blockers, func(b matcher.Blocker) bool { return b.Hard && it.Group == matcher.KanNuNiet })
		if it.Group != matcher.KanNuNiet && !it.SMWOnly && !hard {
			out = append(out, it)
		}
	}
	return out
}

func pageNumber(r *request, total, size int) int {
	n, err := strconv.Atoi(cmp.Or(r.typed("naar"), r.typed("p"), r.query("p")))
	if err != nil || n < 1 || (n-1)*size >= max(total, 1) {
		return 1
	}
	return n
}

// cards loads the activities of items, numbered from first on.
func (s *Server) cards(r *request, items []matcher.Item, first int) ([]card, error) {
	out := make([]card, 0, len(items))
	for i, it := range items {
		a, partner, err := s.Catalog.Activity(r.ctx, r.who.Tenant, it.Activity)
		if errs.KindOf(err) == errs.NotFound {
			continue // withdrawn while the board was read
		}
		if err != nil {
			return nil, err
		}
		out = append(out, card{N: first + i + 1, Item: it, Activity: a, Partner: partner, Slot: slotOf(a, it.Slot), Tag: tagOf(a, it), Chips: chipsOf(it, a.CostsSaid())})
	}
	return out, nil
}

func slotOf(a catalog.Activity, id string) catalog.Slot {
	for _, s := range a.Slots {
		if s.ID == id {
			return s
		}
	}
	return catalog.Slot{}
}

// tagOf is the tag whose picture stands on the card: the one that fits best, else the first.
func tagOf(a catalog.Activity, it matcher.Item) string {
	if it.Interest.Tag != "" {
		return it.Interest.Tag
	}
	if len(a.Tags) > 0 {
		return a.Tags[0]
	}
	return ""
}

// longestID is longer than any id of an activity.
const longestID = 64

// savedIDs are the activities that the child kept. Which of them it may see is for savedCards: what was kept while looking for
// words stays kept without them.
func savedIDs(r *request) []string {
	var out []string
	for _, id := range slices.Concat(r.queries("hart"), r.form.values["hart"]) {
		if id != "" && len(id) <= longestID && !slices.Contains(out, id) && len(out) < cardsPerPage {
			out = append(out, id)
		}
	}
	if id := r.typed("bewaar"); id != "" && len(id) <= longestID {
		out = toggle(out, id)
	}
	return out[:min(len(out), cardsPerPage)]
}

// savedCards are the kept activities that are in a list; with words also those of the list without them.
func (s *Server) savedCards(r *request, child string, o matcher.Options, items []matcher.Item, ids []string) ([]card, error) {
	liked := among(items, ids)
	found := len(liked)
	if o.Search != "" && found < len(ids) {
		o.Search = ""
		result, err := s.Matcher.Match(r.ctx, r.who, child, o)
		if err != nil {
			return nil, err
		}
		rest := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return len(among(liked, []string{id})) > 0 })
		liked = append(liked, among(forChildren(result.Items), rest)...)
	} else if o.Search == "" {
		found = 0
	}
	out, err := s.cards(r, liked, 0)
	for i := range out {
		out[i].Found = len(among(liked[:found], []string{out[i].Activity.ID})) > 0
	}
	return out, err
}

// among are the items of some activities.
func among(items []matcher.Item, ids []string) (out []matcher.Item) {
	for _, it := range items {
		if slices.Contains(ids, it.Activity) {
			out = append(out, it)
		}
	}
	return out
}

func toggle(ids []string, id string) []string {
	if i := slices.Index(ids, id); i >= 0 {
		return slices.Delete(slices.Clone(ids), i, i+1)
	}
	return append(slices.Clone(ids), id)
}

// filterValues are the filters as they stand in an address.
func filterValues(o matcher.Options) url.Values {
	v := url.Values{"dag": o.Weekdays}
	if o.Mode != "" {
		v.Set("hoe", string(o.Mode))
	}
	return v
}

func chooseHref(child string, o matcher.Options, pageNo int, saved []string) string {
	v := filterValues(o)
	v["hart"] = saved
	if pageNo > 1 {
		v.Set("p", strconv.Itoa(pageNo))
	}
	if q := v.Encode(); q != "" {
		return "/kinderen/" + url.PathEscape(child) + "/kiezen?" + q
	}
	return "/kinderen/" + url.PathEscape(child) + "/kiezen"
}

// mapOf draws the cards around the school; without a school around the home, rounded as it is stored. base is where the ways
// of the cards begin.
func (s *Server) mapOf(f kindinkaart.ChildFile, base geo.Point, cards []card) *mapView {
	middle, name := f.School.Point, "school"
	if middle == (geo.Point{}) {
		middle, name = f.Child.Point, "jouw buurt"
	}
	var places []mapPlace
	for _, c := range cards {
		if at, ok := c.Slot.Location.Point(); ok {
			places = append(places, mapPlace{At: at, N: c.N, Label: c.Activity.Title, Href: "#k" + strconv.Itoa(c.N), Via: c.Item.Travel.Via, Mode: c.Item.Travel.Mode})
		}
	}
	return ground{s.Areas, s.Crossings, s.Ways}.draw(mapFrom{Middle: middle, Name: name, Base: base, Age: f.Age}, places)
}

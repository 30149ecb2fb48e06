package matcher

import (
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
)

// Nearest looks for what stands nearest to possible: for an activity that cannot be done now, or that is not proposed, the
// smallest change that would make it possible. Every change is judged by the same rules with it made; each is made once,
// however many activities ask for it. It is not safe for use by several at once.
type Nearest struct {
	w      whatif
	about  []string                    // the activities that are asked about and have no answer yet
	judged map[string]map[string]*Item // their lines by activity, by what was changed
	thin   bool
}

// NewNearest prepares for one need, with the options of the search whose lines are explained.
func NewNearest(n kindinkaart.Need, b *Board, locate Locate, o Options) *Nearest {
	w := whatif{need: n, board: b, locate: locate, options: o}
	w.options.ForChild, w.options.Limit = false, 0
	if o.Search != "" {
		w.need.Search = o.Search
	}
	return &Nearest{w: w}
}

// Nearer is the smallest change that makes one activity possible. The zero value says that there is none.
type Nearer struct {
	Text      string   // "Kan als de reis 9 minuten langer mag duren."
	ByPartner []string // barriers that only the partner can take away, for example vol
	made      change
}

// Apply gives need and options as they would be; what the partner must do is not in it.
func (x Nearer) Apply(n kindinkaart.Need, o Options) (kindinkaart.Need, Options) {
	if x.made.need != nil {
		n = x.made.need(n)
	}
	if x.made.anyDay {
		o.Weekdays = nil
	}
	return n, o
}

// Fill puts the nearest change beside the lines of a result that cannot be done now, and beside what is not proposed.
func (x *Nearest) Fill(items []Item, rows []NotProposed) error {
	x.ask(nil)
	for i := range items {
		if items[i].Group == KanNuNiet {
			x.about = append(x.about, items[i].Activity)
		}
	}
	for i := range rows {
		x.about = append(x.about, rows[i].Activity)
	}
	for i := range items {
		if items[i].Group != KanNuNiet {
			continue
		}
		near, err := x.Of(items[i].Activity)
		if err != nil {
			return err
		}
		items[i].Nearest = near.Text
	}
	for i := range rows {
		near, err := x.Of(rows[i].Activity)
		if err != nil {
			return err
		}
		rows[i].Nearest = near.Text
	}
	return nil
}

// Of gives the nearest change of one activity; none for what is possible already, for a profile too thin to rank by, and
// where nothing that a family, a partner or time can change makes it possible.
func (x *Nearest) Of(activity string) (Nearer, error) {
	at := slices.Index(x.about, activity)
	if at < 0 {
		x.ask([]string{activity})
		at = 0
	}
	near, err := x.of(activity)
	x.about = slices.Delete(x.about, at, at+1)
	return near, err
}

func (x *Nearest) of(activity string) (Nearer, error) {
	lines, err := x.rank(change{})
	if err != nil || x.thin {
		return Nearer{}, err
	}
	if it := lines[activity]; it != nil {
		if it.Group != KanNuNiet {
			return Nearer{}, nil
		}
		return x.listed(it)
	}
	for _, wish := range x.wishes() {
		lines, err := x.rank(wish)
		if err != nil {
			return Nearer{}, err
		}
		if it := lines[activity]; it != nil {
			return x.fewest(wish, it, Nearer{})
		}
	}
	return Nearer{}, nil
}

// ask forgets what was judged and begins with other activities.
func (x *Nearest) ask(about []string) {
	x.about, x.judged = about, map[string]map[string]*Item{}
}

// rank gives the lines that are asked about with a change made.
func (x *Nearest) rank(c change) (map[string]*Item, error) {
	if lines, done := x.judged[c.key]; done {
		return lines, nil
	}
	l := lever{change: c.need, anyDay: c.anyDay}
	if c.day != "" {
		l.days = []string{c.day}
	}
	lines := map[string]*Item{}
	thin, err := x.w.judged(l, x.concerned(c), func(wk *walker, h *hit) {
		it := wk.line(h, 0)
		lines[it.Activity] = &it
	})
	if err != nil {
		return nil, err
	}
	if c.key == "" {
		x.thin = thin
	}
	x.judged[c.key] = lines
	return lines, nil
}

// concerned are the activities to judge with a change made: with a wish those that are not on the list, else those that are.
func (x *Nearest) concerned(c change) []string {
	listed, base := x.judged[""]
	if !base {
		return x.about
	}
	return slices.DeleteFunc(slices.Clone(x.about), func(id string) bool { return (listed[id] == nil) != (c.wish != "") })
}

// listed looks on from a line of the list. The best time of an activity may need two changes where another day needs one, so
// then the days are looked at one by one.
func (x *Nearest) listed(it *Item) (Nearer, error) {
	best, err := x.fewest(change{}, it, Nearer{})
	if err != nil || best.size() == 1 || best.made.from.IsValid() {
		return best, err
	}
	for _, day := range x.w.daysAsked() {
		on := change{}.on(day)
		lines, err := x.rank(on)
		if err != nil {
			return best, err
		}
		there := lines[it.Activity]
		if there == nil || there.Slot == it.Slot {
			continue
		}
		if best, err = x.fewest(on, there, best); err != nil || best.size() == 1 {
			return best, err
		}
	}
	return best, nil
}

// mostConditions is how many things may be needed at once to call something near.
const mostConditions = 3

// fewest looks first until the child is old enough, then for the fewest other changes that leave nothing but what the
// partner can do. It gives best when it finds nothing smaller.
func (x *Nearest) fewest(made change, it *Item, best Nearer) (Nearer, error) {
	made, it, err := x.oldEnough(made, it)
	if err != nil || it == nil {
		return best, err
	}
	for _, c := range x.combined(made, it) {
		lines, err := x.rank(c)
		if err != nil {
			return best, err
		}
		left, ok := leftToPartner(lines[it.Activity])
		found := Nearer{ByPartner: left, made: c}
		if !ok || found.size() > mostConditions || best.Text != "" && found.size() >= best.size() {
			continue
		}
		best = found
		best.Text = best.sentence()
	}
	return best, nil
}

// size is how many things must change.
func (x Nearer) size() int {
	return len(x.ByPartner) + len(x.made.words) + btoi(x.made.wish != "") + btoi(x.made.from.IsValid())
}

// leftToPartner gives the barriers of a line that only the partner can take away; ok is false when another one is left.
func leftToPartner(it *Item) (codes []string, ok bool) {
	if it == nil {
		return nil, false
	}
	codes = inTheWay(it)
	return codes, !slices.ContainsFunc(codes, func(code string) bool { return partnerWords[code] == "" })
}

// inTheWay are the barriers for which a line cannot be done now: hard, and nothing on the line lifts them (DOMAIN 5, rules).
func inTheWay(it *Item) []string {
	if it.Group != KanNuNiet {
		return nil
	}
	var codes []string
	for _, b := range it.Blockers {
		lifted := slices.ContainsFunc(it.Tasks, func(t Task) bool {
			return t.Effect == Lifts && (t.Barrier == b.Barrier || b.Barrier == "afstand" && t.Barrier == "geen_vervoer")
		})
		if b.Hard && !lifted {
			codes = append(codes, b.Barrier)
		}
	}
	return codes
}

// oldEnough moves the day of the search to the first on which the age of the child fits. it is nil when there is none within
// three years: who is too old now does not grow younger.
func (x *Nearest) oldEnough(made change, it *Item) (change, *Item, error) {
	if !slices.Contains(inTheWay(it), "leeftijd") {
		return made, it, nil
	}
	for _, day := range x.birthdays() {
		c := made.and(onDay(day))
		lines, err := x.rank(c)
		if err != nil {
			return c, nil, err
		}
		then := lines[it.Activity]
		if then != nil && !slices.ContainsFunc(then.Blockers, func(b Blocker) bool { return b.Barrier == "leeftijd" }) {
			return c, then, nil
		}
	}
	return made, nil, nil
}

// yearsAhead is how far one looks for the day on which a child is old enough.
const yearsAhead = 3

// birthdays are the coming days on which the age of the child changes for an activity: its birthday, 1 March and 1 January
// (DOMAIN 4.1), in order.
func (x *Nearest) birthdays() []civil.Date {
	born, on := x.w.need.Born, x.w.need.On
	if !born.Known() {
		return nil
	}
	var days []civil.Date
	for year := on.Year; year <= on.Year+yearsAhead; year++ {
		for _, d := range []civil.Date{{Year: year, Month: 1, Day: 1}, {Year: year, Month: 3, Day: 1}, birthdayIn(born, year)} {
			if d.After(on) {
				days = append(days, d)
			}
		}
	}
	slices.SortFunc(days, func(a, b civil.Date) int { return a.DaysSince(b) })
	return slices.Compact(days)
}

// birthdayIn is the birthday in a year; of 29 February it is 1 March in other years, as Born.Age counts.
func birthdayIn(b kindinkaart.Born, year int) civil.Date {
	d := civil.Date{Year: year, Month: b.Month, Day: max(b.Day, 1)}
	if !d.IsValid() {
		return civil.Date{Year: year, Month: 3, Day: 1}
	}
	return d
}

package exchange

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// rows gives the rows of a table one by one with their number as a spreadsheet shows it; io.EOF ends them. The cells are
// only good until the next call.
type rows interface {
	next() (cells []string, row int, err error)
}

// headerWithin is in how many rows the headings must stand.
const headerWithin = 20

// errNoHeader says that no row of a table holds the headings.
var errNoHeader = errs.New(errs.Invalid, "De rij met kolomnamen ontbreekt. Verwacht in een van de eerste 20 rijen minstens de kolom titel en nog een kolom. Zet boven de lijst bijvoorbeeld: titel, aanbieder, domein, leeftijd, dag, begin, eind, locatie, postcode en kosten.")

// header says which column of the table stands where; -1 is a column we do not know.
func header(cells []string) (at []int, known int) {
	at = make([]int, len(cells))
	place := map[int]int{}
	for i, c := range cells {
		at[i] = -1
		col, ok := columnIndex(c)
		if !ok {
			continue
		}
		if first, twice := place[col]; twice {
			if plainHeading(c) != plainHeading(columns[col].name) {
				continue
			}
			at[first] = -1
		}
		at[i], place[col] = col, i
	}
	if _, ok := place[byName["titel"]]; !ok {
		return nil, 0
	}
	return at, len(place)
}

// group is what the rows of one activity or one partner say together.
type group struct {
	id    string // in the source; "" until it is made
	row   int    // the first row
	cells []string
	rows  []int // where each cell stood
	slots []slotRow
	owner *group // partner of an activity
	wrong []catalog.Refused
}

type slotRow struct {
	row   int
	cells []string
}

func newGroup(row int) *group {
	return &group{row: row, cells: make([]string, len(columns)), rows: make([]int, len(columns))}
}

// take notes a cell; another row may fill what was empty but not say something else.
func (g *group) take(col, row int, cell string) {
	switch old := g.cells[col]; {
	case cell == "" || cell == old:
	case old == "":
		g.cells[col], g.rows[col] = cell, row
	default:
		g.wrong = append(g.wrong, catalog.Refused{Row: row, Field: columns[col].name,
			Reason: fmt.Sprintf("Hier staat %q, maar in rij %d staat %q voor hetzelfde. Maak ze gelijk.", clip(cell), g.rows[col], clip(old))})
	}
}

// table gathers rows into partners and activities.
type table struct {
	o          Options
	in         catalog.Import
	at         []int // column of each cell
	activities map[string]*group
	partners   map[string]*group // by "id:" and by "n:" with a plain name
	order      []*group
	owners     []*group
	last       *group
	count      int
}

// readTable reads every row of a table.
func readTable(r rows, o Options) (catalog.Import, error) {
	t := &table{o: o, activities: map[string]*group{}, partners: map[string]*group{}}
	if err := t.findHeader(r); err != nil {
		return catalog.Import{}, err
	}
	for {
		cells, row, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return catalog.Import{}, err
		}
		if err := t.row(cells, row); err != nil {
			return catalog.Import{}, err
		}
	}
	t.build()
	return t.in, nil
}

func (t *table) findHeader(r rows) error {
	for range headerWithin {
		cells, _, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if at, known := header(cells); known >= 2 {
			t.at = at
			return nil
		}
	}
	return errNoHeader
}

// row puts the cells of one row where they belong.
func (t *table) row(cells []string, row int) error {
	values := make([]string, len(columns))
	empty := true
	for i, c := range cells {
		if c = strings.TrimSpace(c); c == "" {
			continue
		}
		if empty && isRemark(c) {
			return nil
		}
		c, empty = unshield(c), false
		if i < len(t.at) && t.at[i] >= 0 {
			values[t.at[i]] = c
		}
	}
	if empty {
		return nil
	}
	if t.count++; t.count > MaxRows {
		return errs.New(errs.TooLarge, fmt.Sprintf("Er zijn meer dan %d rijen. Verdeel ze over meer bestanden.", MaxRows))
	}
	t.place(values, row)
	return nil
}

// isRemark says whether a row that begins with this cell is an explanation or an example and no data.
func isRemark(cell string) bool { return cell == "#" || strings.HasPrefix(cell, "# ") }

func (t *table) place(values []string, row int) {
	owner := t.ownerOf(values, row)
	g := t.groupOf(values, row, owner)
	if g == nil {
		return
	}
	t.last = g
	if g.owner == nil {
		g.owner = owner
	}
	slot := slotRow{row: row}
	for col, c := range columns {
		switch {
		case c.level == ofActivity:
			g.take(col, row, values[col])
		case c.level == ofSlot && values[col] != "":
			slot.cells = values
		}
	}
	if slot.cells != nil {
		g.slots = append(g.slots, slot)
	}
}

var (
	colID, colTitle            = byName["id"], byName["titel"]
	colPartner, colPartnerName = byName["aanbiederid"], byName["aanbieder"]
)

// groupOf finds the activity a row is about: by its id, else by title and partner, else it goes on with the row above.
func (t *table) groupOf(values []string, row int, owner *group) *group {
	id, title := values[colID], values[colTitle]
	key := "id:" + id
	switch {
	case id != "":
	case title == "" && owner != nil:
		if !hasLevel(values, ofActivity) && !hasLevel(values, ofSlot) {
			return nil
		}
		return t.nameless(row)
	case title == "" && t.last == nil:
		return t.nameless(row)
	case title == "" || t.continues(title, owner):
		return t.last
	default:
		key = "t:" + plain(title)
		if owner != nil {
			key += "|" + plain(owner.cells[colPartnerName]+owner.cells[colPartner])
		}
	}
	g := t.activities[key]
	if g == nil {
		g = newGroup(row)
		g.id = id
		t.activities[key] = g
		t.order = append(t.order, g)
	}
	return g
}

func (t *table) nameless(row int) *group {
	t.in.Refused = append(t.in.Refused, catalog.Refused{Row: row, Field: "titel", Reason: "De titel ontbreekt. Vul in hoe het aanbod heet."})
	return nil
}

// continues says whether a row without id goes on with the activity above it.
func (t *table) continues(title string, owner *group) bool {
	return t.last != nil && t.last.cells[colTitle] == title && (owner == nil || owner == t.last.owner)
}

func hasLevel(values []string, l level) bool {
	for col, c := range columns {
		if c.level == l && values[col] != "" {
			return true
		}
	}
	return false
}

// ownerOf finds the partner of a row, nil when the row names none.
func (t *table) ownerOf(values []string, row int) *group {
	id, name := values[colPartner], values[colPartnerName]
	if id == "" && name == "" {
		return nil
	}
	g := t.partners["id:"+id]
	if id == "" || g == nil {
		if byName := t.partners["n:"+plain(name)]; name != "" && byName != nil && (id == "" || byName.id == "") {
			g = byName
		}
	}
	if g == nil {
		g = newGroup(row)
		t.owners = append(t.owners, g)
	}
	if id != "" {
		g.id = id
		t.partners["id:"+id] = g
	}
	if key := "n:" + plain(name); name != "" && t.partners[key] == nil {
		t.partners[key] = g
	}
	for col, c := range columns {
		if c.level == ofPartner {
			g.take(col, row, values[col])
		}
	}
	return g
}

// plain keeps letters and digits in lower case, for comparing names.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 128
	}), "-")
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

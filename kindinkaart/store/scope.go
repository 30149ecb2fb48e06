package store

import (
	"strings"

	"wijknetwerk/kindinkaart/access"
)

// where is a condition in SQL with its values. The SQL is put together from constants of this package only.
type where struct {
	sql  []string
	args []any
	tail string // order and limit, "" = none
}

func (w *where) and(sql string, args ...any) {
	w.sql = append(w.sql, sql)
	w.args = append(w.args, args...)
}

func (w *where) text() string { return strings.Join(w.sql, " AND ") }

// reaches says whether a scope reaches anything at all.
func reaches(s access.Scope) bool { return s.Tenant != "" }

// isWhole says whether a scope reaches everything of its tenant.
func isWhole(s access.Scope) bool { return s.Organisation == "" && s.Person == "" && s.Schools == nil }

// childScope limits the table child: the organisation, the owner or cover, the schools.
func childScope(s access.Scope) *where {
	w := &where{}
	w.and("tenant = ?", s.Tenant)
	if s.Organisation != "" {
		w.and("organisation = ?", s.Organisation)
	}
	if s.Person != "" {
		w.and("(owner = ? OR cover = ?)", s.Person, s.Person)
	}
	w.schools("school_id", s)
	return w
}

// klasScope limits the table klas: the organisation, the smw'er or teacher, the schools.
func klasScope(s access.Scope) *where {
	w := &where{}
	w.and("tenant = ?", s.Tenant)
	if s.Organisation != "" {
		w.and("organisation = ?", s.Organisation)
	}
	if s.Person != "" {
		w.and("(owner = ? OR teacher = ?)", s.Person, s.Person)
	}
	w.schools("school_id", s)
	return w
}

// schoolScope limits the table school: schools belong to a tenant, not to an organisation or person.
func schoolScope(s access.Scope) *where {
	w := &where{}
	w.and("tenant = ?", s.Tenant)
	w.schools("id", s)
	return w
}

// schools limits to some schools; an empty list that is not nil reaches none.
func (w *where) schools(column string, s access.Scope) {
	switch {
	case s.Schools == nil:
	case len(s.Schools) == 0:
		w.and("1 = 0")
	default:
		w.and(column+" IN ?", s.Schools)
	}
}

// ownedScope limits what belongs to a child: only of children that are reached.
func ownedScope(s access.Scope) *where {
	w := &where{}
	w.and("tenant = ?", s.Tenant)
	if !isWhole(s) {
		in := childScope(s)
		w.and("child_id IN (SELECT id FROM child WHERE "+in.text()+")", in.args...)
	}
	return w
}

// cardScope limits cards: only of classes that are reached.
func cardScope(s access.Scope) *where {
	w := &where{}
	w.and("tenant = ?", s.Tenant)
	if !isWhole(s) {
		in := klasScope(s)
		w.and("klas_id IN (SELECT id FROM klas WHERE "+in.text()+")", in.args...)
	}
	return w
}

// afnameScope limits afnames: through the child, or through the class while there is no child.
func afnameScope(s access.Scope) *where {
	w := &where{}
	w.and("tenant = ?", s.Tenant)
	if !isWhole(s) {
		child, klas := childScope(s), klasScope(s)
		w.and("(child_id IN (SELECT id FROM child WHERE "+child.text()+") OR (child_id IS NULL AND klas_id IN (SELECT id FROM klas WHERE "+klas.text()+")))",
			append(child.args, klas.args...)...)
	}
	return w
}

// includes says whether somebody with this scope may add a record of an organisation, people and a school.
func includes(s access.Scope, organisation, school string, people ...string) bool {
	if s.Organisation != "" && s.Organisation != organisation {
		return false
	}
	if s.Person != "" && !contains(people, s.Person) {
		return false
	}
	return s.Schools == nil || contains(s.Schools, school)
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

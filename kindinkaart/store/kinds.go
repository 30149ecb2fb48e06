package store

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

var children = kind[kindinkaart.Child]{
	table: "child", heads: true, scope: childScope, before: "created_at",
	query: map[string]string{"child": "id", "school": "school_id", "owner": "owner"},
	ident: func(r *kindinkaart.Child) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(_ *tx, s access.Scope, r *kindinkaart.Child) (owner, error) {
		o := owner{r.Tenant, "child", r.ID}
		if r.Version > 0 { // an existing record may go to another colleague or school, not to another organisation
			s.Person, s.Schools = "", nil
		}
		if !includes(s, r.Organisation, r.School, r.Owner, r.Cover) {
			return o, errMissing
		}
		return o, nil
	},
	columns: func(_ *tx, r *kindinkaart.Child) (map[string]any, error) {
		return map[string]any{"organisation": r.Organisation, "owner": r.Owner, "cover": r.Cover,
			"school_id": orNull(r.School), "created_at": moment(r.CreatedAt)}, nil
	},
}

var klassen = kind[kindinkaart.Klas]{
	table: "klas", heads: true, scope: klasScope, before: "created_at",
	query: map[string]string{"klas": "id", "school": "school_id", "owner": "owner"},
	ident: func(r *kindinkaart.Klas) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(_ *tx, s access.Scope, r *kindinkaart.Klas) (owner, error) {
		o := owner{r.Tenant, "klas", r.ID}
		if r.Version > 0 { // an existing record may go to another colleague or school, not to another organisation
			s.Person, s.Schools = "", nil
		}
		if !includes(s, r.Organisation, r.School, r.Owner, r.Teacher) {
			return o, errMissing
		}
		return o, nil
	},
	columns: func(_ *tx, r *kindinkaart.Klas) (map[string]any, error) {
		return map[string]any{"organisation": r.Organisation, "owner": r.Owner, "teacher": r.Teacher,
			"school_id": orNull(r.School), "created_at": moment(r.CreatedAt)}, nil
	},
}

var schools = kind[kindinkaart.School]{
	table: "school", scope: schoolScope,
	added: func(t *tx, r *kindinkaart.School) error { return t.noteTenant(r.Tenant) },
	query: map[string]string{"school": "id", "brin": "brin"},
	ident: func(r *kindinkaart.School) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(_ *tx, s access.Scope, r *kindinkaart.School) (owner, error) {
		if r.Version == 0 && !includes(access.Scope{Schools: s.Schools}, "", r.ID) {
			return owner{}, errMissing
		}
		return owner{}, nil
	},
	columns: func(_ *tx, r *kindinkaart.School) (map[string]any, error) {
		return map[string]any{"brin": orNull(r.BRIN)}, nil
	},
}

var consents = kind[kindinkaart.Consent]{
	table: "consent", scope: ownedScope, query: map[string]string{"child": "child_id"},
	ident: func(r *kindinkaart.Consent) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(t *tx, s access.Scope, r *kindinkaart.Consent) (owner, error) { return t.ofChild(s, r.Child) },
	columns: func(_ *tx, r *kindinkaart.Consent) (map[string]any, error) {
		return map[string]any{"child_id": r.Child}, nil
	},
}

var afnames = kind[kindinkaart.Afname]{
	table: "afname", scope: afnameScope, before: "started_at", open: "finished = FALSE",
	query: map[string]string{"child": "child_id", "klas": "klas_id"},
	ident: func(r *kindinkaart.Afname) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(t *tx, s access.Scope, r *kindinkaart.Afname) (owner, error) {
		if r.Child != "" {
			return t.ofChild(s, r.Child)
		}
		return t.ofKlas(s, r.Klas)
	},
	columns: func(_ *tx, r *kindinkaart.Afname) (map[string]any, error) {
		return map[string]any{"child_id": orNull(r.Child), "klas_id": orNull(r.Klas),
			"finished": !r.FinishedAt.IsZero(), "started_at": moment(r.StartedAt)}, nil
	},
}

var cards = kind[kindinkaart.Card]{
	added: func(t *tx, r *kindinkaart.Card) error { return t.noteCard(r.Tenant, r.ID, r.Code) },
	table: "card", scope: cardScope, before: "expires_at", open: "state IN ('unused', 'started')",
	query: map[string]string{"klas": "klas_id", "child": "child_id", "code": "code_hash"},
	ident: func(r *kindinkaart.Card) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(t *tx, s access.Scope, r *kindinkaart.Card) (owner, error) {
		o, err := t.ofKlas(s, r.Klas)
		if err == nil && r.Child != "" {
			_, err = t.ofChild(access.Scope{Tenant: s.Tenant}, r.Child)
		}
		return o, err
	},
	columns: func(t *tx, r *kindinkaart.Card) (map[string]any, error) {
		return map[string]any{"klas_id": r.Klas, "child_id": orNull(r.Child), "state": string(r.State),
			"code_hash": t.s.keys.hash("card", r.Tenant, cmp.Or(r.Code, r.ID)), "expires_at": moment(r.ExpiresAt)}, nil
	},
}

var trajecten = kind[kindinkaart.Traject]{
	table: "traject", scope: ownedScope, before: "since", isDay: true,
	query: map[string]string{"traject": "id", "child": "child_id", "school": "school_id", "owner": "owner", "stage": "stage"},
	ident: func(r *kindinkaart.Traject) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(t *tx, s access.Scope, r *kindinkaart.Traject) (owner, error) { return t.ofChild(s, r.Child) },
	columns: func(_ *tx, r *kindinkaart.Traject) (map[string]any, error) {
		return map[string]any{"child_id": r.Child, "organisation": r.Organisation, "owner": r.Owner, "cover": r.Cover,
			"school_id": orNull(r.School), "stage": r.Stage, "since": day(r.Since)}, nil
	},
}

var events = kind[kindinkaart.TrajectEvent]{
	table: "traject_event", scope: ownedScope, query: map[string]string{"child": "child_id", "traject": "traject_id"},
	ident: func(r *kindinkaart.TrajectEvent) (*string, *string, *int) { return &r.Tenant, &r.ID, nil },
	place: func(t *tx, s access.Scope, r *kindinkaart.TrajectEvent) (owner, error) {
		return t.ofTraject(s, r.Traject)
	},
	columns: func(t *tx, r *kindinkaart.TrajectEvent) (map[string]any, error) {
		o, err := t.ofTraject(access.Scope{Tenant: r.Tenant}, r.Traject)
		return map[string]any{"child_id": o.id, "traject_id": r.Traject}, err
	},
}

var tasks = kind[kindinkaart.Task]{
	table: "task", scope: ownedScope, open: "done = FALSE", before: "due", isDay: true,
	query: map[string]string{"child": "child_id", "traject": "traject_id"},
	ident: func(r *kindinkaart.Task) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(t *tx, s access.Scope, r *kindinkaart.Task) (owner, error) { return t.ofTraject(s, r.Traject) },
	columns: func(t *tx, r *kindinkaart.Task) (map[string]any, error) {
		o, err := t.ofTraject(access.Scope{Tenant: r.Tenant}, r.Traject)
		return map[string]any{"child_id": o.id, "traject_id": r.Traject, "due": day(r.Due), "done": isDay(r.DoneOn)}, err
	},
}

var checks = kind[kindinkaart.Check]{
	table: "check", scope: ownedScope, open: "done = FALSE", before: "due", isDay: true,
	query: map[string]string{"child": "child_id", "traject": "traject_id"},
	ident: func(r *kindinkaart.Check) (*string, *string, *int) { return &r.Tenant, &r.ID, &r.Version },
	place: func(t *tx, s access.Scope, r *kindinkaart.Check) (owner, error) { return t.ofTraject(s, r.Traject) },
	columns: func(t *tx, r *kindinkaart.Check) (map[string]any, error) {
		o, err := t.ofTraject(access.Scope{Tenant: r.Tenant}, r.Traject)
		return map[string]any{"child_id": o.id, "traject_id": r.Traject, "due": day(r.Due), "done": isDay(r.On)}, err
	},
}

// ofChild gives the owner of what belongs to a child that the scope reaches.
func (t *tx) ofChild(s access.Scope, id string) (owner, error) {
	ok, err := table[kindinkaart.Child]{t, &children}.has(s, id)
	if err == nil && !ok {
		err = errMissing
	}
	return owner{s.Tenant, "child", id}, err
}

// ofKlas gives the owner of what belongs to a class that the scope reaches.
func (t *tx) ofKlas(s access.Scope, id string) (owner, error) {
	ok, err := table[kindinkaart.Klas]{t, &klassen}.has(s, id)
	if err == nil && !ok {
		err = errMissing
	}
	return owner{s.Tenant, "klas", id}, err
}

// ofTraject gives the child behind a traject that the scope reaches.
func (t *tx) ofTraject(s access.Scope, id string) (owner, error) {
	w := ownedScope(s)
	w.and("id = ?", id)
	var child string
	ok, err := t.one(&child, "SELECT child_id FROM traject WHERE "+w.text(), w.args...)
	if err == nil && !ok {
		err = errMissing
	}
	return owner{s.Tenant, "child", child}, err
}

// orNull keeps an empty reference as NULL, so that foreign keys and unique indexes pass over it.
func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// moment is a time as both engines keep it: UTC, whole microseconds.
func moment(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// day is a date as text that sorts, "" for none.
func day(d civil.Date) string {
	if !isDay(d) {
		return ""
	}
	return d.String()
}

func isDay(d civil.Date) bool { return d != civil.Date{} }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

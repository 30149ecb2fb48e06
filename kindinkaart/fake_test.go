package kindinkaart

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// fake is a Store in memory: scopes, versions and rollback as the real one, one transaction at a time.
type fake struct {
	sync.Mutex
	fakeTx
	failAudit bool
}

// fakeTx is the state and the open transaction at once; Do copies it to go back.
type fakeTx struct {
	children  []Child
	consents  []Consent
	afnames   []Afname
	trajecten []Traject
	events    []TrajectEvent
	tasks     []Task
	checks    []Check
	schools   []School
	klassen   []Klas
	cards     []Card
	audit     []audit.Event
	erased    []string
	places    map[geo.Postcode]geo.Point
	holidays  []traject.Holiday
	broken    bool // the audit cannot be written
}

func (f *fake) Do(_ context.Context, act func(Tx) error) error {
	f.Lock()
	defer f.Unlock()
	tx := f.fakeTx
	for _, grow := range []func(){
		func() { tx.children = slices.Clone(tx.children) }, func() { tx.consents = slices.Clone(tx.consents) },
		func() { tx.afnames = slices.Clone(tx.afnames) }, func() { tx.trajecten = slices.Clone(tx.trajecten) },
		func() { tx.events = slices.Clone(tx.events) }, func() { tx.tasks = slices.Clone(tx.tasks) },
		func() { tx.checks = slices.Clone(tx.checks) }, func() { tx.schools = slices.Clone(tx.schools) },
		func() { tx.klassen = slices.Clone(tx.klassen) }, func() { tx.cards = slices.Clone(tx.cards) },
		func() { tx.audit = slices.Clone(tx.audit) }, func() { tx.erased = slices.Clone(tx.erased) },
	} {
		grow()
	}
	tx.broken = f.failAudit
	if err := act(&tx); err != nil {
		return err
	}
	f.fakeTx = tx
	return nil
}

// rows is one table of the fake.
type rows[T any] struct {
	all     *[]T
	ident   func(*T) (tenant, id string, version *int)
	reaches func(access.Scope, T) bool
	matches func(Query, T) bool
}

func (r rows[T]) find(s access.Scope, id string) int {
	return slices.IndexFunc(*r.all, func(x T) bool {
		tenant, xid, _ := r.ident(&x)
		return s.Tenant != "" && tenant == s.Tenant && xid == id && r.reaches(s, x)
	})
}

func (r rows[T]) Get(s access.Scope, id string) (T, error) {
	if i := r.find(s, id); i >= 0 {
		return (*r.all)[i], nil
	}
	var none T
	return none, errs.New(errs.NotFound, "geen rij")
}

func (r rows[T]) Find(s access.Scope, q Query) (out []T, err error) {
	for _, x := range *r.all {
		tenant, _, _ := r.ident(&x)
		if s.Tenant != "" && tenant == s.Tenant && r.reaches(s, x) && r.matches(q, x) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (r rows[T]) IDs(s access.Scope, q Query) (out []string, err error) {
	all, err := r.Find(s, q)
	for _, x := range all {
		_, id, _ := r.ident(&x)
		out = append(out, id)
	}
	return out, err
}

func (r rows[T]) Put(s access.Scope, x T) (T, error) {
	tenant, id, version := r.ident(&x)
	if tenant == "" || tenant != s.Tenant || id == "" {
		return x, errs.New(errs.NotFound, "buiten bereik")
	}
	i := slices.IndexFunc(*r.all, func(o T) bool { t, oid, _ := r.ident(&o); return t == tenant && oid == id })
	if version == nil || *version == 0 {
		if i >= 0 {
			return x, errs.New(errs.Conflict, "bestaat al")
		}
		if version != nil {
			*version = 1
		}
		*r.all = append(*r.all, x)
		return x, nil
	}
	if i < 0 || !r.reaches(s, (*r.all)[i]) {
		return x, errs.New(errs.NotFound, "geen rij")
	}
	if _, _, stored := r.ident(&(*r.all)[i]); *stored != *version {
		return x, errs.New(errs.Conflict, "net veranderd")
	}
	*version++
	(*r.all)[i] = x
	return x, nil
}

func (r rows[T]) Delete(s access.Scope, id string) error {
	i := r.find(s, id)
	if i < 0 {
		return errs.New(errs.NotFound, "geen rij")
	}
	*r.all = slices.Delete(slices.Clone(*r.all), i, i+1)
	return nil
}

func (f *fakeTx) childReached(s access.Scope, c Child) bool {
	return (s.Organisation == "" || s.Organisation == c.Organisation) && (s.Person == "" || s.Person == c.Owner || s.Person == c.Cover) &&
		(s.Schools == nil || slices.Contains(s.Schools, c.School))
}

func (f *fakeTx) ofChild(s access.Scope, id string) bool {
	whole := s.Organisation == "" && s.Person == "" && s.Schools == nil
	return whole || slices.ContainsFunc(f.children, func(c Child) bool { return c.ID == id && f.childReached(s, c) })
}

func (f *fakeTx) ofTraject(s access.Scope, id string) bool {
	i := slices.IndexFunc(f.trajecten, func(t Traject) bool { return t.ID == id })
	return i >= 0 && f.ofChild(s, f.trajecten[i].Child)
}

func is(asked, have string) bool { return asked == "" || asked == have }

// erasing is the table of children: deleting leaves the id in erased, and an erased id never comes back.
type erasing struct {
	rows[Child]
	f *fakeTx
}

func (e erasing) Delete(s access.Scope, id string) error {
	e.f.erased = append(e.f.erased, s.Tenant+" "+id)
	return e.rows.Delete(s, id)
}

func (e erasing) Put(s access.Scope, c Child) (Child, error) {
	if slices.Contains(e.f.erased, c.Tenant+" "+c.ID) {
		return c, errs.New(errs.Refused, "gewist")
	}
	return e.rows.Put(s, c)
}

func (f *fakeTx) Children() Table[Child] {
	return erasing{rows[Child]{&f.children, func(c *Child) (string, string, *int) { return c.Tenant, c.ID, &c.Version }, f.childReached,
		func(q Query, c Child) bool {
			return is(q.Child, c.ID) && is(q.School, c.School) && is(q.Owner, c.Owner)
		}}, f}
}

func (f *fakeTx) Consents() Table[Consent] {
	return rows[Consent]{&f.consents, func(c *Consent) (string, string, *int) { return c.Tenant, c.ID, &c.Version },
		func(s access.Scope, c Consent) bool { return f.ofChild(s, c.Child) }, func(q Query, c Consent) bool { return is(q.Child, c.Child) }}
}

func (f *fakeTx) Afnames() Table[Afname] {
	return rows[Afname]{&f.afnames, func(a *Afname) (string, string, *int) { return a.Tenant, a.ID, &a.Version },
		func(s access.Scope, a Afname) bool { return f.ofChild(s, a.Child) }, func(q Query, a Afname) bool { return is(q.Child, a.Child) && is(q.Klas, a.Klas) }}
}

func (f *fakeTx) Trajecten() Table[Traject] {
	return rows[Traject]{&f.trajecten, func(t *Traject) (string, string, *int) { return t.Tenant, t.ID, &t.Version },
		func(s access.Scope, t Traject) bool { return f.ofChild(s, t.Child) },
		func(q Query, t Traject) bool {
			return is(q.Child, t.Child) && is(q.Stage, t.Stage) && is(q.Owner, t.Owner)
		}}
}

func (f *fakeTx) Events() Table[TrajectEvent] {
	return rows[TrajectEvent]{&f.events, func(e *TrajectEvent) (string, string, *int) { return e.Tenant, e.ID, nil },
		func(s access.Scope, e TrajectEvent) bool { return f.ofTraject(s, e.Traject) }, func(q Query, e TrajectEvent) bool { return is(q.Traject, e.Traject) }}
}

func (f *fakeTx) Tasks() Table[Task] {
	return rows[Task]{&f.tasks, func(t *Task) (string, string, *int) { return t.Tenant, t.ID, &t.Version },
		func(s access.Scope, t Task) bool { return f.ofTraject(s, t.Traject) },
		func(q Query, t Task) bool { return is(q.Traject, t.Traject) && (!q.Open || t.DoneOn.IsZero()) }}
}

func (f *fakeTx) Checks() Table[Check] {
	return rows[Check]{&f.checks, func(c *Check) (string, string, *int) { return c.Tenant, c.ID, &c.Version },
		func(s access.Scope, c Check) bool { return f.ofTraject(s, c.Traject) },
		func(q Query, c Check) bool { return is(q.Traject, c.Traject) && (!q.Open || c.On.IsZero()) }}
}

func (f *fakeTx) Schools() Table[School] {
	return rows[School]{&f.schools, func(s *School) (string, string, *int) { return s.Tenant, s.ID, &s.Version },
		func(s access.Scope, x School) bool { return s.Schools == nil || slices.Contains(s.Schools, x.ID) },
		func(q Query, x School) bool { return is(q.School, x.ID) && is(q.BRIN, x.BRIN) }}
}

func (f *fakeTx) Klassen() Table[Klas] {
	return rows[Klas]{&f.klassen, func(k *Klas) (string, string, *int) { return k.Tenant, k.ID, &k.Version },
		func(s access.Scope, k Klas) bool {
			return is(s.Organisation, k.Organisation) && (s.Person == "" || s.Person == k.Owner || s.Person == k.Teacher) && (s.Schools == nil || slices.Contains(s.Schools, k.School))
		}, func(q Query, k Klas) bool { return is(q.School, k.School) && is(q.Owner, k.Owner) }}
}

func (f *fakeTx) Cards() Table[Card] {
	return rows[Card]{&f.cards, func(c *Card) (string, string, *int) { return c.Tenant, c.ID, &c.Version },
		func(access.Scope, Card) bool { return true }, func(q Query, c Card) bool { return is(q.Klas, c.Klas) && is(q.Code, c.Code) && is(q.Child, c.Child) }}
}

func (f *fakeTx) Record(e audit.Event) error {
	if f.broken {
		return errs.New(errs.Unavailable, "geen audit")
	}
	f.audit = append(f.audit, e)
	return nil
}

func (f *fakeTx) TenantOfCard(codeOrID string) (string, error) {
	for _, c := range f.cards {
		if c.Code == codeOrID || c.ID == codeOrID {
			return c.Tenant, nil
		}
	}
	return "", errs.New(errs.NotFound, "geen kaart")
}

func (f *fakeTx) Tenants() (out []string, err error) {
	for _, s := range f.schools {
		if !slices.Contains(out, s.Tenant) {
			out = append(out, s.Tenant)
		}
	}
	return out, nil
}

func (f *fakeTx) Erased(tenant, id string) (bool, error) {
	return slices.Contains(f.erased, tenant+" "+id), nil
}

func (f *fakeTx) Locate(p geo.Postcode) (geo.Point, string, error) {
	if point, ok := f.places[p]; ok {
		return point, "GM0599", nil
	}
	return geo.Point{}, "", errs.New(errs.NotFound, "onbekende postcode")
}

func (f *fakeTx) WijkOf(geo.Postcode) (string, error) { return "WK059914", nil }

func (f *fakeTx) Holidays(region string) ([]traject.Holiday, error) {
	return slices.DeleteFunc(slices.Clone(f.holidays), func(h traject.Holiday) bool { return h.Region != region }), nil
}

// desk is a smw'er at work: a service with a clock that can be turned, a school and colleagues.
type desk struct {
	*Service
	t                                       *testing.T
	store                                   *fake
	now                                     time.Time
	sanne, colleague, stranger, juf, leader access.Actor
	elsewhere, club                         access.Actor
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	f := &fake{}
	f.places = map[geo.Postcode]geo.Point{"3072AB": {Lat: 51.89901, Lon: 4.50449}, "3072": {Lat: 51.9001, Lon: 4.5001}, "3081CD": {Lat: 51.8851, Lon: 4.4801}}
	f.holidays = []traject.Holiday{{Name: "kerst", Region: "midden", From: day("2025-12-20"), To: day("2026-01-04")}}
	f.schools = []School{{ID: "school1", Tenant: "t1", BRIN: "17AP00", Name: "De Vlieger", Type: "bo", Point: geo.Point{Lat: 51.9, Lon: 4.5}, Region: "midden", Version: 1},
		{ID: "school2", Tenant: "t1", BRIN: "17AP01", Name: "De Boot", Type: "bo", Region: "midden", Version: 1}}
	d := &desk{t: t, store: f, now: time.Date(2025, 9, 1, 10, 0, 0, 0, time.UTC)}
	n := 0
	d.Service = &Service{Store: f, Clock: func() time.Time { return d.now }, NewID: func() string { n++; return fmt.Sprintf("id-%05d", n) }, MinCell: 5}
	smw := func(id, tenant, organisation string) access.Actor {
		return access.Actor{ID: id, Tenant: tenant, Organisation: organisation, Role: access.SMW}
	}
	d.sanne, d.colleague = smw("sanne", "t1", "org1"), smw("collega", "t1", "org1")
	d.stranger, d.elsewhere = smw("vreemd", "t1", "org2"), smw("sanne", "t2", "org1")
	d.juf = access.Actor{ID: "juf", Tenant: "t1", Role: access.Teacher, Schools: []string{"school1"}}
	d.leader = access.Actor{ID: "lead", Tenant: "t1", Organisation: "org1", Role: access.TeamLead}
	d.club = access.Actor{ID: "club", Tenant: "t1", Role: access.PartnerRole, Partner: "p1"}
	return d
}

func day(s string) civil.Date {
	d, err := civil.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// on turns the clock to noon of a day.
func (d *desk) on(s string) { d.now = day(s).In(geo.Amsterdam).Add(12 * time.Hour) }

// must gives a value or stops the test.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wantKind checks what sort of failure came.
func wantKind(t *testing.T, err error, want errs.Kind) {
	t.Helper()
	if errs.KindOf(err) != want {
		t.Fatalf("got %q (%v), want %q", errs.KindOf(err), err, want)
	}
}

// childOf adds a child born in a month.
func (d *desk) childOf(born string) Child {
	d.t.Helper()
	b, err := ParseBorn(born)
	if err != nil {
		d.t.Fatal(err)
	}
	return must(d.AddChild(d.t.Context(), d.sanne, NewChild{GivenName: "Yusuf", Born: b, School: "school1", Klas: "6A", Postcode: "3072 ab", Source: "school", Reason: "vrije_tijd"}))(d.t)
}

// says stores one answer about one purpose.
func (d *desk) says(c Child, p Purpose, by string, given bool) error {
	capacity := "zelf"
	if by == "ouder" {
		capacity = "gezag"
	}
	_, err := d.GiveConsent(d.t.Context(), d.sanne, Consent{Child: c.ID, Purpose: p, By: by, Capacity: capacity, How: "gesprek", TextVersion: "1", Given: given})
	return err
}

// agreed adds a child of ten whose parent agreed.
func (d *desk) agreed() Child {
	d.t.Helper()
	c := d.childOf("2015-04")
	if err := d.says(c, PurposeProfile, "ouder", true); err != nil {
		d.t.Fatal(err)
	}
	return c
}

// answers fills in and finishes a questionnaire.
func (d *desk) answers(c Child, v string, replies map[string]string) Afname {
	d.t.Helper()
	af := must(d.StartAfname(d.t.Context(), d.sanne, c.ID, variant(v), "smw"))(d.t)
	for id, raw := range replies {
		af = must(d.SaveReply(d.t.Context(), d.sanne, af.ID, af.Version, Reply{Item: id, Answer: []byte(raw)}))(d.t)
	}
	return must(d.FinishAfname(d.t.Context(), d.sanne, af.ID))(d.t)
}

// traject gives the traject of a child as it is stored.
func (d *desk) traject(c Child) Traject {
	d.t.Helper()
	for _, t := range d.store.trajecten {
		if t.Child == c.ID {
			return t
		}
	}
	d.t.Fatal("no traject")
	return Traject{}
}

// move takes a step of today.
func (d *desk) move(c Child, to string, step Step) (Traject, error) {
	t := d.traject(c)
	step.To, step.Version = to, t.Version
	return d.Move(d.t.Context(), d.sanne, t.ID, step)
}

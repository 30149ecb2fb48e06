package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// Import is a batch of partners and activities from one source.
type Import struct {
	Source     string
	Partners   []Partner  // ID is the id in the source
	Activities []Activity // ID and Partner are ids in the source
	Refused    []Refused  // what could not be read
	Complete   bool       // the source is whole: what is not in it any more gets Missing
}

// Refused is a record that was not taken, with the place and what was expected.
type Refused struct {
	Record string `json:"record"` // id or title
	Row    int    `json:"row,omitempty"`
	Field  string `json:"field"`
	Reason string `json:"reason"` // Dutch
}

// Imported counts what an import did.
type Imported struct {
	Source    string    `json:"source"`
	Added     int       `json:"added"`
	Changed   int       `json:"changed"`
	Unchanged int       `json:"unchanged"`
	Missing   int       `json:"missing"`
	Refused   []Refused `json:"refused"`
	Drafts    []Refused `json:"drafts,omitempty"` // taken, but kept as draft: what is missing before families may see it
}

// ImportChunk is how many records one transaction of an import holds at most (RELIABILITY D02).
const ImportChunk = 500

// Import takes in a batch in transactions of at most 500 records; the same batch again changes nothing. progress is
// called with the number done and the total; it may be nil. Only the catalogue admin imports.
//
// A record that is the same at its source as last time is not written, so what people improved here stays until the source
// itself changes. Then the source decides on what an offering is, and people on what they did with it here: an activity that
// was paused or withdrawn stays so, and the last day of confirmation and a declared safety stay. What misses something families need is kept as draft and
// named in Drafts. A source that is Complete marks what it no longer holds as Missing; a record that was refused is still
// in its source and is not marked.
func (s *Service) Import(ctx context.Context, who access.Actor, in Import, dryRun bool, progress func(done, total int)) (Imported, error) {
	out := Imported{Source: in.Source, Refused: slices.Clone(in.Refused)}
	if !isAdmin(who) {
		return out, errs.New(errs.Refused, "Alleen de beheerder van het aanbod mag aanbod inlezen.")
	}
	if in.Source == "" {
		return out, errs.New(errs.Invalid, "Zeg uit welke bron dit komt, bijvoorbeeld de naam van het bestand.")
	}
	partners, activities, err := s.Store.BySource(ctx, who.Tenant, in.Source)
	if err != nil {
		return out, err
	}
	m := &merge{service: s, in: in, out: &out, partners: partners, activities: activities, ids: map[string]string{}, better: map[string][]Better{}}
	m.takePartners()
	m.takeActivities()
	m.markMissing()
	if dryRun {
		return out, nil
	}
	return out, s.applyChunks(ctx, who, m, progress)
}

// applyChunks writes partners first, so that every chunk holds only activities whose partner is there.
func (s *Service) applyChunks(ctx context.Context, who access.Actor, m *merge, progress func(done, total int)) error {
	done, total := 0, len(m.newPartners)+len(m.newActivities)
	for done < total {
		if err := ctx.Err(); err != nil {
			return errs.Wrap(errs.Unavailable, fmt.Sprintf("Het inlezen is gestopt na %d van %d. Lees het bestand opnieuw in: wat al binnen is blijft.", done, total), err)
		}
		edit := m.chunk(done, min(done+ImportChunk, total))
		edit.At = s.Clock()
		n := len(edit.Partners) + len(edit.Activities)
		edit.Events = append(edit.Events, s.event(who, "import", "catalogue", "", fmt.Sprintf("partners=%d activities=%d", len(edit.Partners), len(edit.Activities))))
		if _, err := s.Store.Apply(ctx, who.Tenant, edit); err != nil {
			return err
		}
		if done += n; progress != nil {
			progress(done, total)
		}
	}
	return nil
}

// merge compares a batch with what an earlier import of the same source made.
type merge struct {
	service    *Service
	in         Import
	out        *Imported
	partners   map[string]Partner  // in the store, by id in the source
	activities map[string]Activity // in the store, by id in the source
	ids        map[string]string   // partner id here by partner id in the source

	newPartners   []Partner
	newActivities []Activity
	better        map[string][]Better // by activity id here
}

// chunk gives records from until to, partners before activities.
func (m *merge) chunk(from, to int) Edit {
	p := len(m.newPartners)
	return Edit{
		Partners:   m.newPartners[min(from, p):min(to, p)],
		Activities: m.newActivities[max(from-p, 0):max(to-p, 0)],
		Better:     m.better,
	}
}

func (m *merge) refuse(record string, fields ...errs.Field) {
	for _, f := range fields {
		m.out.Refused = append(m.out.Refused, Refused{Record: record, Field: f.Name, Reason: f.Message})
	}
}

var fieldID = errs.Field{Name: "id", Message: "Het nummer ontbreekt of staat er twee keer. Geef elk aanbod en elke aanbieder een eigen nummer."}

func (m *merge) takePartners() {
	for id, p := range m.partners {
		m.ids[id] = p.ID
	}
	seen := map[string]bool{}
	for _, p := range m.in.Partners {
		p = tidyPartner(p)
		wrong := ValidatePartner(p)
		if p.ID == "" || seen[p.ID] {
			wrong = append(wrong, fieldID)
		}
		if len(wrong) > 0 {
			m.refuse(nameOf(p.ID, p.Name), wrong...)
			continue
		}
		seen[p.ID] = true
		m.takePartner(p)
	}
}

func (m *merge) takePartner(p Partner) {
	old, known := m.partners[p.ID]
	p.Source, p.SourceID, p.SourceHash = m.in.Source, p.ID, ""
	p.ID, p.Version = "", 0
	p.SourceHash = hashOf(p)
	p.ID, p.Version = old.ID, old.Version
	if p.Safety == (Safety{}) {
		p.Safety = old.Safety
	}
	if p.RecognisedByFund == "" {
		p.RecognisedByFund = old.RecognisedByFund
	}
	switch {
	case !known:
		p.ID = m.service.NewID()
		m.out.Added++
	case p.SourceHash == old.SourceHash || samePartnerContent(p, old):
		m.out.Unchanged++
		m.ids[p.SourceID] = p.ID
		return
	default:
		m.out.Changed++
	}
	m.ids[p.SourceID] = p.ID
	m.newPartners = append(m.newPartners, p)
}

func (m *merge) takeActivities() {
	seen := map[string]bool{}
	for _, a := range m.in.Activities {
		a = tidy(a)
		wrong := m.service.Check(a)
		if a.ID == "" || seen[a.ID] {
			wrong = append(wrong, fieldID)
		}
		hash := hashOf(a)
		wrong = append(wrong, m.resolve(&a)...)
		if len(wrong) > 0 {
			m.refuse(nameOf(a.ID, a.Title), wrong...)
			continue
		}
		seen[a.ID] = true
		m.takeActivity(a, hash)
	}
}

// resolve replaces the partner ids of the source by those here.
func (m *merge) resolve(a *Activity) []errs.Field {
	var f findings
	here := func(id string) string {
		if id != "" && m.ids[id] == "" {
			f.add("partner", "De aanbieder %q staat niet bij de aanbieders, of is geweigerd.", clip(id))
		}
		return m.ids[id]
	}
	a.Partner = here(a.Partner)
	for i, id := range a.Partners {
		if i == 0 {
			a.Partners = slices.Clone(a.Partners)
		}
		a.Partners[i] = here(id)
	}
	return f
}

func (m *merge) takeActivity(a Activity, hash string) {
	old, known := m.activities[a.ID]
	a.Source, a.SourceID, a.SourceHash, a.Missing = m.in.Source, a.ID, hash, false
	a.ID, a.Version = old.ID, old.Version
	if a.State == "" {
		a.State = Draft
	}
	m.keepDrafts(&a)
	if !known {
		a.ID = m.service.NewID()
	} else if old.State == Paused || old.State == Withdrawn {
		a.State = old.State
	}
	a.ConfirmedOn = later(a.ConfirmedOn, old.ConfirmedOn)
	nameSlotsAlike(&a)
	switch {
	case !known:
		m.out.Added++
	case !old.Missing && (hash == old.SourceHash || sameContent(a, old)):
		m.out.Unchanged++
		return
	default:
		m.out.Changed++
	}
	m.better[a.ID] = BetterThan(a, old)
	m.newActivities = append(m.newActivities, a)
}

// keepDrafts holds back what families would see incomplete, and says what is missing.
func (m *merge) keepDrafts(a *Activity) {
	if a.State != Published {
		return
	}
	for _, f := range Missing(*a) {
		a.State = Draft
		m.out.Drafts = append(m.out.Drafts, Refused{Record: nameOf(a.SourceID, a.Title), Field: f.Name, Reason: f.Message})
	}
}

// nameSlotsAlike gives slots without an id the same id at every import.
func nameSlotsAlike(a *Activity) {
	for i := range a.Slots {
		if a.Slots[i].ID == "" {
			a.Slots[i].ID = fmt.Sprintf("%s-%d", a.SourceID, i+1)
		}
	}
}

// markMissing marks what a whole source no longer holds. A refused record without a name could be any of them, so then
// nothing is marked.
func (m *merge) markMissing() {
	if !m.in.Complete {
		return
	}
	there := map[string]bool{}
	for _, a := range m.in.Activities {
		there[a.ID] = true
	}
	for _, r := range m.out.Refused {
		if r.Record == "" {
			return
		}
		there[r.Record] = true
	}
	var gone []Activity
	for id, a := range m.activities {
		if !there[id] && !a.Missing && a.State != Withdrawn {
			a.Missing = true
			gone = append(gone, a)
		}
	}
	slices.SortFunc(gone, func(a, b Activity) int { return strings.Compare(a.SourceID, b.SourceID) })
	m.out.Missing = len(gone)
	m.newActivities = append(m.newActivities, gone...)
}

func nameOf(id, name string) string {
	if id != "" {
		return id
	}
	return name
}

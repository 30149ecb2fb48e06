package kindinkaart

import (
	"context"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/traject"
)

// Service does what people ask for, one transaction an act, each with its audit event. Who acts is the argument after ctx.
type Service struct {
	Store   Store
	Clock   func() time.Time // now
	NewID   func() string    // UUIDv7
	MinCell int              // counts under this are hidden outside the case team; at least 5 (DOMAIN 7.6)
}

var errTodo = errs.New(errs.Unavailable, "Dit onderdeel is nog niet klaar.")

// ---- children -------------------------------------------------------------------------------------------------

// NewChild is what a smw'er types to begin.
type NewChild struct {
	GivenName, Surname string
	Born               Born
	School, Klas       string
	Postcode           string // as typed
	SecondHome         string
	SecretAddress      bool
	Language           string
	Source, Reason     string
}

// ChildFile is all that the case team sees of one child.
type ChildFile struct {
	Child    Child
	School   School
	Age      int
	Consents []Consent
	Afnames  []Afname // newest first
	Profile  *questionnaire.Profile
	Traject  *Traject // the current one
	Events   []TrajectEvent
	Tasks    []Task
	Checks   []Check
}

// AddChild begins a record and its traject in stage aangemeld. Children under 4 get errs.Refused with what is possible instead.
func (s *Service) AddChild(ctx context.Context, who access.Actor, n NewChild) (Child, error) {
	return Child{}, errTodo
}

// Child gives the whole file of one child and records who looked.
func (s *Service) Child(ctx context.Context, who access.Actor, id string) (ChildFile, error) {
	return ChildFile{}, errTodo
}

// GiveConsent stores one answer about one purpose: also a refusal.
func (s *Service) GiveConsent(ctx context.Context, who access.Actor, c Consent) (Consent, error) {
	return Consent{}, errTodo
}

// Withdraw ends all permission for a child: at once no data for anyone, stage ingetrokken, personal data erased.
func (s *Service) Withdraw(ctx context.Context, who access.Actor, childID, by string) error {
	return errTodo
}

// ---- questionnaire --------------------------------------------------------------------------------------------

// StartAfname begins or continues the unfinished afname of a child in a variant. Needs the consent "profiel".
func (s *Service) StartAfname(ctx context.Context, who access.Actor, childID string, v questionnaire.Variant, helpedBy string) (Afname, error) {
	return Afname{}, errTodo
}

// Afname gives one afname.
func (s *Service) Afname(ctx context.Context, who access.Actor, id string) (Afname, error) {
	return Afname{}, errTodo
}

// Reply is one answered, skipped or cleared item. A nil Answer with Skipped means the child chose "overslaan".
type Reply struct {
	Item     string
	Answer   []byte // JSON in the shape of the item's type; nil = skipped
	OwnWords string // W3 only
}

// SaveReply stores one reply; version is the Afname version the page was made from (errs.Conflict when older).
func (s *Service) SaveReply(ctx context.Context, who access.Actor, afnameID string, version int, r Reply) (Afname, error) {
	return Afname{}, errTodo
}

// FinishAfname scores the answers and stores the profile with them. Traject goes from profiel to zoeken.
func (s *Service) FinishAfname(ctx context.Context, who access.Actor, afnameID string) (Afname, error) {
	return Afname{}, errTodo
}

// ForMatch gives what matching may know of a child and records the reading. No name, no id.
func (s *Service) ForMatch(ctx context.Context, who access.Actor, childID string) (Need, error) {
	return Need{}, errTodo
}

// ---- traject --------------------------------------------------------------------------------------------------

// CaseloadRow is one line of the caseload.
type CaseloadRow struct {
	Child     Child
	Age       int
	School    School
	Traject   Traject
	NextStep  string     // Dutch, what to do next
	Due       civil.Date // when; zero = no date
	Overdue   bool
	Silent    bool // no event in 14 days
	OpenTasks int
	WaitsFor  string // smw, ouder, kind, aanbieder
}

// CaseloadFilter narrows a caseload.
type CaseloadFilter struct {
	School string
	Due    bool // only what is due today or overdue
	Silent bool
	Ended  bool // also ended trajecten
}

// Caseload lists the trajecten of an actor, what is due first.
func (s *Service) Caseload(ctx context.Context, who access.Actor, f CaseloadFilter) ([]CaseloadRow, error) {
	return nil, errTodo
}

// TrajectFile is all about one traject.
type TrajectFile struct {
	ChildFile
	Next       []traject.Stage // stages that may follow now
	Advice     string          // Dutch: what to do next
	Bestendigd error           // nil when it may be confirmed now, else the reason in Dutch
}

// Traject gives one traject with everything around it.
func (s *Service) Traject(ctx context.Context, who access.Actor, id string) (TrajectFile, error) {
	return TrajectFile{}, errTodo
}

// Step asks to move a traject.
type Step struct {
	To      string
	On      civil.Date // zero = today
	Version int        // of the Traject the page was made from
	Note    string     // stop reason, outcome or destination, from the choice lists
	Date    civil.Date // moment that belongs to the stage: trial lesson, first time, start
}

// Move takes one step. An illegal step gives errs.Refused with a plain sentence and changes nothing.
func (s *Service) Move(ctx context.Context, who access.Actor, trajectID string, step Step) (Traject, error) {
	return Traject{}, errTodo
}

// Choice is what child and smw'er chose together, with the reasons that were on the screen.
type Choice struct {
	Toeleiding   Toeleiding
	Tasks        []Task // from the open barriers: Barrier, Remedy, Effect, Text, Who
	SupportLevel string
}

// Choose stores the choice, the reasons and the tasks in one transaction; the traject goes to keuze.
func (s *Service) Choose(ctx context.Context, who access.Actor, childID string, version int, c Choice) (Traject, error) {
	return Traject{}, errTodo
}

// FinishTask marks a task done, or a lifting remedy as arranged from a day until a day.
func (s *Service) FinishTask(ctx context.Context, who access.Actor, taskID string, version int, from, until civil.Date) (Task, error) {
	return Task{}, errTodo
}

// AnswerCheck stores what a check found. Two missed weeks in a row bring the next check forward to the next working day.
func (s *Service) AnswerCheck(ctx context.Context, who access.Actor, checkID string, version int, answer, fun string, missed int) (Check, error) {
	return Check{}, errTodo
}

// ---- class ----------------------------------------------------------------------------------------------------

// Klassen lists the classes an actor may see.
func (s *Service) Klassen(ctx context.Context, who access.Actor) ([]Klas, error) { return nil, errTodo }

// Schools lists the schools an actor works with.
func (s *Service) Schools(ctx context.Context, who access.Actor) ([]School, error) {
	return nil, errTodo
}

// AddKlas begins a class with a number of cards (1 to 40).
func (s *Service) AddKlas(ctx context.Context, who access.Actor, k Klas, cards int) (Klas, error) {
	return Klas{}, errTodo
}

// KlasFile is what teacher and smw'er see of a class: never which child gave which answer.
type KlasFile struct {
	Klas                  Klas
	School                School
	Cards                 []Card // codes only for who may print them
	Started, Done, Unused int
	Overview              Overview
}

// Klas gives one class.
func (s *Service) Klas(ctx context.Context, who access.Actor, id string) (KlasFile, error) {
	return KlasFile{}, errTodo
}

// SetKlasOpen opens or closes answering for a class.
func (s *Service) SetKlasOpen(ctx context.Context, who access.Actor, id string, version int, open bool) (Klas, error) {
	return Klas{}, errTodo
}

// CardSession is what a child with a card may reach: its own questionnaire only.
type CardSession struct {
	Card   Card
	Afname Afname
}

// OpenCard begins or continues with a code. Unknown, used and expired codes give the same errs.NotFound.
func (s *Service) OpenCard(ctx context.Context, code string) (CardSession, error) {
	return CardSession{}, errTodo
}

// CardSession gives the questionnaire of an opened card by card id.
func (s *Service) CardSession(ctx context.Context, cardID string) (CardSession, error) {
	return CardSession{}, errTodo
}

// SaveCardReply stores one reply of a child with a card.
func (s *Service) SaveCardReply(ctx context.Context, cardID string, version int, r Reply) (Afname, error) {
	return Afname{}, errTodo
}

// FinishCard stores answers and profile in one transaction and spends the code. A second time is refused.
func (s *Service) FinishCard(ctx context.Context, cardID string) error { return errTodo }

// LinkCard makes the answers of a card part of a child's record; needs the consent "profiel".
func (s *Service) LinkCard(ctx context.Context, who access.Actor, cardID, childID string) error {
	return errTodo
}

// ---- overview -------------------------------------------------------------------------------------------------

// Count is a number of children outside the case team; Hidden means fewer than the minimum (and not zero).
type Count struct {
	Label  string
	N      int // 0 when Hidden
	Hidden bool
}

// Overview is what may be said about a group of profiles (DOMAIN 7.6).
type Overview struct {
	Total Count
	First []Count // first choices, with small cells together in one rest row
	Liked []Count // W1 leuk per picture, from the minimum up
}

// Report is the monthly figures of DOMAIN 6 for a team lead, with small cells hidden.
type Report struct {
	From, To                                                       civil.Date
	Sources, Stages, StopReasons, Wijken                           []Count
	Profiles, Choices, Trials, Participating, Sustained, Withdrawn Count
	OpenChecks, OverdueChecks                                      Count
}

// Report counts the trajecten of an organisation in a period.
func (s *Service) Report(ctx context.Context, who access.Actor, from, to civil.Date) (Report, error) {
	return Report{}, errTodo
}

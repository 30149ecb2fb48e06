package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/golang-sql/civil"
	"github.com/google/uuid"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
)

// request is one request of one person: what a handler needs.
type request struct {
	s       *Server
	c       *fiber.Ctx
	ctx     context.Context // with the deadline
	in      bool            // logged in
	who     access.Actor
	account account.Account
	session string   // token of the session, "" without login
	ended   bool     // a session came along that is over
	form    formData // what was sent, empty on GET
}

// begin reads who is asking and what was typed.
func (s *Server) begin(c *fiber.Ctx) (*request, context.CancelFunc, error) {
	// Not the context of the request itself: that one ends for everybody as soon as the program is told to stop.
	ctx, cancel := context.WithTimeout(context.Background(), workTime)
	c.SetUserContext(ctx)
	r := &request{s: s, c: c, ctx: ctx, form: formData{values: url.Values{}}}
	c.Locals(requestKey, r)
	if err := r.resume(); err != nil {
		return r, cancel, err
	}
	if !safeMethod(c.Method()) {
		r.form.values, r.form.sent = postValues(c), true
	}
	return r, cancel, nil
}

func postValues(c *fiber.Ctx) url.Values {
	v := url.Values{}
	c.Context().PostArgs().VisitAll(func(key, value []byte) { v.Add(string(key), string(value)) })
	if form, err := c.MultipartForm(); err == nil {
		for k, vs := range form.Value {
			v[k] = append(v[k], vs...)
		}
	}
	return v
}

// param is a part of the path.
func (r *request) param(name string) string {
	v, err := url.PathUnescape(r.c.Params(name))
	if err != nil {
		return ""
	}
	return v
}

// query is a value after the question mark.
func (r *request) query(name string) string { return strings.TrimSpace(r.c.Query(name)) }

// queries is every value of one name after the question mark.
func (r *request) queries(name string) []string {
	var out []string
	for _, v := range r.c.Context().QueryArgs().PeekMulti(name) {
		out = append(out, string(v))
	}
	return out
}

// typed is one field of the form, without spaces around it.
func (r *request) typed(name string) string { return strings.TrimSpace(r.form.values.Get(name)) }

// number is a whole number of the form; anything else is 0.
func (r *request) number(name string) int {
	n, err := strconv.Atoi(r.typed(name))
	if err != nil {
		return 0
	}
	return n
}

// date is a date of the form: empty gives the zero date, anything unreadable an error that names the field.
func (r *request) date(name string) (civil.Date, error) {
	s := r.typed(name)
	if s == "" {
		return civil.Date{}, nil
	}
	d, err := civil.ParseDate(s)
	if err == nil && (d.Year < 1900 || d.Year > 2200) {
		err = strconv.ErrRange
	}
	if err != nil {
		return civil.Date{}, errs.InvalidFields("Controleer de datum.", errs.Field{Name: name, Message: "Dit is geen datum. Vul een dag in, bijvoorbeeld 24-09-2026."})
	}
	return d, nil
}

// today is the day in the Netherlands.
func (r *request) today() civil.Date { return r.s.today() }

func (s *Server) today() civil.Date { return civil.DateOf(s.now()) }

func (s *Server) now() time.Time { return s.Clock().In(geo.Amsterdam) }

// once refuses a form that was sent before (double click, back button): its key is counted by the account store, which all
// nodes share. The refused form comes back with a new key, so nothing typed is lost.
func (r *request) once() error {
	key := r.typed("sleutel")
	if _, err := uuid.Parse(key); err != nil {
		return errs.New(errs.Invalid, "Dit formulier is niet compleet. Verstuur het nog een keer.")
	}
	err := r.s.Accounts.Allow(r.ctx, "once:"+r.who.ID+":"+key, 1, 24*time.Hour)
	if errs.KindOf(err) == errs.TooMany {
		return errs.New(errs.Conflict, "Dit formulier is al een keer verstuurd. Kijk eerst of het gelukt is. Is het niet gelukt? Verstuur het dan nog een keer.")
	}
	return err
}

// from is the address of the caller: the peer, or what a trusted proxy says.
func (r *request) from() string { return r.s.peer(r.c) }

package web

import (
	"bytes"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// reply is what a handler wants to show: a page, the address to go to, or a file.
type reply struct {
	name, title string
	data        any
	status      int
	to          string
	file        *download
}

// download is a file to keep.
type download struct {
	name, mime string
	body       []byte
}

// page shows a template with a title.
func page(name, title string, data any) reply {
	return reply{name: name, title: title, data: data, status: fiber.StatusOK}
}

// file gives a file to keep under a name.
func file(name, mime string, body []byte) reply {
	return reply{file: &download{name, mime, body}, status: fiber.StatusOK}
}

// see sends the browser to another page of ours with GET.
func see(path string) reply { return reply{to: path, status: fiber.StatusSeeOther} }

// again shows a form once more after an error about its fields: with what was typed, a summary, and a title that says so.
// Other errors go through.
func (r *request) again(name, title string, data any, err error) (reply, error) {
	kind := errs.KindOf(err)
	if kind != errs.Invalid && kind != errs.Refused && kind != errs.Conflict {
		return reply{}, err
	}
	var known *errs.Error
	if !errors.As(err, &known) {
		return reply{}, err
	}
	r.form.message = errs.MessageOf(err)
	r.form.problems = errs.FieldsOf(err)
	return reply{name: name, title: "Fout: " + title, data: data, status: statusOf[kind]}, nil
}

// view is what every template gets.
type view struct {
	Title    string
	Data     any
	Form     formData
	Me       *me
	Key      string // against double sending
	Path     string // of this page, without the query
	Tenant   string
	Theme    bool
	ThemeCls string
	Status   int
	r        *request
}

// CSRF is the token for forms. Asking for it may begin the cookie of this visit, so only pages with a form do.
func (v view) CSRF() string {
	if v.r == nil {
		return ""
	}
	return v.r.token()
}

// me is the person in the menu.
type me struct {
	Name, Role string
	Menu       []link
}

// link is one line of a menu.
type link struct {
	Href, Label, Icon string
	Here              bool
}

// write renders to a buffer first, so that a fault in a template never leaves half a page.
func (p reply) write(r *request) error {
	if p.to != "" {
		return r.c.Redirect(p.to, p.status)
	}
	if p.file != nil {
		r.c.Attachment(p.file.name) // sets a type of its own by the name
		r.c.Set(fiber.HeaderContentType, p.file.mime)
		return r.c.Send(p.file.body)
	}
	var b bytes.Buffer
	if err := r.s.views.render(&b, p.name, r.view(p)); err != nil {
		return err
	}
	r.c.Status(p.status).Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return r.c.Send(b.Bytes())
}

func (r *request) view(p reply) view {
	v := view{Title: p.title, Data: p.data, Form: r.form, Path: r.c.Path(), Tenant: r.s.Tenants,
		Theme: len(r.s.ThemeCSS) > 0, ThemeCls: r.s.ThemeClass, Status: p.status,
		Key: uuid.NewString(), r: r}
	if r.in {
		v.Me = &me{Name: r.account.Name, Role: roleWord[r.who.Role], Menu: r.s.menuOf(r.who.Role, r.c.Path())}
	}
	return v
}

// sections are pages that belong to a line of the menu whose address is another.
var sections = map[string]string{"/kinderen/": "/trajecten", "/scholen/": "/klassen"}

// menuOf is the menu of a role; the line that says most of the path is where one is.
func (s *Server) menuOf(role access.Role, path string) []link {
	for part, home := range sections {
		if strings.HasPrefix(path, part) {
			path = home
		}
	}
	var out []link
	here := -1
	for _, l := range menus[role] {
		if l.Href == schemesPath && s.Schemes == nil || l.Href == gapsPath && s.Supply == nil {
			continue
		}
		out = append(out, l)
		on := path == l.Href || strings.HasPrefix(path, l.Href+"/")
		if on && (here < 0 || len(l.Href) > len(out[here].Href)) {
			here = len(out) - 1
		}
	}
	if here >= 0 {
		out[here].Here = true
	}
	return out
}

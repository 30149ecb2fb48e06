package web

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"wijknetwerk/kindinkaart/errs"
)

// statusOf gives the status of each kind of failure.
var statusOf = map[errs.Kind]int{
	errs.Invalid: 422, errs.NotFound: 404, errs.Conflict: 409, errs.Refused: 403,
	errs.TooMany: 429, errs.TooLarge: 413, errs.Unavailable: 503, errs.Internal: 500,
}

var (
	errNotYours = errs.New(errs.Refused, "Deze pagina hoort niet bij jouw werk. Ga terug naar je beginpagina.")
	errForged   = errs.New(errs.Refused, "We konden niet zien of dit formulier van jou komt. Ga terug, ververs de pagina en verstuur het nog een keer.")
	errBadText  = &fiber.Error{Code: 400, Message: "In de tekst staat een teken dat we niet kunnen lezen. Typ de tekst opnieuw en verstuur nog een keer."}
)

// problemPage is an error as people see it.
type problemPage struct {
	Heading, Message, Request string
	Home, HomeLabel           string
	Back                      string // the child or traject this was about, "" when that may not exist
	Retry                     bool
	Fields                    []errs.Field
}

// fail is the one place where errors become pages, or problem+json under /api.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	s.harden(c)
	status, message := s.explain(err)
	if status >= 500 {
		s.Log.Error("failed", "request", requestID(c), "route", pattern(c), "status", status, "error", operatorText(err))
	}
	if strings.HasPrefix(c.Path(), "/api/") {
		return problemJSON(c, status, message, errs.FieldsOf(err))
	}
	r, ok := c.Locals(requestKey).(*request)
	if !ok {
		r = &request{s: s, c: c, ctx: c.Context()}
	}
	data := problemPage{Heading: headings[status], Message: message, Request: requestID(c), Home: "/", HomeLabel: "Naar het begin",
		Retry: status >= 500 || status == 429, Fields: errs.FieldsOf(err)}
	if status == 403 || status == 409 || status == 422 {
		data.Back = backOf(c)
	}
	if data.Heading == "" {
		data.Heading = "Dit lukt niet"
	}
	out := page("fout", "Fout: "+data.Heading, data)
	out.status = status
	if werr := out.write(r); werr != nil {
		return c.Status(500).SendString("Er ging iets mis bij ons. Probeer het over een paar minuten opnieuw.")
	}
	return nil
}

// backOf is the page of the child or the traject that a path belongs to.
func backOf(c *fiber.Ctx) string {
	parts := strings.Split(c.Path(), "/")
	if len(parts) > 3 && (parts[1] == "kinderen" || parts[1] == "trajecten") {
		return "/" + parts[1] + "/" + parts[2]
	}
	return ""
}

var headings = map[int]string{
	400: "Dit konden we niet lezen", 403: "Dit kan nu niet", 404: "Deze pagina is er niet", 405: "Dit kan hier niet",
	409: "Iemand was je voor", 413: "Dit is te groot", 415: "Dit konden we niet lezen", 422: "Er klopt nog iets niet", 429: "Even wachten",
	431: "Dit is te groot", 500: "Er ging iets mis bij ons", 503: "Even niet bereikbaar", 504: "Dit duurde te lang",
}

// explain gives the status and the Dutch sentence of an error. What does not exist and what is not for you look the same.
func (s *Server) explain(err error) (int, string) {
	var f *fiber.Error
	var known *errs.Error
	switch {
	case errors.As(err, &known) && known.Kind == errs.NotFound:
		return 404, notFoundText
	case errors.As(err, &known):
		return statusOf[known.Kind], known.Message
	case errors.Is(err, context.DeadlineExceeded):
		return 503, "Dit duurde te lang. Probeer het over een minuut nog een keer."
	case errors.As(err, &f):
		return f.Code, fiberText(f)
	}
	return 500, errs.MessageOf(err)
}

const notFoundText = "We kunnen dit niet vinden. Misschien is het adres niet goed overgenomen, of hoort het niet bij jouw werk. Ga terug of begin opnieuw."

func fiberText(f *fiber.Error) string {
	switch f.Code {
	case 400:
		if f == errBadText {
			return f.Message
		}
		return "We konden dit niet lezen. Ga terug en probeer het nog een keer."
	case 404:
		return notFoundText
	case 405:
		return "Zo kan deze pagina niet gebruikt worden. Ga terug en gebruik de knoppen op de pagina."
	case 413, 431:
		return "Je stuurt meer dan we kunnen ontvangen. Maak de tekst of het bestand kleiner en probeer het nog een keer."
	}
	return errs.MessageOf(nil)
}

func problemJSON(c *fiber.Ctx, status int, message string, fields []errs.Field) error {
	body, err := json.Marshal(struct {
		Type   string       `json:"type"`
		Title  string       `json:"title"`
		Status int          `json:"status"`
		Detail string       `json:"detail"`
		Errors []errs.Field `json:"errors,omitempty"`
	}{"about:blank", headings[status], status, message, fields})
	if err != nil {
		return err
	}
	c.Status(status).Set(fiber.HeaderContentType, "application/problem+json")
	return c.Send(body)
}

// operatorText is the cause for the operator. Causes come from our own packages, which put ids in errors and nothing of people.
func operatorText(err error) string {
	var known *errs.Error
	if errors.As(err, &known) && known.Err != nil {
		return known.Err.Error()
	}
	return err.Error()
}

package web

import (
	"errors"
	"io"
	"log/slog"
	"net/netip"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Deps is what the web application needs.
type Deps struct {
	Accounts  Accounts
	Kind      Kind
	Catalog   Catalog
	Matcher   Matching
	Areas     Areas         // outlines for the map; nil = a map without ground
	Schemes   Schemes       // funding schemes to check; nil = no page for them
	Supply    MissingSupply // where supply is missing; nil = no page for it
	Divide    Dividing      // what the children of a class would like; nil = no page for it
	Crossings Crossings     // rivers and bridges for the map; nil = a map without water
	Importer  Importing     // reads files of offers; nil = importing is not on the screen
	Places    Locating      // where a postcode is; nil = no searching by postcode
	Clock     func() time.Time
	Log       *slog.Logger
	Secret    []byte // at least 32 bytes, the same on every node: signs CSRF tokens and card sessions
	Secure    bool   // behind https; false only for http on localhost
	Public    string // origin people see, for example https://kindinkaart.example.nl; "" = the Host of the request

	Proxies      []netip.Prefix // peers whose X-Forwarded-For is believed
	Tenant       string         // tenant of pages without login: public catalogue and class cards
	Tenants      string         // name of the organisation on the pages, "" = Wijknetwerk
	ThemeCSS     []byte         // replaces the tokens of app.css
	ThemeClass   string         // class on the html element, for example voorbeeld-theme
	DemoAccounts []DemoAccount  // shown on the login page; only for a demo
	Ways         Ways           // ways over streets for the map and the day plan; nil = straight lines over the bridges
}

// DemoAccount is a login that the login page shows.
type DemoAccount struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	What     string `json:"what"`
}

// Server is the web application.
type Server struct {
	Deps
	app    *fiber.App
	views  *views
	routes []route
}

// Limits of one request (RELIABILITY I01, I02 and 10).
const (
	bodyLimit   = 1 << 20
	headerLimit = 16 << 10
	readTime    = 5 * time.Second
	writeTime   = 20 * time.Second
	idleTime    = 30 * time.Second
	workTime    = 5 * time.Second // deadline of a handler
)

// New builds the application. It refuses to start on a broken template, a missing service or a short secret.
func New(d Deps) (*Server, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	s := &Server{Deps: d}
	v, err := loadViews(templates, s.funcs())
	if err != nil {
		return nil, err
	}
	s.views = v
	s.app = fiber.New(fiber.Config{
		AppName: "Kind in Kaart", Immutable: true, DisableStartupMessage: true,
		BodyLimit: bodyLimit, ReadBufferSize: headerLimit,
		ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		ErrorHandler: s.fail, StrictRouting: false, CaseSensitive: true,
	})
	s.register()
	return s, nil
}

func (d *Deps) check() error {
	if d.Accounts == nil || d.Kind == nil || d.Catalog == nil || d.Matcher == nil {
		return errors.New("web: Accounts, Kind, Catalog and Matcher are needed")
	}
	if len(d.Secret) < 32 {
		return errors.New("web: Secret needs at least 32 bytes")
	}
	if d.Clock == nil {
		d.Clock = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	if d.Tenants == "" {
		d.Tenants = "Wijknetwerk"
	}
	return nil
}

// App is the fiber app, to listen with and to shut down.
func (s *Server) App() *fiber.App { return s.app }

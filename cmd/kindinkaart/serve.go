package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/store"
	"wijknetwerk/web"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	*config
	addr, public, name   string
	themeCSS, themeClass string
	proxies              []string
	secure, demo         bool
	talks                map[string]int // agreed number of talks by organisation
	pause                time.Duration  // between saying that the program goes and going
}

// serve runs the web application until it is told to stop.
func serve(ctx context.Context, s streams, args []string) error {
	f := flagSet("serve")
	flags := serveFlags{config: storeFlags(f)}
	f.StringVar(&flags.addr, "addr", fallback("KIK_ADDR", "127.0.0.1:8080"), "adres om op te luisteren")
	f.StringVar(&flags.public, "public", os.Getenv("KIK_PUBLIC"), "adres dat mensen zien, bijvoorbeeld https://kindinkaart.example.nl")
	f.StringVar(&flags.name, "name", os.Getenv("KIK_NAME"), "naam op de pagina's")
	f.StringVar(&flags.themeCSS, "theme-css", os.Getenv("KIK_THEME_CSS"), "stijlbestand van de gemeente")
	f.StringVar(&flags.themeClass, "theme-class", os.Getenv("KIK_THEME_CLASS"), "klasse op het html-element")
	f.StringSliceVar(&flags.proxies, "proxy", nil, "adressen van proxy's die het adres van de bezoeker mogen doorgeven")
	f.BoolVar(&flags.demo, "demo-accounts", false, "toon de demo-accounts op de inlogpagina")
	f.StringToIntVar(&flags.talks, "talks", nil, "afgesproken aantal gesprekken per organisatie, bijvoorbeeld SMWR=6,MEE=3")
	f.DurationVar(&flags.pause, "pause", 0, "bij stoppen zegt /gezond zo lang eerst dat dit programma weggaat, bijvoorbeeld 5s")
	if _, err := parse(f, args, 0, 0); err != nil {
		return err
	}
	if flags.pause < 0 || flags.pause > time.Minute {
		return usageError{"--pause is een tijd van 0s tot en met 1m."}
	}
	flags.secure = strings.HasPrefix(flags.public, "https://")
	if !flags.secure && !isLoopback(flags.addr) {
		return usageError{"Zonder https luistert de webapplicatie alleen op deze machine. Geef --public https://… of --addr 127.0.0.1:8080."}
	}
	a, err := openApp(ctx, flags.config, s.err)
	if err != nil {
		return err
	}
	defer a.close()
	a.log = slog.New(slog.NewJSONHandler(s.err, nil))
	a.kind.Talks = flags.talks
	if err := a.openIndex(ctx); err != nil {
		return err
	}
	a.ways() // reads the street map before anybody waits for it
	server, err := a.server(flags)
	if err != nil {
		return err
	}
	return a.listen(ctx, s, server, flags)
}

func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && ip.IsLoopback())
}

// server makes the web application over the services.
func (a *app) server(flags serveFlags) (*web.Server, error) {
	secret, err := webSecret(flags.key())
	if err != nil {
		return nil, err
	}
	proxies, err := prefixes(flags.proxies)
	if err != nil {
		return nil, err
	}
	d := web.Deps{
		Accounts: readyAccounts{a.accounts, a}, Kind: a.kind, Catalog: a.catalog, Matcher: a.matcher, Areas: a.areas, Crossings: geo.DefaultCrossings(), Schemes: schemeDesk{a}, Supply: a.supplyDesk(), Divide: a.klasDesk(),
		Importer: importDesk{}, Places: placeDesk{a}, Clock: a.now,
		Log: a.log, Secret: secret, Secure: flags.secure, Public: flags.public, Proxies: proxies,
		Tenant: flags.tenant, Tenants: flags.name, ThemeClass: flags.themeClass, Ways: wayDesk{a.ways},
	}
	if flags.themeCSS != "" {
		if d.ThemeCSS, err = os.ReadFile(flags.themeCSS); err != nil {
			return nil, err
		}
	}
	if flags.demo {
		if d.DemoAccounts, err = demoLogins(); err != nil {
			return nil, err
		}
	}
	return web.New(d)
}

// readyAccounts lets the health page look at the database and the index.
type readyAccounts struct {
	*account.Service
	app *app
}

// Ready is nil when the database answers, the index can be searched and the program is not about to stop.
func (r readyAccounts) Ready(ctx context.Context) error {
	if r.app.leaving.Load() {
		return errs.New(errs.Unavailable, "Dit programma stopt. Een ander neemt het over. Probeer het zo opnieuw.")
	}
	if err := r.app.store.Ping(ctx); err != nil {
		return err
	}
	if !r.app.index.Ready() {
		return errs.New(errs.Unavailable, "De zoekindex wordt gebouwd. Probeer het over een minuut opnieuw.")
	}
	return nil
}

// webSecret is derived from the master key, so that every node has the same and none is stored.
func webSecret(keyFile string) ([]byte, error) {
	key, err := store.ReadKeyFile(keyFile)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("web: csrf and card sessions"))
	return mac.Sum(nil), nil
}

func prefixes(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if ip, single := netip.ParseAddr(s); err != nil && single == nil {
			p, err = ip.Prefix(ip.BitLen())
		}
		if err != nil {
			return nil, usageError{fmt.Sprintf("--proxy %q is geen adres of reeks adressen.", s)}
		}
		out = append(out, p)
	}
	return out, nil
}

// drain is how long requests that are on their way get when the program stops.
const drain = 10 * time.Second

// listen serves until ctx ends, says for a while that it goes, then lets requests and the work beside them finish: the index
// follows the catalogue, what may no longer be kept is erased, and the first search is made ready.
func (a *app) listen(ctx context.Context, s streams, server *web.Server, flags serveFlags) error {
	ln, err := net.Listen("tcp", flags.addr)
	if err != nil {
		return fmt.Errorf("op %s kan niet worden geluisterd: is daar al een programma bezig? %w", flags.addr, err)
	}
	ctx, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer beside.Wait() // before the store and the index are closed
	defer stop()
	for name, work := range map[string]func(context.Context){"zoekindex": a.index.Follow, "opruimen": a.nightly, "klaarzetten": a.warm} {
		beside.Go(func() { a.survive(ctx, name, work) })
	}
	ended := make(chan error, 1)
	go func() { ended <- server.App().Listener(ln) }()
	fmt.Fprintf(s.out, "Kind in Kaart staat klaar op http://%s\n", ln.Addr())
	select {
	case err = <-ended:
	case <-ctx.Done():
		a.leaving.Store(true)
		time.Sleep(flags.pause)
	}
	stop()
	return errors.Join(err, server.App().ShutdownWithTimeout(drain))
}

// survive does work beside the requests: a panic in it is said in the log and does not end the program.
func (a *app) survive(ctx context.Context, name string, work func(context.Context)) {
	if err := errs.Survive(func() error { work(ctx); return nil }); err != nil {
		a.log.ErrorContext(ctx, "werk naast de verzoeken", "werk", name, "err", err)
	}
}

// nightly erases what may no longer be kept, once at the start and every day after, until ctx ends. Then it also compares
// the search index with the database.
func (a *app) nightly(ctx context.Context) {
	tick := time.NewTicker(24 * time.Hour)
	defer tick.Stop()
	for {
		a.survive(ctx, "opruimen", a.eraseOld)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			a.survive(ctx, "zoekindex vergelijken", a.checkIndex)
		}
	}
}

// eraseOld erases what may no longer be kept. What fails is tried again the next night.
func (a *app) eraseOld(ctx context.Context) {
	klassen, err := a.kind.EraseEndedKlassen(ctx)
	children, err2 := a.kind.EraseOldChildren(ctx)
	err3 := a.store.Sweep(ctx, a.now().Add(-24*time.Hour))
	if err := errors.Join(err, err2, err3); err != nil {
		a.log.Error("opruimen", "err", err)
	}
	a.log.Info("opgeruimd", "klassen", klassen, "kinderen", children)
}

// checkIndex finds and repairs what a disk changed in silence (RELIABILITY X04).
func (a *app) checkIndex(ctx context.Context) {
	differences, err := a.index.Verify(ctx, a.conf.tenant)
	switch {
	case err != nil:
		a.log.Error("zoekindex vergelijken", "err", err)
	case differences > 0:
		a.log.Warn("zoekindex hersteld", "verschillen", differences)
	}
}

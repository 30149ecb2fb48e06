package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/golang-sql/civil"

	wijk "wijknetwerk"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/web"
)

const demoFolder = "testdata/wijk"

// demoManifest lists the files of the demo wijk in the order of loading (kindinkaart-demo-manifest/1).
type demoManifest struct {
	Anchor civil.Date `json:"anchor"` // the Monday the files were written for
	Files  []struct {
		File  string `json:"file"`
		Kind  string `json:"kind"`
		Shift bool   `json:"shift"` // dates move along with today
	} `json:"files"`
}

// demoAccounts are people who can log in to the demo (kindinkaart-demo-accounts/1).
type demoAccounts struct {
	Password string `json:"password"`
	Accounts []struct {
		Login, Name, Role, Organisation, Partner string
		Schools                                  []string
	} `json:"accounts"`
}

// demo fills an empty store with the invented demo wijk, through the same imports and services that people use.
func demo(ctx context.Context, s streams, args []string) error {
	f := flagSet("demo")
	conf := storeFlags(f)
	if _, err := parse(f, args, 0, 0); err != nil {
		return err
	}
	a, err := openApp(ctx, conf, s.err)
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.refuseFull(ctx); err != nil {
		return err
	}
	load := &demoLoad{app: a, today: civil.DateOf(time.Now().In(geo.Amsterdam)), s: s}
	if err := load.all(ctx); err != nil {
		return err
	}
	logins, err := demoLogins()
	if err != nil {
		return err
	}
	text := "De demowijk staat klaar. Iedereen erin is verzonnen. Inloggen kan met:"
	for _, l := range logins {
		text += fmt.Sprintf("\n  %-18s %-18s %s", l.Login, l.Password, l.What)
	}
	return conf.result(s, logins, "%s", text)
}

// refuseFull keeps the demo out of a store that is in use.
func (a *app) refuseFull(ctx context.Context) error {
	accounts, err := a.accounts.List(ctx, a.operator())
	if err != nil {
		return err
	}
	if len(accounts) > 0 {
		return errs.New(errs.Refused, "In "+a.conf.data+" staan al gegevens. De demowijk kan alleen in een lege opslag; kies een andere map met --data.")
	}
	return nil
}

// demoLoad is one filling of a store.
type demoLoad struct {
	*app
	today    civil.Date
	weeks    int // whole weeks that dates move
	s        streams
	schools  map[string]string // id by BRIN
	actors   map[string]access.Actor
	partners map[string]string // our id by id in the file
	slots    map[string]offered
}

func (d *demoLoad) all(ctx context.Context) error {
	var m demoManifest
	if err := readDemo("manifest.json", &m); err != nil {
		return err
	}
	d.weeks = d.today.DaysSince(m.Anchor) / 7
	steps := map[string]func(ctx context.Context, data []byte) error{"accounts": d.accountsFrom, "children": d.childrenFrom}
	for _, file := range m.Files {
		data, err := fs.ReadFile(wijk.Demo, path.Join(demoFolder, file.File))
		if err != nil {
			return err
		}
		if file.Shift {
			data = shiftDates(data, 7*d.weeks)
		}
		step := steps[file.Kind]
		if step == nil {
			step = func(ctx context.Context, data []byte) error { return d.importFile(ctx, file.Kind, file.File, data) }
		}
		if err := step(ctx, data); err != nil {
			return fmt.Errorf("%s: %w", file.File, err)
		}
	}
	return nil
}

func readDemo(name string, v any) error {
	data, err := fs.ReadFile(wijk.Demo, path.Join(demoFolder, name))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

var (
	datePattern  = regexp.MustCompile(`"\d{4}-\d{2}-\d{2}"`)
	monthPattern = regexp.MustCompile(`"\d{4}-\d{2}"`)
)

// shiftDates moves every date between quotes by whole weeks, so that the demo never gets old; a month of birth moves
// along by way of its first day.
func shiftDates(data []byte, days int) []byte {
	data = datePattern.ReplaceAllFunc(data, func(b []byte) []byte {
		d, err := civil.ParseDate(string(b[1 : len(b)-1]))
		if err != nil {
			return b
		}
		return []byte(`"` + d.AddDays(days).String() + `"`)
	})
	return monthPattern.ReplaceAllFunc(data, func(b []byte) []byte {
		d, err := civil.ParseDate(string(b[1:len(b)-1]) + "-01")
		if err != nil {
			return b
		}
		return []byte(`"` + d.AddDays(days).String()[:7] + `"`)
	})
}

// importFile loads a file the way the import command does; what is refused there is an error here.
func (d *demoLoad) importFile(ctx context.Context, kind, name string, data []byte) error {
	dir, err := os.MkdirTemp("", "demo")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return err
	}
	quiet := streams{in: d.s.in, out: io.Discard, err: io.Discard}
	done, err := importOne(ctx, d.app, quiet, importFlags{config: d.conf, source: "demo"}, imports[kind], file)
	if err == nil && len(done.Refused) > 0 {
		return fmt.Errorf("%d geweigerd", len(done.Refused))
	}
	return err
}

// accountsFrom makes the accounts; schools and partners are named in the file by their BRIN and by their id there.
func (d *demoLoad) accountsFrom(ctx context.Context, data []byte) error {
	var file demoAccounts
	if err := json.Unmarshal(data, &file); err != nil {
		return err
	}
	if err := d.readIDs(ctx); err != nil {
		return err
	}
	d.actors = map[string]access.Actor{}
	for _, a := range file.Accounts {
		var schools []string
		for _, brin := range a.Schools {
			schools = append(schools, d.schools[brin])
		}
		made, err := d.accounts.Add(ctx, d.operator(), account.Account{
			Tenant: d.conf.tenant, Organisation: a.Organisation, Login: a.Login, Name: nameOnly(a.Name), Role: access.Role(a.Role),
			Schools: schools, Partner: d.partners[a.Partner],
		}, file.Password)
		if err != nil {
			return err
		}
		d.actors[a.Login] = made.Actor()
	}
	return nil
}

// readIDs learns which ids the schools, partners and activities of the files got.
func (d *demoLoad) readIDs(ctx context.Context) error {
	schools, err := d.kind.Schools(ctx, d.operator())
	if err != nil {
		return err
	}
	d.schools = map[string]string{}
	for _, s := range schools {
		d.schools[s.BRIN] = s.ID
	}
	partners, activities, err := d.store.BySource(ctx, d.conf.tenant, "demo")
	if err != nil {
		return err
	}
	d.partners, d.slots = map[string]string{}, map[string]offered{}
	for id, p := range partners {
		d.partners[id] = p.ID
	}
	for id, a := range activities {
		d.slots[id] = offered{a, partners}
	}
	return nil
}

// nameOnly is the name without what somebody does: "Sara (smw)" signs a letter with Sara.
func nameOnly(name string) string {
	name, _, _ = strings.Cut(name, " (")
	return name
}

// demoLogins are the accounts that the demo shows on the login page.
func demoLogins() ([]web.DemoAccount, error) {
	var file demoAccounts
	if err := readDemo("accounts.json", &file); err != nil {
		return nil, err
	}
	var out []web.DemoAccount
	for _, a := range file.Accounts {
		out = append(out, web.DemoAccount{Login: a.Login, Password: file.Password, What: a.Name})
	}
	return out, nil
}

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/account"
)

// user manages accounts: add, list, password, disable, enable. There is no account that comes with the program.
func user(ctx context.Context, s streams, args []string) error {
	f := flagSet("user")
	conf := storeFlags(f)
	var a account.Account
	role := f.String("role", "", "smw, ib, teacher, partner, team_lead, catalogue_admin, adviser, auditor of buddy")
	f.StringVar(&a.Name, "name", "", "naam")
	f.StringVar(&a.Organisation, "organisation", "", "organisatie")
	f.StringVar(&a.Partner, "partner", "", "id van de aanbieder")
	f.StringSliceVar(&a.Schools, "school", nil, "id van een school; mag vaker")
	rest, err := parse(f, args, 1, 2)
	if err != nil {
		return err
	}
	app, err := openApp(ctx, conf, s.err)
	if err != nil {
		return err
	}
	defer app.close()
	if rest[0] == "list" {
		return listUsers(ctx, app, s)
	}
	if len(rest) != 2 {
		return usageError{"Noem de inlognaam."}
	}
	a.Tenant, a.Login, a.Role = conf.tenant, rest[1], access.Role(*role)
	switch rest[0] {
	case "add":
		return addUser(ctx, app, s, a)
	case "password":
		return resetPassword(ctx, app, s, a.Login)
	case "disable", "enable":
		return setDisabled(ctx, app, a.Login, rest[0] == "disable")
	}
	return usageError{fmt.Sprintf("Onbekend: user %s. Kies uit: add, list, password, disable, enable.", rest[0])}
}

// userLine is one account as it is listed; never its password.
type userLine struct {
	Login        string      `json:"login"`
	Name         string      `json:"name"`
	Role         access.Role `json:"role"`
	Organisation string      `json:"organisation"`
	Disabled     bool        `json:"disabled"`
}

func listUsers(ctx context.Context, app *app, s streams) error {
	all, err := app.accounts.List(ctx, app.operator())
	if err != nil {
		return err
	}
	lines, text := []userLine{}, strings.Builder{}
	for _, a := range all {
		state := "aan"
		if a.Disabled {
			state = "uit"
		}
		lines = append(lines, userLine{a.Login, a.Name, a.Role, a.Organisation, a.Disabled})
		fmt.Fprintf(&text, "%-24s %-16s %-20s %s\n", a.Login, a.Role, a.Organisation, state)
	}
	return app.conf.result(s, lines, "%s", strings.TrimSuffix(text.String(), "\n"))
}

func addUser(ctx context.Context, app *app, s streams, a account.Account) error {
	password, err := readPassword(s)
	if err != nil {
		return err
	}
	if _, err := app.accounts.Add(ctx, app.operator(), a, password); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Account %s is gemaakt.\n", a.Login)
	return nil
}

func resetPassword(ctx context.Context, app *app, s streams, login string) error {
	a, err := app.store.AccountByLogin(ctx, login)
	if err != nil {
		return err
	}
	password, err := readPassword(s)
	if err != nil {
		return err
	}
	return app.accounts.ResetPassword(ctx, app.operator(), a.ID, password)
}

func setDisabled(ctx context.Context, app *app, login string, disabled bool) error {
	a, err := app.store.AccountByLogin(ctx, login)
	if err != nil {
		return err
	}
	_, err = app.accounts.SetDisabled(ctx, app.operator(), a.ID, disabled)
	return err
}

// readPassword asks for a password without showing it; from a pipe it reads one line.
func readPassword(s streams) (string, error) {
	if f, ok := s.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(s.err, "Wachtwoord (minstens 12 tekens): ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(s.err)
		return string(b), err
	}
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

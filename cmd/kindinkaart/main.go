// Command kindinkaart is the whole product in one binary: the web application, imports and exports, matching on files
// and the operations around them. Its commands and file formats are a contract with others (docs/operating.md).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"wijknetwerk/kindinkaart/errs"
)

// The exit codes of the contract.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitPart   = 3 // some records were refused: they are listed
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, streams{os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}

// streams are where a command reads and writes: results to out, progress and messages to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// command is one subcommand. It returns nil, or an error that says how the command ended.
type command struct {
	name, arguments, does string
	run                   func(ctx context.Context, s streams, args []string) error
}

// commands lists every subcommand in the order of the help.
func commands() []command {
	return []command{
		{"serve", "[--addr HOST:POORT] [--data MAP] [--database URL]", "start de webapplicatie", serve},
		{"demo", "[--data MAP]", "vult een lege opslag met de verzonnen demowijk", demo},
		{"import", "catalogue|postcodes|areas|schools|holidays|schemes|streets BESTAND…", "leest aanbod of naslaggegevens in", importCommand},
		{"export", "catalogue --format kik|csv|xlsx|geojson|ical", "schrijft het open aanbod; nooit iets over een kind", exportCommand},
		{"score", "NEED.json", "maakt van antwoorden een profiel", score},
		{"match", "NEED.json [--catalogue BESTAND] [--schemes BESTAND] [--crossings BESTAND|none] [--streets BESTAND|none] [--limit N]", "van antwoorden naar een gerangschikte, uitgelegde lijst", match},
		{"user", "add|list|password|disable|enable …", "beheert accounts", user},
		{"reindex", "[--data MAP]", "bouwt de zoekindex opnieuw", reindex},
		{"migrate", "[--data MAP] [--database URL]", "brengt de database op de versie van dit programma", migrate},
		{"backup", "BESTAND", "maakt een reservekopie", backup},
		{"restore", "BESTAND [--erased LIJST]", "zet een reservekopie terug in een lege map", restore},
		{"erasures", "[--data MAP]", "schrijft welke dossiers zijn gewist, om naast de kopieën te bewaren", erasures},
		{"erase-again", "LIJST", "wist na een restore opnieuw wie terug was gekomen", eraseAgain},
		{"rekey", "--key-file NIEUW --old-key-file OUD", "wisselt de hoofdsleutel", rekey},
		{"verify", "[--data MAP]", "controleert database, logboek en index", verify},
	}
}

// usageError is a wrong way of calling; it gives exit code 2.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// errPart says that a command was done in part; what was refused has been listed.
var errPart = errors.New("een deel is geweigerd")

// run finds and runs a subcommand and gives the exit code.
func run(ctx context.Context, s streams, args []string) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		help(s.err)
		return exitUsage
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return ended(s, c, c.run(ctx, s, args[1:]))
		}
	}
	fmt.Fprintf(s.err, "Onbekende opdracht %q.\n\n", args[0])
	help(s.err)
	return exitUsage
}

func ended(s streams, c command, err error) int {
	var wrong usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errPart):
		return exitPart
	case errors.As(err, &wrong):
		fmt.Fprintf(s.err, "%s\nGebruik: kindinkaart %s %s\n", wrong.message, c.name, c.arguments)
		return exitUsage
	}
	fmt.Fprintln(s.err, "Fout:", err)
	for _, f := range errs.FieldsOf(err) {
		if line := f.Name + ": " + f.Message; !strings.Contains(err.Error(), line) {
			fmt.Fprintln(s.err, " ", line)
		}
	}
	return exitFailed
}

func help(w io.Writer) {
	fmt.Fprintln(w, "kindinkaart helpt kinderen naar een gewone activiteit in de wijk.\n\nOpdrachten:")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-8s %s\n           %s\n", c.name, c.arguments, c.does)
	}
}

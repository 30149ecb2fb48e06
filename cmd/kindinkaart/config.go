package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"
)

// config is where things are kept. Flags win over the environment (KIK_DATA, KIK_DATABASE, KIK_KEY_FILE, KIK_OLD_KEY_FILE, KIK_TENANT).
type config struct {
	data     string // folder with SQLite, the index and the key
	database string // postgres://… or "" for SQLite in data
	keyFile  string // master key; "" = key in data
	oldKey   string // file of the master key before, only while the key is being changed
	tenant   string // wijknetwerk this command works for
	json     bool   // results as JSON instead of people's text
}

// flagSet makes the flags of a subcommand; they may stand before, between and after the arguments.
func flagSet(name string) *pflag.FlagSet {
	f := pflag.NewFlagSet(name, pflag.ContinueOnError)
	f.Usage = func() {}
	return f
}

// storeFlags adds the flags that say where the store is.
func storeFlags(f *pflag.FlagSet) *config {
	c := &config{}
	f.StringVar(&c.data, "data", fallback("KIK_DATA", "data"), "map met database en index")
	f.StringVar(&c.database, "database", os.Getenv("KIK_DATABASE"), "postgres://… in plaats van SQLite")
	f.StringVar(&c.keyFile, "key-file", os.Getenv("KIK_KEY_FILE"), "bestand met de sleutel voor persoonsgegevens")
	f.StringVar(&c.oldKey, "old-key-file", os.Getenv("KIK_OLD_KEY_FILE"), "bestand met de vorige sleutel, alleen tijdens het wisselen")
	f.StringVar(&c.tenant, "tenant", fallback("KIK_TENANT", "rotterdam"), "wijknetwerk")
	f.BoolVar(&c.json, "json", false, "schrijf JSON")
	return c
}

// result writes what a command found to standard output: v as JSON with --json, else the text for people.
func (c *config) result(s streams, v any, format string, args ...any) error {
	if c.json {
		return writeJSON(s.out, v)
	}
	_, err := fmt.Fprintf(s.out, format+"\n", args...)
	return err
}

func fallback(env, value string) string {
	if v := os.Getenv(env); v != "" {
		return v
	}
	return value
}

func (c *config) key() string {
	if c.keyFile != "" {
		return c.keyFile
	}
	return filepath.Join(c.data, "sleutel")
}

func (c *config) sqlite() string { return filepath.Join(c.data, "kindinkaart.db") }
func (c *config) index() string  { return filepath.Join(c.data, "index") }

// streets is the graph file of import streets.
func (c *config) streets() string { return filepath.Join(c.data, "streets.graph") }

// streetsIfAny is the graph file, "" when no streets were imported.
func (c *config) streetsIfAny() string {
	if _, err := os.Stat(c.streets()); err != nil {
		return ""
	}
	return c.streets()
}

// parse reads flags and gives the other arguments, at least min and at most max of them (max < 0 = any number).
func parse(f *pflag.FlagSet, args []string, min, max int) ([]string, error) {
	if err := f.Parse(args); err != nil {
		return nil, usageError{strings.TrimSpace(err.Error())}
	}
	rest := f.Args()
	if len(rest) < min {
		return nil, usageError{"Er ontbreekt een argument."}
	}
	if max >= 0 && len(rest) > max {
		return nil, usageError{"Te veel argumenten: " + strings.Join(rest[max:], " ")}
	}
	return rest, nil
}

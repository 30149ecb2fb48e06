package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/catalog/exchange"
	"wijknetwerk/kindinkaart/questionnaire"
)

// importFlags are the flags of every import.
type importFlags struct {
	*config
	format, source string
	dryRun         bool
	partial        bool
}

// importCommand reads offerings or reference data. Importing the same again changes nothing.
func importCommand(ctx context.Context, s streams, args []string) error {
	f := flagSet("import")
	flags := importFlags{config: storeFlags(f)}
	f.StringVar(&flags.format, "format", "", "kik, csv of xlsx; leeg = raden")
	f.StringVar(&flags.source, "source", "", "naam van de bron; leeg = naam van het bestand")
	f.BoolVar(&flags.dryRun, "dry-run", false, "alleen kijken wat er zou gebeuren")
	f.BoolVar(&flags.partial, "partial", false, "het bestand is niet de hele bron: markeer niets als verdwenen")
	rest, err := parse(f, args, 2, -1)
	if err != nil {
		return err
	}
	read, known := imports[rest[0]]
	if !known {
		return usageError{fmt.Sprintf("Onbekende soort %q. Kies uit: catalogue, postcodes, areas, schools, holidays, schemes, streets.", rest[0])}
	}
	a, err := openApp(ctx, flags.config, s.err)
	if err != nil {
		return err
	}
	defer a.close()
	refused := false
	for _, path := range rest[1:] {
		done, err := importOne(ctx, a, s, flags, read, path)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		refused = refused || len(done.Refused) > 0
	}
	if refused {
		return errPart
	}
	return nil
}

// reader takes in one opened file and counts what it did.
type reader func(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error)

// inFile is an open file with its size and places to tell how far it is and what else is of use to know.
type inFile struct {
	*os.File
	size     int64
	name     string
	progress func(done, total int)
	note     func(format string, args ...any)
}

var imports = map[string]reader{
	"catalogue": importCatalogue,
	"postcodes": importPostcodes,
	"areas":     importAreas,
	"schools":   importSchools,
	"holidays":  importHolidays,
	"schemes":   importSchemes,
	"streets":   importStreets,
}

func importOne(ctx context.Context, a *app, s streams, flags importFlags, read reader, path string) (catalog.Imported, error) {
	f, size, err := open(path)
	if err != nil {
		return catalog.Imported{}, err
	}
	defer f.Close()
	bar := newProgress(s.err, filepath.Base(path))
	var notes bytes.Buffer
	note := func(format string, args ...any) { fmt.Fprintf(&notes, format, args...) }
	done, err := read(ctx, a, inFile{File: f, size: size, name: filepath.Base(path), progress: bar.show, note: note}, flags)
	bar.end()
	_, _ = notes.WriteTo(s.err)
	if err != nil {
		return done, err
	}
	if done.Refused == nil {
		done.Refused = []catalog.Refused{}
	}
	if flags.json {
		return done, writeJSON(s.out, done)
	}
	fmt.Fprintf(s.out, "%s: %d nieuw of veranderd, %d hetzelfde, %d verdwenen uit de bron, %d geweigerd.\n",
		filepath.Base(path), done.Added+done.Changed, done.Unchanged, done.Missing, len(done.Refused))
	if flags.dryRun {
		fmt.Fprintln(s.out, "Dit was een proef: er is niets bewaard.")
	}
	writeRefused(s.err, "geweigerd", done.Refused)
	writeRefused(s.err, "bewaard als concept, nog niet te zien", done.Drafts)
	return done, nil
}

// mostRefused is how many refused records are written out one by one.
const mostRefused = 200

// writeRefused lists records that were not taken, or not wholly.
func writeRefused(w io.Writer, what string, refused []catalog.Refused) {
	for i, r := range refused {
		if i == mostRefused {
			fmt.Fprintf(w, "  … en nog %d. Met --json staan ze er allemaal.\n", len(refused)-i)
			return
		}
		var at []string
		if r.Row > 0 {
			at = append(at, fmt.Sprintf("regel %d", r.Row))
		}
		if r.Record != "" {
			at = append(at, fmt.Sprintf("%q", r.Record))
		}
		fmt.Fprintf(w, "  %s: %s, %s: %s\n", what, strings.Join(at, " "), r.Field, r.Reason)
	}
}

// detectBytes of a file are enough to see what it is.
const detectBytes = 4096

// readCatalogue reads a catalogue in a format, "" = guessed from name and content.
func readCatalogue(ctx context.Context, f *os.File, size int64, name string, format exchange.Format) (catalog.Import, error) {
	if format == "" {
		head := make([]byte, detectBytes)
		n, err := f.ReadAt(head, 0)
		if err != nil && err != io.EOF {
			return catalog.Import{}, err
		}
		if format, err = exchange.Detect(name, head[:n]); err != nil {
			return catalog.Import{}, err
		}
	}
	return exchange.Read(ctx, format, f, size, exchange.Options{KnownTag: knownTag, TagOf: tagOf})
}

func knownTag(id string) bool {
	_, ok := questionnaire.Leaf(id)
	return ok
}

// tagOf gives the tag that a word in a table stands for, "" = none.
func tagOf(word string) string {
	found := questionnaire.TagsForWords(word)
	if len(found) == 0 {
		return ""
	}
	return found[0].Tag
}

func importCatalogue(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	read, err := readCatalogue(ctx, in.File, in.size, in.name, exchange.Format(flags.format))
	if err != nil {
		return catalog.Imported{}, err
	}
	read.Source = flags.source
	if read.Source == "" {
		read.Source = in.name
	}
	if flags.partial {
		read.Complete = false
	}
	return a.catalog.Import(ctx, a.curator(), read, flags.dryRun, in.progress)
}

// progress shows how far an import is: one line that is written over on a terminal, a line per tenth elsewhere.
type progress struct {
	w        io.Writer
	name     string
	terminal bool
	shown    int
}

func newProgress(w io.Writer, name string) *progress {
	p := &progress{w: w, name: name, shown: -1}
	if f, ok := w.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *progress) show(done, total int) {
	if total == 0 {
		return
	}
	steps := 10
	if p.terminal {
		steps = 100
	}
	step := done * steps / total
	if step == p.shown {
		return
	}
	p.shown = step
	if p.terminal {
		fmt.Fprintf(p.w, "\r%s: %d van %d (%d %%)", p.name, done, total, done*100/total)
		return
	}
	fmt.Fprintf(p.w, "%s: %d van %d\n", p.name, done, total)
}

func (p *progress) end() {
	if p.terminal && p.shown >= 0 {
		fmt.Fprintln(p.w)
	}
}

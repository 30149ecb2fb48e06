package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/matcher"
)

// score prints the profile of a kindinkaart-need/1 file.
func score(_ context.Context, s streams, args []string) error {
	f := flagSet("score")
	f.Bool("json", true, "schrijf JSON")
	rest, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	need, err := readFile(rest[0], kindinkaart.ReadNeed)
	if err != nil {
		return err
	}
	profile, err := questionnaire.Score(need.Variant, need.Answers, need.Parent, false)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(rest[0]), err)
	}
	return writeJSON(s.out, profile)
}

// match ranks a catalogue for a kindinkaart-need/1 file. With --catalogue it needs no store.
func match(ctx context.Context, s streams, args []string) error {
	f := flagSet("match")
	conf := storeFlags(f)
	catalogue := f.String("catalogue", "", "kindinkaart-catalogue/1 om op te zoeken")
	schemes := f.String("schemes", "", "regelingen")
	crossings := f.String("crossings", "", "rivieren en oversteken, of none")
	streets := f.String("streets", "", "straten van import streets, of none; leeg = die van de opslag")
	limit := f.Int("limit", 0, "hoogstens zoveel regels; 0 = alle")
	rest, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	if *limit < 0 {
		return usageError{"--limit is een heel getal van 0 of meer."}
	}
	need, err := readFile(rest[0], kindinkaart.ReadNeed)
	if err != nil {
		return err
	}
	rivers, err := readCrossings(*crossings)
	if err != nil {
		return err
	}
	from := openBoard(ctx, s, conf)
	if *catalogue != "" {
		from = fileBoard(ctx, s, *catalogue)
	} else if *streets == "" {
		*streets = conf.streetsIfAny()
	}
	ways, err := readWays(rivers, *streets)
	if err != nil {
		return err
	}
	in, part := from(*schemes, ways)
	if part != nil && !errors.Is(part, errPart) {
		return part
	}
	defer in.close()
	warnUnknown(s.err, need, in.locate)
	options := matcher.Options{Limit: *limit, WhyNot: true, Found: []catalog.Matched{catalog.MatchedIDs(in.containing(need.Search))}}
	result, err := matcher.Rank(need, in.board, in.locate, options)
	if err != nil {
		return err
	}
	near := matcher.NewNearest(need, in.board, in.locate, options)
	if err := near.Fill(result.Items[:min(mostNearest, len(result.Items))], result.NotProposed[:min(mostNearest, len(result.NotProposed))]); err != nil {
		return err
	}
	if conf.json {
		return cmp.Or(writeJSON(s.out, result), part)
	}
	return cmp.Or(writeResult(s.out, result, in), part)
}

// mostNearest is of how many lines, and of how many that are not proposed, match says what stands nearest to possible: of a
// whole country nobody reads more.
const mostNearest = 1000

// warnUnknown says which postcode of the need has no place on the map; travel from there is then not known.
func warnUnknown(w io.Writer, n kindinkaart.Need, locate matcher.Locate) {
	for _, at := range []struct {
		name  string
		place *kindinkaart.Place
	}{{"home", n.Home}, {"second_home", n.SecondHome}, {"school", n.School}, {"other", n.Other}} {
		if at.place == nil || at.place.Postcode == "" || at.place.Lat != 0 || at.place.Lon != 0 {
			continue
		}
		if locate != nil {
			if _, ok := locate(at.place.Postcode); ok {
				continue
			}
		}
		fmt.Fprintf(w, "Let op: de postcode bij %s is niet bekend, dus de reistijd ook niet. Lees postcodes in met: kindinkaart import postcodes BESTAND.\n", at.name)
	}
}

// searched is what a match looks through.
type searched struct {
	partners   []catalog.Partner
	activities []catalog.Activity
	board      *matcher.Board
	locate     matcher.Locate
	close      func()
}

// containing gives the activities with all words of a text in their title or description.
func (in searched) containing(text string) iter.Seq[string] {
	words := strings.Fields(questionnaire.Fold(text))
	return func(yield func(string) bool) {
		for _, a := range in.activities {
			whole := questionnaire.Fold(a.Title + " " + a.Text)
			missing := slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(whole, w) })
			if len(words) > 0 && !missing && !yield(a.ID) {
				return
			}
		}
	}
}

// offers gives what makes of a line the activity as the catalogue has it.
func (in searched) offers() func(matcher.Item) matcher.Offer {
	activities, partners := map[string]catalog.Activity{}, map[string]catalog.Partner{}
	for _, a := range in.activities {
		activities[a.ID] = a
	}
	for _, p := range in.partners {
		partners[p.ID] = p
	}
	return func(it matcher.Item) matcher.Offer {
		a := activities[it.Activity]
		return it.OfferOf(a, partners[a.MainPartner()])
	}
}

// boardFrom makes a board with the schemes of a file, or its own when there is none. errPart comes with a board: what was
// refused has been listed.
type boardFrom func(schemes string, ways geo.Ways) (searched, error)

// fileBoard works on a catalogue file alone. What it refuses is said; the rest is used.
func fileBoard(ctx context.Context, s streams, path string) boardFrom {
	return func(schemes string, ways geo.Ways) (searched, error) {
		in, err := readImport(ctx, path)
		if err != nil {
			return searched{}, err
		}
		writeRefused(s.err, "geweigerd", in.Refused)
		rules := regeling.Example()
		if schemes != "" {
			if rules, err = readFile(schemes, regeling.Read); err != nil {
				return searched{}, err
			}
		}
		if len(in.Refused) > 0 {
			err = errPart
		}
		return searched{in.Partners, in.Activities, matcher.NewBoard(in.Partners, in.Activities, rules, ways), nil, func() {}}, err
	}
}

// openBoard works on the catalogue of the store.
func openBoard(ctx context.Context, s streams, conf *config) boardFrom {
	return func(schemes string, ways geo.Ways) (searched, error) {
		a, err := openApp(ctx, conf, s.err)
		if err != nil {
			return searched{}, err
		}
		in, err := a.searched(ctx, schemes, ways)
		if err != nil {
			a.close()
		}
		return in, err
	}
}

// searched packs the catalogue of the store with the schemes of a file, or its own when there is none.
func (a *app) searched(ctx context.Context, schemes string, ways geo.Ways) (searched, error) {
	partners, activities, _, err := a.store.All(ctx, a.conf.tenant)
	if err != nil {
		return searched{}, err
	}
	var rules []regeling.Scheme
	if schemes != "" {
		rules, err = readFile(schemes, regeling.Read)
	} else {
		rules, err = a.schemes(ctx, a.conf.tenant)
	}
	if err != nil {
		return searched{}, err
	}
	return searched{partners, activities, matcher.NewBoard(partners, activities, rules, ways), a.locate, a.close}, nil
}

// readWays adds the streets of a file to the rivers; "" and none are no streets.
func readWays(rivers *geo.Crossings, streets string) (geo.Ways, error) {
	if streets == "" || streets == "none" {
		return geo.Ways{Crossings: rivers}, nil
	}
	s, err := readStreetFile(streets, rivers)
	return geo.Ways{Crossings: rivers, Streets: s}, err
}

func readCrossings(path string) (*geo.Crossings, error) {
	switch path {
	case "":
		return geo.DefaultCrossings(), nil
	case "none":
		return geo.DefaultCrossings().WithoutCrossings(), nil
	}
	return readFile(path, geo.ReadCrossings)
}

// readImport reads a catalogue file in any format.
func readImport(ctx context.Context, path string) (catalog.Import, error) {
	f, size, err := open(path)
	if err != nil {
		return catalog.Import{}, err
	}
	defer f.Close()
	return readCatalogue(ctx, f, size, filepath.Base(path), "")
}

// readFile reads a whole file; errors name the file.
func readFile[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	f, _, err := open(path)
	if err != nil {
		var none T
		return none, err
	}
	defer f.Close()
	v, err := read(f)
	if err != nil {
		return v, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return v, nil
}

func open(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("het bestand %s is er niet of is niet te lezen", path)
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		f.Close()
		return nil, 0, fmt.Errorf("%s is geen bestand", path)
	}
	return f, info.Size(), nil
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

var groupTitle = map[matcher.Group]string{matcher.KanZo: "Kan zo", matcher.KanMetHulp: "Kan met hulp", matcher.KanNuNiet: "Kan nu niet"}

// writeResult writes a ranking for people.
func writeResult(w io.Writer, r matcher.Result, in searched) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Beantwoord: %d van %d kernvragen.\n", r.Coverage.Answered, r.Coverage.Core)
	if r.Thin {
		b.WriteString("Er is nog weinig bekend. Dit is een gevarieerde lijst om samen te bekijken.\n")
	}
	offer, group := in.offers(), matcher.Group("")
	for _, it := range r.Items {
		if it.Group != group {
			group = it.Group
			fmt.Fprintf(&b, "\n%s\n", groupTitle[group])
		}
		writeItem(&b, it, offer(it))
	}
	if len(r.NotProposed) > 0 {
		b.WriteString("\nNiet voorgesteld\n")
	}
	for _, n := range r.NotProposed {
		fmt.Fprintf(&b, "   %s: %s\n", n.Activity, n.Why)
		writeNearest(&b, n.Nearest)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeItem(b *strings.Builder, it matcher.Item, o matcher.Offer) {
	a, slot := o.Activity, o.Slot
	fmt.Fprintf(b, "%2d %s (%s), %s %s-%s, %s\n", it.Rank, a.Title, it.Activity, slot.Weekday, slot.Start, slot.End, o.Partner.Name)
	for _, reason := range it.Reasons {
		fmt.Fprintf(b, "   + %s\n", reason)
	}
	for _, block := range it.Blockers {
		fmt.Fprintf(b, "   ! %s\n", block.Text)
	}
	writeNearest(b, it.Nearest)
	for _, task := range it.Tasks {
		mark := " "
		if task.Done {
			mark = "x"
		}
		fmt.Fprintf(b, "   [%s] %s\n", mark, task.Text)
	}
	for _, part := range it.Parts {
		fmt.Fprintf(b, "     %6.2f %s: %s\n", part.Points, part.Name, part.Text)
	}
	fmt.Fprintf(b, "     %6.2f samen\n", it.Score)
}

// writeNearest writes what would make an activity possible, when it was worked out.
func writeNearest(b *strings.Builder, text string) {
	if text != "" {
		fmt.Fprintf(b, "   > %s\n", text)
	}
}

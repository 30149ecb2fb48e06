package wijknetwerk_test

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sources is every Go file of ours, read here so that a cached result of these tests is never older than the files.
type sources struct {
	packages []string        // folders with Go files that are not tests
	exported map[string]bool // "errs.Kind", "errs.Error.Kind": names in the code, with the members of types
	names    map[string]bool // the same names without package or type
	tests    []string        // names of tests, benchmarks and fuzz targets
	undocd   []string        // exported names without a doc comment, with their place
}

func readSources(t *testing.T) *sources {
	t.Helper()
	s := &sources{exported: map[string]bool{}, names: map[string]bool{}}
	hasDoc := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains([]string{"testdata", "data", "node_modules"}, d.Name())) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		files := token.NewFileSet()
		f, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		if strings.HasSuffix(name, "_test.go") {
			s.readTests(f)
			return nil
		}
		folder := path.Dir(filepath.ToSlash(name))
		hasDoc[folder] = hasDoc[folder] || f.Doc != nil
		s.readFile(f, files)
		return nil
	})
	if err != nil || len(hasDoc) == 0 {
		t.Fatalf("read %d packages: %v", len(hasDoc), err)
	}
	for folder, ok := range hasDoc {
		s.packages = append(s.packages, folder)
		if !ok {
			s.undocd = append(s.undocd, folder+": the package")
		}
	}
	slices.Sort(s.packages)
	return s
}

func (s *sources) readTests(f *ast.File) {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
			s.tests = append(s.tests, fn.Name.Name)
		}
	}
}

// readFile notes the exported names of a file and whether each has a doc comment.
func (s *sources) readFile(f *ast.File, files *token.FileSet) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = receiver(d) + "." + name
			}
			s.note(f.Name.Name, name, d.Doc != nil, files.Position(d.Pos()))
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				s.readSpec(f.Name.Name, d, spec, files)
			}
		}
	}
}

func (s *sources) readSpec(pkg string, d *ast.GenDecl, spec ast.Spec, files *token.FileSet) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		documented := d.Doc != nil || spec.Doc != nil || spec.Comment != nil
		for _, name := range spec.Names {
			s.note(pkg, name.Name, documented, files.Position(name.Pos()))
		}
	case *ast.TypeSpec:
		s.note(pkg, spec.Name.Name, spec.Doc != nil || d.Doc != nil, files.Position(spec.Pos()))
		for _, member := range members(spec.Type) {
			s.note(pkg, spec.Name.Name+"."+member, true, token.Position{})
		}
	}
}

// note keeps an exported name. Members of types carry their meaning in the type's comment, so they count as documented.
func (s *sources) note(pkg, name string, documented bool, at token.Position) {
	for part := range strings.SplitSeq(name, ".") {
		if !ast.IsExported(part) {
			return
		}
	}
	s.exported[pkg+"."+name] = true
	s.names[name[strings.LastIndex(name, ".")+1:]] = true
	if !documented {
		s.undocd = append(s.undocd, fmt.Sprintf("%s:%d: %s.%s", at.Filename, at.Line, pkg, name))
	}
}

func receiver(d *ast.FuncDecl) string {
	e := d.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if generic, ok := e.(*ast.IndexExpr); ok {
		e = generic.X
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return ""
	}
	return id.Name
}

// members gives the names of the fields of a struct and the methods of an interface.
func members(e ast.Expr) (names []string) {
	var list *ast.FieldList
	switch e := e.(type) {
	case *ast.StructType:
		list = e.Fields
	case *ast.InterfaceType:
		list = e.Methods
	default:
		return nil
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

var inTicks = regexp.MustCompile("`([^`\n]+)`")

// ticked gives what stands in backticks in a piece of Markdown.
func ticked(text string) (out []string) {
	for _, m := range inTicks.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

func readDoc(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tableRows gives the cells of every row of the tables whose heading row begins with a word; two rows make the heading.
func tableRows(text, heading string) (out [][]string) {
	inside := false
	lines := bufio.NewScanner(bytes.NewReader([]byte(text)))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		cells := strings.Split(strings.Trim(line, "|"), "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			inside = false
		case strings.TrimSpace(cells[0]) == heading:
			inside = true
		case inside && !strings.HasPrefix(line, "|-"):
			out = append(out, cells)
		}
	}
	return out
}

func TestEveryPackageStandsInTheArchitecture(t *testing.T) {
	told := ticked(readDoc(t, "docs/architecture.md"))
	for _, folder := range readSources(t).packages {
		if folder != "." && !slices.Contains(told, folder) && !slices.Contains(told, folder+"/") {
			t.Errorf("docs/architecture.md does not tell what `%s` holds", folder)
		}
	}
}

func TestTheImportTableInTheTextIsTheOneThatIsTested(t *testing.T) {
	told := map[string][]string{}
	for _, cells := range tableRows(readDoc(t, "docs/architecture.md"), "package") {
		for _, folder := range ticked(cells[0]) {
			told[folder] = ticked(cells[1])
		}
	}
	for folder, want := range allowed {
		got, ok := told[folder]
		slices.Sort(got)
		if want = slices.Sorted(slices.Values(want)); !ok || !slices.Equal(got, want) {
			t.Errorf("docs/architecture.md says that %s may import %v; imports_test.go says %v", folder, got, want)
		}
		delete(told, folder)
	}
	for folder := range told {
		t.Errorf("docs/architecture.md has a row for %s that imports_test.go does not know", folder)
	}
}

// pathLike says what looks like a file or folder of ours: it has a slash or an ending we use, and is not an address (/kind),
// a format (kindinkaart-need/1) or an environment variable.
var (
	pathLike   = regexp.MustCompile(`^(\./)?[A-Za-z0-9_.*-]+(/[A-Za-z0-9_.*-]+)*/?(\.\.\.)?$`)
	hasEnding  = regexp.MustCompile(`\.(go|json|md|html|css|csv|sql|txt|svg|geojson|mod|sum)$`)
	formatName = regexp.MustCompile(`^kindinkaart-[a-z-]+/[0-9]+$`)
	runFlag    = regexp.MustCompile(`-(?:run|bench|fuzz)[ =]'?([A-Za-z0-9_|^$]+)'?`)
)

func isPath(word string) bool {
	return pathLike.MatchString(word) && (strings.Contains(word, "/") || hasEnding.MatchString(word)) && !formatName.MatchString(word)
}

func TestWhatTheDocsPointAtExists(t *testing.T) {
	s := readSources(t)
	for _, doc := range []string{"docs/architecture.md", "docs/changing.md"} {
		found := 0
		for _, quoted := range ticked(readDoc(t, doc)) {
			for word := range strings.FieldsSeq(quoted) {
				if !isPath(word) {
					continue
				}
				found++
				pattern := strings.TrimSuffix(strings.TrimSuffix(word, "..."), "/")
				if match, err := filepath.Glob(pattern); err != nil || len(match) == 0 {
					t.Errorf("%s: `%s` does not exist", doc, word)
				}
			}
			if m := runFlag.FindStringSubmatch(quoted); m != nil && m[1] != "^$" {
				isNamed := regexp.MustCompile(m[1]).MatchString
				if !slices.ContainsFunc(s.tests, isNamed) {
					t.Errorf("%s: `%s` runs no test", doc, quoted)
				}
			}
		}
		if found < 20 {
			t.Errorf("%s: only %d paths were recognised", doc, found)
		}
	}
}

func TestTheGlossaryNamesWhatTheCodeHas(t *testing.T) {
	s := readSources(t)
	terms := tableRows(readDoc(t, "docs/begrippen.md"), "term")
	if len(terms) < 30 {
		t.Fatalf("only %d terms were recognised", len(terms))
	}
	for _, cells := range terms {
		if len(cells) != 5 {
			t.Errorf("%q has %d cells, want term, English, code, meaning, avoid", cells[0], len(cells))
			continue
		}
		for _, name := range ticked(cells[2]) {
			if !s.exported[name] {
				t.Errorf("%s: `%s` is not an exported name of our packages", strings.TrimSpace(cells[0]), name)
			}
		}
		for _, word := range ticked(cells[4]) {
			if s.names[word] {
				t.Errorf("%s: the word to avoid `%s` is an exported name", strings.TrimSpace(cells[0]), word)
			}
		}
	}
}

func TestEveryExportedNameHasADocComment(t *testing.T) {
	undocumented := readSources(t).undocd
	slices.Sort(undocumented)
	for _, place := range undocumented {
		t.Errorf("%s has no doc comment", place)
	}
}

func TestEveryLibraryStandsInTheDecisionOnLibraries(t *testing.T) {
	var told []string
	for _, cells := range tableRows(readDoc(t, "docs/decisions/0008-libraries.md"), "module") {
		told = append(told, ticked(cells[0])...)
	}
	eachImport(t, func(pkg, file, imported string) {
		host, _, _ := strings.Cut(imported, "/")
		known := func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") }
		if strings.Contains(host, ".") && !slices.ContainsFunc(told, known) {
			t.Errorf("%s: docs/decisions/0008-libraries.md does not tell what %s is for", file, imported)
		}
	})
}

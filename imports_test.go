package wijknetwerk_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "wijknetwerk"

// allowed says which of our packages a package may import (docs/architecture.md). "*" = all.
var allowed = map[string][]string{
	"geo":                         nil,
	"kindinkaart/errs":            nil,
	"kindinkaart/access":          nil,
	"kindinkaart/audit":           nil,
	"kindinkaart/questionnaire":   nil,
	"kindinkaart/regeling":        {"kindinkaart/errs"},
	"kindinkaart/traject":         {"kindinkaart/errs"},
	"catalog":                     {"geo", "kindinkaart/access", "kindinkaart/audit", "kindinkaart/errs"},
	"catalog/index":               {"catalog", "geo", "kindinkaart/errs"},
	"catalog/exchange":            {"catalog", "geo", "kindinkaart/errs"},
	"kindinkaart/account":         {"kindinkaart/access", "kindinkaart/audit", "kindinkaart/errs"},
	"kindinkaart":                 {"catalog", "geo", "kindinkaart/access", "kindinkaart/audit", "kindinkaart/errs", "kindinkaart/questionnaire", "kindinkaart/regeling", "kindinkaart/traject"},
	"matcher":                     {"catalog", "geo", "kindinkaart", "kindinkaart/access", "kindinkaart/errs", "kindinkaart/questionnaire", "kindinkaart/regeling"},
	"kindinkaart/store":           {"catalog", "geo", "kindinkaart", "kindinkaart/access", "kindinkaart/account", "kindinkaart/audit", "kindinkaart/errs", "kindinkaart/questionnaire", "kindinkaart/regeling", "kindinkaart/traject"},
	"kindinkaart/store/storetest": {"kindinkaart/store"},
	"web":                         {"catalog", "geo", "kindinkaart", "kindinkaart/access", "kindinkaart/account", "kindinkaart/audit", "kindinkaart/errs", "kindinkaart/questionnaire", "kindinkaart/regeling", "kindinkaart/traject", "matcher"},
	"cmd/kindinkaart":             {"*"},
	".":                           nil,
}

// homes says where each library lives; nothing else may import it.
var homes = map[string][]string{
	"github.com/gofiber/fiber":     {"web"},
	"github.com/valyala/fasthttp":  {"web"},
	"github.com/blevesearch/bleve": {"catalog/index"},
	"gorm.io":                      {"kindinkaart/store"},
	"github.com/mattn/go-sqlite3":  {"kindinkaart/store"},
	"github.com/jackc/pgx":         {"kindinkaart/store", "kindinkaart/store/storetest"},
}

func TestRoomsImportOnlyWhatTheTableAllows(t *testing.T) {
	eachImport(t, func(pkg, file, imported string) {
		rule, known := allowed[pkg]
		if !known {
			t.Errorf("%s: package %s is not in the table", file, pkg)
			return
		}
		ours, isOurs := strings.CutPrefix(imported, module+"/")
		if isOurs && !slices.Contains(rule, "*") && !slices.Contains(rule, ours) {
			t.Errorf("%s: %s may not import %s", file, pkg, ours)
		}
		for library, rooms := range homes {
			if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(rooms, pkg) {
				t.Errorf("%s: %s lives in %v", file, library, rooms)
			}
		}
	})
}

// eachImport reads the imports of every Go file that is not a test. The files are read here and not by another program,
// so that a cached result of this test is never older than the files.
func eachImport(t *testing.T, visit func(pkg, file, imported string)) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && name != "." || d.Name() == "node_modules" || d.Name() == "data" || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		for _, spec := range f.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			visit(path.Dir(filepath.ToSlash(name)), name, imported)
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Fatalf("read %d files: %v", files, err)
	}
}

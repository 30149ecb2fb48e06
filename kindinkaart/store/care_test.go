package store

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/store/storetest"
)

func TestABackupMadeWhilePeopleWorkIsWhole(t *testing.T) {
	ctx, s, tenant := context.Background(), openAt(t, storetest.SQLite(t)), newTenant()
	f := newFamily(t, s, tenant)
	file := filepath.Join(t.TempDir(), "kopie.db")
	if err := s.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
	wantKind(t, s.Backup(ctx, file), errs.Invalid)
	copied := openAt(t, file)
	same(t, copied, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, f.child.ID, f.child)
	if err := copied.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestPostgreSQLNamesItsOwnBackup(t *testing.T) {
	s := openAt(t, storetest.Postgres(t))
	err := s.Backup(context.Background(), filepath.Join(t.TempDir(), "x"))
	if errs.KindOf(err) != errs.Refused || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("got %v", err)
	}
}

func TestAFullDiskSaysSoAndLosesNothing(t *testing.T) {
	ctx, s, tenant := context.Background(), openAt(t, storetest.SQLite(t)), newTenant()
	stored := put(t, s, kindinkaart.Tx.Children, tenant, sampleChild(tenant))
	limit := func(pages string) {
		if err := s.writer.Exec("PRAGMA max_page_count = " + pages).Error; err != nil {
			t.Fatal(err)
		}
	}
	limit("1") // SQLite takes the present size
	var err error
	for range 1000 {
		err = s.Do(ctx, func(x kindinkaart.Tx) error {
			_, err := x.Children().Put(access.Scope{Tenant: tenant}, sampleChild(tenant))
			return err
		})
		if err != nil {
			break
		}
	}
	wantKind(t, err, errs.Unavailable)
	if !strings.Contains(errs.MessageOf(err), "schijf") {
		t.Errorf("got %v", err)
	}
	same(t, s, kindinkaart.Tx.Children, access.Scope{Tenant: tenant}, stored.ID, stored)
	limit("100000")
	put(t, s, kindinkaart.Tx.Children, tenant, sampleChild(tenant))
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestOldSQLiteIsRefused(t *testing.T) {
	for version, fine := range map[string]bool{"3.51.3": true, "3.51.2": false, "3.45.1": false, "3.54.1": true, "4.0.0": true, "3.52": true, "": false} {
		if atLeast(version, oldestSQLite) != fine {
			t.Errorf("%q: want %v", version, fine)
		}
	}
}

// Ways of gorm that lost rows or let text become SQL when they were measured (RELIABILITY 4, 5 and Z05).
var forbidden = regexp.MustCompile(`\.Save\(|Where\(&|AutoMigrate|Migrator\(|\.First\(|DeletedAt|Sprintf\("(SELECT|UPDATE|INSERT|DELETE| WHERE| ORDER)`)

func TestTheCodeUsesNoneOfGormsSharpEdges(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source files", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.Find(source); found != nil {
			t.Errorf("%s uses %s", file, found)
		}
	}
}

func TestBothEnginesHaveTheSameMigrations(t *testing.T) {
	one, err := filepath.Glob("migrations/sqlite/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	two, err := filepath.Glob("migrations/postgres/*.sql")
	if err != nil || len(one) != len(two) || len(one) == 0 {
		t.Fatalf("%d and %d files (%v)", len(one), len(two), err)
	}
	table := regexp.MustCompile(`CREATE TABLE \S+|PRIMARY KEY[^\n,]*|UNIQUE [^\n]*|FOREIGN KEY [^\n]*|CREATE INDEX [^\n]*`)
	for i := range one {
		a, errA := os.ReadFile(one[i])
		b, errB := os.ReadFile(two[i])
		if errA != nil || errB != nil || filepath.Base(one[i]) != filepath.Base(two[i]) {
			t.Fatal(one[i], two[i], errA, errB)
		}
		if x, y := table.FindAllString(string(a), -1), table.FindAllString(string(b), -1); strings.Join(x, "\n") != strings.Join(y, "\n") {
			t.Errorf("%s: the engines have other tables, keys or indexes", filepath.Base(one[i]))
		}
	}
}

package store

import (
	"context"
	"fmt"
	"testing"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/store/storetest"
)

// BenchmarkImport20000 applies 20,000 activities in chunks of 500, as an import does; synchronous is FULL.
func BenchmarkImport20000(b *testing.B) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := openAt(b, address(b))
			for i := range b.N {
				importMany(b, s, fmt.Sprint("import", i))
			}
			b.ReportMetric(20000*float64(b.N)/b.Elapsed().Seconds(), "activities/s")
		})
	}
}

func importMany(b *testing.B, s *Store, tenant string) {
	for range 40 {
		chunk := make([]catalog.Activity, 500)
		for i := range chunk {
			chunk[i] = sampleActivity("")
		}
		if _, err := s.Apply(context.Background(), tenant, catalog.Edit{Activities: chunk}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkChildAct stores and reads one child with its audit line.
func BenchmarkChildAct(b *testing.B) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := openAt(b, address(b))
			tenant := newTenant()
			for b.Loop() {
				c := sampleChild(tenant)
				do(b, s, func(x kindinkaart.Tx) error {
					if _, err := x.Children().Put(access.Scope{Tenant: tenant}, c); err != nil {
						return err
					}
					if _, err := x.Children().Get(access.Scope{Tenant: tenant}, c.ID); err != nil {
						return err
					}
					return x.Record(event(tenant, "create", "child", c.ID))
				})
			}
		})
	}
}

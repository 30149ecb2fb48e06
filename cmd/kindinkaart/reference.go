package main

import (
	"context"
	"encoding/json"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/audit"
	"wijknetwerk/kindinkaart/regeling"
	"wijknetwerk/kindinkaart/store"
	"wijknetwerk/kindinkaart/traject"
)

// importPostcodes reads one of the three shapes of postcode files. A file without points only says that a postcode
// exists: it never takes away a point that is known.
func importPostcodes(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	var rows []store.Postcode
	refused, err := geo.ReadPostcodes(in, func(r geo.PostcodeRow) error {
		rows = append(rows, a.postcode(r))
		return nil
	})
	if err != nil {
		return catalog.Imported{}, err
	}
	done := catalog.Imported{Source: in.name, Refused: refusedRows(refused)}
	if flags.dryRun {
		done.Unchanged = len(rows)
		return done, nil
	}
	changed, err := a.store.PutPostcodes(ctx, rows, in.progress)
	done.Changed, done.Unchanged = changed, len(rows)-changed
	return done, err
}

// postcode adds the municipality and wijk of a point, as far as the areas are known.
func (a *app) postcode(r geo.PostcodeRow) store.Postcode {
	p := store.Postcode{Code: r.PC4, Point: r.Point, Residence: r.Gemeente}
	if r.Full != "" {
		p.Code = string(r.Full)
	}
	if !r.HasPoint {
		return p
	}
	if area, ok := a.areas.At(r.Point, geo.Gemeente); ok && p.Residence == "" {
		p.Residence = area.Code
	}
	p.Wijk = a.wijkAt(r.Point)
	return p
}

func refusedRows(list []geo.Refused) []catalog.Refused {
	out := []catalog.Refused{}
	for _, r := range list {
		out = append(out, catalog.Refused{Record: r.Record, Row: r.Row, Field: r.Field, Reason: r.Reason})
	}
	return out
}

// importAreas reads wijken, buurten and municipalities, and tells the postcodes that are known in which they lie.
func importAreas(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	areas, refused, err := geo.ReadAreas(in)
	if err != nil {
		return catalog.Imported{}, err
	}
	done := catalog.Imported{Source: in.name, Refused: refusedRows(refused)}
	var rows []store.Area
	for _, area := range areas {
		feature, err := area.Feature()
		if err != nil {
			return done, err
		}
		rows = append(rows, store.Area{Code: area.Code, Kind: string(area.Kind), Name: area.Name, GeoJSON: feature})
	}
	if flags.dryRun {
		done.Unchanged = len(rows)
		return done, nil
	}
	changed, err := a.store.PutAreas(ctx, rows, in.progress)
	if err != nil {
		return done, err
	}
	done.Changed, done.Unchanged = changed, len(rows)-changed
	if changed == 0 {
		return done, nil
	}
	return done, a.placePostcodes(ctx)
}

// placePostcodes works out again in which wijk and municipality every known postcode lies.
func (a *app) placePostcodes(ctx context.Context) error {
	areas, err := readOutlines(ctx, a.store)
	if err != nil {
		return err
	}
	a.areas = areas
	all, err := a.store.Postcodes(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Wijk = a.wijkAt(all[i].Point)
		if area, ok := areas.At(all[i].Point, geo.Gemeente); ok {
			all[i].Residence = area.Code
		}
	}
	_, err = a.store.PutPostcodes(ctx, all, nil)
	return err
}

// importHolidays reads the school holidays of the three regions.
func importHolidays(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	holidays, refused, err := traject.ReadHolidays(in)
	if err != nil {
		return catalog.Imported{}, err
	}
	done := catalog.Imported{Source: in.name}
	for _, r := range refused {
		done.Refused = append(done.Refused, catalog.Refused{Row: r.Line, Field: r.Field, Reason: "verwacht " + r.Expected})
	}
	if flags.dryRun {
		done.Unchanged = len(holidays)
		return done, nil
	}
	changed, err := a.store.PutHolidays(ctx, holidays, in.progress)
	done.Changed, done.Unchanged = changed, len(holidays)-changed
	return done, err
}

// importSchemes reads funding schemes. What a person confirmed stays confirmed while the text of the scheme is the same.
func importSchemes(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	schemes, err := regeling.Read(in)
	if err != nil {
		return catalog.Imported{}, err
	}
	done := catalog.Imported{Source: in.name}
	if flags.dryRun {
		done.Unchanged = len(schemes)
		return done, nil
	}
	var rows []store.Scheme
	for _, s := range schemes {
		body, err := json.Marshal(s)
		if err != nil {
			return done, err
		}
		rows = append(rows, store.Scheme{ID: s.ID, Verified: s.Verified, ValidFrom: s.ValidFrom, ValidTo: s.ValidTo, Body: body})
	}
	e := audit.Event{Tenant: flags.tenant, Actor: a.operator().ID, Role: string(a.operator().Role), Action: "import", Kind: "regeling", Purpose: "beheer"}
	changed, err := a.store.PutSchemes(ctx, flags.tenant, rows, e, in.progress)
	done.Changed, done.Unchanged = changed, len(rows)-changed
	return done, err
}

// importSchools reads schools; the same BRIN is the same school.
func importSchools(ctx context.Context, a *app, in inFile, flags importFlags) (catalog.Imported, error) {
	schools, refused, err := kindinkaart.ReadSchools(in)
	if err != nil {
		return catalog.Imported{}, err
	}
	done := catalog.Imported{Source: in.name}
	for _, r := range refused {
		done.Refused = append(done.Refused, catalog.Refused{Record: r.Record, Row: r.Line, Field: "school", Reason: r.Message})
	}
	for i := range schools {
		schools[i].Wijk = a.wijkAt(schools[i].Point)
	}
	if flags.dryRun {
		done.Unchanged = len(schools)
		return done, nil
	}
	n, err := a.kind.ImportSchools(ctx, a.operator(), schools)
	done.Added, done.Changed, done.Unchanged = n.Added, n.Changed, n.Same
	in.progress(len(schools), len(schools))
	return done, err
}

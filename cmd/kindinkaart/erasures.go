package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/store"
)

// erasureList says which records were erased, so that a restored copy can erase them again. It holds ids only, and only of
// records that are gone.
type erasureList struct {
	Format string          `json:"format"`
	Erased []store.Erasure `json:"erased"`
}

const erasureFormat = "kindinkaart-erasures/1"

// erasures writes the list of erased records; keep it beside the backups, newer than the newest.
func erasures(ctx context.Context, s streams, args []string) error {
	a, _, err := openFor(ctx, s, "erasures", args, 0)
	if err != nil {
		return err
	}
	defer a.close()
	list := erasureList{Format: erasureFormat, Erased: []store.Erasure{}}
	tenants, err := a.store.Tenants(ctx)
	if err != nil {
		return err
	}
	for _, tenant := range tenants {
		erased, err := a.store.Erasures(ctx, tenant)
		if err != nil {
			return err
		}
		list.Erased = append(list.Erased, erased...)
	}
	return writeJSON(s.out, list)
}

// eraseAgain erases whoever came back with an older copy of the database (DOMAIN 7.7: erasures are replayed after restore).
func eraseAgain(ctx context.Context, s streams, args []string) error {
	a, rest, err := openFor(ctx, s, "erase-again", args, 1)
	if err != nil {
		return err
	}
	defer a.close()
	list, err := readFile(rest[0], readErasures)
	if err != nil {
		return err
	}
	back, err := a.store.Replay(ctx, list.Erased)
	if err != nil {
		return err
	}
	return a.conf.result(s, map[string]int{"erased": back}, "%d dossiers waren terug en zijn opnieuw gewist.", back)
}

func readErasures(r io.Reader) (list erasureList, err error) {
	if err := json.NewDecoder(r).Decode(&list); err != nil || list.Format != erasureFormat {
		return list, errs.Wrap(errs.Invalid, fmt.Sprintf("dit is geen lijst van %s; maak die met: kindinkaart erasures", erasureFormat), err)
	}
	for i, e := range list.Erased {
		if e.Tenant == "" || e.ID == "" || (e.Kind != "child" && e.Kind != "klas") {
			return list, fmt.Errorf("regel %d van de lijst klopt niet: verwacht tenant, kind (child of klas) en id", i+1)
		}
	}
	return list, nil
}

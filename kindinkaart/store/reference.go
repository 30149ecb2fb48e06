package store

import (
	"context"

	"github.com/golang-sql/civil"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// referenceChunk is how many rows of reference data go into one transaction.
const referenceChunk = 1000

// Postcode is where a postcode, or a PC4 area, lies.
type Postcode struct {
	Code      string    // 3072AB, or 3072 for a whole PC4 area
	Point     geo.Point // zero when unknown
	Residence string    // CBS municipality code, "" when unknown
	Wijk      string    // area code, "" when unknown
}

// Area is a wijk, buurt or municipality with its outline.
type Area struct {
	Code      string
	Kind      string // wijk, buurt, gemeente
	Name      string
	Residence string // CBS municipality code, "" when unknown
	GeoJSON   []byte // geometry or feature, as it was imported
}

// Reference data is public and the same for every tenant, so its rows have no tenant.
type postcodeRow struct {
	Code      string
	Pc4       string
	Lat, Lon  float64
	Residence string
	Wijk      string
}

func (postcodeRow) TableName() string { return "postcode" }

type areaRow struct {
	Code      string
	Kind      string
	Name      string
	Residence string
	Geojson   string
}

func (areaRow) TableName() string { return "area" }

type holidayRow struct {
	Region  string
	Name    string
	FromDay string
	ToDay   string
}

func (holidayRow) TableName() string { return "holiday" }

// PutPostcodes adds or replaces postcodes and gives how many were new or different. One without a point only says that
// the postcode exists: it takes away no point or wijk that is known. progress is called with how many are stored; it may
// be nil. An interrupted call keeps whole chunks and can be done again.
func (s *Store) PutPostcodes(ctx context.Context, all []Postcode, progress func(done, total int)) (changed int, err error) {
	rows := make([]postcodeRow, len(all))
	for i, p := range all {
		if len(p.Code) < 4 {
			return 0, errs.New(errs.Invalid, "Een postcode in de lijst is te kort: verwacht 3072AB of 3072.")
		}
		rows[i] = postcodeRow{p.Code, p.Code[:4], p.Point.Lat, p.Point.Lon, p.Residence, p.Wijk}
	}
	const placed = "(excluded.lat <> 0 OR excluded.lon <> 0)"
	rule := clause.OnConflict{Columns: columnsOf("code"), DoUpdates: clause.Assignments(map[string]any{
		"lat":       gorm.Expr("CASE WHEN " + placed + " THEN excluded.lat ELSE postcode.lat END"),
		"lon":       gorm.Expr("CASE WHEN " + placed + " THEN excluded.lon ELSE postcode.lon END"),
		"wijk":      gorm.Expr("CASE WHEN " + placed + " THEN excluded.wijk ELSE postcode.wijk END"),
		"residence": gorm.Expr("CASE WHEN excluded.residence <> '' THEN excluded.residence ELSE postcode.residence END"),
	}), Where: only("(" + placed + " AND (postcode.lat <> excluded.lat OR postcode.lon <> excluded.lon OR postcode.wijk <> excluded.wijk))" +
		" OR (excluded.residence <> '' AND postcode.residence <> excluded.residence)")}
	return upsert(ctx, s, lastOf(rows, func(r postcodeRow) string { return r.Code }), rule, progress)
}

// PutAreas adds or replaces areas, as PutPostcodes does.
func (s *Store) PutAreas(ctx context.Context, all []Area, progress func(done, total int)) (changed int, err error) {
	rows := make([]areaRow, len(all))
	for i, a := range all {
		rows[i] = areaRow{a.Code, a.Kind, a.Name, a.Residence, string(a.GeoJSON)}
	}
	rule := clause.OnConflict{Columns: columnsOf("code"), DoUpdates: clause.AssignmentColumns([]string{"kind", "name", "residence", "geojson"}),
		Where: only("area.kind <> excluded.kind OR area.name <> excluded.name OR area.residence <> excluded.residence OR area.geojson <> excluded.geojson")}
	return upsert(ctx, s, lastOf(rows, func(r areaRow) string { return r.Code }), rule, progress)
}

// PutHolidays adds or replaces school holidays, as PutPostcodes does.
func (s *Store) PutHolidays(ctx context.Context, all []traject.Holiday, progress func(done, total int)) (changed int, err error) {
	rows := make([]holidayRow, len(all))
	for i, h := range all {
		rows[i] = holidayRow{h.Region, h.Name, day(h.From), day(h.To)}
	}
	rule := clause.OnConflict{Columns: columnsOf("region", "name", "from_day"), DoUpdates: clause.AssignmentColumns([]string{"to_day"}),
		Where: only("holiday.to_day <> excluded.to_day")}
	return upsert(ctx, s, lastOf(rows, func(r holidayRow) string { return string(joined(r.Region, r.Name, r.FromDay)) }), rule, progress)
}

// only limits a replacement to rows that differ; condition is a constant of this file.
func only(condition string) clause.Where {
	return clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: condition}}}
}

func columnsOf(names ...string) (out []clause.Column) {
	for _, name := range names {
		out = append(out, clause.Column{Name: name})
	}
	return out
}

// lastOf leaves out rows whose key comes again later in the list.
func lastOf[R any](rows []R, key func(R) string) []R {
	last := map[string]int{}
	for i, r := range rows {
		last[key(r)] = i
	}
	out := rows[:0]
	for i, r := range rows {
		if last[key(r)] == i {
			out = append(out, r)
		}
	}
	return out
}

// upsert writes rows in chunks and counts those that were new or different.
func upsert[R any](ctx context.Context, s *Store, rows []R, rule clause.OnConflict, progress func(done, total int)) (changed int, err error) {
	if err := checkTexts(rows); err != nil {
		return 0, err
	}
	for done := 0; done < len(rows); {
		chunk := rows[done:min(done+referenceChunk, len(rows))]
		var n int64
		err := s.write(ctx, 6*s.timeout, func(t *tx) error {
			stored := t.db.Clauses(rule).Create(&chunk)
			n = stored.RowsAffected
			return stored.Error
		})
		if err != nil {
			return changed, err
		}
		done, changed = done+len(chunk), changed+int(n)
		if progress != nil {
			progress(done, len(rows))
		}
	}
	return changed, nil
}

// Postcodes gives all postcodes and PC4 areas, by code.
func (s *Store) Postcodes(ctx context.Context) (out []Postcode, err error) {
	err = s.read(ctx, 6*s.timeout, func(t *tx) (err error) {
		out, err = converted(t.db.Table("postcode").Order("code"), func(r postcodeRow) (Postcode, error) {
			return Postcode{r.Code, geo.Point{Lat: r.Lat, Lon: r.Lon}, r.Residence, r.Wijk}, nil
		})
		return err
	})
	return out, err
}

// Areas gives all areas, by code.
func (s *Store) Areas(ctx context.Context) (out []Area, err error) {
	err = s.read(ctx, 6*s.timeout, func(t *tx) (err error) {
		out, err = converted(t.db.Table("area").Order("code"), func(r areaRow) (Area, error) {
			return Area{r.Code, r.Kind, r.Name, r.Residence, []byte(r.Geojson)}, nil
		})
		return err
	})
	return out, err
}

// Locate gives the middle of a postcode, of its PC4 area when only that is known, and the municipality code.
func (s *Store) Locate(ctx context.Context, p geo.Postcode) (point geo.Point, residence string, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) (err error) {
		point, residence, err = t.Locate(p)
		return err
	})
	return point, residence, err
}

// Locate is Store.Locate inside this transaction. A PC4 area that was not imported itself is the mean of its postcodes.
func (t *tx) Locate(p geo.Postcode) (geo.Point, string, error) {
	var r postcodeRow
	ok, err := t.one(&r, `SELECT a.lat, a.lon, COALESCE(NULLIF(a.residence, ''), b.residence, '') AS residence
		FROM postcode a LEFT JOIN postcode b ON b.code = a.pc4
		WHERE a.code IN (?, ?) AND (a.lat <> 0 OR a.lon <> 0) ORDER BY length(a.code) DESC LIMIT 1`, string(p), p.PC4())
	if err == nil && !ok {
		ok, err = t.one(&r, "SELECT avg(lat) AS lat, avg(lon) AS lon, max(residence) AS residence FROM postcode WHERE pc4 = ? AND (lat <> 0 OR lon <> 0) HAVING count(*) > 0", p.PC4())
	}
	if err != nil {
		return geo.Point{}, "", err
	}
	if !ok {
		return geo.Point{}, "", errs.New(errs.NotFound, "Deze postcode kennen we niet. Kijk of hij klopt, bijvoorbeeld 3072 AB.")
	}
	return geo.Point{Lat: r.Lat, Lon: r.Lon}, r.Residence, nil
}

// WijkOf gives the area code of the wijk of a postcode, of its PC4 area when only that has one, "" when unknown.
func (t *tx) WijkOf(p geo.Postcode) (wijk string, err error) {
	_, err = t.one(&wijk, "SELECT wijk FROM postcode WHERE code IN (?, ?) AND wijk <> '' ORDER BY length(code) DESC LIMIT 1", string(p), p.PC4())
	return wijk, err
}

// Holidays gives the school holidays of a region, or of all with "", from early to late.
func (t *tx) Holidays(region string) ([]traject.Holiday, error) {
	return converted(t.db.Table("holiday").Where("region = ? OR ? = ''", region, region).Order("from_day, region, name"), holidayRow.holiday)
}

// Holidays is Tx.Holidays in a transaction of its own.
func (s *Store) Holidays(ctx context.Context, region string) (out []traject.Holiday, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) (err error) {
		out, err = t.Holidays(region)
		return err
	})
	return out, err
}

func (r holidayRow) holiday() (traject.Holiday, error) {
	from, err := civil.ParseDate(r.FromDay)
	if err != nil {
		return traject.Holiday{}, err
	}
	to, err := civil.ParseDate(r.ToDay)
	return traject.Holiday{Name: r.Name, Region: r.Region, From: from, To: to}, err
}

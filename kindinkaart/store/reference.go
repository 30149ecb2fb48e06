package store

import (
	"context"

	"github.com/golang-sql/civil"
	"gorm.io/gorm/clause"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/traject"
)

// referenceChunk is how many rows of reference data go into one transaction.
const referenceChunk = 1000

// Postcode is where a postcode, or a PC4 area, lies.
type Postcode struct {
	Code      string // 3072AB, or 3072 for a whole PC4 area
	Point     geo.Point
	Residence string // CBS municipality code, "" when unknown
	Wijk      string // area code, "" when unknown
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

// PutPostcodes adds or replaces postcodes. progress is called with how many are stored; it may be nil. An interrupted
// call keeps whole chunks and can be done again.
func (s *Store) PutPostcodes(ctx context.Context, all []Postcode, progress func(done, total int)) error {
	rows := make([]postcodeRow, len(all))
	for i, p := range all {
		if len(p.Code) < 4 {
			return errs.New(errs.Invalid, "Een postcode in de lijst is te kort: verwacht 3072AB of 3072.")
		}
		rows[i] = postcodeRow{p.Code, p.Code[:4], p.Point.Lat, p.Point.Lon, p.Residence, p.Wijk}
	}
	return upsert(ctx, s, lastOf(rows, func(r postcodeRow) string { return r.Code }), progress, "code")
}

// PutAreas adds or replaces areas, as PutPostcodes does.
func (s *Store) PutAreas(ctx context.Context, all []Area, progress func(done, total int)) error {
	rows := make([]areaRow, len(all))
	for i, a := range all {
		rows[i] = areaRow{a.Code, a.Kind, a.Name, a.Residence, string(a.GeoJSON)}
	}
	return upsert(ctx, s, lastOf(rows, func(r areaRow) string { return r.Code }), progress, "code")
}

// PutHolidays adds or replaces school holidays, as PutPostcodes does.
func (s *Store) PutHolidays(ctx context.Context, all []traject.Holiday, progress func(done, total int)) error {
	rows := make([]holidayRow, len(all))
	for i, h := range all {
		rows[i] = holidayRow{h.Region, h.Name, day(h.From), day(h.To)}
	}
	return upsert(ctx, s, lastOf(rows, func(r holidayRow) string { return string(joined(r.Region, r.Name, r.FromDay)) }), progress, "region", "name", "from_day")
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

// upsert writes rows in chunks.
func upsert[R any](ctx context.Context, s *Store, rows []R, progress func(done, total int), key ...string) error {
	if err := checkTexts(rows); err != nil {
		return err
	}
	columns := make([]clause.Column, len(key))
	for i, name := range key {
		columns[i] = clause.Column{Name: name}
	}
	for done := 0; done < len(rows); {
		chunk := rows[done:min(done+referenceChunk, len(rows))]
		err := s.write(ctx, 6*s.timeout, func(t *tx) error {
			return t.db.Clauses(clause.OnConflict{Columns: columns, UpdateAll: true}).Create(&chunk).Error
		})
		if err != nil {
			return err
		}
		done += len(chunk)
		if progress != nil {
			progress(done, len(rows))
		}
	}
	return nil
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

// PostcodeExists says whether a postcode is in the reference data, by its six characters.
func (s *Store) PostcodeExists(ctx context.Context, p geo.Postcode) (exists bool, err error) {
	err = s.read(ctx, s.timeout, func(t *tx) error {
		var n int
		_, err := t.one(&n, "SELECT count(*) FROM postcode WHERE code = ?", string(p))
		exists = n > 0
		return err
	})
	return exists, err
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
		WHERE a.code IN (?, ?) ORDER BY length(a.code) DESC LIMIT 1`, string(p), p.PC4())
	if err == nil && !ok {
		ok, err = t.one(&r, "SELECT avg(lat) AS lat, avg(lon) AS lon, max(residence) AS residence FROM postcode WHERE pc4 = ? HAVING count(*) > 0", p.PC4())
	}
	if err != nil {
		return geo.Point{}, "", err
	}
	if !ok {
		return geo.Point{}, "", errs.New(errs.NotFound, "Deze postcode kennen we niet. Kijk of hij klopt, bijvoorbeeld 3072 AB.")
	}
	return geo.Point{Lat: r.Lat, Lon: r.Lon}, r.Residence, nil
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

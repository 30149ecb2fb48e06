package matcher_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/store/storetest"
)

// postgis is a PostGIS with the rows of a plain country, and one connection tuned for one statement at a time.
type postgis struct {
	*pgx.Conn
	pid uint32
}

// openPostGIS fills a table of its own in a PostgreSQL that is started for this process. Without PostGIS the comparison
// is left out and says so; .ci/bench-tools installs it.
func openPostGIS(b *testing.B, name string, rows []plainRow) postgis {
	b.Helper()
	if found, err := filepath.Glob("/usr/share/postgresql/*/extension/postgis.control"); (err != nil || len(found) == 0) && os.Getenv(storetest.DatabaseEnv) == "" {
		b.Skip("PostGIS is not installed: run .ci/bench-tools for this comparison")
	}
	ctx := b.Context()
	admin, err := pgx.Connect(ctx, storetest.Admin(b))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = admin.Close(ctx) }()
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		b.Fatal(err)
	}
	config := admin.Config().Copy()
	config.Database = name
	for key, value := range map[string]string{"jit": "off", "work_mem": "64MB", "max_parallel_workers_per_gather": "0", "plan_cache_mode": "force_generic_plan",
		"random_page_cost": "1.0", "effective_cache_size": "4GB", "synchronous_commit": "off"} {
		config.RuntimeParams[key] = value
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = conn.Close(context.Background()) })
	p := postgis{Conn: conn, pid: conn.PgConn().PID()}
	p.fill(b, rows)
	return p
}

func (p postgis) must(b *testing.B, statement string) {
	b.Helper()
	if _, err := p.Exec(b.Context(), statement); err != nil {
		b.Fatalf("%s: %v", statement, err)
	}
}

// fill copies the rows in the order of the map, so that neighbours share pages, with what each needs worked out, and
// indexes them in the ways that the forms use.
func (p postgis) fill(b *testing.B, rows []plainRow) {
	b.Helper()
	p.must(b, `CREATE EXTENSION postgis`)
	p.must(b, `CREATE EXTENSION btree_gist`)
	p.must(b, `CREATE TABLE raw (id uuid, lat float8, lon float8, tags bigint, leaf1 int2, leaf2 int2, age_min int2, age_max int2, touches int4, weekday int2,
		cents int4, ends int4, is_full bool, waiting bool, refused bool, setting int2, intensity int2, size int2, category int2, words text)`)
	columns := strings.Split("id,lat,lon,tags,leaf1,leaf2,age_min,age_max,touches,weekday,cents,ends,is_full,waiting,refused,setting,intensity,size,category,words", ",")
	if _, err := p.CopyFrom(b.Context(), pgx.Identifier{"raw"}, columns, pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return rows[i].values() })); err != nil {
		b.Fatal(err)
	}
	p.must(b, `CREATE TABLE offer AS SELECT r.*, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom, to_tsvector('dutch', words) AS found,
		radians(lat) AS rad_lat, radians(lon) AS rad_lon, cos(radians(lat)) AS cos_lat
		FROM raw r ORDER BY ST_GeoHash(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 8)`)
	p.must(b, `ALTER TABLE offer DROP COLUMN words, ADD PRIMARY KEY (id)`)
	p.must(b, `DROP TABLE raw`)
	p.must(b, `CREATE INDEX ON offer USING gist (geom)`)
	p.must(b, `CREATE INDEX ON offer USING gist (geom, age_min, age_max) WHERE NOT refused AND (NOT is_full OR waiting)`)
	p.must(b, `CREATE INDEX ON offer USING gin (found)`)
	p.must(b, `VACUUM ANALYZE offer`)
}

func (r *plainRow) values() ([]any, error) {
	id, err := uuid.Parse(r.id)
	return []any{[16]byte(id), r.at.Lat, r.at.Lon, int64(r.tags), int16(r.leaf[0] + 1), int16(r.leaf[1] + 1), int16(r.ageMin), int16(r.ageMax), int32(r.touches), int16(r.weekday),
		int32(r.yearCents), int32(r.to), r.full, r.waiting, r.refused, int16(r.wish[0]), int16(r.wish[1]), int16(r.wish[2]), int16(r.category), r.text}, err
}

// The plain pass as one statement, in the forms that were cheapest of those tried (ST_DWithin on geography, an index on
// the map alone, ST_DistanceSphere and no index cost more; docs/performance.md). What cannot be is kept out by the index
// and by conditions that are cheap, before a distance is worked out; only then the exact minutes and the score.
// $1 values by leaf, $2 leaves to propose, $3 $4 home, $5 to $8 box around what is in reach, $9 age, $10 times that the
// child is busy, $11 weekdays, $12 minutes for each metre as the crow flies, $13 most minutes, $14 most cents a year,
// $15 to $17 wishes.
const plainSQL = `
SELECT id, CASE WHEN cents > $14 OR minutes > $13 OR is_full OR age_min > $9 OR age_max < $9 THEN 1 ELSE 0 END AS standing, is_full,
  round(6000 * GREATEST(($1::float8[])[leaf1], ($1::float8[])[leaf2], 0)) + round(1500 * exp(-minutes * 0.034657359027997264)) + round(1000000 / (1000 + cents / 12.0::float8))
  + 200 * ((setting = $15)::int4 + (intensity = $16)::int4 + (size = $17)::int4)
  - 500 * ((cents > $14)::int4 + (minutes > $13)::int4 + is_full::int4) - 300 * (age_min > $9 OR age_max < $9)::int4 AS score, category
FROM (SELECT id, is_full, category, cents, age_min, age_max, leaf1, leaf2, setting, intensity, size,
    $12::float8 * 12756274 * asin(sqrt(power(sin((rad_lat - radians($3::float8)) / 2), 2) + power(sin((rad_lon - radians($4::float8)) / 2), 2) * cos_lat * cos(radians($3::float8)))) AS minutes
  FROM offer
  WHERE geom && ST_MakeEnvelope($5, $6, $7, $8, 4326) AND tags & $2 <> 0 AND age_min <= $9 + 1 AND age_max >= $9 - 1 AND touches & $10 = 0
    AND (NOT is_full OR waiting) AND ends >= 0 AND NOT refused AND (1 << weekday) & $11 <> 0 %s
  OFFSET 0) near
WHERE minutes <= 1.5 * $13
ORDER BY standing, is_full, score DESC, id LIMIT 20`

// wordsSQL is the same for what has a word in its text.
const wordsSQL = "AND found @@ to_tsquery('dutch', $18)"

func (w *plainWish) statement() string {
	if w.word != "" {
		return fmt.Sprintf(plainSQL, wordsSQL)
	}
	return fmt.Sprintf(plainSQL, "")
}

// parameters are the figures of a family as the statement wants them.
func (w *plainWish) parameters() []any {
	values := make([]*float64, 64)
	for i, v := range w.value {
		if !math.IsNaN(v) {
			values[i] = &w.value[i]
		}
	}
	perMetre := geo.DefaultSpeeds.Minutes(geo.DefaultSpeeds.Detour, w.mode, w.age)
	west, south, east, north := reach(w.home, w.farthest())
	days := int16(w.weekdays)
	if days == 0 {
		days = 1<<7 - 1
	}
	out := []any{values, int64(w.proposed), w.home.Lat, w.home.Lon, west, south, east, north, int16(w.age), int32(w.busy), days, perMetre, w.minutes, int32(w.yearCents),
		int16(w.wish[0]), int16(w.wish[1]), int16(w.wish[2])}
	if w.word != "" {
		out = append(out, w.word)
	}
	return out
}

// farthest is the straight line in metres beyond which nothing is possible for a family.
func (w *plainWish) farthest() float64 {
	return 1.5 * w.minutes / geo.DefaultSpeeds.Minutes(geo.DefaultSpeeds.Detour, w.mode, w.age)
}

// top runs the statement for one family.
func (p postgis) top(b *testing.B, w *plainWish) (ids []string) {
	b.Helper()
	rows, err := p.Query(b.Context(), w.statement(), w.parameters()...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var id uuid.UUID
	for rows.Next() {
		if err := rows.Scan(&id, nil, nil, nil, nil); err != nil {
			b.Fatal(err)
		}
		ids = append(ids, id.String())
	}
	if rows.Err() != nil {
		b.Fatal(rows.Err())
	}
	return ids
}

// cpu is the processor time of the backend in seconds (proc(5): utime and stime in hundredths).
func (p postgis) cpu(b *testing.B) float64 {
	b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		b.Skip("processor time of the database is not readable here: ", err)
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	user, errU := strconv.ParseFloat(fields[11], 64)
	system, errS := strconv.ParseFloat(fields[12], 64)
	if errU != nil || errS != nil {
		b.Fatal("unreadable /proc stat")
	}
	return (user + system) / 100
}

// reach is the corners of a box around a home with everything within some metres in it.
func reach(home geo.Point, metres float64) (west, south, east, north float64) {
	const perDegree = math.Pi * 6378137 / 180
	up, side := metres/perDegree*1.001, metres/(perDegree*math.Cos((math.Abs(home.Lat)+0.5)*math.Pi/180))*1.001
	return home.Lon - side, home.Lat - up, home.Lon + side, home.Lat + up
}

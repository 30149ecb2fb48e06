package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
)

// lane is an invented OpenStreetMap extract with one street from a place to the east, in pieces of 100 m: a header, the
// places of the corners, the ways.
func lane(from geo.Point, pieces int) []byte {
	file := osmBlob(nil, "OSMHeader", nil)
	var ids, lats, lons, refs []byte
	lat, lon := int64(0), int64(0)
	for i := range pieces + 1 {
		la, lo := int64(math.Round(from.Lat*1e7)), int64(math.Round(from.Lon*1e7))+int64(i)*14_560
		ids, lats, lons = zigzag(ids, 1), zigzag(lats, la-lat), zigzag(lons, lo-lon)
		lat, lon = la, lo
	}
	dense := osmField(osmField(osmField(nil, 1, ids), 8, lats), 9, lons)
	file = osmBlob(file, "OSMData", osmField(osmField(nil, 1, nil), 2, osmField(nil, 2, dense)))
	words := osmField(osmField(osmField(nil, 1, nil), 1, []byte("highway")), 1, []byte("residential"))
	var ways []byte
	for i := range pieces {
		refs = zigzag(zigzag(nil, int64(i+1)), 1)
		ways = osmField(ways, 3, osmField(osmField(osmField(nil, 2, []byte{1}), 3, []byte{2}), 8, refs))
	}
	return osmBlob(file, "OSMData", osmField(osmField(nil, 1, words), 2, ways))
}

func zigzag(b []byte, v int64) []byte { return protowire.AppendVarint(b, protowire.EncodeZigZag(v)) }

func osmField(b []byte, field protowire.Number, content []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), content)
}

func osmBlob(file []byte, kind string, content []byte) []byte {
	blob := osmField(nil, 1, content)
	header := protowire.AppendVarint(protowire.AppendTag(osmField(nil, 1, []byte(kind)), 3, protowire.VarintType), uint64(len(blob)))
	return append(append(binary.BigEndian.AppendUint32(file, uint32(len(header))), header...), blob...)
}

// zuid is where the children of the scenarios live.
var zuid = geo.Point{Lat: 51.899, Lon: 4.504}

func TestStreetsAreImportedAndAnOldMapStaysWhenTheNextFails(t *testing.T) {
	data, whole := t.TempDir(), lane(zuid, 20)
	graph := filepath.Join(data, "streets.graph")
	code, out, messages := cli(t, "import", "streets", write(t, "wijk.osm.pbf", whole), "--data", data)
	if code != exitDone || !strings.Contains(out, "wijk.osm.pbf: 20 nieuw of veranderd, 0 hetzelfde") || !strings.Contains(messages, "2 km straat te voet") || !strings.Contains(messages, "wijk.osm.pbf: ") {
		t.Fatalf("exit %d: %s%s", code, out, messages)
	}
	before, err := os.ReadFile(graph)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{"leeg": nil, "afgekapt": whole[:len(whole)-9], "tekst": []byte("<osm></osm>"), "halve kop": whole[:3]} {
		code, _, messages := cli(t, "import", "streets", write(t, "kapot.osm.pbf", bad), "--data", data)
		if code != exitFailed || !strings.Contains(messages, "kapot.osm.pbf: ") || !strings.Contains(messages, "verwacht") && !strings.Contains(messages, "haal het opnieuw op") {
			t.Errorf("%s: exit %d: %s", name, code, messages)
		}
	}
	after, err := os.ReadFile(graph)
	if left, _ := filepath.Glob(filepath.Join(data, "*.tmp")); err != nil || !bytes.Equal(before, after) || len(left) > 0 {
		t.Errorf("the old map must stay: %v, left over %v", err, left)
	}
	code, out, _ = cli(t, "import", "streets", write(t, "wijk.osm.pbf", whole), "--data", data, "--json")
	var n catalog.Imported
	if err := json.Unmarshal([]byte(out), &n); err != nil || code != exitDone || n.Unchanged != 20 || n.Changed != 0 {
		t.Errorf("the second time changes nothing: exit %d, %s", code, out)
	}
	if code, _, m := cli(t, "import", "streets", "--data", data); code != exitUsage {
		t.Errorf("without a file: exit %d: %s", code, m)
	}
	if code, _, m := cli(t, "import", "streets", filepath.Join(data, "niet.osm.pbf"), "--data", data); code != exitFailed || !strings.Contains(m, "is er niet") {
		t.Errorf("a file that is not there: exit %d: %s", code, m)
	}
}

func TestStreetsOfAnotherCityAndHalfAMapAreQuestioned(t *testing.T) {
	data := t.TempDir()
	if code, _, m := cli(t, "import", "areas", wijkData+"areas.geojson", "--data", data); code != exitDone {
		t.Fatal(m)
	}
	far := write(t, "ver.osm.pbf", lane(geo.Point{Lat: 53.2, Lon: 6.5}, 30))
	if code, _, m := cli(t, "import", "streets", far, "--data", data); code != exitDone || !strings.Contains(m, "de goede stad?") {
		t.Errorf("exit %d: %s", code, m)
	}
	half := write(t, "half.osm.pbf", lane(geo.Point{Lat: 53.2, Lon: 6.5}, 3))
	if code, out, m := cli(t, "import", "streets", half, "--data", data, "--dry-run"); code != exitDone || !strings.Contains(m, "3 stukken straat en het waren er 30") || !strings.Contains(out, "proef") {
		t.Errorf("exit %d: %s%s", code, out, m)
	}
	s, err := readStreetFile(filepath.Join(data, "streets.graph"), nil)
	if err != nil || s.Edges() != 30 {
		t.Errorf("a trial changes nothing: %v", err)
	}
}

func TestMatchGoesAlongStreetsOnlyWhenAsked(t *testing.T) {
	data := t.TempDir()
	if code, _, m := cli(t, "import", "streets", write(t, "wijk.osm.pbf", lane(geo.Point{Lat: 51.8999, Lon: 4.500}, 20)), "--data", data); code != exitDone {
		t.Fatal(m)
	}
	files := []string{"match", needs + "p1-need.json", "--catalogue", needs + "p1-catalogue.json", "--json"}
	_, plain, _ := cli(t, files...)
	_, none, _ := cli(t, append(files, "--streets", "none")...)
	code, along, m := cli(t, append(files, "--streets", filepath.Join(data, "streets.graph"))...)
	if code != exitDone || plain != none || along == plain || !json.Valid([]byte(along)) {
		t.Errorf("exit %d: %s; none is as before: %v; streets change the minutes: %v", code, m, plain == none, along != plain)
	}
	broken := write(t, "streets.graph", []byte("kikwegen kapot"))
	if code, _, m := cli(t, append(files, "--streets", broken)...); code != exitFailed || !strings.Contains(m, "import streets") {
		t.Errorf("a damaged map: exit %d: %s", code, m)
	}
}

// mapIn imports a lane and gives the graph file.
func mapIn(t *testing.T, pieces int) []byte {
	t.Helper()
	graph, _, err := geo.ImportStreets(t.Context(), bytes.NewReader(lane(zuid, pieces)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return graph
}

func TestAReplacedMapIsSeenAndADamagedOneIsNotUsed(t *testing.T) {
	var log bytes.Buffer
	path := filepath.Join(t.TempDir(), "streets.graph")
	f := &streetFile{path: path, rivers: geo.DefaultCrossings(), log: func() *slog.Logger { return slog.New(slog.NewTextHandler(&log, nil)) }}
	later := func() *geo.Streets {
		f.looked.Store(1) // long ago
		return f.streets()
	}
	if f.streets() != nil || log.Len() > 0 {
		t.Errorf("without a file there are no streets: %s", log.String())
	}
	put := func(data []byte) {
		if err := replaceFile(path, data); err != nil {
			t.Fatal(err)
		}
	}
	put(mapIn(t, 20))
	first := later()
	if first.Edges() != 20 || later() != first || f.streets() != first {
		t.Errorf("a map is read once: %d", first.Edges())
	}
	put(mapIn(t, 30))
	if got := later(); got.Edges() != 30 {
		t.Errorf("the new map has 30 pieces, got %d", got.Edges())
	}
	put([]byte("kapot"))
	if got := later(); got != nil || later() != nil || strings.Count(log.String(), "import streets") != 1 {
		t.Errorf("a damaged map is not used and is told once: %s", log.String())
	}
	put(mapIn(t, 20))
	if got := later(); got.Edges() != 20 {
		t.Errorf("a good map helps again: %d", got.Edges())
	}
	if err := os.Remove(path); err != nil || later() != nil {
		t.Errorf("without the file there are no streets: %v", err)
	}
}

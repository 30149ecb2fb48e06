package geo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func importPBF(data []byte) ([]byte, error) {
	graph, _, err := ImportStreets(context.Background(), bytes.NewReader(data), nil)
	return graph, err
}

func TestAFileCutOffAnywhereIsRefusedInDutch(t *testing.T) {
	whole := detour("highway", "cycleway").pbf()
	if _, err := importPBF(whole); err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		graph, err := importPBF(whole[:n])
		if err == nil || graph != nil || !strings.Contains(err.Error(), "verwacht") && !strings.Contains(err.Error(), "haal het opnieuw op") {
			t.Errorf("%d of %d bytes: got %v", n, len(whole), err)
		}
	}
}

func TestAFileThatIsNoStreetMapSaysWhatWasExpected(t *testing.T) {
	header := appendBlob(nil, "OSMHeader", nil, false)
	for name, tc := range map[string]struct {
		data []byte
		want string
	}{
		"empty":                  {nil, "het bestand is leeg"},
		"XML":                    {[]byte("<?xml version='1.0'?><osm version='0.6'></osm>"), "in PBF-vorm"},
		"zeros":                  {make([]byte, 500), "in PBF-vorm"},
		"random":                 {random(9999), "in PBF-vorm"},
		"another block first":    {appendBlob(nil, "OSMData", nil, true), "verwacht eerst een blok OSMHeader"},
		"with history":           {appendBlob(nil, "OSMHeader", message(nil, 4, []byte("HistoricalInformation")), false), `vraagt om "HistoricalInformation"`},
		"only a header":          {header, "geen straat in dit bestand"},
		"a block that is cut":    {append(slices.Clone(header), appendBlob(nil, "OSMData", []byte{0x0a, 0x7f}, true)...), "blok 2 (vanaf byte 19)"},
		"another packing":        {append(slices.Clone(header), badBlob()...), "niet met zlib ingepakt"},
		"a block of 4 GB":        {append(slices.Clone(header), hugeBlob()...), "verwacht 0 tot 33554432"},
		"ways without nodes":     {func() []byte { c := detour("highway", "path"); c.nodes = c.nodes[:0]; return c.pbf() }(), "met andere straten samenhangt"},
		"no ways":                {func() []byte { c := detour("highway", "path"); c.ways = nil; return c.pbf() }(), "geen straat in dit bestand"},
		"a city in the Atlantic": {inAtlantic(), "geen van de straten ligt in of bij Nederland"},
	} {
		graph, err := importPBF(tc.data)
		if err == nil || graph != nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}

func random(n int) []byte {
	b, r := make([]byte, n), rand.New(rand.NewSource(7))
	for i := range b {
		b[i] = byte(r.Intn(256))
	}
	return b
}

func badBlob() []byte {
	blob := message(nil, 4, []byte("lzma"))
	head := number64(message(nil, 1, []byte("OSMData")), 3, uint64(len(blob)))
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...), blob...)
}

func hugeBlob() []byte {
	head := number64(message(nil, 1, []byte("OSMData")), 3, 1<<32)
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...)
}

func inAtlantic() []byte {
	c := detour("highway", "path")
	for i := range c.nodes {
		c.nodes[i].east -= 3e6
	}
	return c.pbf()
}

func TestAnImportThatIsStoppedStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := ImportStreets(ctx, bytes.NewReader(detour("highway", "path").pbf()), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAnImportTellsHowFarItIsAndWhatItFound(t *testing.T) {
	c := detour("highway", "path", "bridge", "yes", "name", "Hoge Brug")
	c.way([]int64{2, 99}, "highway", "path") // a node that lies outside the extract
	c.node(7, 5000, 0)
	c.node(8, 5100, 0)
	c.way([]int64{7, 8}, "highway", "residential") // hangs together with nothing
	pbf, last, total := c.pbf(), 0, 0
	data, counts, err := ImportStreets(context.Background(), bytes.NewReader(pbf), func(done, of int) {
		if done < last || done > of {
			t.Errorf("%d after %d of %d", done, last, of)
		}
		last, total = done, of
	})
	if err != nil || last != total || total != 2*len(pbf) {
		t.Fatalf("%d of %d, %v", last, total, err)
	}
	if counts.Edges != 2 || counts.Bridges != 1 || counts.Unreached != 1 || counts.Missing != 1 || !near(counts.WalkMetres, 1600, 1) {
		t.Errorf("got %+v", counts)
	}
	if again := c.graph(t); !bytes.Equal(again, data) {
		t.Error("the same file gives another graph")
	}
}

func TestADamagedGraphFileIsRefused(t *testing.T) {
	whole := detour("highway", "path", "bridge", "yes", "name", "Hoge Brug").graph(t)
	for n := range whole {
		if s, err := ReadStreets(whole[:n], nil); err == nil || s != nil || !strings.Contains(err.Error(), "import streets") {
			t.Fatalf("%d of %d bytes: %v", n, len(whole), err)
		}
		other := slices.Clone(whole)
		other[n] ^= 0x10
		if _, err := ReadStreets(other, nil); err == nil || !strings.Contains(err.Error(), "import streets") {
			t.Fatalf("byte %d changed: %v", n, err)
		}
	}
	newer := slices.Clone(whole)
	newer[len(streetMagic)] = streetVersion + 1
	if _, err := ReadStreets(newer, nil); err == nil || !strings.Contains(err.Error(), "versie 2") {
		t.Errorf("got %v", err)
	}
	if s, err := ReadStreets(whole, nil); err != nil || s.Stamp() == 0 || s.Edges() != 2 {
		t.Errorf("the whole file: %v", err)
	}
}

func FuzzReadStreets(f *testing.F) {
	f.Add(detour("highway", "path", "bridge", "yes", "name", "Hoge Brug").graph(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > streetHeader {
			little.PutUint32(data[streetHeader-4:], checksum(data))
		}
		s, err := ReadStreets(data, DefaultCrossings())
		if err != nil {
			return
		}
		w := Ways{Streets: s}
		for _, mode := range modes {
			if got := w.From(townMiddle, 9).To(w.Place(at(390, 0)), mode); !(got.Minutes >= 0 && got.Minutes < 1e9) {
				t.Errorf("%+v", got)
			}
		}
	})
}

func FuzzImportStreets(f *testing.F) {
	f.Add(detour("highway", "path").pbf())
	f.Fuzz(func(t *testing.T, data []byte) {
		graph, err := importPBF(data)
		if err != nil {
			return
		}
		if _, err := ReadStreets(graph, nil); err != nil {
			t.Errorf("a graph that was written is not read: %v", err)
		}
	})
}

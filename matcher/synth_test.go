package matcher_test

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"sync"

	"github.com/google/uuid"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/kindinkaart/regeling"
)

// country is an invented country: towns with people by a power law, activities and families in them. The same seed and
// number always give the same activity or family, so that a million of them need not be kept.
type country struct {
	seed  uint64
	plain bool // every fact known, one slot each, no schemes asked for: what one database statement can say as well
	towns []town
}

// onlyTown is the same country with everybody and everything in one town.
func (c *country) onlyTown(k int) *country {
	only := *c
	only.towns = []town{c.towns[k]}
	only.towns[0].upTo = 1
	return &only
}

// town is a place with a dense middle.
type town struct {
	middle geo.Point
	radius float64 // metres within which two thirds of everything lies
	upTo   float64 // share of all people in this town and those before it
}

const (
	synthTowns = 340
	perPartner = 14 // activities of one partner
)

// newCountry lays out the towns. The largest lies where the rivers of geo/crossings.json are, so that ways over bridges count.
func newCountry(seed uint64, plain bool) *country {
	c := &country{seed: seed, plain: plain, towns: make([]town, synthTowns)}
	r := c.dice("towns", 0)
	people, sum := make([]float64, synthTowns), 0.0
	for i := range people {
		people[i] = math.Pow(float64(i+2), -0.85)
		sum += people[i]
	}
	upTo := 0.0
	for i := range c.towns {
		upTo += people[i] / sum
		middle := geo.Point{Lat: r.within(51.0, 53.2), Lon: r.within(4.0, 6.9)}
		if i == 0 {
			middle = geo.Point{Lat: 51.905, Lon: 4.485}
		}
		c.towns[i] = town{middle: middle, radius: 4200 * math.Sqrt(people[i]/people[0]), upTo: upTo}
	}
	return c
}

// place is somewhere in some town, more often in one with more people; it gives the number of the town as well.
func (c *country) place(r dice) (geo.Point, int) {
	u := r.Float64()
	k := min(sort.Search(len(c.towns), func(i int) bool { return c.towns[i].upTo >= u }), len(c.towns)-1)
	return c.towns[k].around(r), k
}

func (t town) around(r dice) geo.Point {
	const metresPerDegree = 111_320
	north, east := r.NormFloat64()*t.radius*0.66, r.NormFloat64()*t.radius*0.66
	return geo.Point{Lat: t.middle.Lat + north/metresPerDegree, Lon: t.middle.Lon + east/(metresPerDegree*math.Cos(t.middle.Lat*math.Pi/180))}
}

// dice is a source of chance of its own for each thing that is made.
type dice struct{ *rand.Rand }

func (c *country) dice(what string, i int) dice {
	h := c.seed
	for _, b := range []byte(what) {
		h = (h ^ uint64(b)) * 0x100000001b3
	}
	return dice{rand.New(rand.NewPCG(h, uint64(i)))}
}

func (r dice) chance(p float64) bool         { return r.Float64() < p }
func (r dice) within(lo, hi float64) float64 { return lo + r.Float64()*(hi-lo) }
func (r dice) between(lo, hi int) int        { return lo + r.IntN(hi-lo+1) }
func (r dice) tri(yes, no float64) catalog.Tri {
	return r.among(yes, no, catalog.Yes, catalog.No, catalog.Unknown)
}
func (r dice) word(list ...string) string { return list[r.IntN(len(list))] }
func (r dice) cents(lo, hi int) int       { return r.between(lo, hi) * 50 }
func (r dice) id(ms int64) string         { return r.uuid(ms).String() }
func (r dice) among(a, b float64, x, y, z catalog.Tri) catalog.Tri {
	switch u := r.Float64(); {
	case u < a:
		return x
	case u < a+b:
		return y
	}
	return z
}

// uuid is an id as the store makes them: version 7, of a given time.
func (r dice) uuid(ms int64) (id uuid.UUID) {
	hi, lo := r.Uint64(), r.Uint64()
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	for i := range 8 {
		id[8+i] = byte(lo >> (8 * i))
	}
	id[6], id[7] = 0x70|byte(hi&0x0f), byte(hi>>8)
	id[8] = id[8]&0x3f | 0x80
	return id
}

// liked says how much there is of a kind of activity, against 1 for the others.
var liked = map[string]float64{
	"voetbal": 11, "zwemmen": 6, "hockey": 3, "racketsport": 5, "turnen": 5, "judo": 3, "streetdance": 4, "ballet_dans": 3, "instrument": 5,
	"tekenen_schilderen": 4, "knutselen": 5, "theater": 3, "scouting": 4, "koken_bakken": 3, "buurthuis_club": 4, "schrijven_lezen": 3, "taal_huiswerk": 3,
	"basketbal": 2, "paardrijden": 2, "programmeren": 2, "natuur_ontdekken": 2, "buitenspelen": 3, "spelletjes": 2, "opvoedcursus": 1, "oudergroep": 1,
}

// synthTags are the leaves in the order of the taxonomy with the share of each and those before it.
var synthTags = sync.OnceValues(func() (tags []questionnaire.Tag, upTo []float64) {
	sum := 0.0
	for _, t := range questionnaire.Taxonomy().Tags {
		weight := liked[t.ID]
		if weight == 0 {
			weight = 1
		}
		sum += weight
		tags, upTo = append(tags, t), append(upTo, sum)
	}
	return tags, upTo
})

// tag draws a kind of activity; in a plain country one that is for children and may be suggested.
func (c *country) tag(r dice) questionnaire.Tag {
	tags, upTo := synthTags()
	for {
		u := r.Float64() * upTo[len(upTo)-1]
		t := tags[sort.SearchFloat64s(upTo, u)]
		if !c.plain || t.AutoSuggest && t.Audience != "parent" {
			return t
		}
	}
}

// partners are those of n activities.
func (c *country) partners(n int) []catalog.Partner {
	list := make([]catalog.Partner, n/perPartner+1)
	for i := range list {
		r := c.dice("partner", i)
		p := catalog.Partner{ID: c.partnerID(i), Name: fmt.Sprintf("%s %s %d", r.word("Vereniging", "Stichting", "Club", "Huis", "Atelier"), r.word("De Brug", "Het Anker", "Zonnehoek", "De Linde", "Kwadrant", "Ons Plein"), i),
			Kind: "overig", RecognisedByFund: r.tri(0.7, 0.1)}
		yes, no := 0.8, 0.02
		if c.plain {
			yes, no = 0.97, 0.03
		}
		p.Safety.VOG = r.tri(yes, no)
		if p.Safety.Confidant = p.Safety.VOG; p.Safety.VOG == catalog.Yes {
			p.Safety.DeclaredOn = searchDay.AddDays(-r.between(10, 700))
		}
		list[i] = p
	}
	return list
}

func (c *country) partnerID(i int) string {
	return c.dice("partner id", i).id(1_700_000_000_000 + int64(i))
}

// activities gives n activities one at a time.
func (c *country) activities(n int) iter.Seq[catalog.Activity] {
	partners := make([]string, n/perPartner+1)
	for i := range partners {
		partners[i] = c.partnerID(i)
	}
	return func(yield func(catalog.Activity) bool) {
		for i := range n {
			if !yield(c.activity(i, partners)) {
				return
			}
		}
	}
}

// title and text name a kind of activity in the words people use for it.
func (c *country) title(r dice, t questionnaire.Tag, lo, hi int) (title, text string) {
	word := t.Label
	if len(t.Synonyms) > 0 && r.chance(0.5) {
		word = t.Synonyms[r.IntN(len(t.Synonyms))]
	}
	title = fmt.Sprintf("%s %s %d tot en met %d jaar", strings.ToUpper(word[:1])+word[1:], r.word("voor", "les van", "club", "groep"), lo, hi)
	text = "Samen " + r.word("beginnen", "oefenen", "leren", "spelen", "ontdekken") + " met " + word + ". " +
		r.word("Je mag beginnen zonder ervaring.", "Een kleine groep met een vaste begeleider.", "Kom een keer kijken en doe mee.", "Daarna drinken we iets met elkaar.")
	if r.chance(0.5) {
		text += " Thema: " + themes[int(float64(len(themes))*math.Pow(r.Float64(), 2.5))] + "."
	}
	return title, text
}

// themes are words that are in texts and stand for no kind of activity, the first ones far more often.
var themes = strings.Fields("regenboog kasteel piraten draken olifant ridders tovenaar lantaarn vuurtoren windmolen wereldreis sprookjes koningin molen zeemeermin luchtkasteel schatkist kampioen bijenkorf walvis toverdrank vlieger spiegel prinsessen poolreis jungle vulkaan sneeuwpop zandkasteel ballonvaart")

// schemes are those of the example file, as if somebody checked them; a plain country has none.
func (c *country) schemes() []regeling.Scheme {
	if c.plain {
		return nil
	}
	return verified()
}

// ways are the rivers and crossings that ship; a plain country has straight lines only.
func (c *country) ways() geo.Ways {
	if c.plain {
		return geo.Ways{}
	}
	return geo.Ways{Crossings: geo.DefaultCrossings()}
}

package matcher

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/questionnaire"
)

// AloneWay is a way that a child might go without an adult, on one day.
type AloneWay struct {
	Route  geo.Route                  // as the child would go
	Agreed questionnaire.Independence // what the parent agreed to (P6)
	Day    civil.Date
	Start  catalog.Clock // when the activity begins, and the child must be there
	End    catalog.Clock // when it ends, and the child goes home
}

// AloneAdvice answers "kan hij alleen?" for one way and one day. It is advice for people: it changes no group and no
// score.
type AloneAdvice struct {
	Points []AlonePoint // in a fixed order: what was agreed, the time, the roads, the light
}

// AlonePoint is one thing to know of the way, in a sentence at B1.
type AlonePoint struct {
	About    AloneAbout
	Text     string
	InTheWay bool // this stands in the way of going alone
}

// AloneAbout says what a point is about.
type AloneAbout string

// What a point can be about.
const (
	AboutAgreement AloneAbout = "afspraak"
	AboutMinutes   AloneAbout = "minuten"
	AboutRoads     AloneAbout = "wegen"
	AboutLight     AloneAbout = "licht"
)

// Can says whether nothing stands in the way.
func (a AloneAdvice) Can() bool {
	return !slices.ContainsFunc(a.Points, func(p AlonePoint) bool { return p.InTheWay })
}

// InTheWay gives the sentences about what stands in the way.
func (a AloneAdvice) InTheWay() (texts []string) {
	for _, p := range a.Points {
		if p.InTheWay {
			texts = append(texts, p.Text)
		}
	}
	return texts
}

// Alone looks at a way with the eyes of a grown-up: the minutes against what was agreed (DOMAIN 5, niet_alleen), big
// roads to cross, and whether it is dark on the way there or back on that day. It is dark from sunset to sunrise.
func Alone(w AloneWay) AloneAdvice {
	var a AloneAdvice
	a.add(AboutAgreement, w.agreement())
	a.add(AboutMinutes, w.minutes())
	a.add(AboutRoads, w.roads())
	for _, light := range w.light() {
		a.add(AboutLight, light)
	}
	return a
}

// aloneText is a sentence and whether it stands in the way; no sentence is nothing to say.
type aloneText struct {
	text     string
	inTheWay bool
}

func (a *AloneAdvice) add(about AloneAbout, s aloneText) {
	if s.text != "" {
		a.Points = append(a.Points, AlonePoint{About: about, Text: s.text, InTheWay: s.inTheWay})
	}
}

// aloneOrder are the ways an independence allows, the simplest first: who may cycle may walk.
var aloneOrder = []geo.Mode{geo.Walk, geo.Bike, geo.Transit}

var (
	aloneVerb = map[geo.Mode]string{geo.Walk: "lopen", geo.Bike: "fietsen", geo.Transit: "reizen met het openbaar vervoer"}
	aloneBy   = map[geo.Mode]string{geo.Walk: "te voet", geo.Bike: "met de fiets", geo.Transit: "met het openbaar vervoer"}
)

func (w AloneWay) agreement() aloneText {
	may, way := slices.Index(aloneOrder, geo.Mode(w.Agreed.Mode)), slices.Index(aloneOrder, w.Route.Mode)
	switch {
	case w.Agreed.Mode == "":
		return aloneText{"Er is nog niet afgesproken of alleen gaan mag. Vraag dat eerst thuis.", true}
	case may < 0:
		return aloneText{"Thuis is afgesproken dat er een volwassene meegaat.", true}
	case way > may:
		return aloneText{fmt.Sprintf("Thuis is alleen %s afgesproken. Deze weg is %s.", aloneVerb[geo.Mode(w.Agreed.Mode)], aloneBy[w.Route.Mode]), true}
	}
	return aloneText{}
}

func (w AloneWay) minutes() aloneText {
	minutes := max(1, wholeMinutes(w.Route.Minutes)) // as on the card
	tooFar := w.Agreed.MaxMinutes > 0 && w.Route.Minutes > float64(w.Agreed.MaxMinutes)
	if tooFar {
		minutes = aloneMinutes(w.Route.Minutes) // 15.1 is more than 15
	}
	text := fmt.Sprintf("De weg duurt ongeveer %s.", aloneCount(minutes, "minuut", "minuten"))
	if w.Agreed.MaxMinutes <= 0 {
		return aloneText{text, false}
	}
	text += fmt.Sprintf(" Afgesproken is hoogstens %s.", aloneCount(w.Agreed.MaxMinutes, "minuut", "minuten"))
	return aloneText{text, tooFar}
}

func (w AloneWay) roads() aloneText {
	count := 0
	for _, r := range w.Route.BigRoads {
		count += r.Count
	}
	switch count {
	case 0:
		return aloneText{"Onderweg is geen grote weg over te steken.", false}
	case 1:
		return aloneText{"Onderweg is 1 grote weg over te steken.", true}
	}
	return aloneText{fmt.Sprintf("Onderweg zijn %d grote wegen over te steken.", count), true}
}

// light says whether the way there and the way back are in the dark.
func (w AloneWay) light() []aloneText {
	if len(w.Route.Points) == 0 {
		return nil
	}
	rise, set, ok := geo.Daylight(w.Route.Points[0], w.Day)
	if !ok {
		return nil
	}
	way := time.Duration(aloneMinutes(w.Route.Minutes)) * time.Minute
	begin, end := w.moment(w.Start), w.moment(w.End)
	var dark []aloneText
	for _, part := range []struct {
		name     string
		from, to time.Time
	}{{"heen", begin.Add(-way), begin}, {"terug", end, end.Add(way)}} {
		switch {
		case part.from.Before(rise):
			dark = append(dark, aloneText{fmt.Sprintf("De weg %s is in het donker (de zon komt op om %s).", part.name, rise.Format("15:04")), true})
		case part.to.After(set):
			dark = append(dark, aloneText{fmt.Sprintf("De weg %s is in het donker (de zon gaat onder om %s).", part.name, set.Format("15:04")), true})
		}
	}
	if dark == nil {
		return []aloneText{{fmt.Sprintf("Heen en terug is het licht (de zon gaat onder om %s).", set.Format("15:04")), false}}
	}
	return dark
}

// moment is a time of the clock on the day.
func (w AloneWay) moment(c catalog.Clock) time.Time {
	return time.Date(w.Day.Year, w.Day.Month, w.Day.Day, int(c)/60, int(c)%60, 0, 0, geo.Amsterdam)
}

// aloneMinutes rounds up: who looks at the light must not be late.
func aloneMinutes(minutes float64) int { return max(1, int(math.Ceil(minutes))) }

func aloneCount(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

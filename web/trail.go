package web

import (
	"fmt"
	"math"
	"slices"

	"wijknetwerk/kindinkaart/questionnaire"
)

// trail is the way through the questions, drawn as a path with stones: how far one is, never a percentage (DOMAIN 3.5).
type trail struct {
	N, Of  int
	Line   string
	Stones []stone
}

// stone is one question on the path.
type stone struct {
	X, Y       float64
	Done, Here bool
}

// The path in its own units.
const (
	trailWidth  = 600.0
	trailMargin = 22.0
	trailMiddle = 32.0
	trailSwing  = 13.0
)

// newTrail draws a path of questions; n is the question one is at, from 1.
func newTrail(n, of int) trail {
	t := trail{N: n, Of: of}
	step := (trailWidth - 2*trailMargin) / float64(max(of-1, 1))
	for i := range of {
		x := trailMargin + float64(i)*step
		y := math.Round((trailMiddle+trailSwing*math.Sin(x/48))*10) / 10
		t.Stones = append(t.Stones, stone{X: math.Round(x*10) / 10, Y: y, Done: i+1 < n, Here: i+1 == n})
	}
	for x := trailMargin; x <= trailWidth-trailMargin+0.1; x += 8 {
		join := " L"
		if t.Line == "" {
			join = "M"
		}
		t.Line += fmt.Sprintf("%s%.0f %.1f", join, x, trailMiddle+trailSwing*math.Sin(x/48))
	}
	return t
}

// reviewPage shows every question with its answer and a way to change it.
type reviewPage struct {
	Rows   []reviewRow
	Action string
	Back   string
	Leave  string
	Adult  bool
	Animal string
	Open   int // questions that were not shown yet
	Trail  trail
}

type reviewRow struct {
	Question, Href, State string
	Answers               []string
}

func (sh *sheet) reviewPage() reviewPage {
	p := reviewPage{Action: sh.base + "/klaar", Leave: sh.leave, Adult: sh.adult(), Animal: sh.animal, Trail: newTrail(len(sh.items)+1, len(sh.items))}
	p.Back = sh.here(place{len(sh.items) - 1, 1})
	for _, it := range sh.items {
		text, _ := it.TextFor(sh.afname.Variant, "nl")
		row := reviewRow{Question: text, Href: sh.at(it.ID, 1, sh.lang, true), Answers: answerWords(sh.afname, it)}
		switch {
		case len(row.Answers) > 0:
		case slices.Contains(sh.afname.Seen, it.ID):
			row.State = "Overgeslagen"
		default:
			row.State, p.Open = "Nog niet gedaan", p.Open+1
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// reviewOf shows the answers before the end.
func reviewOf(open opener) handler {
	return unfinished(open, func(r *request, sh *sheet) (reply, error) {
		title := "Kijk je antwoorden na"
		if sh.afname.Variant == questionnaire.VariantP {
			title = "Kijk uw antwoorden na"
		}
		return page("vraag-nakijken", title, sh.reviewPage()), nil
	})
}

package main

import (
	"context"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// warm makes ready what the first search would otherwise wait for: the catalogue as a board, the tables of the questionnaire
// and the streets around the middle of each wijk. It searches for nobody, so there is nothing to record. When it fails the
// first search makes it ready itself, and says what is wrong.
func (a *app) warm(ctx context.Context) {
	board, err := a.matcher.Boards.Board(ctx, a.conf.tenant)
	if err != nil {
		return
	}
	for _, wijk := range a.areas.Kind(geo.Wijk) {
		if ctx.Err() != nil {
			return
		}
		need := nobody(wijk.Middle, civil.DateOf(a.now().In(geo.Amsterdam)))
		if _, err := matcher.Rank(need, board, a.locate, matcher.Options{}); err != nil {
			return
		}
		if _, err := matcher.WhatWouldHelp(need, board, a.locate, matcher.Options{ForChild: true}); err != nil {
			return
		}
	}
}

// nobody is a need that is no child's: ten years old, in the middle of a wijk, who likes everything a little.
func nobody(middle geo.Point, on civil.Date) kindinkaart.Need {
	return kindinkaart.Need{Format: kindinkaart.FormatNeed, On: on, Born: kindinkaart.Born{Year: on.Year - 10, Month: on.Month}, Variant: questionnaire.VariantB,
		Home: &kindinkaart.Place{Lat: middle.Lat, Lon: middle.Lon}, Answers: questionnaire.Answers{
			"T1": []byte(`["t_bal"]`), "W1": []byte(`{"voetbal":"beetje","dansen":"beetje","koken":"beetje","computer":"beetje"}`),
			"W2": []byte(`["voetbal","koken"]`), "V1": []byte(`"groepje"`)},
		Parent: questionnaire.Answers{"P3": []byte(`["kosten","niet_alleen"]`), "P5": []byte(`{"id":"fiets","minutes":30}`)}}
}

package main

import (
	"context"
	"fmt"
	"time"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// klasAge is how many days ago the demo classes got their cards.
const klasAge = 2

// fillKlas makes a class and lets its children answer with their cards.
func (d *demoLoad) fillKlas(ctx context.Context, k demoKlas) error {
	now := d.today.AddDays(-klasAge).In(geo.Amsterdam).Add(10 * time.Hour)
	kind := &kindinkaart.Service{Store: d.store, Clock: func() time.Time { return now }, NewID: d.app.kind.NewID}
	who := d.actors[k.Owner]
	klas, err := kind.AddKlas(ctx, who, kindinkaart.Klas{
		School: d.schools[k.School], Name: k.Name, Variant: k.Variant, Teacher: d.actors[k.Teacher].ID, Open: k.Open,
	}, k.Cards)
	if err != nil {
		return err
	}
	file, err := kind.Klas(ctx, who, klas.ID)
	if err != nil {
		return err
	}
	for i, a := range k.Answered {
		now = now.Add(time.Second)
		if err := answerCard(ctx, kind, file.Cards[i].Code, k.Variant, a.Answers); err != nil {
			return fmt.Errorf("kaart %d: %w", i+1, err)
		}
	}
	return nil
}

func answerCard(ctx context.Context, kind *kindinkaart.Service, code string, v questionnaire.Variant, answers questionnaire.Answers) error {
	session, err := kind.OpenCard(ctx, code)
	if err != nil {
		return err
	}
	af := session.Afname
	for _, item := range questionnaire.Default().Items(v, true) {
		if raw, ok := answers[item.ID]; ok {
			if af, err = kind.SaveCardReply(ctx, session.Card.ID, af.Version, kindinkaart.Reply{Item: item.ID, Answer: raw}); err != nil {
				return fmt.Errorf("%s: %w", item.ID, err)
			}
		}
	}
	return kind.FinishCard(ctx, session.Card.ID)
}

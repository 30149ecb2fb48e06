package catalog

import (
	"context"
	"fmt"
	"slices"

	"github.com/golang-sql/civil"

	"wijknetwerk/kindinkaart/access"
	"wijknetwerk/kindinkaart/errs"
)

// nextStates says where an activity can go from each state. Publishing for the first time is Publish.
var nextStates = map[State][]State{
	Draft:         {Published, InPreparation, Withdrawn},
	InPreparation: {Published, Draft, Withdrawn},
	Published:     {Paused, Withdrawn},
	Paused:        {Published, Draft, Withdrawn},
	Withdrawn:     {Published, Draft},
}

// stateWords names the states for people.
var stateWords = map[State]string{Draft: "concept", Published: "zichtbaar", Paused: "op pauze", Withdrawn: "gestopt", InPreparation: "in voorbereiding"}

// Publish checks an activity and shows it to everyone. errs.Invalid lists what is missing, field by field. Publishing counts
// as confirming: the provider says today that it is right.
func (s *Service) Publish(ctx context.Context, who access.Actor, id string, version int) (Activity, error) {
	return s.SetState(ctx, who, id, version, Published)
}

// SetState pauses, withdraws or resumes an activity. The state it already has is not written again.
func (s *Service) SetState(ctx context.Context, who access.Actor, id string, version int, to State) (Activity, error) {
	a, err := s.mine(ctx, who, id, version)
	if err != nil {
		return Activity{}, err
	}
	if a.State == to {
		return a, nil
	}
	if !slices.Contains(nextStates[a.State], to) {
		return Activity{}, errs.New(errs.Refused, fmt.Sprintf("Dit aanbod is %s en kan niet ineens %s worden.", stateWords[a.State], wordOf(to)))
	}
	if to == Published {
		if err := s.acceptable(a, true); err != nil {
			return Activity{}, err
		}
		a.ConfirmedOn = later(a.ConfirmedOn, s.today())
	}
	old := a
	a.State, a.Missing = to, false
	return s.write(ctx, who, edited{a, old, actionOf(to)})
}

// Confirm says that an activity is still right, on a day: not in the future, and never earlier than it already was.
func (s *Service) Confirm(ctx context.Context, who access.Actor, id string, version int, on civil.Date) (Activity, error) {
	a, err := s.mine(ctx, who, id, version)
	if err != nil {
		return Activity{}, err
	}
	if !on.IsValid() || on.After(s.today()) {
		return Activity{}, errs.InvalidFields("Deze dag kan niet.", errs.Field{Name: "confirmed_on", Message: "Verwacht vandaag of een eerdere dag, als jaar-maand-dag."})
	}
	if !on.After(a.ConfirmedOn) && !a.Missing {
		return a, nil
	}
	old := a
	a.ConfirmedOn, a.Missing = later(a.ConfirmedOn, on), false
	return s.write(ctx, who, edited{a, old, "confirm"})
}

func later(a, b civil.Date) civil.Date {
	if b.After(a) {
		return b
	}
	return a
}

func wordOf(s State) string {
	if w, ok := stateWords[s]; ok {
		return w
	}
	return fmt.Sprintf("%q", clip(string(s)))
}

func actionOf(to State) string {
	switch to {
	case Published:
		return "publish"
	case Paused:
		return "pause"
	case Withdrawn:
		return "withdraw"
	}
	return "update"
}

package matcher

import (
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// Suits says whether a line is something to come back to a child with: it fits what the child said, can be done, has room
// and may be seen by the family.
func (it Item) Suits() bool {
	return it.Group != KanNuNiet && !it.Full && !it.SMWOnly && (it.Interest.Band == FitsWell || it.Interest.Band == Fits)
}

// Live is the live catalogue with what the change log knows of the last year.
type Live struct {
	Board    *Board
	Improved []catalog.Change // what made an activity better, oldest first
}

// Fresh is a line that is news.
type Fresh struct {
	Item
	Better []catalog.Better // what changed about it, as far as the change log knows; nothing for a new activity
}

// News are the lines that suit a child and are new since a day, best first: activities that came on the board, and for a child
// that found nothing also those of which something got better. Where a child was only searching and something older suits it
// too, nothing is news: that is in the list already. The errors are those of Rank.
func (l Live) News(n kindinkaart.Need, locate Locate, since Since) ([]Fresh, error) {
	if !l.movedAfter(since) {
		return nil, nil
	}
	r, err := Rank(n, l.Board, locate, Options{Limit: mostLines})
	if err != nil || r.Thin {
		return nil, err
	}
	better := l.betterSince(since)
	var out []Fresh
	for _, it := range r.Items {
		switch {
		case !it.Suits():
		case l.Board.isNew(it.Activity, since.Day):
			out = append(out, Fresh{Item: it})
		case len(better[it.Activity]) > 0:
			out = append(out, Fresh{it, better[it.Activity]})
		case !since.FoundNothing:
			return nil, nil
		}
	}
	return out, nil
}

// Since says from when on something is news for a child.
type Since struct {
	Day          civil.Date // news came after this day
	FoundNothing bool       // somebody wrote down that there was no offer (stage geen_aanbod)
}

// movedAfter says whether there can be news at all.
func (l Live) movedAfter(since Since) bool {
	last := len(l.Improved) - 1
	return l.Board.grewAfter(since.Day) || since.FoundNothing && last >= 0 && dutchDay(l.Improved[last].At).After(since.Day)
}

// betterSince lists what got better after the day, by activity, each way once; nothing for a child that is only searching.
func (l Live) betterSince(since Since) map[string][]catalog.Better {
	out := map[string][]catalog.Better{}
	if !since.FoundNothing {
		return out
	}
	for _, c := range slices.Backward(l.Improved) {
		if !dutchDay(c.At).After(since.Day) {
			break
		}
		for _, b := range c.Better {
			if !slices.Contains(out[c.ID], b) {
				out[c.ID] = append(out[c.ID], b)
			}
		}
	}
	return out
}

// dutchDay is the day of a moment in Dutch time.
func dutchDay(t time.Time) civil.Date { return civil.DateOf(t.In(geo.Amsterdam)) }

// News gives what is news for one child of the actor's caseload. The record of the child is only read, and the reading
// recorded, when the catalogue has grown or got better since.
func (s *Service) News(ctx context.Context, who access.Actor, childID string, since Since) ([]Fresh, error) {
	live, err := s.Boards.Live(ctx, who.Tenant)
	if err != nil || !live.movedAfter(since) {
		return nil, err
	}
	need, err := s.Needs.ForMatch(ctx, who, childID)
	if err != nil {
		return nil, err
	}
	return live.News(need, s.Locate, since)
}

// grewAfter says whether an activity of the board was made after a day in Dutch time.
func (b *Board) grewAfter(day civil.Date) bool {
	since := max(0, day.AddDays(1).In(geo.Amsterdam).UnixMilli())
	for s, g := range b.segments {
		if g.ids.madeSince(uint64(since), func(i uint32) bool { return !b.gone[s].has(i) }) {
			return true
		}
	}
	return false
}

// isNew says whether an activity was made after a day and did not run before it: an old offering that was only now put in is
// no news.
func (b *Board) isNew(id string, day civil.Date) bool {
	made, ok := madeOn(id)
	if !ok || !made.After(day) {
		return false
	}
	s, i, ok := b.find(id)
	if !ok {
		return false
	}
	from := b.segments[s].offers[i].validFrom
	return from == 0 || !from.date().Before(day)
}

// madeOn reads the day in Dutch time from a UUID of version 7; ok is false for another id.
func madeOn(id string) (day civil.Date, ok bool) {
	var raw [16]byte
	if !readUUID(&raw, id) || raw[6]>>4 != 7 {
		return day, false
	}
	ms := binary.BigEndian.Uint64(append([]byte{0, 0}, raw[:6]...))
	return dutchDay(time.UnixMilli(int64(ms))), true
}

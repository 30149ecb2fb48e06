package matcher

import (
	"context"
	"encoding/binary"
	"time"

	"github.com/golang-sql/civil"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// Suits says whether a line is something to come back to a child with: it fits what the child said, can be done, has room
// and may be seen by the family.
func (it Item) Suits() bool {
	return it.Group != KanNuNiet && !it.Full && !it.SMWOnly && (it.Interest.Band == FitsWell || it.Interest.Band == Fits)
}

// News are the lines that suit a child and came on the board after a day, best first. Where a child was only searching and
// something older suits it too, nothing is news: that is in the list already. The errors are those of Rank.
func News(n kindinkaart.Need, b *Board, locate Locate, since Since) ([]Item, error) {
	if !b.grewAfter(since.Day) {
		return nil, nil
	}
	r, err := Rank(n, b, locate, Options{Limit: mostLines})
	if err != nil || r.Thin {
		return nil, err
	}
	var fresh []Item
	for _, it := range r.Items {
		switch {
		case !it.Suits():
		case b.isNew(it.Activity, since.Day):
			fresh = append(fresh, it)
		case !since.FoundNothing:
			return nil, nil
		}
	}
	return fresh, nil
}

// Since says from when on something is news for a child.
type Since struct {
	Day          civil.Date // news came after this day
	FoundNothing bool       // somebody wrote down that there was no offer (stage geen_aanbod)
}

// News gives what is news for one child of the actor's caseload. The record of the child is only read, and the reading
// recorded, when the catalogue has grown since.
func (s *Service) News(ctx context.Context, who access.Actor, childID string, since Since) ([]Item, error) {
	board, err := s.Boards.Board(ctx, who.Tenant)
	if err != nil || !board.grewAfter(since.Day) {
		return nil, err
	}
	need, err := s.Needs.ForMatch(ctx, who, childID)
	if err != nil {
		return nil, err
	}
	return News(need, board, s.Locate, since)
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
	return civil.DateOf(time.UnixMilli(int64(ms)).In(geo.Amsterdam)), true
}

package matcher

import (
	"context"

	"wijknetwerk/kindinkaart/access"
)

// MatchHelped ranks as Match does, and says beside it what would make more possible.
func (s *Service) MatchHelped(ctx context.Context, who access.Actor, childID string, o Options) (Result, []Help, error) {
	need, board, err := s.fetch(ctx, who, childID, &o)
	if err != nil {
		return Result{}, nil, err
	}
	result, err := Rank(need, board, s.Locate, o)
	if err != nil {
		return Result{}, nil, err
	}
	helps, err := WhatWouldHelp(need, board, s.Locate, o)
	return result, helps, err
}

// Rows are the lines of a result that are shown: Count items from the one at From on, and the first NotProposed of the rest.
type Rows struct{ From, Count, NotProposed int }

// MatchNearest ranks as Match does, and says of the lines that are shown what stands nearest to possible.
func (s *Service) MatchNearest(ctx context.Context, who access.Actor, childID string, o Options, rows Rows) (Result, error) {
	need, board, err := s.fetch(ctx, who, childID, &o)
	if err != nil {
		return Result{}, err
	}
	result, err := Rank(need, board, s.Locate, o)
	if err != nil {
		return Result{}, err
	}
	near := NewNearest(need, board, s.Locate, o)
	from := min(max(rows.From, 0), len(result.Items))
	to := min(from+max(rows.Count, 0), len(result.Items))
	return result, near.Fill(result.Items[from:to], result.NotProposed[:min(max(rows.NotProposed, 0), len(result.NotProposed))])
}

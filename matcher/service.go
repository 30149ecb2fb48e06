package matcher

import (
	"context"

	"wijknetwerk/catalog"
	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/access"
)

// Options are the wishes of one search.
type Options struct {
	Search   string   // free words
	Mode     geo.Mode // "" = as the family travels
	Weekdays []string // ma … zo, only these; empty = all
	Limit    int      // 0 = all
	ForChild bool     // leave out what a child must not see: kan_nu_niet and undeclared safety (DOMAIN 5, rules)

	Found  []catalog.Matched // the activities that the free words are in, for words that are no tags
	WhyNot bool              // say of every other activity why it is not proposed; without a limit always
	Assume []Assumption      // remedies taken as arranged, to see what they would make possible
}

// Assumption is a remedy that is taken as arranged for every activity on some days.
type Assumption struct {
	Remedy   string   // id of barriers-v1.json
	Weekdays []string // ma … zo; empty = every day
}

// Needs gives what matching may know of a child; it asks for the right to read and records the reading.
type Needs interface {
	ForMatch(ctx context.Context, who access.Actor, childID string) (kindinkaart.Need, error)
}

// Service fetches what Rank needs.
type Service struct {
	Needs  Needs
	Boards *Keeper
	Locate Locate

	// Words gives what is published with some words in it, for free words that are no tags. Nil finds nothing by them.
	Words func(ctx context.Context, tenant, words string) ([]catalog.Matched, error)
}

// Match ranks the live catalogue for one child of the actor's caseload. With words it may give errs.Unavailable, while the
// search index is being built.
func (s *Service) Match(ctx context.Context, who access.Actor, childID string, o Options) (Result, error) {
	need, board, err := s.fetch(ctx, who, childID, &o)
	if err != nil {
		return Result{}, err
	}
	return Rank(need, board, s.Locate, o)
}

// fetch gives the need of a child and the board, and fills in what the words of the options are in.
func (s *Service) fetch(ctx context.Context, who access.Actor, childID string, o *Options) (kindinkaart.Need, *Board, error) {
	need, err := s.Needs.ForMatch(ctx, who, childID)
	if err != nil {
		return need, nil, err
	}
	if o.Search != "" && s.Words != nil && leavesOfWords(o.Search) == 0 {
		if o.Found, err = s.Words(ctx, who.Tenant, o.Search); err != nil {
			return need, nil, err
		}
	}
	board, err := s.Boards.Board(ctx, who.Tenant)
	return need, board, err
}

package matcher

import "wijknetwerk/kindinkaart"

// Worked works out a need and gives what is left to do of ranking: the walk over the board. It may be done once; its
// result is how many lines there are. It is what one database statement does with the same figures as parameters.
func Worked(n *kindinkaart.Need, b *Board, o Options) (walk func() int, err error) {
	need := *n
	if o.Search != "" {
		need.Search = o.Search
	}
	s, err := newSearch(&need, b, nil, o)
	if err != nil {
		return nil, err
	}
	return func() int {
		w := s.walk(b)
		defer w.done()
		return len(w.proposals())
	}, nil
}

// Explained works out a need and walks, and gives what is left to do of ranking: putting the lines in words. It may be
// done again and again.
func Explained(n *kindinkaart.Need, b *Board, o Options) (explain func(), err error) {
	need := *n
	s, err := newSearch(&need, b, nil, o)
	if err != nil {
		return nil, err
	}
	w := s.walk(b)
	hits := w.proposals()
	hits = hits[:min(len(hits), o.Limit)]
	s.own = ownEvidence(s.answers)
	items := make([]Item, 0, len(hits))
	return func() {
		w.judge.sheet, items = sheet{}, items[:0]
		for i := range hits {
			items = append(items, w.line(&hits[i], i+1))
		}
	}, nil
}

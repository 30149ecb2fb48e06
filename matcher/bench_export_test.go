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

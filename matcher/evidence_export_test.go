package matcher

import (
	"wijknetwerk/kindinkaart"
	"wijknetwerk/kindinkaart/questionnaire"
)

// ReadAnswers does what a search does with the answers of one child: reading and checking them, the figures, the facts, the
// times, and what the child said itself. It gives how many things the child said.
func ReadAnswers(n *kindinkaart.Need) (int, error) {
	answers := questionnaire.Parse(n.Variant, n.Answers, n.Parent)
	profile, err := answers.Vectors(false)
	if err != nil {
		return 0, err
	}
	s := &search{need: n, answers: answers, coverage: profile.Coverage, facts: answers.Facts(n.Consents)}
	s.setTimes()
	s.own = ownEvidence(s.answers)
	return len(s.own), nil
}

// NewSearch works out one need against a board and leaves it at that.
func NewSearch(n *kindinkaart.Need, b *Board) error {
	_, err := newSearch(n, b, nil, Options{Limit: 20})
	return err
}

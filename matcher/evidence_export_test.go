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

// TimesOf gives what a search keeps of the times of a family: per weekday (-1 = not known) and set of parts of the day, whether
// an adult can bring and whether the child is free: kan, kan_niet or nothing.
func TimesOf(n *kindinkaart.Need) (bring, free func(weekday, set int) string) {
	s := &search{need: n, facts: questionnaire.Parse(n.Variant, n.Answers, n.Parent).Facts(n.Consents)}
	s.setTimes()
	word := map[answer]string{yes: "kan", no: "kan_niet", unclear: ""}
	return func(weekday, set int) string { return word[s.bringing[weekday+1][set]] },
		func(weekday, set int) string { return word[s.free[weekday+1][set]] }
}

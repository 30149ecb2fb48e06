package web

import (
	"cmp"
	"fmt"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
	"wijknetwerk/kindinkaart/questionnaire"
	"wijknetwerk/matcher"
)

// nearGapsPage is what children miss that a partner could offer: counts only, small ones hidden.
type nearGapsPage struct {
	Counting bool // the first count is on its way
	At       string
	Tags     []string // own, in words
	Wijken   []string // around, by name
	Groups   []gapGroup
	Few      []string // own tags of which nothing may be told here
	Ideas    []string
	Orders   []orderRow
	MinGroup int
	Plain    bool // the table has all its columns
}

// nearGaps shows a partner which wishes nothing answers, for its own tags around its places.
func (s *Server) nearGaps(r *request) (reply, error) {
	if s.Supply == nil {
		return reply{}, errs.New(errs.NotFound, notFoundText)
	}
	report, err := s.Supply.MissingNear(r.ctx, r.who)
	if err != nil {
		return reply{}, err
	}
	names := s.wijkNames()
	p := &nearGapsPage{Counting: report.At.IsZero(), At: moment(report.At.In(geo.Amsterdam)), MinGroup: report.MinGroup,
		Orders: orderRows(report.Orders, names), Ideas: ideas(report.Table, names)}
	p.Groups, p.Few = gapGroups(report.Table, gapFilter{}, names)
	for _, tag := range report.Tags {
		p.Tags = append(p.Tags, questionnaire.Taxonomy().Label(tag))
	}
	for _, code := range report.Wijken {
		if names[code] != "" {
			p.Wijken = append(p.Wijken, names[code])
		}
	}
	return page("aanbod-mist", "Wat missen kinderen bij jullie in de buurt?", p), nil
}

// ideas say for whom and when something could be added, as far as the table tells it.
func ideas(t matcher.GapTable, names map[string]string) (out []string) {
	for _, tag := range t.Tags {
		for _, w := range tag.Wijken {
			idea := fmt.Sprintf("%s in %s: %d kinderen", questionnaire.Taxonomy().Label(tag.Tag), cmp.Or(names[w.Wijk], w.Wijk), w.N)
			if len(w.Bands) > 0 && gapBand[w.Bands[0].Label] != "" {
				who := fmt.Sprintf(", van wie %d in de leeftijd", w.Bands[0].N)
				if w.Bands[0].N == w.N {
					who = ", allemaal"
				}
				idea += who + " " + gapBand[w.Bands[0].Label]
			}
			if len(w.Parts) > 0 {
				idea += fmt.Sprintf("; %d kunnen %s", w.Parts[0].N, partWhen[w.Parts[0].Label])
			}
			out = append(out, idea+".")
		}
	}
	return out
}

// partWhen says when a part of the day is, in a sentence.
var partWhen = map[string]string{"middag": "na school", "vooravond": "aan het begin van de avond", "avond": "in de avond", "weekend": "in het weekend"}

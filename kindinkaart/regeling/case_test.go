package regeling

import "github.com/golang-sql/civil"

// billCase is a family and an activity together, as the tests write them down.
type billCase struct {
	Residence  string     // CBS code of the municipality of the child's registered home, for example GM0599
	Born       civil.Date // day 1 when only the month is known
	Start      civil.Date // first day of taking part
	On         civil.Date // today
	Signals    []string   // low_yes, debt_yes, pass_yes, low_no, unknown; empty = not asked
	Category   string     // domain of the activity: sport, cultuur, zwemles, …
	Recognised string     // provider recognised by the fund: ja, nee, onbekend
	Activity   string     // id, to find approvals and refusals
	Lines      []Line
	Reduced    []ReducedLine
	Used       []Used
	Approved   []Approval
	Refused    []Refusal
}

// compute gives what a family pays itself in one case.
func compute(c billCase, schemes []Scheme) Cost {
	f, o := prepared(c, NewRules(schemes))
	return f.Cost(o)
}

func household(c billCase) Household {
	return Household{Residence: c.Residence, Born: c.Born, On: c.On, Signals: c.Signals, Used: c.Used, Approved: c.Approved, Refused: c.Refused}
}

func prepared(c billCase, rules *Rules) (*Family, *Offer) {
	return rules.Family(household(c)), offerOf(c)
}

func offerOf(c billCase) *Offer {
	return &Offer{Tariff: NewTariff(c.Lines, c.Reduced), Category: CategoryOf(c.Category), Recognised: c.Recognised, Activity: c.Activity, Start: DayOf(c.Start)}
}

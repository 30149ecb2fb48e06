package regeling

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/golang-sql/civil"
)

// plainCost is DOMAIN 4.3 written down step by step, with names and lists and nothing prepared. Cost and Figures must
// agree with it on every case.
func plainCost(c billCase, schemes []Scheme) Cost {
	prices, gross := plainPrices(c.Lines)
	cost := Cost{GrossCents: gross, ReducedUsed: plainReduce(prices, c.Reduced, c.Signals)}
	p := &plainPurse{c: &c, schemes: plainOrder(&c, schemes), prices: prices, taken: map[string]int{}}
	p.countGrants()
	for _, s := range p.schemes {
		certainty, why := plainFit(&c, s)
		cost.Parts = append(cost.Parts, Part{Scheme: s.ID, Name: s.Name, Certainty: certainty, Why: why})
	}
	for _, sure := range []Certainty{Confirmed, Expected, Possible} {
		for i, s := range p.schemes {
			if cost.Parts[i].Certainty == sure {
				p.give(s, &cost.Parts[i])
			}
		}
		switch sure {
		case Expected:
			cost.NetCents = p.rest()
		case Possible:
			cost.MaybeCents = p.rest()
		}
	}
	cost.ApplyBy = p.applyBy
	for _, l := range prices {
		if p.pending {
			cost.BeforeStartCents += max(min(l.first, l.cents)-l.early, 0)
		}
	}
	cost.Parts = append(cost.Parts, p.unlisted()...)
	return cost
}

type plainPrice struct {
	kind, per                       string
	times, cents, first, due, early int
}

func plainPrices(lines []Line) (prices []*plainPrice, gross int) {
	for _, l := range lines {
		if l.Required {
			p := &plainPrice{kind: l.Kind, per: l.Per, times: l.Times, cents: plainYearly(l.Cents, l.Per, l.Times), first: bounded(l.Cents)}
			p.due = p.cents
			gross, prices = gross+p.cents, append(prices, p)
		}
	}
	return prices, gross
}

// plainYearly is an amount over the first 12 months.
func plainYearly(cents int, per string, times int) int {
	return cents * map[string]int{"once": 1, "year": 1, "season": 1, "quarter": 4, "month": 12, "time": max(times, 1)}[per]
}

func plainReduce(prices []*plainPrice, reduced []ReducedLine, given []string) (kinds []string) {
	low := slices.Contains(given, "low_yes") || slices.Contains(given, "debt_yes")
	for _, r := range reduced {
		if !(r.When == "low_income" && low || r.When == "pass" && slices.Contains(given, "pass_yes")) {
			continue
		}
		i := slices.IndexFunc(prices, func(p *plainPrice) bool { return p.kind == r.Kind && p.per == r.Per })
		if i < 0 {
			i = slices.IndexFunc(prices, func(p *plainPrice) bool { return p.kind == r.Kind })
		}
		if i < 0 || r.Per == "time" && prices[i].times <= 0 {
			continue
		}
		if cents := plainYearly(r.Cents, r.Per, prices[i].times); cents < prices[i].cents {
			prices[i].cents, prices[i].due, prices[i].first = cents, cents, bounded(r.Cents)
			if !slices.Contains(kinds, r.Kind) {
				kinds = append(kinds, r.Kind)
			}
		}
	}
	return kinds
}

func plainStart(c *billCase) civil.Date {
	if c.Start.IsZero() {
		return c.On
	}
	return c.Start
}

func plainOrder(c *billCase, schemes []Scheme) (kept []*Scheme) {
	all := slices.Clone(schemes)
	slices.SortStableFunc(all, func(a, b Scheme) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), a.ValidFrom.DaysSince(b.ValidFrom))
	})
	for i := range all {
		s, n := &all[i], len(kept)
		if n == 0 || kept[n-1].ID != s.ID {
			kept = append(kept, s)
		} else if why := plainOutOfTime(c, kept[n-1]); why == whyNotYet || why == whyEnded {
			kept[n-1] = s
		}
	}
	last := func(s *Scheme) int {
		if s.LastResort {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(kept, func(a, b *Scheme) int { return cmp.Compare(last(a), last(b)) })
	return kept
}

func plainFit(c *billCase, s *Scheme) (Certainty, string) {
	age, known := plainAge(c, s)
	has := func(list []string, value string) bool {
		return slices.Contains(list, "*") || value != "" && slices.Contains(list, value)
	}
	switch {
	case plainGrant(c, s.ID) > 0:
		return Confirmed, ""
	case slices.Contains(c.Refused, Refusal{Scheme: s.ID, Activity: c.Activity}):
		return None, whySaidNo
	case !s.Verified:
		return None, whyUnverified
	case !has(s.Residence, c.Residence) && c.Residence == "":
		return None, whyNoResidence
	case !has(s.Residence, c.Residence):
		return None, whyResidence
	case known && (age < s.AgeMin || age > s.AgeMax):
		return None, whyAge
	case !has(s.Categories, c.Category):
		return None, whyCategory
	case plainOutOfTime(c, s) != "":
		return None, plainOutOfTime(c, s)
	}
	certainty := plainIncome(c, s)
	words := strings.ToLower(s.ProviderRequirement)
	unsure := s.Kind == "fund" && (strings.Contains(words, "erkend") || strings.Contains(words, "gecertificeerd")) && c.Recognised != "ja"
	switch {
	case certainty == None:
		return None, whyIncome
	case unsure && c.Recognised == "nee":
		return None, whyUnrecognised
	case unsure || !known || slices.ContainsFunc(c.Refused, func(r Refusal) bool { return r.Scheme == s.ID }):
		return Possible, ""
	}
	return certainty, ""
}

func plainIncome(c *billCase, s *Scheme) Certainty {
	if s.Income == nil {
		return Expected
	}
	best, given := None, c.Signals
	if len(given) == 0 {
		given = []string{"unknown"}
	}
	for _, signal := range given {
		if v := s.Income.Accepts[signal]; v == Expected || v == Possible && best == None {
			best = v
		}
	}
	return best
}

func plainOutOfTime(c *billCase, s *Scheme) string {
	start := plainStart(c)
	switch {
	case !s.ValidFrom.IsZero() && start.Before(s.ValidFrom):
		return whyNotYet
	case !s.ValidTo.IsZero() && (start.After(s.ValidTo) || c.On.After(s.ValidTo)):
		return whyEnded
	case s.Application.BeforeStart && !s.Application.Retroactive && start.Before(c.On):
		return whyStarted
	}
	return ""
}

func plainAge(c *billCase, s *Scheme) (int, bool) {
	at := plainStart(c)
	if c.Born.Year <= 0 || at.Year <= 0 {
		return 0, false
	}
	if s.AgeReference == AgeInYear {
		return at.Year - c.Born.Year, true
	}
	if s.AgeReference == AgeOnFirstMarch {
		march := civil.Date{Year: at.Year, Month: time.March, Day: 1}
		if at.Before(march) {
			march.Year--
		}
		at = march
	}
	birthday := civil.Date{Year: at.Year, Month: c.Born.Month, Day: c.Born.Day}
	if at.Before(birthday) {
		return at.Year - c.Born.Year - 1, true
	}
	return at.Year - c.Born.Year, true
}

func plainGrant(c *billCase, scheme string) (cents int) {
	for _, a := range c.Approved {
		if a.Scheme == scheme && a.Activity == c.Activity {
			cents += bounded(a.Cents)
		}
	}
	return cents
}

type plainPurse struct {
	c       *billCase
	schemes []*Scheme
	prices  []*plainPrice
	taken   map[string]int
	pending bool
	applyBy civil.Date
}

func (p *plainPurse) countGrants() {
	granted := map[string]int{}
	for _, a := range p.c.Approved {
		granted[a.Scheme] += bounded(a.Cents)
	}
	for _, u := range p.c.Used {
		p.taken[u.Scheme] += bounded(u.Cents)
	}
	for id, cents := range granted {
		p.taken[id] = max(p.taken[id], cents)
	}
}

func (p *plainPurse) rest() (cents int) {
	for _, l := range p.prices {
		cents += l.due
	}
	return cents
}

func (p *plainPurse) give(s *Scheme, part *Part) {
	if part.Certainty == Confirmed {
		part.Cents = p.cover(s, plainGrant(p.c, s.ID), s.PaysTo != "family")
		return
	}
	days := 0
	for _, d := range s.Application.DecisionDays {
		days = max(days, d)
	}
	start := plainStart(p.c)
	early := part.Certainty == Expected && s.PaysTo != "family" && days > 0 && !p.c.On.IsZero() && start.DaysSince(p.c.On) >= days
	if part.Why = p.obstacle(s); part.Why == "" {
		part.Cents = p.cover(s, p.left(s), early)
	}
	if part.Cents == 0 {
		part.Certainty, part.Why = None, cmp.Or(part.Why, whyKinds)
		return
	}
	p.taken[s.ID] += part.Cents
	p.pending = true
	if day := start.AddDays(-max(days, 1)); s.Application.BeforeStart && !start.IsZero() && (p.applyBy.IsZero() || day.Before(p.applyBy)) {
		p.applyBy = day
	}
}

func plainPays(s *Scheme, l *plainPrice) bool {
	return l.due > 0 && slices.Contains(s.Covers, l.kind) && !slices.Contains(s.NotCovers, l.kind)
}

func (p *plainPurse) obstacle(s *Scheme) string {
	switch {
	case !slices.ContainsFunc(p.prices, func(l *plainPrice) bool { return plainPays(s, l) }):
		return whyKinds
	case slices.ContainsFunc(s.ExclusiveWith, func(id string) bool { return id != s.ID && p.taken[id] > 0 }):
		return whyExclusive
	case slices.ContainsFunc(p.schemes, func(o *Scheme) bool {
		return o.ID != s.ID && p.taken[o.ID] > 0 && slices.Contains(o.ExclusiveWith, s.ID)
	}):
		return whyExclusive
	case p.left(s) <= 0:
		return whySpent
	}
	return ""
}

func (p *plainPurse) left(s *Scheme) int {
	most := 1 << 60
	if s.MaxCents != nil {
		most = bounded(*s.MaxCents)
	}
	if age, known := plainAge(p.c, s); known {
		if i := slices.IndexFunc(s.MaxByAge, func(m AgeMax) bool { return age >= m.AgeMin && age <= m.AgeMax }); i >= 0 {
			most = bounded(s.MaxByAge[i].Cents)
		}
	}
	left := most - p.taken[s.ID]
	for _, o := range p.schemes {
		if o.SharedCap == nil || !o.Verified || o.ID != s.ID && !slices.Contains(o.SharedCap.WithSchemes, s.ID) {
			continue
		}
		sum, seen := 0, []string{}
		for _, id := range append([]string{o.ID}, o.SharedCap.WithSchemes...) {
			if !slices.Contains(seen, id) {
				sum, seen = sum+p.taken[id], append(seen, id)
			}
		}
		left = min(left, o.SharedCap.TotalCents-sum)
	}
	return left
}

func (p *plainPurse) cover(s *Scheme, left int, early bool) (paid int) {
	for _, l := range p.prices {
		if !plainPays(s, l) {
			continue
		}
		cents := min(l.due-plainOwnShare(s, l.due), left-paid)
		l.due, paid = l.due-cents, paid+cents
		if early {
			l.early += cents
		}
	}
	return paid
}

func plainOwnShare(s *Scheme, cents int) int {
	if s.Share <= 0 || s.Share >= 1 {
		return 0
	}
	own := cents - int(math.Round(s.Share*10_000))*cents/10_000
	if s.OwnShareMaxCents != nil {
		own = min(own, *s.OwnShareMaxCents)
	}
	return own
}

func (p *plainPurse) unlisted() (parts []Part) {
	for _, a := range p.c.Approved {
		known := slices.ContainsFunc(p.schemes, func(s *Scheme) bool { return s.ID == a.Scheme }) ||
			slices.ContainsFunc(parts, func(o Part) bool { return o.Scheme == a.Scheme })
		if !known && a.Activity == p.c.Activity {
			parts = append(parts, Part{Scheme: a.Scheme, Certainty: None, Why: whyUnknown})
		}
	}
	slices.SortFunc(parts, func(a, b Part) int { return cmp.Compare(a.Scheme, b.Scheme) })
	return parts
}

package regeling

import (
	"cmp"
	"slices"
	"strings"
	"unique"
)

// Rules is a list of schemes prepared once for many families. It never changes and may be used by many at the same time;
// the schemes it was made of must not change either.
type Rules struct {
	rules  []rule
	groups []span  // the versions of one scheme, by id
	first  []int32 // of each group the rule that holds when it has one version
	ids    map[string]int32
	many   bool // some scheme has several versions
}

// span is a stretch of rules: from included, to excluded.
type span struct{ from, to int32 }

// rule is one version of one scheme with every name made a number.
type rule struct {
	*Scheme
	self, id, group int32
	pays            kindSet
	anyCategory     bool
	categories      []Category
	recognisedOnly  bool
	days            Day     // longest known decision time, 0 when unknown
	from, to        Day     // ValidFrom and ValidTo
	ownPart         int     // what Share leaves, in ten thousandths
	ownMost         int     // OwnShareMaxCents; very much when there is none
	exclusive       []int32 // ids this scheme does not go together with
	excludedBy      []int32 // rules of other schemes that name this one as exclusive
	caps            []int32 // rules whose shared cap holds for this scheme
	together        []int32 // ids that share the cap of this rule, its own first
}

// Category is the domain of an activity (sport, cultuur, zwemles, …), prepared to be compared quickly.
type Category = unique.Handle[string]

// CategoryOf prepares a domain; keep the outcome, it is made by looking the name up.
func CategoryOf(domain string) Category { return unique.Make(domain) }

// NewRules prepares schemes. Several versions of one id may stand in any order (DOMAIN 4.2, valid_from and valid_to).
func NewRules(schemes []Scheme) *Rules {
	ordered := make([]*Scheme, len(schemes))
	for i := range schemes {
		ordered[i] = &schemes[i]
	}
	slices.SortStableFunc(ordered, func(a, b *Scheme) int {
		if a.ID != b.ID {
			return cmp.Compare(a.ID, b.ID)
		}
		return a.ValidFrom.DaysSince(b.ValidFrom)
	})
	r := &Rules{rules: make([]rule, len(schemes)), ids: make(map[string]int32, len(schemes))}
	for i, s := range ordered {
		r.rules[i] = newRule(s)
		r.place(i)
	}
	for i := range r.rules {
		r.relate(&r.rules[i])
	}
	for i := range r.rules {
		r.collect(&r.rules[i])
	}
	return r
}

func newRule(s *Scheme) rule {
	r := rule{Scheme: s, pays: kindsOf(s.Covers) &^ kindsOf(s.NotCovers), recognisedOnly: s.wantsRecognised(), from: DayOf(s.ValidFrom), to: DayOf(s.ValidTo)}
	for _, c := range s.Categories {
		switch c {
		case "*":
			r.anyCategory = true
		case "":
		default:
			r.categories = append(r.categories, CategoryOf(c))
		}
	}
	for _, d := range s.Application.DecisionDays {
		r.days = max(r.days, Day(d))
	}
	r.setShare()
	return r
}

// setShare works out what the family pays itself of a line.
func (r *rule) setShare() {
	if r.Share > 0 && r.Share < 1 {
		r.ownPart = 10_000 - int(r.Share*10_000+0.5)
	}
	r.ownMost = maxCents
	if r.OwnShareMaxCents != nil {
		r.ownMost = max(*r.OwnShareMaxCents, 0)
	}
}

// wantsRecognised says whether a fund pays recognised or certified providers only: its requirement says so in words.
func (s *Scheme) wantsRecognised() bool {
	if s.Kind != "fund" || s.ProviderRequirement == "" {
		return false
	}
	text := strings.ToLower(s.ProviderRequirement)
	return strings.Contains(text, "erkend") || strings.Contains(text, "gecertificeerd")
}

// place gives a rule its number and puts it with the other versions of its scheme.
func (r *Rules) place(i int) {
	s, n := &r.rules[i], len(r.groups)
	if i == 0 || r.rules[i-1].ID != s.ID {
		r.groups, r.first = append(r.groups, span{int32(i), int32(i)}), append(r.first, int32(i))
		n++
	} else {
		r.many = true
	}
	r.groups[n-1].to++
	s.self, s.group, s.id = int32(i), int32(n-1), r.number(s.ID)
}

// number gives the number of a scheme id, also of one that is only named by others.
func (r *Rules) number(id string) int32 {
	n, ok := r.ids[id]
	if !ok {
		n = int32(len(r.ids))
		r.ids[id] = n
	}
	return n
}

// relate finds the numbers of the schemes a rule names.
func (r *Rules) relate(s *rule) {
	for _, id := range s.ExclusiveWith {
		if id != s.ID {
			s.exclusive = append(s.exclusive, r.number(id))
		}
	}
	if s.SharedCap == nil || !s.Verified {
		return
	}
	s.together = []int32{s.id}
	for _, id := range s.SharedCap.WithSchemes {
		if n := r.number(id); !slices.Contains(s.together, n) {
			s.together = append(s.together, n)
		}
	}
}

// collect finds the rules that name this one.
func (r *Rules) collect(s *rule) {
	for i := range r.rules {
		other := &r.rules[i]
		if slices.Contains(other.exclusive, s.id) {
			s.excludedBy = append(s.excludedBy, other.self)
		}
		if slices.Contains(other.together, s.id) {
			s.caps = append(s.caps, other.self)
		}
	}
}

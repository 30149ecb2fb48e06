package catalog

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"wijknetwerk/geo"
)

// sameSpotMetres is how far apart two points may lie and still be one building.
const sameSpotMetres = 75

// Similar gives the activities that look like a, to ask "bestaat dit al?": of the same partner or at the same place, with
// nearly the same title. Withdrawn activities and a itself are left out; the order of existing is kept.
func Similar(existing []Activity, a Activity) []Activity {
	var out []Activity
	title := plainTitle(a.Title)
	for _, e := range existing {
		if e.ID != a.ID && e.State != Withdrawn && nearlyEqual(plainTitle(e.Title), title) && (samePartner(e, a) || samePlace(e, a)) {
			out = append(out, e)
		}
	}
	return out
}

func samePartner(a, b Activity) bool {
	return a.MainPartner() != "" && a.MainPartner() == b.MainPartner()
}

func samePlace(a, b Activity) bool {
	return slices.ContainsFunc(a.Slots, func(s Slot) bool {
		return slices.ContainsFunc(b.Slots, func(t Slot) bool { return sameSpot(s.Location, t.Location) })
	})
}

func sameSpot(l, m Location) bool {
	p, okP := l.Point()
	q, okQ := m.Point()
	if okP && okQ {
		return geo.Distance(p, q) <= sameSpotMetres
	}
	if l.Postcode != "" && l.Postcode == m.Postcode {
		return plainTitle(l.Street) == plainTitle(m.Street)
	}
	return l.Name != "" && plainTitle(l.Name) == plainTitle(m.Name) && plainTitle(l.Place) == plainTitle(m.Place)
}

// plainTitle keeps letters and digits, lower case and without accents; everything else is one space.
func plainTitle(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// nearlyEqual allows one wrong letter in every six and words in another order; digits must be the same, because U10 is
// another group than U12.
func nearlyEqual(a, b string) bool {
	if a == "" || b == "" || digits(a) != digits(b) {
		return false
	}
	if a == b || sortedWords(a) == sortedWords(b) {
		return true
	}
	x, y := []rune(a), []rune(b)
	return editDistance(x, y) <= max(len(x), len(y))/6
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func sortedWords(s string) string {
	w := strings.Fields(s)
	slices.Sort(w)
	return strings.Join(w, " ")
}

// editDistance counts the letters to add, drop or change.
func editDistance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

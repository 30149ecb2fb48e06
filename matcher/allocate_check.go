package matcher

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"wijknetwerk/kindinkaart/errs"
)

// Limits of a pool: what lies outside is a mistake in the input.
const (
	maxPlaces     = 5
	maxFit        = 1000.0
	maxPoolPoints = 1e10 // of all together, in hundredths: sums stay exact
)

// check names the first thing that cannot be used, with where it stands.
func (p Pool) check() error {
	slots := map[string]bool{}
	for i, s := range p.Slots {
		if wrong := s.wrong(slots); wrong != "" {
			return unusable("slots", i, wrong)
		}
		slots[s.ID] = true
	}
	children := map[string]bool{}
	for i, c := range p.Children {
		if wrong := c.wrong(children, slots); wrong != "" {
			return unusable("children", i, wrong)
		}
		children[c.Code] = true
	}
	seen := map[[2]string]bool{}
	for i, f := range p.Friends {
		if wrong := f.wrong(children, seen); wrong != "" {
			return unusable("friends", i, wrong)
		}
		seen[[2]string{min(f.A, f.B), max(f.A, f.B)}] = true
	}
	if p.most() > maxPoolPoints {
		return errs.New(errs.Invalid, "Dit zijn te veel kinderen en punten voor één verdeling. Verdeel per school of per klas.")
	}
	return nil
}

// unusable points at one record of the input.
func unusable(list string, i int, wrong string) error {
	return errs.InvalidFields("Deze verdeling kan niet worden gemaakt. "+wrong, errs.Field{Name: fmt.Sprintf("%s[%d]", list, i), Message: wrong})
}

// most is what all points together could come to, in hundredths.
func (p Pool) most() float64 {
	sum := 0.0
	for _, c := range p.Children {
		sum += float64(max(c.Places, 1)) * maxFit * 100
	}
	for _, f := range p.Friends {
		sum += maxPlaces * f.Points * 100
	}
	return sum
}

func (s PoolSlot) wrong(seen map[string]bool) string {
	switch {
	case s.ID == "":
		return "Deze plek heeft geen id. Geef elke plek een eigen id."
	case seen[s.ID]:
		return fmt.Sprintf("De plek %q staat er twee keer in. Geef elke plek een eigen id.", s.ID)
	case s.Capacity < 0 || s.Enrolled < 0 || s.Min < 0:
		return fmt.Sprintf("Bij plek %q staat een aantal onder 0. Capaciteit, ingeschreven en minimum zijn 0 of meer.", s.ID)
	case s.Weekday != "" && s.End <= s.Start:
		return fmt.Sprintf("Plek %q eindigt niet na het begin. Verwacht een eindtijd later op de dag.", s.ID)
	}
	return ""
}

func (c PoolChild) wrong(seen, slots map[string]bool) string {
	switch {
	case c.Code == "":
		return "Dit kind heeft geen code. Geef elk kind een eigen code."
	case seen[c.Code]:
		return fmt.Sprintf("De code %q staat er twee keer in. Geef elk kind een eigen code.", c.Code)
	case c.Places < 0 || c.Places > maxPlaces:
		return fmt.Sprintf("Bij %q staan %d plekken. Verwacht 1 tot en met %d.", c.Code, c.Places, maxPlaces)
	}
	wished := map[string]bool{}
	for i, w := range c.Wishes {
		switch {
		case !slots[w.Slot]:
			return fmt.Sprintf("Wens %d van %q is voor plek %q, en die is er niet.", i+1, c.Code, w.Slot)
		case wished[w.Slot]:
			return fmt.Sprintf("Wens %d van %q is voor plek %q, en die stond er al. Elke plek één keer.", i+1, c.Code, w.Slot)
		case !(w.Fit >= 0 && w.Fit <= maxFit): // also NaN
			return fmt.Sprintf("Wens %d van %q heeft geen goed aantal punten. Verwacht 0 tot en met %.0f.", i+1, c.Code, maxFit)
		}
		wished[w.Slot] = true
	}
	return ""
}

func (f Friends) wrong(children map[string]bool, seen map[[2]string]bool) string {
	for _, code := range []string{f.A, f.B} {
		if !children[code] {
			return fmt.Sprintf("Er is geen kind met code %q. Kijk de code na.", code)
		}
	}
	switch {
	case f.A == f.B:
		return fmt.Sprintf("%q staat samen met zichzelf. Vul twee verschillende codes in.", f.A)
	case seen[[2]string{min(f.A, f.B), max(f.A, f.B)}]:
		return fmt.Sprintf("%q en %q staan er twee keer samen in. Eén keer is genoeg.", f.A, f.B)
	case !(f.Points >= 0 && f.Points <= maxFit):
		return fmt.Sprintf("%q en %q hebben samen geen goed aantal punten. Verwacht 0 tot en met %.0f.", f.A, f.B, maxFit)
	}
	return ""
}

// notes says what can be used and is strange all the same.
func (p Pool) notes() []string {
	var out []string
	for _, s := range p.Slots {
		if s.Capacity < s.Enrolled {
			out = append(out, fmt.Sprintf("Bij plek %q zijn %d kinderen ingeschreven voor %d plekken. We rekenen met 0 vrije plekken. Vraag het na bij de aanbieder.", s.ID, s.Enrolled, s.Capacity))
		}
	}
	slices.Sort(out)
	return out
}

func hundredths(points float64) int64 { return int64(math.Round(points * 100)) }

// points turns a value back into points.
func (d *divided) points(value int64) float64 { return float64(value/d.scale) / 100 }

// byNumber gives the children in the order of the lottery. The number of a child follows from the seed and its code, so
// that one child more or less does not change the order of the others.
func byNumber(p Pool) []PoolChild {
	lot := make(map[string]uint64, len(p.Children))
	for _, c := range p.Children {
		sum := sha256.Sum256(append(binary.BigEndian.AppendUint64(nil, p.Seed), c.Code...))
		lot[c.Code] = binary.BigEndian.Uint64(sum[:])
	}
	out := slices.Clone(p.Children)
	slices.SortFunc(out, func(x, y PoolChild) int {
		return cmp.Or(cmp.Compare(lot[x.Code], lot[y.Code]), cmp.Compare(x.Code, y.Code))
	})
	return out
}

package questionnaire

import (
	"errors"
	"fmt"
	"slices"
)

// Languages are the languages of the questions, Dutch first.
var Languages = []string{"nl", "en", "tr", "ar", "pl", "pap"}

// Items gives the questions of a variant in the order they are asked; in a class only those meant for it (DOMAIN 3.1).
func (d *Definition) Items(v Variant, classMode bool) []Item {
	info, ok := d.Variant(v)
	if !ok {
		return nil
	}
	order := info.ItemOrder
	if classMode {
		order = info.ClassOrder
	}
	items := make([]Item, 0, len(order))
	for _, id := range order {
		items = append(items, *d.item(id))
	}
	return items
}

// Item gives one question by its id.
func (d *Definition) Item(id string) (Item, bool) {
	it := d.item(id)
	if it == nil {
		return Item{}, false
	}
	return *it, true
}

// Variant gives what is known about a variant.
func (d *Definition) Variant(v Variant) (VariantInfo, bool) {
	for _, info := range d.Variants {
		if info.ID == v {
			return info, true
		}
	}
	return VariantInfo{}, false
}

// CommonAnswer gives a shared answer (ja, nee, weet_niet, overslaan, leuk, beetje, niet) in a language. It falls back to
// Dutch; reviewed is false for a translation no speaker has checked (DOMAIN 3.6). Unknown ids give "".
func (d *Definition) CommonAnswer(id, lang string) (text string, reviewed bool) {
	texts := d.common[id]
	if t := texts[lang]; t != "" && lang != "nl" {
		return t, false
	}
	return texts["nl"], true
}

// OptionText gives the text of an option for a variant in a language; only the common answers are translated.
func (d *Definition) OptionText(o Option, v Variant, lang string) (text string, reviewed bool) {
	if common := d.common[o.ID]; common["nl"] == o.Text && o.Text != "" {
		return d.CommonAnswer(o.ID, lang)
	}
	return o.TextFor(v), true
}

// VariantFor gives the variant for an age in whole years. At 12 it is B; choose C for somebody of 12 in secondary school,
// and A at any age in special education (DOMAIN 3.1). Under 4 there is no child questionnaire.
func VariantFor(age int) (Variant, error) {
	if age < 4 {
		return "", errors.New("Voor kinderen jonger dan 4 jaar is er geen vragenlijst. Vraag de ouder alleen P10 (taal) en P11 (zelf meedoen).")
	}
	for _, info := range Default().Variants {
		if info.AgeMin != nil && age >= *info.AgeMin && age <= *info.AgeMax {
			return info.ID, nil
		}
	}
	return "", fmt.Errorf("De vragenlijst is voor kinderen en jongeren van 4 tot en met 23 jaar, niet voor %d jaar.", age)
}

// In says whether the item belongs to a variant.
func (it Item) In(v Variant) bool { return slices.Contains(it.Variants, v) }

// TextFor gives the question for a variant in a language. It falls back to Dutch, also where the translation speaks to
// somebody else than the reader; reviewed is false for a translation no speaker has checked (DOMAIN 3.6).
func (it Item) TextFor(v Variant, lang string) (text string, reviewed bool) {
	sharedWithChild := v == VariantP && len(it.Variants) > 1
	if t := it.I18n[lang]; t != "" && lang != "nl" && !sharedWithChild {
		return t, false
	}
	if t, ok := it.Texts[v]; ok {
		return t, true
	}
	for _, other := range it.Variants {
		return it.Texts[other], true
	}
	return "", true
}

// OptionsFor gives the options a variant shows; A has 16 of the 28 pictures.
func (it Item) OptionsFor(v Variant) []Option {
	if v != VariantA {
		return it.Options
	}
	var shown []Option
	for _, o := range it.Options {
		if o.InVariantA == nil || *o.InVariantA {
			shown = append(shown, o)
		}
	}
	return shown
}

// placeOf gives the place of one of the options a variant shows.
func placeOf[T string | []byte](it *Item, v Variant, id T) (place uint8, ok bool) {
	i := find(&it.lookup, id)
	if i < 0 || !it.Options[i].shownIn(v) {
		return 0, false
	}
	return uint8(i), true
}

func (o *Option) shownIn(v Variant) bool {
	return v != VariantA || o.InVariantA == nil || *o.InVariantA
}

// TextFor gives the Dutch text of an option: parents read about their child.
func (o Option) TextFor(v Variant) string {
	if v == VariantP && o.TextParent != "" {
		return o.TextParent
	}
	return o.Text
}

// Days are the weekdays of a daypart grid, Monday first.
var Days = []string{"ma", "di", "wo", "do", "vr", "za", "zo"}

// The first minute after midnight of each part of the day.
var partStarts = []struct {
	part string
	from int
}{{"ochtend", 0}, {"middag", 12 * 60}, {"vooravond", 17 * 60}, {"avond", 19 * 60}}

// DaypartOf gives the part of the day of a time in minutes after midnight: ochtend until 12:00, middag until 17:00,
// vooravond until 19:00, then avond.
func DaypartOf(minutes int) string {
	part := partStarts[0].part
	for _, p := range partStarts {
		if minutes >= p.from {
			part = p.part
		}
	}
	return part
}

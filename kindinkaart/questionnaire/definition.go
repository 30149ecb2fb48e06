package questionnaire

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed questionnaire-v1.json
var questionnaireJSON []byte

// Definition is one version of the questionnaire. It is read-only: everybody shares it.
type Definition struct {
	ID       string
	Version  string
	Sections []Section
	Variants []VariantInfo
	Scales   map[string][]Option
	common   map[string]map[string]string
	items    []Item
	sorted   []*Item        // by id, which is their place
	places   [mostIDs]uint8 // by idNumber: 1 + place in sorted; 0 = no such question
	codes    []string       // barriers by number
	barriers wordTable      // of codes
	variants map[Variant]*offered
}

// Section is a part of the questionnaire with a title for people.
type Section struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// VariantInfo describes a variant: who it is for and which items it has, in order.
type VariantInfo struct {
	ID         Variant  `json:"id"`
	Label      string   `json:"label"`
	AgeMin     *int     `json:"age_min"` // nil for parents
	AgeMax     *int     `json:"age_max"`
	Respondent string   `json:"respondent"`
	MaxMinutes int      `json:"max_minutes"`
	Notes      string   `json:"notes"`
	ItemOrder  []string `json:"item_order"`
	ClassOrder []string `json:"class_order"`
}

// Item is one question. Options are complete: "same_as" and "from" are resolved; use OptionsFor for what a variant shows.
type Item struct {
	ID              string
	Section         string
	Variants        []Variant
	Type            string             // single, multi, smiley5, grid3, rank, multi_from, open_short, daypart_grid, single_plus, language
	Texts           map[Variant]string // Dutch
	I18n            map[string]string  // by language, not yet reviewed by a speaker
	Options         []Option
	Scale           []Option // grid3: leuk, beetje, niet, weet_niet
	Grid            *Grid    // daypart_grid
	Max             int      // most choices; 0 = no limit
	MaxChars        int      // open_short
	Minutes         []int    // single_plus: travel minutes to choose from
	RankFactors     []float64
	FixedFactor     float64 // 0 = none
	Core            bool
	ClassMode       bool
	Strength        float64   // 0..1; 0 = no evidence
	Evidence        string    // interest, talent, parent_interest, parent_own, "" = none
	Use             string    // gesprek, match, barrier, condition, context, remedy, contact, funding
	Purpose         string    // why it is asked
	Visibility      string    // smw_child, smw_child_parent, smw_parent
	Sensitive       string    // art9_health or ""
	SeparateConsent string    // purpose that must be agreed to first, "" = none
	lookup          wordTable // options by id
	shape           shape
	place           int        // by id among all items
	vector          int        // that its answers tell about, -1 = none
	told            [][]tell   // by place of the option
	factors         []float64  // of the scale
	liking          uint8      // 1 + place of "leuk" in the scale; 0 = not there
	byName          []uint8    // places of the options in order of their ids
	asks            barrierSet // barriers in its list
	asksParentToo   barrierSet // those of them that the parent is asked about in P3: silence of the child settles nothing
}

// Grid is the shape of a daypart_grid.
type Grid struct {
	Days   []string `json:"days"`
	Parts  []Part   `json:"parts"`
	Values []string `json:"values"`
}

// Part is a part of the day with its label.
type Part struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Option is one possible answer and what it means.
type Option struct {
	ID         string       `json:"id"`
	Text       string       `json:"text"`
	TextParent string       `json:"text_parent"`
	Pictogram  string       `json:"pictogram_hint"`
	Tags       []TagWeight  `json:"tags"`
	Prefs      Prefs        `json:"prefs"`
	Barrier    *BarrierHint `json:"barrier"`
	Needs      []string     `json:"needs"`
	Conditions struct {
		Swim string `json:"swim"`
	} `json:"conditions"`
	Independence *struct {
		Mode       string `json:"mode"`
		MaxMinutes int    `json:"max_minutes"`
	} `json:"independence"`
	RemedyHint   string          `json:"remedy_hint"`
	SupportLevel string          `json:"support_level"`
	IncomeSignal string          `json:"income_signal"`
	SearchBase   string          `json:"search_base"`
	Travel       string          `json:"travel"`
	Budget       json.RawMessage `json:"budget_month_eur"` // euros; null = no limit; absent = says nothing
	Followup     string          `json:"followup"`
	Followups    []Option        `json:"followup_options"`
	Factor       float64         `json:"factor"`
	DontKnow     bool            `json:"dont_know"`
	Exclusive    bool            `json:"exclusive"`
	InVariantA   *bool           `json:"in_variant_A"` // nil = in every variant
	barrier      barrierSet      // the one it points at, if any
	means        certainty       // what it says of that barrier
	evades       bool            // not knowing, or not wanting to say
	budget       Budget
}

// TagWeight says how much an option tells about a tag, above 0 up to 1.
type TagWeight struct {
	Tag string  `json:"tag"`
	W   float64 `json:"w"`
}

// BarrierHint is the barrier an option points at.
type BarrierHint struct {
	Code   string       `json:"code"`
	State  BarrierState `json:"state"`
	Detail string       `json:"detail"`
}

// Default gives the questionnaire that ships with the program. It panics when the embedded data is broken.
var Default = sync.OnceValue(func() *Definition {
	d, err := parseDefinition(questionnaireJSON, Taxonomy())
	if err != nil {
		panic(err)
	}
	return d
})

type rawItem struct {
	ID              string             `json:"id"`
	Section         string             `json:"section"`
	Variants        []Variant          `json:"variants"`
	Type            string             `json:"type"`
	Text            map[Variant]string `json:"text"`
	I18n            map[string]string  `json:"i18n"`
	Options         json.RawMessage    `json:"options"`
	Scale           []Option           `json:"scale"`
	Max             int                `json:"max"`
	MaxChars        int                `json:"max_chars"`
	FollowupMinutes []int              `json:"followup_minutes"`
	RankFactors     []float64          `json:"rank_factors"`
	FixedFactor     float64            `json:"fixed_factor"`
	Core            bool               `json:"core"`
	ClassMode       bool               `json:"class_mode"`
	Strength        float64            `json:"strength"`
	Evidence        string             `json:"evidence"`
	Use             string             `json:"use"`
	Purpose         string             `json:"purpose"`
	Visibility      string             `json:"visibility"`
	Sensitive       string             `json:"sensitive"`
	SeparateConsent string             `json:"separate_consent"`
}

func parseDefinition(data []byte, tax *TagTree) (*Definition, error) {
	var raw struct {
		ID       string                       `json:"id"`
		Version  string                       `json:"version"`
		Sections []Section                    `json:"sections"`
		Variants []VariantInfo                `json:"variants"`
		Scales   map[string][]Option          `json:"scales"`
		Common   map[string]map[string]string `json:"common_answers"`
		Items    []rawItem                    `json:"items"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("vragenlijst niet te lezen: %w", err)
	}
	d := &Definition{ID: raw.ID, Version: raw.Version, Sections: raw.Sections, Variants: raw.Variants,
		Scales: raw.Scales, common: raw.Common}
	for _, r := range raw.Items {
		d.items = append(d.items, r.item())
	}
	if err := d.sort(); err != nil {
		return nil, err
	}
	for i, r := range raw.Items {
		if err := d.resolveOptions(&d.items[i], r.Options); err != nil {
			return nil, fmt.Errorf("vraag %s: %w", r.ID, err)
		}
	}
	if err := d.check(tax); err != nil {
		return nil, err
	}
	return d, d.index(tax)
}

func (r rawItem) item() Item {
	return Item{ID: r.ID, Section: r.Section, Variants: r.Variants, Type: r.Type, shape: shapes[r.Type], Texts: r.Text, I18n: r.I18n,
		Scale: r.Scale, Max: r.Max, MaxChars: r.MaxChars, Minutes: r.FollowupMinutes, RankFactors: r.RankFactors,
		FixedFactor: r.FixedFactor, Core: r.Core, ClassMode: r.ClassMode, Strength: r.Strength, Evidence: r.Evidence,
		Use: r.Use, Purpose: r.Purpose, Visibility: r.Visibility, Sensitive: r.Sensitive, SeparateConsent: r.SeparateConsent}
}

// resolveOptions fills the options of an item: its own list, those of an earlier item, a scale or a grid of dayparts.
func (d *Definition) resolveOptions(it *Item, raw json.RawMessage) error {
	switch {
	case len(raw) == 0:
		it.Options = d.Scales[it.Type]
		return nil
	case raw[0] == '[':
		return json.Unmarshal(raw, &it.Options)
	case raw[0] == '{':
		it.Grid = &Grid{}
		return json.Unmarshal(raw, it.Grid)
	}
	var ref string
	if err := json.Unmarshal(raw, &ref); err != nil {
		return err
	}
	_, id, _ := strings.Cut(ref, ":")
	source := d.item(id)
	if source == nil || source.Options == nil {
		return fmt.Errorf("verwijst naar %q, verwacht een eerdere vraag met keuzes", ref)
	}
	it.Options = source.Options
	return nil
}

// check finds mistakes in the data: unknown tags and types, items without a purpose or outside their variant.
func (d *Definition) check(tax *TagTree) error {
	for _, it := range d.items {
		if it.Purpose == "" || it.shape == 0 {
			return fmt.Errorf("vraag %s: verwacht een doel en een bekend type", it.ID)
		}
		if it.shape == week && !it.Grid.isWeek() {
			return fmt.Errorf("vraag %s: verwacht alle dagen, dagdelen en antwoorden van een week", it.ID)
		}
		if len(it.Options) > mostChoices {
			return fmt.Errorf("vraag %s: verwacht hoogstens %d keuzes, gekregen %d", it.ID, mostChoices, len(it.Options))
		}
		for _, o := range it.Options {
			for _, t := range o.Tags {
				if !tax.Known(t.Tag) || t.W <= 0 || t.W > 1 {
					return fmt.Errorf("vraag %s, keuze %s: verwacht een bestaande tag met een gewicht tot 1", it.ID, o.ID)
				}
			}
		}
	}
	for _, v := range d.Variants {
		for _, id := range append(append([]string{}, v.ItemOrder...), v.ClassOrder...) {
			if it := d.item(id); it == nil || !it.In(v.ID) {
				return fmt.Errorf("variant %s noemt vraag %s, die daar niet bij hoort", v.ID, id)
			}
		}
	}
	return nil
}

// isWeek says whether a grid has the days, parts and answers that Times can keep, in any order.
func (g *Grid) isWeek() bool {
	parts := make([]string, len(g.Parts))
	for i, p := range g.Parts {
		parts[i] = p.ID
	}
	same := func(a, b []string) bool {
		return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
	}
	return same(g.Days, Days) && same(parts, Dayparts[:]) && same(g.Values, saidWords)
}

package exchange

import (
	"io"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// headings are the names of all columns.
func headings() []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return out
}

// tableOf writes a row for every slot; an activity without slots and a partner without activities have a row of their own.
func tableOf(c Content) [][]string {
	out := [][]string{headings()}
	partners := map[string]catalog.Partner{}
	for _, p := range c.Partners {
		partners[p.ID] = p
	}
	used := map[string]bool{}
	for _, a := range c.Activities {
		p := partners[a.MainPartner()]
		used[p.ID] = true
		d := draft{partner: &p, activity: &a}
		if len(a.Slots) == 0 {
			out = append(out, d.cells())
		}
		for i := range a.Slots {
			d.slot = &a.Slots[i]
			out = append(out, d.cells())
		}
	}
	for _, p := range c.Partners {
		if !used[p.ID] {
			d := draft{partner: &p}
			out = append(out, d.cells())
		}
	}
	return out
}

// cells writes one row; what the row is not about stays empty.
func (d *draft) cells() []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		if c.level == ofPartner && d.partner != nil || c.level == ofActivity && d.activity != nil || c.level == ofSlot && d.slot != nil {
			out[i] = shield(c.field.get(d))
		}
	}
	return out
}

// WriteTemplate writes an empty table to fill in: the headings, a row that explains them and two invented examples. Rows
// that begin with "# " are skipped when the table is read.
func WriteTemplate(f Format, w io.Writer) error {
	rows := [][]string{headings(), make([]string, len(columns)), make([]string, len(columns)), make([]string, len(columns))}
	for i, c := range columns {
		rows[1][i], rows[2][i], rows[3][i] = shield(c.help), shield(c.examples[0]), shield(c.examples[1])
	}
	rows[1][0], rows[2][0], rows[3][0] = "# uitleg: "+columns[0].help, columns[0].examples[0], columns[0].examples[1]
	switch f {
	case CSV:
		return csvOf(w, rows)
	case XLSX:
		return xlsxOf(w, rows)
	}
	return errs.New(errs.Invalid, "Een leeg voorbeeld is er als csv en als xlsx.")
}

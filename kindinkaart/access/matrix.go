package access

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed matrix.txt
var matrixText string

// matrix is DOMAIN 7.4 as read from matrix.txt: kind of data, role, grants.
var matrix = mustParse(matrixText)

// grant is one right with the conditions under which it holds.
type grant struct {
	right Right
	when  string // condition letters
}

// holds says whether every condition of the grant is met.
func (g grant) holds(a Actor, s Subject) bool {
	for _, c := range g.when {
		if !condition(c, a, s) {
			return false
		}
	}
	return true
}

// condition looks at one condition letter.
func condition(c rune, a Actor, s Subject) bool {
	switch c {
	case 'o':
		if a.Role == PartnerRole {
			return a.Partner != "" && a.Partner == s.Partner
		}
		return s.OwnRecord
	case 'c':
		return s.Consent
	case 'r':
		return s.ReferredBySchool && slices.Contains(a.Schools, s.School)
	case 'p':
		return s.ParentPart
	case 'k':
		return s.ChildAgrees
	}
	return false
}

// mustParse reads the embedded matrix; a mistake in it stops the program at the start.
func mustParse(text string) map[DataKind]map[Role][]grant {
	out := map[DataKind]map[Role][]grant{}
	var roles []string
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || strings.HasPrefix(line, "#"):
		case roles == nil:
			roles = fields[1:]
		case len(fields) != len(roles)+1:
			panic(fmt.Sprintf("access: row %q has %d cells, want %d", fields[0], len(fields)-1, len(roles)))
		default:
			out[DataKind(fields[0])] = parseRow(roles, fields[1:])
		}
	}
	return out
}

// parseRow reads the cells of one row.
func parseRow(roles, cells []string) map[Role][]grant {
	row := map[Role][]grant{}
	for i, cell := range cells {
		if cell == "-" {
			continue
		}
		for one := range strings.SplitSeq(cell, ",") {
			if !strings.Contains("RWa", one[:1]) || strings.Trim(one[1:], "ocrpk") != "" {
				panic(fmt.Sprintf("access: cell %q of role %s is not a grant", one, roles[i]))
			}
			row[Role(roles[i])] = append(row[Role(roles[i])], grant{Right(one[:1]), one[1:]})
		}
	}
	return row
}

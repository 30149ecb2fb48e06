package geo

import (
	"fmt"
	"regexp"
	"strings"
)

// Postcode is a Dutch postcode in the form 3072AB.
type Postcode string

var postcodePattern = regexp.MustCompile(`^[1-9][0-9]{3}[A-Z]{2}$`)

// ParsePostcode reads a postcode as people write it: "3072 ab", "3072AB".
func ParsePostcode(s string) (Postcode, error) {
	p := strings.ToUpper(strings.Join(strings.Fields(s), ""))
	if !postcodePattern.MatchString(p) || strings.HasSuffix(p, "SS") || strings.HasSuffix(p, "SD") || strings.HasSuffix(p, "SA") {
		return "", fmt.Errorf("%q is geen postcode: verwacht vier cijfers en twee letters, bijvoorbeeld 3072 AB", s)
	}
	return Postcode(p), nil
}

// PC4 is the four digits: the area without the street.
func (p Postcode) PC4() string {
	if len(p) < 4 {
		return ""
	}
	return string(p[:4])
}

// String writes the postcode as people read it: 3072 AB.
func (p Postcode) String() string {
	if len(p) != 6 {
		return string(p)
	}
	return string(p[:4]) + " " + string(p[4:])
}

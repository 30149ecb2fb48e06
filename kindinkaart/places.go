package kindinkaart

import (
	"math"
	"regexp"
	"strings"

	"wijknetwerk/geo"
	"wijknetwerk/kindinkaart/errs"
)

// readPlaces reads where a child lives and where it is most of the time. Of a secret address four digits will do: more of it is
// not kept, so there is no more to type again.
func readPlaces(c *Child, n NewChild) (wrong []errs.Field) {
	home := readPostcode
	if n.SecretAddress {
		home = readArea
	}
	for _, p := range []struct {
		field, typed string
		read         func(field, typed string) (geo.Postcode, error)
		to           *geo.Postcode
	}{{"postcode", n.Postcode, home, &c.Postcode}, {"second_home", n.SecondHome, home, &c.SecondHome}, {"other_place", n.OtherPlace, readArea, &c.OtherPlace}} {
		read, err := p.read(p.field, p.typed)
		if err != nil {
			wrong = append(wrong, errs.FieldsOf(err)...)
		}
		*p.to = read
	}
	c.SecretAddress = n.SecretAddress
	return wrong
}

// readPostcode reads a postcode that may be left empty.
func readPostcode(field, typed string) (geo.Postcode, error) {
	if strings.TrimSpace(typed) == "" {
		return "", nil
	}
	p, err := geo.ParsePostcode(typed)
	if err != nil {
		return "", errs.InvalidFields("De postcode klopt niet.", errs.Field{Name: field, Message: "Vul vier cijfers en twee letters in, bijvoorbeeld 3072 AB."})
	}
	return p, nil
}

// areaPattern is the four digits of a postcode: the area without the street.
var areaPattern = regexp.MustCompile(`^[1-9][0-9]{3}$`)

// readArea reads a postcode of which the four digits will do, and that may be left empty.
func readArea(field, typed string) (geo.Postcode, error) {
	if digits := strings.TrimSpace(typed); areaPattern.MatchString(digits) {
		return geo.Postcode(digits), nil
	}
	p, err := readPostcode(field, typed)
	if err != nil {
		err = errs.InvalidFields(errs.MessageOf(err), errs.Field{Name: field, Message: "Vul vier cijfers in, met of zonder de letters, bijvoorbeeld 3072 of 3072 AB."})
	}
	return p, err
}

// locate fills what follows from the postcode. When the address is secret, only the four digits are kept of every place where
// the child can be found (DOMAIN 7.8); was is the postcode as it is stored: typed again as it is, it changes nothing.
func (a *act) locate(c Child, was geo.Postcode) (Child, error) {
	home := c.Postcode
	if c.SecretAddress {
		c.Postcode, c.SecondHome, c.OtherPlace = area(c.Postcode), area(c.SecondHome), area(c.OtherPlace)
		c.Point = geo.Point{}
		if home == was {
			return c, nil
		}
	}
	c.Point, c.Residence, c.Wijk = geo.Point{}, "", ""
	if home == "" {
		return c, nil
	}
	wijk, err := a.WijkOf(home)
	if err != nil {
		return Child{}, err
	}
	point, residence, err := a.whereIs(home)
	if err != nil {
		return Child{}, err
	}
	c.Wijk, c.Residence = wijk, residence
	if !c.SecretAddress {
		c.Point = roundPoint(point)
	}
	return c, nil
}

// area leaves the street out of a postcode.
func area(p geo.Postcode) geo.Postcode { return geo.Postcode(p.PC4()) }

// whereIs gives the middle of a postcode; one that is not in our list has no point and is no error.
func (a *act) whereIs(p geo.Postcode) (geo.Point, string, error) {
	point, residence, err := a.Locate(p)
	if errs.KindOf(err) == errs.NotFound {
		return geo.Point{}, "", nil
	}
	return point, residence, err
}

// roundPoint keeps a place to about 100 m (DOMAIN 7.3).
func roundPoint(p geo.Point) geo.Point {
	return geo.Point{Lat: math.Round(p.Lat*1000) / 1000, Lon: math.Round(p.Lon*1000) / 1000}
}

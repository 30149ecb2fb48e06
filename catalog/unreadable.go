package catalog

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// unreadable looks at every text in a record, however deep, and names those with a NUL or with bytes that are not UTF-8:
// PostgreSQL refuses them and SQLite does not (RELIABILITY I07).
func unreadable(record any) findings {
	var f findings
	if allReadable(reflect.ValueOf(record)) {
		return nil
	}
	walkTexts(reflect.ValueOf(record), "", func(name, text string) {
		switch {
		case !utf8.ValidString(text):
			f.add(name, "Hier staan tekens die niet te lezen zijn. Bewaar het bestand als UTF-8 of typ de tekst opnieuw.")
		case strings.IndexByte(text, 0) >= 0:
			f.add(name, "Hier staat een onzichtbaar teken (NUL). Typ de tekst opnieuw.")
		}
	})
	return f
}

// allReadable is the quick answer for the records that are fine, which are nearly all.
func allReadable(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return strings.IndexByte(v.String(), 0) < 0 && utf8.ValidString(v.String())
	case reflect.Slice:
		for i := range v.Len() {
			if !allReadable(v.Index(i)) {
				return false
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !allReadable(v.Field(i)) {
				return false
			}
		}
	}
	return true
}

// walkTexts calls see for every text under v with the path of JSON names that leads to it.
func walkTexts(v reflect.Value, name string, see func(name, text string)) {
	switch v.Kind() {
	case reflect.String:
		see(name, v.String())
	case reflect.Slice:
		for i := range v.Len() {
			walkTexts(v.Index(i), fmt.Sprintf("%s[%d]", name, i), see)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			walkTexts(v.Field(i), joinName(name, jsonName(v.Type().Field(i))), see)
		}
	}
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

func joinName(a, b string) string {
	if a == "" {
		return b
	}
	return a + "." + b
}

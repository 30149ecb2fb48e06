package store

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"unicode/utf8"

	"wijknetwerk/kindinkaart/errs"
)

// checkTexts refuses text that the engines treat differently: the character NUL and bytes that are not UTF-8. It looks at
// every text in a record, and names the field.
func checkTexts(record any) error {
	if field := badText(reflect.ValueOf(record), ""); field != "" {
		return errs.InvalidFields("Er staat een teken in dat niet kan worden bewaard. Typ de tekst opnieuw in plaats van te plakken.",
			errs.Field{Name: field, Message: "Verwacht gewone tekst (UTF-8, zonder NUL)."})
	}
	return nil
}

// badText gives the name of the first field with such text, "" when all is well. Bytes in a record are JSON.
func badText(v reflect.Value, name string) string {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return name
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return badText(v.Elem(), name)
		}
	case reflect.Struct:
		return badField(v)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if bad := badText(key, name) + badText(v.MapIndex(key), key.String()); bad != "" {
				return bad
			}
		}
	case reflect.Slice:
		return badItem(v, name)
	}
	return ""
}

func badField(v reflect.Value) string {
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() {
			if bad := badText(v.Field(i), strings.ToLower(f.Name)); bad != "" {
				return bad
			}
		}
	}
	return ""
}

func badItem(v reflect.Value, name string) string {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		var value any
		if b := v.Bytes(); !utf8.Valid(b) || json.Unmarshal(b, &value) != nil {
			return name
		}
		return badText(reflect.ValueOf(value), name)
	}
	for i := range v.Len() {
		if bad := badText(v.Index(i), name); bad != "" {
			return bad
		}
	}
	return ""
}

// encode writes a record as JSON. Fields without a value are left out, so that an empty date, which has no text, is
// never written and a field that is added later reads as empty.
func encode(record any) ([]byte, error) {
	return json.Marshal(filled(reflect.ValueOf(record)))
}

// filled gives what is filled in of a record whose fields have no JSON names; anything else is given as it is.
func filled(v reflect.Value) any {
	if v.Kind() == reflect.Pointer && !v.IsNil() && isPlain(v.Type().Elem()) {
		return filled(v.Elem())
	}
	if v.Kind() == reflect.Slice && isPlain(v.Type().Elem()) {
		list := make([]any, v.Len())
		for i := range list {
			list[i] = filled(v.Index(i))
		}
		return list
	}
	if !isPlain(v.Type()) {
		return v.Interface()
	}
	out := map[string]any{}
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			out[v.Type().Field(i).Name] = filled(f)
		}
	}
	return out
}

var textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()

// isPlain says whether a type is a struct that JSON knows by its Go names only.
func isPlain(t reflect.Type) bool {
	if t.Kind() != reflect.Struct || t.Implements(textMarshaler) {
		return false
	}
	for i := range t.NumField() {
		if f := t.Field(i); !f.IsExported() || f.Tag.Get("json") != "" {
			return false
		}
	}
	return true
}

package exchange

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/golang-sql/civil"

	"wijknetwerk/catalog"
	"wijknetwerk/kindinkaart/errs"
)

// faults finds every field of a JSON record that does not fit the Go value it is for: its path and what was expected.
func faults(raw json.RawMessage, into any) []errs.Field {
	var out []errs.Field
	findFaults(raw, reflect.TypeOf(into).Elem(), "", &out)
	if len(out) == 0 {
		out = append(out, errs.Field{Name: "record", Message: "Dit record is niet te lezen. Verwacht een object { } met de velden van " + kikFormat + "."})
	}
	return out
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

func findFaults(raw json.RawMessage, t reflect.Type, path string, out *[]errs.Field) {
	if json.Unmarshal(raw, reflect.New(t).Interface()) == nil {
		return
	}
	switch {
	case t.Kind() == reflect.Pointer:
		findFaults(raw, t.Elem(), path, out)
		return
	case reflect.PointerTo(t).Implements(textType):
	case t.Kind() == reflect.Struct:
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) == nil {
			findInStruct(members, t, path, out)
			return
		}
	case t.Kind() == reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) == nil {
			for i, item := range items {
				findFaults(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i), out)
			}
			return
		}
	}
	if path == "" {
		path = "record"
	}
	*out = append(*out, errs.Field{Name: path, Message: fmt.Sprintf("%s past hier niet. Verwacht %s.", short(raw), expectation(t))})
}

func findInStruct(members map[string]json.RawMessage, t reflect.Type, path string, out *[]errs.Field) {
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		raw, there := members[name]
		if !there || name == "-" {
			continue
		}
		if path != "" {
			name = path + "." + name
		}
		findFaults(raw, t.Field(i).Type, name, out)
	}
}

// expectation says in Dutch what a Go type takes.
func expectation(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[catalog.Clock]():
		return "een tijd als \"15:30\""
	case reflect.TypeFor[civil.Date]():
		return "een datum als \"2025-09-08\""
	}
	switch t.Kind() {
	case reflect.String:
		return "tekst tussen aanhalingstekens"
	case reflect.Int:
		return "een heel getal"
	case reflect.Float64:
		return "een getal"
	case reflect.Bool:
		return "true of false"
	case reflect.Slice:
		return "een lijst [ ]"
	}
	return "een object { }"
}

// short repeats a value without filling the screen.
func short(raw json.RawMessage) string {
	if r := []rune(string(raw)); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(raw)
}

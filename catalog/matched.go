package catalog

import (
	"iter"
	"strings"
)

// IDList is a list of ids of activities that never changes. An id is known by its number, its place in the list: who has
// looked up a whole list once need not look at ids again.
type IDList struct {
	text string   // all ids after each other
	ends []uint32 // where each ends in text
}

// NewIDList makes a list of ids in their order; together they have less than 4 GB.
func NewIDList(ids iter.Seq[string]) *IDList {
	l, text := &IDList{}, strings.Builder{}
	for id := range ids {
		text.WriteString(id)
		l.ends = append(l.ends, uint32(text.Len()))
	}
	l.text = text.String()
	return l
}

// Len is the number of ids.
func (l *IDList) Len() int { return len(l.ends) }

// At gives the id with a number from 0 to Len-1.
func (l *IDList) At(number uint32) string {
	from := uint32(0)
	if number > 0 {
		from = l.ends[number-1]
	}
	return l.text[from:l.ends[number]]
}

// Matched is what was found of one list: numbers of ids, rising.
type Matched struct {
	List    *IDList
	Numbers []uint32
}

// IDs gives the ids that were found.
func (m Matched) IDs() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, n := range m.Numbers {
			if !yield(m.List.At(n)) {
				return
			}
		}
	}
}

// MatchedIDs is all of a list of ids.
func MatchedIDs(ids iter.Seq[string]) Matched {
	m := Matched{List: NewIDList(ids)}
	for n := range m.List.Len() {
		m.Numbers = append(m.Numbers, uint32(n))
	}
	return m
}

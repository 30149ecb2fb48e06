package web

import (
	"fmt"
	"slices"
	"strings"

	"wijknetwerk/matcher"
)

// readFriends reads pairs of cards, one pair a line: "uil en vos", over several classes "uil groep 6 en vos groep 7". What is wrong
// comes back with the line it is on.
func readFriends(typed string, cards []matcher.CardWishes) (out []matcher.Friends, wrong string) {
	for i, line := range strings.Split(typed, "\n") {
		names := cardsIn(wordsOf(line), cards)
		if len(names) == 0 {
			continue
		}
		at := fmt.Sprintf("Regel %d", i+1)
		if len(out) == mostFriends {
			return nil, fmt.Sprintf("%s: dit is te veel. Verwacht hoogstens %d regels.", at, mostFriends)
		}
		if len(names) != 2 {
			return nil, at + ": verwacht twee dieren, bijvoorbeeld " + twoCards(cards) + "."
		}
		for _, n := range names {
			if !n.known {
				return nil, fmt.Sprintf("%s: %s is geen kaart die klaar is in deze klas. Kijk op de lijst van de leerkracht.", at, n.code)
			}
		}
		f := matcher.Friends{A: min(names[0].code, names[1].code), B: max(names[0].code, names[1].code)}
		switch {
		case f.A == f.B:
			return nil, at + ": hier staat twee keer hetzelfde dier. Verwacht twee verschillende."
		case slices.Contains(out, f):
			return nil, at + ": dit paar stond er al. Eén keer is genoeg."
		}
		out = append(out, f)
	}
	return out, ""
}

// twoCards is an example of a pair.
func twoCards(cards []matcher.CardWishes) string {
	if len(cards) > 1 && cards[0].Code != cards[0].Animal {
		return cards[0].Code + " en " + cards[1].Code
	}
	return "uil en vos"
}

// wordsOf are the words of a name or a line of names.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return strings.ContainsRune(" \t\r,;+&/-()", c) })
	return slices.DeleteFunc(words, func(word string) bool { return word == "en" })
}

// typedCard is what somebody may have meant with some words.
type typedCard struct {
	code  string
	known bool
}

// cardsIn finds cards in a line, the longest name first; a word that begins no name stands alone.
func cardsIn(words []string, cards []matcher.CardWishes) (out []typedCard) {
	for len(words) > 0 {
		next, used := typedCard{code: words[0]}, 1
		for _, c := range cards {
			name := wordsOf(c.Code)
			if len(name) <= len(words) && slices.Equal(name, words[:len(name)]) && (!next.known || len(name) > used) {
				next, used = typedCard{c.Code, true}, len(name)
			}
		}
		out, words = append(out, next), words[used:]
	}
	return out
}

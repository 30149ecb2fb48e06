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
				return nil, fmt.Sprintf("%s: %s is geen kaart die klaar is %s. Kijk op de lijst van de leerkracht.", at, n.code, whereCards(cards))
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

// manyKlassen says whether cards are called by their class too.
func manyKlassen(cards []matcher.CardWishes) bool {
	return len(cards) > 1 && cards[0].Code != cards[0].Animal
}

// whereCards says where these cards are.
func whereCards(cards []matcher.CardWishes) string {
	if manyKlassen(cards) {
		return "op deze school"
	}
	return "in deze klas"
}

// twoCards is an example of a pair.
func twoCards(cards []matcher.CardWishes) string {
	if manyKlassen(cards) {
		return cards[0].Code + " en " + cards[1].Code
	}
	return "uil en vos"
}

// between stands between names; it can be part of the name of a class too: groep 5/6.
const between = "|"

// wordsOf are the words of a name or a line of names, with between where something separates them.
func wordsOf(text string) []string {
	text = strings.NewReplacer(",", " en ", ";", " en ", "+", " en ", "&", " en ", "/", " en ").Replace(strings.ToLower(text))
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \t\r-()", c) })
	for i, w := range words {
		if w == "en" {
			words[i] = between
		}
	}
	return words
}

// typedCard is what somebody may have meant with some words.
type typedCard struct {
	code  string
	known bool
}

// cardsIn finds cards in a line, the longest name first; words after each other that begin no name are one that is not known.
func cardsIn(words []string, cards []matcher.CardWishes) (out []typedCard) {
	goesOn := false // the last name is not known and nothing separated it yet
	for len(words) > 0 {
		next, used := cardAt(words, cards)
		switch {
		case next.code == between:
			goesOn = false
		case goesOn && !next.known:
			out[len(out)-1].code += " " + next.code
		default:
			out, goesOn = append(out, next), !next.known
		}
		words = words[used:]
	}
	return out
}

// cardAt finds the card with the longest name that words begin with; else it is the first word.
func cardAt(words []string, cards []matcher.CardWishes) (found typedCard, used int) {
	found, used = typedCard{code: words[0]}, 1
	for _, c := range cards {
		name := wordsOf(c.Code)
		if len(name) <= len(words) && slices.Equal(name, words[:len(name)]) && (!found.known || len(name) > used) {
			found, used = typedCard{c.Code, true}, len(name)
		}
	}
	return found, used
}

package questionnaire

// wordTable finds the place of a word in a short list that never changes: ids of questions, options, days. One look at a
// table is mostly enough, which is several times faster than a map.
type wordTable struct {
	words []string
	cells []uint8 // by hash, then onwards: 1 + place in words; 0 = nobody
}

// mostChoices is how many options a question may have: sets of them are one number.
const mostChoices = 64

func newWordTable(words []string) wordTable {
	t := wordTable{words: words, cells: make([]uint8, cellsFor(len(words)))}
	for i, w := range words {
		at := hash(w) % uint32(len(t.cells))
		for t.cells[at] != 0 {
			at = (at + 1) % uint32(len(t.cells))
		}
		t.cells[at] = uint8(i + 1)
	}
	return t
}

// cellsFor is a power of two, at least four times the number of words.
func cellsFor(words int) int {
	n := 4
	for n < 4*words {
		n *= 2
	}
	return n
}

// hash mixes the first, middle and last sign with the length; what comes out equal is told apart by comparing.
func hash[T string | []byte](word T) uint32 {
	n := len(word)
	if n == 0 {
		return 0
	}
	h := (uint32(word[0]) | uint32(word[n/2])<<8 | uint32(word[n-1])<<16 | uint32(n)<<24) * 0x9E3779B1
	return h >> 16
}

// find gives the place of a word, -1 when it is not in the list.
func find[T string | []byte](t *wordTable, word T) int {
	mask := uint32(len(t.cells) - 1)
	for at := hash(word) & mask; t.cells[at] != 0; at = (at + 1) & mask {
		if place := int(t.cells[at]) - 1; t.words[place] == string(word) {
			return place
		}
	}
	return -1
}
